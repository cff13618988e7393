"""How fast readings arrive: over HTTP, durable, in batches of 100 from many devices; and in bulk from files.

    python -m bench.metering_ingest [--readings 3000000] [--devices 64] [--bulk 10000000]

Beside the figures stands what the disk confirms by itself (fdatasync a second), and at the end every acknowledged
reading is counted in the files.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from tanheng.kernel.pack.metering_columns import MeteringColumns
from tanheng.metering import Meter, Store
from tanheng.metering.bulk_files import import_file
from tanheng.metering.ingest.devices import Devices
from tanheng.metering.ingest.proof import header_of
from tanheng.store.home import SHIPPED_PACKS
from tanheng.store.packs import load_packs

PORT, PER_BATCH, START = 8765, 100, datetime(2026, 1, 1, tzinfo=UTC)
ENTERPRISE = "91310000{:010d}"
HTTP, BULK = 100_000, 2_000_000  # wanted, in readings a second


def fdatasyncs(folder: Path, seconds: float = 2.0) -> float:
    """How often a second the disk confirms a write of the size of one batch."""
    handle, done = os.open(folder / "probe", os.O_CREAT | os.O_WRONLY), 0
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        os.write(handle, b"x" * 4096)
        os.fdatasync(handle)
        done += 1
    os.close(handle)
    (folder / "probe").unlink()
    return done / seconds


def prepared(home: Path, devices: int) -> list[tuple[str, bytes, str]]:
    """A register of 100 meters for each device, and the devices with their secrets."""
    store = Store.open(home)
    names = [ENTERPRISE.format(number) for number in range(devices)]
    store.register.add(
        Meter(
            f"{name}/{place}",
            "electricity",
            f"facility/{name}",
            date(2025, 1, 1),
            sender=name,
            code=f"00-00-0000-02{place:04d}-11",
        )
        for name in names
        for place in range(PER_BATCH)
    )
    store.close()
    book = Devices(home / "readings" / "devices.db")
    return [(*book.register(name, book.enrol(name, "bench")), name) for name in names]


def code_of(place: int) -> str:
    """The data code of a meter."""
    return f"00-00-0000-02{place:04d}-11"


def body_of(device: str, enterprise: str, round_: int) -> bytes:
    """One upload in the shape of the national interface: 100 meters, one time."""
    at = (START + timedelta(minutes=15 * round_, hours=8)).strftime("%Y-%m-%d %H:%M:%S")
    same = {"inputType": 4, "statType": 0, "statDate": at, "uploadDate": at, "scope": 1, "valid": 0}
    values = [f"{round_ * 1.25 + place:.2f}" for place in range(PER_BATCH)]
    readings = [{"dataCode": code_of(place), "dataValue": value, **same} for place, value in enumerate(values)]
    return json.dumps({"deviceId": device, "enterpriseCode": enterprise, "data": readings}).encode()


def requests_of(devices: list[tuple[str, bytes, str]], rounds: int) -> list[list[bytes]]:
    """Signed requests, made before the clock starts: a device signs its own on its own machine."""
    now = int(time.time())
    found = []
    for device, secret, enterprise in devices:
        mine = []
        for round_ in range(rounds):
            body, key = body_of(device, enterprise, round_), f"r{round_}"
            head = header_of(secret, device=device, time=now, key=key, body=body)
            mine.append(
                f"POST /upload HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nAuthorization: {head}\r\n"
                f"Content-Length: {len(body)}\r\n\r\n".encode()
                + body
            )
        found.append(mine)
    return found


async def send(requests: list[bytes], waits: list[float]) -> int:
    """Sends the requests of one device one after the other; gives how many were acknowledged."""
    reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
    done = 0
    for request in requests:
        began = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        body = await reader.readexactly(length)
        waits.append(time.perf_counter() - began)
        if not head.startswith(b"HTTP/1.1 200"):
            raise SystemExit(body.decode())
        done += 1
    writer.close()
    return done


def over_http(home: Path, devices: int, readings: int) -> None:
    """Measures the door with many devices at once, and counts what is in the files afterwards."""
    requests = requests_of(prepared(home, devices), readings // (devices * PER_BATCH))
    program = "from tanheng.cli import main; main()"
    options = ["--port", str(PORT), "--device-rate", "1000000"]
    command = [sys.executable, "-c", program, "meters", "serve", *options]
    server = subprocess.Popen(command, env={**os.environ, "TANHENG_HOME": str(home)}, stderr=subprocess.DEVNULL)
    waits: list[float] = []

    async def all_devices() -> int:
        return sum(await asyncio.gather(*(send(mine, waits) for mine in requests)))

    try:
        wait_until_open()
        began, mine = time.perf_counter(), time.process_time()
        acknowledged = asyncio.run(all_devices()) * PER_BATCH
        seconds, mine = time.perf_counter() - began, time.process_time() - mine
    finally:
        server.send_signal(signal.SIGTERM)
        used = os.wait4(server.pid, 0)[2]
    waits.sort()
    middle, slow = (1000 * waits[len(waits) * share // 100] for share in (50, 99))
    say(
        "http",
        acknowledged / seconds,
        "readings/s durable",
        f"at least {HTTP:,}: {_met(acknowledged / seconds >= HTTP)}; {devices} devices, {seconds:.1f} s",
    )
    say("answer", middle, "ms", f"99 of 100 within {slow:.0f} ms")
    cost = 1e6 * (used.ru_utime + used.ru_stime) / acknowledged
    say(
        "cost",
        cost,
        "us of one core a reading",
        f"all of the server's life; {1e6 * mine / acknowledged:.1f} of the senders",
    )
    count(home, acknowledged)


def count(home: Path, acknowledged: int) -> None:
    """Moves what is in the journal into files and counts."""
    store, began = Store.open(home), time.perf_counter()
    if folded := store.fold():
        say("fold", folded / (time.perf_counter() - began), "readings/s", "from the journal into files")
    kept = sum(part.rows for part in store.manifest.parts)
    say(
        "kept",
        kept,
        "readings",
        f"{acknowledged:,d} acknowledged: {'all' if kept == acknowledged else 'LOST OR DOUBLED'}",
    )
    store.close()


def in_bulk(home: Path, readings: int) -> None:
    """Measures files of 30,000 meters: CSV and Parquet, texts as a sender writes them."""
    store, meters = Store.open(home), 30_000
    store.register.add(Meter(f"M{n:06d}", "electricity", "facility/x", date(2025, 1, 1)) for n in range(meters))
    rounds = max(1, readings // meters)
    ends = int(START.timestamp()) + 900 * np.arange(1, rounds + 1)
    texts = pl.from_epoch(pl.Series(np.repeat(ends, meters))).dt.strftime("%Y-%m-%d %H:%M:%S")
    values = np.tile(np.arange(meters), rounds) * 317 + np.repeat(np.arange(rounds), meters) * 12
    table = pl.DataFrame(
        {"meter": [f"M{n:06d}" for n in range(meters)] * rounds, "at": texts, "v": values}
    ).with_columns(value=pl.format("{}.{}", pl.col("v") // 100, (pl.col("v") % 100).cast(pl.String).str.zfill(2)))
    headings = load_packs(["cn_national"], [SHIPPED_PACKS]).get(MeteringColumns, "cn.metering_columns")
    for name, write in (("csv", table.write_csv), ("parquet", table.write_parquet)):
        path = home / f"table.{name}"
        write(path)
        began, mine = time.perf_counter(), time.process_time()
        done = import_file(store, path, headings)
        seconds, mine = time.perf_counter() - began, time.process_time() - mine
        assert done.rows == table.height, done
        say(
            f"bulk {name}",
            done.rows / seconds,
            "readings/s durable",
            f"at least {BULK:,}: {_met(done.rows / seconds >= BULK)}; "
            f"{1e6 * mine / done.rows:.2f} us of one core a reading",
        )
    store.close()


def _met(is_so: bool) -> str:
    return "met" if is_so else "NOT MET"


def say(what: str, value: float, unit: str, more: str = "") -> None:
    """One line of the report."""
    print(f"{what:14}{value:14,.1f} {unit:28} {more}")


def wait_until_open() -> None:
    """Waits for the door to answer at all."""
    for _ in range(200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/", timeout=1)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("the server does not answer")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--readings", type=int, default=3_000_000)
    parser.add_argument("--devices", type=int, default=64)
    parser.add_argument("--bulk", type=int, default=10_000_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="metering-ingest-") as folder:
        load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
        say("disk", fdatasyncs(Path(folder)), "fdatasync/s", load)
        over_http(Path(folder) / "http", chosen.devices, chosen.readings)
        in_bulk(Path(folder) / "bulk", chosen.bulk)


if __name__ == "__main__":
    main()
