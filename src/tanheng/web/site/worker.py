"""The worker of the queue: a program of its own that the web server starts beside itself.

`python -m tanheng.web.site work` runs one by itself; it ends with the program at the other end of its input, so that
none is left behind when a server is killed.
"""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

WORK = "work"
_INTERVAL = 1.0


@contextmanager
def worker_beside() -> Iterator[None]:
    """Has a worker run for as long as a server serves; none where TANHENG_WORKER is 0 and one runs by itself."""
    if os.environ.get("TANHENG_WORKER") == "0":
        yield
        return
    with subprocess.Popen([sys.executable, "-m", "tanheng.web.site", WORK], stdin=subprocess.PIPE) as worker:
        try:
            yield
        finally:
            worker.terminate()


def work() -> None:
    """Works off the queue until it is stopped, or whoever started it is gone."""
    from django_tasks_db.management.commands.db_worker import Worker

    from tanheng.web.cases.jobs import give_up_interrupted

    name = f"beside:{socket.gethostname()}"[:64]
    give_up_interrupted(name)
    worker = Worker(
        queue_names=["*"],
        interval=_INTERVAL,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )
    worker.configure_signals()
    if stat.S_ISFIFO(os.fstat(0).st_mode):  # a service of its own has no starter: its input ends before it begins
        threading.Thread(target=_end_with_starter, daemon=True).start()
    worker.run()


def _end_with_starter() -> None:
    """Waits for the end of the input: nobody writes to it, so that it ends when the other end is closed."""
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
