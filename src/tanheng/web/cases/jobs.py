"""The queue: jobs are begun by a service, done by a worker beside the web server, and looked at on their page."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from tanheng.kernel.faults import Refusal
from tanheng.records.checking import Progress
from tanheng.store.packs_in_use import look_again
from tanheng.web.cases.models import Job

Kind = Callable[[Mapping[str, Any], Progress], Mapping[str, Any]]
"""What a job of a kind does with what was asked: it tells its progress and gives its outcome as plain values."""


def begin_job(*, kind: str, title: str, asked: Mapping[str, Any], person: UUID, token: str = "") -> Job:
    """Puts a job into the queue: the job and its place there, or neither.

    Gives    the job; the one that is there already where the same form was sent twice.
    Refuses  job-kind-unknown.
    """
    if kind not in _kinds():
        raise Refusal("job-kind-unknown", kind=kind, known=", ".join(_kinds()))
    told = {"kind": kind, "title": title[:300], "asked": dict(asked)}
    with transaction.atomic():
        job, is_new = _own(person, token, told)
        if not is_new:
            return job
        job.task = str(run_job.enqueue(str(job.id)).id)
        job.save(update_fields=["task"])
    return job


def _own(person: UUID, token: str, told: Mapping[str, Any]) -> tuple[Job, bool]:
    """The job of a form, and whether it is new; of the same form that comes twice at once, one is."""
    if not token:
        return Job.objects.create(person=person, **told), True
    return Job.objects.get_or_create(person=person, token=token, defaults=told)


@task()
def run_job(id: str) -> None:
    """Does one job. A refusal is its outcome; a defect leaves its trace with the queue, and the page says so."""
    look_again()  # what was asked for may rest on a definition that was written a moment ago
    job = Job.objects.get(id=id)
    job.state = Job.RUNNING
    job.save(update_fields=["state"])

    def progress(step: str, done: int, total: int) -> None:
        Job.objects.filter(id=id).update(step=step, done=done, total=total)

    try:
        outcome, state = dict(_kinds()[job.kind](job.asked, progress)), Job.DONE
    except Refusal as refusal:
        outcome, state = refusal.as_json(), Job.REFUSED
    Job.objects.filter(id=id).update(outcome=outcome, state=state, ended_at=timezone.now())


def job_of(id: str, person: UUID | None) -> Job:
    """A job of one's own; one of somebody else is answered like one that does not exist.

    Refuses  job-unknown.
    """
    try:
        job = Job.objects.filter(id=id, person=person).first()
    except ValidationError as error:
        raise Refusal("job-unknown", job=id[:40]) from error
    if job is None:
        raise Refusal("job-unknown", job=id[:40])
    if job.is_pending and broke_off(job.task):
        job.state = Job.FAILED
    return job


def jobs_of(person: UUID | None, at_most: int = 10) -> list[Job]:
    """The last jobs of a person, the newest first."""
    return list(Job.objects.filter(person=person).order_by("-made_at")[:at_most]) if person else []


def last_job_of_case(case: str, kinds: Collection[str]) -> Job | None:
    """The last job of some kinds about a case, whoever asked for it: two who want the same need it done once."""
    job = Job.objects.filter(kind__in=kinds, asked__case=case).order_by("-made_at").first()
    if job is not None and job.is_pending and broke_off(job.task):
        job.state = Job.FAILED
    return job


def state_said(job: Job) -> str:
    """Where a job stands, in words."""
    words = {
        Job.WAITING: gettext("Waiting for its turn"),
        Job.RUNNING: gettext("At work"),
        Job.DONE: gettext("Done"),
        Job.REFUSED: gettext("Could not be done"),
        Job.FAILED: gettext("Broke off"),
    }
    return words[job.state]


def give_up_interrupted(worker: str) -> int:
    """Marks as failed what a worker of that name was at when it was stopped; how many there were.

    A job that was half done is not begun anew by itself: whoever asked for it sees that it broke off, and decides.
    """
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    left = [item for item in running if item.worker_ids and item.worker_ids[-1] == worker]
    for item in left:
        item.set_failed(InterruptedError("the worker was stopped"))
    return len(left)


def broke_off(place: str) -> bool:
    """Whether a worker was stopped at what stands at a place of the queue, or met a defect."""
    found = DBTaskResult.objects.filter(id=place).values_list("status", flat=True).first() if place else None
    return found == TaskResultStatus.FAILED


def _kinds() -> Mapping[str, Kind]:
    """The kinds of jobs of this site, listed by hand where its apps are put together."""
    return import_string(settings.TANHENG_JOBS)
