"""The journal: batches that were acknowledged and are not yet in files. One row a batch, in one SQLite file."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tanheng.kernel.faults import Refusal
from tanheng.metering.batch import Ack, Batch, content_digest

_DDL = """
create table if not exists batches (
    number integer primary key autoincrement, device text not null, key text not null, received integer not null,
    count integer not null, digest blob not null, payload blob, unique (device, key)
);
"""


class Journal:
    """The batches of one store. A batch is durable when `append` returns."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._database = sqlite3.connect(path, timeout=60, isolation_level=None, check_same_thread=False)
        self._database.executescript("pragma journal_mode=wal; pragma synchronous=full;" + _DDL)

    def append(self, batches: Sequence[Batch]) -> list[Ack | Refusal]:
        """Writes batches in one transaction: one answer for each, an acknowledgement or the refusal of that one.

        Gives    answers in the order of the batches, after the disk has confirmed the transaction.
        Refuses  batch-key-reused (as an answer): the key of a batch already stands for other readings.
        """
        with self._lock:
            self._database.execute("begin immediate")
            try:
                answers = [self._put(batch) for batch in batches]
                self._database.execute("commit")
            except sqlite3.Error:
                if self._database.in_transaction:
                    self._database.execute("rollback")
                raise
        return answers

    def _put(self, batch: Batch) -> Ack | Refusal:
        payload = batch.packed()
        digest = content_digest(payload)
        written = self._database.execute(
            "insert into batches (device, key, received, count, digest, payload) values (?, ?, ?, ?, ?, ?)"
            " on conflict (device, key) do nothing",
            (batch.device, batch.key, int(time.time()), len(batch), digest, payload),
        ).rowcount
        if written:
            return Ack(batch.key, len(batch))
        known = self._database.execute(
            "select digest from batches where device = ? and key = ?", (batch.device, batch.key)
        ).fetchone()
        if known[0] != digest:
            return Refusal("batch-key-reused", key=batch.key, device=batch.device)
        return Ack(batch.key, len(batch), repeated=True)

    def after(self, number: int, most_rows: int) -> Iterator[tuple[int, Batch]]:
        """The batches behind `number`, in the order of their arrival, until `most_rows` readings are passed."""
        with self._lock:
            found = self._database.execute(
                "select number, key, device, count from batches where number > ? order by number", (number,)
            ).fetchall()
        for place, key, device, count in found:
            if most_rows <= 0:
                return
            most_rows -= count
            yield place, Batch.unpacked(key, device, self._payload(place))

    def _payload(self, number: int) -> bytes:
        with self._lock:
            row = self._database.execute("select payload from batches where number = ?", (number,)).fetchone()
        return bytes(row[0])

    def forget(self, folded: int) -> None:
        """Drops the readings of batches that are in files; their keys stay, so that a batch sent again is known."""
        with self._lock:
            self._database.execute(
                "update batches set payload = null where number <= ? and payload is not null", (folded,)
            )

    def waiting(self, folded: int) -> tuple[int, int]:
        """How many batches and readings are not yet in files."""
        with self._lock:
            row = self._database.execute(
                "select count(*), total(count) from batches where number > ?", (folded,)
            ).fetchone()
        return int(row[0]), int(row[1])

    def close(self) -> None:
        """Lets go of the file."""
        self._database.close()
