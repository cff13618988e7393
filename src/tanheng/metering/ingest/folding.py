"""Moving readings from the journal into files while others arrive."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable

import duckdb

from tanheng.kernel.faults import Refusal
from tanheng.metering.store import Store


class Folder:
    """A thread that folds the journal every `every_s` seconds. What keeps it from that is said, and it tries again."""

    def __init__(self, store: Store, every_s: float, say: Callable[[str], None]) -> None:
        self._store, self._every_s, self._say = store, every_s, say
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._work, name="fold", daemon=True)
        self._thread.start()

    def _work(self) -> None:
        while not self._ending.wait(self._every_s):
            self._fold()

    def _fold(self) -> None:
        try:
            self._store.fold()
        except Refusal as refusal:
            self._say(f"{refusal.message('zh')} / {refusal.message('en')}")
        except (OSError, sqlite3.Error, duckdb.Error) as error:  # the thread must outlive what it cannot foresee
            failed = Refusal("fold-failed", problem=str(error).partition("\n")[0])
            self._say(f"{failed.message('zh')} / {failed.message('en')}")

    def close(self) -> None:
        """Ends the thread after the fold that is going on."""
        self._ending.set()
        self._thread.join()
