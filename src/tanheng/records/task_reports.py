"""What departments say of their tasks on a page: progress, completion, evidence; each an event, none overwritten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction

from tanheng.kernel.fact import KeptField, KeptRow, plain_decimal
from tanheng.kernel.faults import Refusal
from tanheng.kernel.obligation.tracking import REGISTER
from tanheng.records.chain import append, lock_log
from tanheng.records.evidence import Attachment
from tanheng.records.models import Event, Person
from tanheng.records.people import names_of
from tanheng.records.selecting import known_position

KIND = "task_report"
_FIELDS = ("progress", "completion", "status", "problem", "next_step")
_LONGEST = 4000
_ALL = Decimal(100)


@dataclass(frozen=True)
class Progress:
    """What is said of a task: `completion` in per cent, empty where none is given; `status` as the tables write it."""

    progress: str
    completion: str = ""
    status: str = ""
    problem: str = ""
    next_step: str = ""
    evidence: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Reported:
    """A report that came by a page: where in the log, about which task, by whom, what it says."""

    position: int
    task: str
    actor: Any
    said: Progress
    row: KeptRow


def report_progress(
    tasks: Mapping[str, int], said: Progress, actor: Person, *, party: str = "", token: str = ""
) -> Event:
    """Appends what is said of one task, or of several at once.

    Reads    tasks: by id the position of the last report by a page that the sender had seen (0: none); token: names the
             form, so that sending it twice appends once.
    Gives    the event; of a form that was sent before, the event of then.
    Refuses  task-report-empty, task-report-too-long, task-completion-unreadable; task-reported-meanwhile: somebody
             reported since the sender looked; nothing is written, not of the other tasks either.
    """
    _refuse_unreadable(tasks, said)
    with transaction.atomic():
        lock_log()
        if token and (earlier := Event.objects.filter(kind=KIND, payload__token=token).first()) is not None:
            return earlier
        _refuse_meanwhile(tasks)
        plain = {name: getattr(said, name).strip() for name in _FIELDS}
        evidence = [asdict(item) for item in said.evidence]
        payload = {"tasks": sorted(tasks), "party": party, "said": plain, "evidence": evidence, "token": token}
        return append(KIND, payload, actor)


def task_reports(position: int | None = None) -> list[Reported]:
    """The reports that came by a page up to a position, in the order of the log, one for each task.

    Refuses  log-position-unknown.
    """
    events = Event.objects.filter(kind=KIND, position__lte=known_position(position)).order_by("position")
    return [report for event in events for report in _of_event(event)]


def _of_event(event: Event) -> Iterator[Reported]:
    said, evidence = event.payload["said"], event.payload["evidence"]
    progress = Progress(**said, evidence=tuple(Attachment(**item) for item in evidence))
    source = f"event:{event.position}"
    named = {"evidence": "、".join(item["name"] for item in evidence), "reporter": event.payload["party"], **said}
    for task in event.payload["tasks"]:
        told = {"task_id": task, **{name: text for name, text in named.items() if text}}
        fields = {name: KeptField(text, source) for name, text in told.items()}
        row = KeptRow(REGISTER, None, None, fields, source, event.at.date(), event.position)
        yield Reported(event.position, task, event.actor, progress, row)


def _refuse_unreadable(tasks: Mapping[str, int], said: Progress) -> None:
    if not tasks or not said.progress.strip():
        raise Refusal("task-report-empty")
    longest = max(len(getattr(said, name)) for name in _FIELDS)
    if longest > _LONGEST:
        raise Refusal("task-report-too-long", length=longest, most=_LONGEST)
    if said.completion.strip():
        _refuse_odd_completion(said.completion.strip())


def _refuse_odd_completion(text: str) -> None:
    try:
        value = Decimal(text.rstrip("%％"))
    except InvalidOperation as error:
        raise Refusal("task-completion-unreadable", text=text) from error
    if not value.is_finite() or not 0 <= value <= _ALL:
        raise Refusal("task-completion-unreadable", text=plain_decimal(value) if value.is_finite() else text)


def _refuse_meanwhile(tasks: Mapping[str, int]) -> None:
    last: dict[str, Reported] = {report.task: report for report in task_reports() if report.task in tasks}
    newer = [report for task, report in last.items() if report.position > tasks[task]]
    if newer:
        names = names_of(report.actor for report in newer)
        first = newer[0]
        who = names[first.actor] if first.actor in names else str(first.actor)
        tasks_named = ", ".join(sorted({report.task for report in newer}))
        raise Refusal("task-reported-meanwhile", tasks=tasks_named, who=who, said=first.said.progress)


def rows_of(reports: Sequence[Reported]) -> list[KeptRow]:
    """The reports as rows of the register of tasks, as the senders' sheets have them."""
    return [report.row for report in reports]
