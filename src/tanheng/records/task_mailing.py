"""Workbooks of tasks that went out to departments and came back: what was sent to whom when and due when.

Departments do not log in: who was written to stands in the records as the number of a person, whose name and address
can be erased.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from tanheng.kernel.faults import Refusal
from tanheng.records.chain import append, lock_log
from tanheng.records.models import Event, Person
from tanheng.records.selecting import undone_positions

SENT, MAILED, BACK = "task_sheets_sent", "task_sheets_mailed", "task_sheets_back"


@dataclass(frozen=True)
class SentSheet:
    """A workbook that was made for a party: its tasks, its name, its hash among the blobs, and whom it goes to."""

    party: str
    tasks: tuple[str, ...]
    file: str
    digest: str
    contact: str = ""


@dataclass(frozen=True)
class BackFile:
    """A workbook that came back: whose it is, its name and its hash."""

    party: str
    file: str
    digest: str


@dataclass(frozen=True)
class Mailing:
    """One time of splitting and sending, and what came of it.

    `mailed` are the days on which a letter to a party was taken by the mail server; `back` the workbooks that were
    recorded, by party; `by` the seat that sent it.
    """

    number: int
    year: int
    day: date
    due: date
    by: str
    sheets: tuple[SentSheet, ...]
    mailed: Mapping[str, Sequence[date]] = field(default_factory=dict)
    failed: Mapping[str, str] = field(default_factory=dict)
    back: Mapping[str, Sequence[BackFile]] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[SentSheet, ...]:
        """The workbooks that have not come back."""
        return tuple(sheet for sheet in self.sheets if sheet.party not in self.back)

    def sheet(self, party: str) -> SentSheet:
        """The workbook of a party.

        Refuses  task-sheets-unknown: it was sent none.
        """
        found = next((sheet for sheet in self.sheets if sheet.party == party), None)
        if found is None:
            raise Refusal("task-sheets-unknown", number=self.number)
        return found


def note_sent(
    year: int, day: date, due: date, sheets: Sequence[SentSheet], actor: Person, *, by: str, token: str = ""
) -> Event:
    """Appends that workbooks were made, for whom, and by when they are to be back; a form sent twice appends once.

    Refuses  task-sheets-nobody: for no party at all; task-sheets-due-past.
    """
    if not sheets:
        raise Refusal("task-sheets-nobody")
    if due < day:
        raise Refusal("task-sheets-due-past", due=due, day=day)
    with transaction.atomic():
        lock_log()
        if token and (earlier := Event.objects.filter(kind=SENT, payload__token=token).first()) is not None:
            return earlier
        said = {"year": year, "day": day.isoformat(), "due": due.isoformat(), "by": by, "token": token}
        return append(SENT, {**said, "sheets": [_plain(sheet) for sheet in sheets]}, actor)


def note_mailed(number: int, day: date, taken: Iterable[str], failed: Mapping[str, str], actor: Person) -> Event:
    """Appends which letters the mail server took, and which it did not."""
    said = {"number": number, "day": day.isoformat(), "taken": sorted(taken), "failed": dict(sorted(failed.items()))}
    return append(MAILED, said, actor)


def note_back(number: int, files: Sequence[BackFile], recorded: int | None, actor: Person, *, token: str) -> Event:
    """Appends which workbooks came back, and at which position what they say was recorded."""
    said = {"number": number, "files": [asdict(file) for file in files], "recorded": recorded, "token": token}
    return append(BACK, said, actor)


def was_noted_back(token: str) -> Event | None:
    """The event by which returned workbooks were recorded from a form; None where none was."""
    return Event.objects.filter(kind=BACK, payload__token=token).first()


def mailings(by: Iterable[str] | None = None) -> list[Mailing]:
    """Every time that workbooks went out, the last first; those of some seats alone where they are named."""
    sent = Event.objects.filter(kind=SENT).order_by("-position")
    sent = sent if by is None else sent.filter(payload__by__in=list(by))
    mailed, back = _of(MAILED), _of(BACK)
    return [_mailing(event, mailed, back) for event in sent]


def mailing_of(number: int, by: Iterable[str] | None = None) -> Mailing:
    """One of them.

    Refuses  task-sheets-unknown: none of that number, or none of those seats.
    """
    found = next((item for item in mailings(by) if item.number == number), None)
    if found is None:
        raise Refusal("task-sheets-unknown", number=number)
    return found


def contacts() -> Mapping[str, str]:
    """By party the address that it was written to last; one that was erased is not there."""
    numbers: dict[str, str] = {}
    for payload in Event.objects.filter(kind=SENT).order_by("position").values_list("payload", flat=True):
        numbers |= {sheet["party"]: sheet["contact"] for sheet in payload["sheets"] if sheet["contact"]}
    addresses = {str(person.id): person.email for person in Person.objects.filter(id__in=set(numbers.values()))}
    return {party: addresses[number] for party, number in numbers.items() if addresses.get(number)}


def _of(kind: str) -> list[Mapping[str, Any]]:
    return list(Event.objects.filter(kind=kind).order_by("position").values_list("payload", flat=True))


def _mailing(event: Event, mailed: Sequence[Mapping[str, Any]], back: Sequence[Mapping[str, Any]]) -> Mailing:
    said, undone = event.payload, undone_positions()
    taken: dict[str, list[date]] = {}
    failed: dict[str, str] = {}
    for item in mailed:
        if item["number"] == event.position:
            for party in item["taken"]:
                taken.setdefault(party, []).append(date.fromisoformat(item["day"]))
                failed.pop(party, None)
            failed |= item["failed"]
    returned: dict[str, list[BackFile]] = {}
    for item in back:
        if item["number"] == event.position and item["recorded"] not in undone:
            for file in item["files"]:
                returned.setdefault(file["party"], []).append(BackFile(**file))
    return Mailing(
        number=event.position,
        year=said["year"],
        day=date.fromisoformat(said["day"]),
        due=date.fromisoformat(said["due"]),
        by=said["by"],
        sheets=tuple(SentSheet(**{**sheet, "tasks": tuple(sheet["tasks"])}) for sheet in said["sheets"]),
        mailed=taken,
        failed=failed,
        back=returned,
    )


def _plain(sheet: SentSheet) -> Mapping[str, Any]:
    return {**asdict(sheet), "tasks": list(sheet.tasks)}
