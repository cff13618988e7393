"""Splitting and sending: a workbook of its tasks for every department, kept, written down, and mailed or downloaded."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import working_days_after
from tanheng.records.cases import Case, Matter
from tanheng.records.models import Person
from tanheng.records.people import person_named
from tanheng.records.posting import post_of
from tanheng.records.procedures import calendar_of, procedure_of
from tanheng.records.reminding import Reminded, Reminder, remind_of
from tanheng.records.site_files import blobs
from tanheng.records.task_mailing import Mailing, SentSheet, mailing_of, note_sent
from tanheng.reports.task_files import OFFICE, reminder
from tanheng.reports.task_sheets import PartySheet, sheets_of, write_sheets
from tanheng.reports.three_forms import files_of
from tanheng.store.packs_in_use import packs_in_use
from tanheng.store.plain_text import file_part
from tanheng.web.cases.seats import addressees
from tanheng.web.cases.services import Sent, open_new
from tanheng.web.directory.scope import Scope
from tanheng.web.obligations.task_board import board_of
from tanheng.web.obligations.task_letters import write_later

NOTE = "supervision_note"
_ANSWER_DAYS = 5
"""Working days in which a supervision note of a sheet that is late is to be answered: a setting."""


def seats_sending(scope: Scope) -> tuple[str, ...] | None:
    """Whose mailings a reader sees; None for all of them."""
    return None if scope.sees_all else tuple(seat for seat in (scope.party, scope.area) if seat)


def sheets_in_reach(scope: Scope, year: int | None, *, leads_only: bool) -> tuple[int, list[PartySheet]]:
    """The year that is sent and the tasks of every party, as far as the reader sees.

    Refuses  tasks-of-no-year; tasks-none.
    """
    board = board_of(scope, year)
    return board.year, sheets_of(board.tasks, leads_only=leads_only)


def split_and_send(
    *,
    scope: Scope,
    year: int,
    due: date,
    parties: Iterable[str],
    addresses: Mapping[str, str],
    leads_only: bool,
    by_mail: bool,
    token: str,
) -> Mailing:
    """Makes the workbook of every chosen party, keeps it, writes down for whom and by when; where asked, has it mailed.

    Reads    addresses: by party; one without an address is made and not mailed.
    Gives    the mailing; its letters wait in the queue, and what became of each is noted once it is known.
    Refuses  not-permitted; task-sheets-no-mail; task-sheets-address; task-sheets-nobody; task-sheets-due-past;
             tasks-none; channel-unusable.
    """
    scope.require("split")
    if by_mail and post_of() is None:
        raise Refusal("task-sheets-no-mail")
    actor = Person.objects.get(id=scope.person)
    wanted = set(parties)
    _, whole = sheets_in_reach(scope, year, leads_only=leads_only)
    people = _contacts(addresses, wanted)
    sheets = _kept([sheet for sheet in whole if sheet.party in wanted], year, people)
    with transaction.atomic():
        event = note_sent(year, scope.day, due, sheets, actor, by=scope.party or scope.area, token=token)
        mailing = mailing_of(event.position)
        if by_mail:
            write_later(mailing, [sheet.party for sheet in mailing.sheets], mailing.day, scope)
    return mailing


def remind_missing(*, scope: Scope, number: int) -> tuple[Reminded, Mailing]:
    """Reminds every party whose workbook has not come back: where it acts here, and by letter where an address is
    known; not twice on one day.

    Refuses  not-permitted; task-sheets-unknown; channel-unusable.
    """
    scope.require("split")
    mailing = mailing_of(number, seats_sending(scope))
    actor = Person.objects.get(id=scope.person)
    items = [_reminder(mailing, sheet) for sheet in mailing.missing]
    again = [sheet.party for sheet in mailing.missing if scope.day not in _days(mailing, sheet.party)]
    with transaction.atomic():
        done = remind_of(items, scope.day, actor)
        if post_of() is not None:
            write_later(mailing, again, scope.day, scope)
    return done, mailing


def supervise(*, scope: Scope, number: int, party: str) -> Case:
    """Opens a supervision note to a party whose workbook is late; asked for twice, it is the same note.

    Refuses  not-permitted; task-sheets-unknown: it was sent none, or it has come back; case-addressee-unknown: nobody
             acts for the party here; whatever opening a case refuses.
    """
    scope.require("split")
    mailing = mailing_of(number, seats_sending(scope))
    sheet = mailing.sheet(party)
    if party in mailing.back:
        raise Refusal("task-sheets-unknown", number=number)
    title = f"{mailing.year}年任务进展表逾期未报：{party}"
    due_text = mailing.due.isoformat()
    said = f"{mailing.year}年任务进展表应于{due_text}前退回，至今未收到（{len(sheet.tasks)}项任务）。请填报并说明原因。"
    due = days_ahead(scope.day, _ANSWER_DAYS)
    sent = Sent(said=said, addressee=party, due=due, token=note_token(mailing, sheet))
    return open_new(NOTE, matter=Matter(title, sheet.tasks[0]), sent=sent, scope=scope)


def note_token(mailing: Mailing, sheet: SentSheet) -> str:
    """What tells the note about a workbook from every other."""
    return f"task-sheets-{mailing.number}-{sheet.digest[:16]}"


def days_ahead(day: date, count: int) -> date:
    """So many working days after a day; in a year whose days off are not known yet, so many weekdays."""
    return working_days_after(day, count, calendar_of(procedure_of(NOTE)).assuming(day))


def archive(mailing: Mailing) -> bytes:
    """Every workbook of a mailing in one zip; the same mailing gives the same bytes."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        for sheet in mailing.sheets:
            packed.writestr(zipfile.ZipInfo(sheet.file, (2000, 1, 1, 0, 0, 0)), blobs().get(sheet.digest))
    return whole.getvalue()


