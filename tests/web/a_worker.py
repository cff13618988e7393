"""The worker of the queue within a test: it works off what waits, on the test's own connection."""

from __future__ import annotations

from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

_WORKER = Worker(
    queue_names=["*"],
    interval=0,
    batch=True,
    backend_name="default",
    startup_delay=False,
    max_tasks=None,
    worker_id="here",
    excluded_queue_names=[],
)


def work_off() -> None:
    """Does every job that waits; the worker beside a server also closes connections, a test has one."""
    for waiting in DBTaskResult.objects.ready():
        waiting.claim("here")
        _WORKER.run_task(waiting)
