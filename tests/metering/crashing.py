"""Programs that are killed: a door that takes readings, and one that appends, folds, compacts and imports without rest.

python -m tests.metering.crashing door HOME PORT | work HOME SEED
"""

from __future__ import annotations

import asyncio
import random
import sys
import time
from pathlib import Path

from tanheng.metering import Store
from tanheng.metering.bulk_files import import_file
from tanheng.metering.compaction import compact
from tanheng.metering.ingest.limits import Limits
from tanheng.metering.ingest.server import serve
from tests.metering.conftest import JANUARY, batch
from tests.metering.doors import headings, interface

BATCHES = 1_000  # more than a round lives to see


def door(home: Path, port: int) -> None:
    """The door as `tanheng meters serve` opens it, moving readings into files all the time."""
    limits = Limits(free_bytes=0, clock_s=1 << 40, ahead_s=1 << 30)
    asyncio.run(serve(home, interface(), host="127.0.0.1", port=port, limits=limits, fold_s=0.05))


def rows_of(key: int) -> list[tuple[int, int, int]]:
    """The readings of the batch of that number: no other batch has one of them."""
    return [(1 + key % 2, JANUARY + 8 * key + place + 1, 100 * key + place) for place in range(8)]


def work(home: Path, seed: int) -> None:
    """Says `try N` before and `done N` after batch N is acknowledged, and rewrites files in between."""
    store, chance = Store.open(home), random.Random(seed)
    for number in range(seed * BATCHES, seed * BATCHES + BATCHES):
        say(f"try {number}")
        if chance.random() < 0.2:
            imported(store, number, home)
        else:
            store.append(batch(f"k{number}", rows_of(number)))
        say(f"done {number}")
        act = chance.random()
        if act < 0.3:
            store.fold()
        elif act < 0.5:
            for month in store.months():
                compact(store, month, slice_rows=40)


def say(line: str) -> None:
    """Tells the one who is going to kill this program."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def imported(store: Store, number: int, home: Path) -> None:
    """The batch of that number as a file."""
    names = {1: "gate", 2: "boiler"}
    rows = [(meter, time.gmtime(at + 8 * 3600), value) for meter, at, value in rows_of(number)]
    lines = [f"{names[meter]},{time.strftime('%Y-%m-%d %H:%M:%S', at)},{value / 100:.2f}" for meter, at, value in rows]
    path = home / "table.csv"
    path.write_text("\n".join(["meter,at,value", *lines]), "utf-8")
    import_file(store, path, headings())


if __name__ == "__main__":
    if sys.argv[1] == "door":
        door(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        work(Path(sys.argv[2]), int(sys.argv[3]))