def letter_of(mailing: Mailing, party: str, scope: Scope) -> tuple[str, bytes]:
    """The draft of a letter of reminder (催报函) as Word: its name and content.

    Refuses  task-sheets-unknown.
    """
    sheet = mailing.sheet(party)
    tracked = {item.task.id: item for item in board_of(scope, mailing.year).tasks}
    of_party = PartySheet(party, tuple(tracked[id] for id in sheet.tasks if id in tracked))
    name = f"催报函_{file_part(party)}"
    paper = reminder(of_party, mailing.year, scope.day, OFFICE)
    contents, _ = files_of({name: paper}, packs_in_use())
    return f"{name}.docx", contents[f"{name}.docx"]


def acts_here(scope: Scope) -> frozenset[str]:
    """The parties that somebody acts for on this site, by name: they can be given a note."""
    return frozenset(addressees(scope).values()) | frozenset(
        scope.ground.directory.labels[id]["zh"] for id in addressees(scope) if id in scope.ground.directory.labels
    )


def _contacts(addresses: Mapping[str, str], wanted: set[str]) -> Mapping[str, str]:
    """Who is written to, by party: the number of a person, kept outside of the log."""
    found = {}
    for party, text in addresses.items():
        if party not in wanted or not text.strip():
            continue
        try:
            validate_email(text.strip())
        except ValidationError as error:
            raise Refusal("task-sheets-address", party=party, address=text.strip()[:80]) from error
        found[party] = str(person_named(party, text.strip()).id)
    return found


def _kept(sheets: Sequence[PartySheet], year: int, people: Mapping[str, str]) -> list[SentSheet]:
    """The workbooks made and kept among the blobs."""
    with tempfile.TemporaryDirectory() as folder:
        paths = write_sheets(Path(folder), sheets, year)
        return [
            SentSheet(
                party=sheet.party,
                tasks=tuple(item.task.id for item in sheet.tasks),
                file=path.name,
                digest=blobs().put(path.read_bytes()),
                contact=people[sheet.party] if sheet.party in people else "",
            )
            for sheet, path in zip(sheets, paths, strict=True)
        ]


def _reminder(mailing: Mailing, sheet: SentSheet) -> Reminder:
    title = f"{mailing.year}年任务进展表（{len(sheet.tasks)}项任务）未退回"
    return Reminder("sheet_missing", f"task-sheets:{mailing.number}", title, sheet.party, mailing.due, None)


def _days(mailing: Mailing, party: str) -> Sequence[date]:
    return mailing.mailed[party] if party in mailing.mailed else ()
