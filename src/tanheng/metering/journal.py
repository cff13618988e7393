"""The journal: batches that were acknowledged and are not yet in files. One SQLite file.

The keys of batches outlive their readings, so that a batch sent again is known after its readings went into files.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tanheng.kernel.faults import Refusal
from tanheng.metering.batch import Ack, Batch, content_digest
from tanheng.metering.disk_faults import answering, reading

_DDL = """
create table if not exists batches (
    number integer primary key autoincrement, device text not null, key text not null, received integer not null,
    count integer not null, digest blob not null, unique (device, key)
);
create table if not exists payloads (number integer primary key, payload blob not null);
create table if not exists refused (number integer primary key, readings blob not null);
create table if not exists placed_later (number integer, position integer, primary key (number, position));
"""
_PUT = """
insert into batches (device, key, received, count, digest) values (?, ?, ?, ?, ?) on conflict (device, key) do nothing
"""
_AFTER = """
select b.number, b.key, b.device, b.count, p.payload from batches b left join payloads p using (number)
where b.number > ? order by b.number
"""
_REFUSED = "select number, device, key, readings from refused join batches using (number) order by number"
REMEMBERED_S = 400 * 86_400
_FORGOTTEN_AT_ONCE = 5_000


class Journal:
    """The batches of one store. A batch is durable when `append` returns."""

    def __init__(self, path: Path, folded: int = 0) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._lock = threading.Lock()
        with answering(path):
            self._database = sqlite3.connect(path, timeout=60, isolation_level=None, check_same_thread=False)
            self._database.executescript("pragma journal_mode=wal; pragma synchronous=full;" + _DDL)
        self._begin_after(folded)

    def _begin_after(self, folded: int) -> None:
        """A journal that was lost must not give out numbers again that the files already count as theirs."""
        with self._transaction():
            last = self._database.execute("select seq from sqlite_sequence where name = 'batches'").fetchone()
            if last is None:
                self._database.execute("insert into sqlite_sequence (name, seq) values ('batches', ?)", (folded,))
            elif last[0] < folded:
                self._database.execute("update sqlite_sequence set seq = ? where name = 'batches'", (folded,))

    def append(self, batches: Sequence[Batch]) -> list[Ack | Refusal]:
        """Writes batches in one transaction: one answer for each, an acknowledgement or the refusal of that one.

        Gives    answers in the order of the batches, after the disk has confirmed the transaction.
        Refuses  batch-key-reused (as an answer): the key of a batch already stands for other readings.
                 disk-full, readings-file-failed: none of the batches is written.
        """
        with self._transaction():
            return [self._put(batch) for batch in batches]

    def append_later(self, batch: Batch, number: int, positions: Sequence[int]) -> None:
        """Writes readings of an earlier batch that had no place then, and that they have one now: both or neither.

        Refuses  readings-file-failed: another program placed one of them meanwhile.
        """
        with self._transaction():
            self._put(batch)
            self._database.executemany("insert into placed_later values (?, ?)", [(number, each) for each in positions])

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All of the block is confirmed by the disk when it ends, or none of it was done."""
        with self._lock, answering(self.path):
            self._database.execute("begin immediate")
            try:
                yield
                self._database.execute("commit")
            finally:
                if self._database.in_transaction:
                    self._database.execute("rollback")

    def _put(self, batch: Batch) -> Ack | Refusal:
        payload = batch.packed()
        digest = batch.sent or content_digest(payload)
        put = self._database.execute(_PUT, (batch.device, batch.key, int(time.time()), len(batch), digest))
        if put.rowcount:
            self._database.execute("insert into payloads values (?, ?)", (put.lastrowid, payload))
            if batch.refused:
                self._database.execute("insert into refused values (?, ?)", (put.lastrowid, batch.refused))
            return Ack(batch.key, len(batch))
        known = self._database.execute(
            "select digest from batches where device = ? and key = ?", (batch.device, batch.key)
        ).fetchone()
        if known[0] != digest:
            return Refusal("batch-key-reused", key=batch.key, device=batch.device)
        return Ack(batch.key, len(batch), repeated=True)

    def after(self, number: int, most_rows: int) -> Iterator[tuple[int, Batch]]:
        """The batches behind `number`, in the order of their arrival, until `most_rows` readings are passed.

        Refuses  journal-batch-lost: the readings of a batch are neither in the journal nor counted as in files.
        """
        with reading(self.path) as reader:
            for place, key, device, count, payload in reader.execute(_AFTER, (number,)):
                if most_rows <= 0:
                    return
                if payload is None:
                    raise Refusal("journal-batch-lost", number=place, key=key, file=self.path)
                most_rows -= count
                yield place, Batch.unpacked(key, device, payload)

    def forget(self, folded: int, remembered_s: int = REMEMBERED_S) -> None:
        """Drops the readings of batches that are in files, and the keys of those received very long ago.

        In small steps: senders wait for the same file.
        """
        while self._drop(
            "delete from payloads where number in (select number from payloads where number <= ? limit ?)", folded
        ):
            pass
        before = int(time.time()) - remembered_s
        while self._drop(_OLD_KEYS, before):
            pass

    def _drop(self, statement: str, bound: int) -> bool:
        with self._lock, answering(self.path):
            return self._database.execute(statement, (bound, _FORGOTTEN_AT_ONCE)).rowcount > 0

    def refused(self) -> list[tuple[int, str, str, bytes]]:
        """What came and could not be placed: number of the batch, device, key, and the readings as they were sent."""
        with reading(self.path) as reader:
            return reader.execute(_REFUSED).fetchall()

    def placed_later(self) -> frozenset[tuple[int, int]]:
        """Number of the batch and position of every reading that got its place later."""
        with reading(self.path) as reader:
            return frozenset(reader.execute("select number, position from placed_later"))

    def waiting(self, folded: int) -> tuple[int, int]:
        """How many batches and readings are not yet in files."""
        with reading(self.path) as reader:
            row = reader.execute("select count(*), total(count) from batches where number > ?", (folded,)).fetchone()
        return int(row[0]), int(row[1])

    def close(self) -> None:
        """Lets go of the file."""
        with self._lock:
            self._database.close()


# the oldest keys come first, so that nothing is read when they are young
_OLD_KEYS = """
delete from batches where number in (
    select number from (select number, received from batches order by number limit ?2) where received < ?1
) and number not in (select number from payloads) and number not in (select number from refused)
"""
