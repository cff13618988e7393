"""Group commit: batches that arrive while the disk is busy are confirmed together by its next turn."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

from tanheng.kernel.faults import Refusal
from tanheng.metering.batch import Ack, Batch
from tanheng.metering.ingest.limits import Limits
from tanheng.metering.store import Store

Answer = Ack | Refusal
Done = Callable[[Answer], None]


class Committer:
    """One thread that writes batches into the journal, all that wait in one transaction.

    `tell` is called once for each transaction, in that thread, with whom to tell what.
    """

    def __init__(self, store: Store, limits: Limits, tell: Callable[[list[tuple[Done, Answer]]], object]) -> None:
        self._store, self._limits, self._tell = store, limits, tell
        self._waiting: list[tuple[Batch, Done]] = []
        self._readings = 0
        self._changed = threading.Condition()
        self._closing = False
        self._thread = threading.Thread(target=self._work, name="journal", daemon=True)
        self._thread.start()

    def put(self, batch: Batch, done: Done) -> None:
        """Takes a batch in; `done` gets its acknowledgement when the disk has confirmed it, or its refusal.

        Refuses  ingest-busy: too many readings wait already. disk-full: too little space is left.
        """
        if free_bytes(self._store) < self._limits.free_bytes:
            raise Refusal("disk-full", folder=self._store.root)
        with self._changed:
            if self._readings + len(batch) > self._limits.queue_readings:
                raise Refusal("ingest-busy", waiting=self._readings)
            self._waiting.append((batch, done))
            self._readings += len(batch)
            self._changed.notify()

    def _work(self) -> None:
        while group := self._next_group():
            answers = self._written([batch for batch, _ in group])
            self._tell([(done, answer) for (_, done), answer in zip(group, answers, strict=True)])

    def _next_group(self) -> list[tuple[Batch, Done]]:
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closing)
            group, self._waiting, self._readings = self._waiting, [], 0
        return group

    def _written(self, batches: list[Batch]) -> list[Answer]:
        """The answers for one transaction; where it fails none of it is written, and each batch is refused."""
        try:
            return list(self._store.append_all(batches))
        except Refusal as refusal:
            return [refusal for _ in batches]

    def close(self) -> None:
        """Writes what waits and ends the thread."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join()


def free_bytes(store: Store) -> int:
    """The space that is left where the readings are."""
    found = os.statvfs(store.root)
    return found.f_bavail * found.f_frsize
