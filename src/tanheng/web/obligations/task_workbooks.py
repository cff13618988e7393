"""What the pages of task workbooks show: what went out, what came back, who is late. Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from tanheng.records.case_models import CaseMove
from tanheng.records.posting import post_of
from tanheng.records.task_mailing import BackFile, Mailing, SentSheet, contacts, mailing_of, mailings
from tanheng.reports.task_sheets import PartySheet
from tanheng.web.cases.models import Job
from tanheng.web.cases.outbox import OutgoingShown
from tanheng.web.directory.scope import Scope
from tanheng.web.obligations.task_letters import letters_of
from tanheng.web.obligations.task_returning import KIND
from tanheng.web.obligations.task_sending import NOTE, acts_here, days_ahead, note_token, seats_sending, sheets_in_reach

_USUAL_DAYS = 10
"""Working days that departments are usually given: a setting."""
_JOBS = 10


@dataclass(frozen=True)
class SplitLine:
    """A party that would get a workbook: how many tasks it leads and supports, and the address it was written to."""

    party: str
    leads: int
    supports: int
    address: str


@dataclass(frozen=True)
class MailingLine:
    """One mailing in a line: how many workbooks went out, how many came back, whether any is late."""

    mailing: Mailing
    sent: int
    back: int
    late: bool


@dataclass(frozen=True)
class WorkbooksPage:
    """The form to split and send, and everything that was sent."""

    year: int
    lines: Sequence[SplitLine]
    leads_only: bool
    due: date
    may_mail: bool
    mailings: Sequence[MailingLine]
    token: str


@dataclass(frozen=True)
class SheetLine:
    """A workbook that was sent, and what became of it."""

    sheet: SentSheet
    mailed: date | None
    failed: str
    letter: OutgoingShown | None
    back: Sequence[BackFile]
    late: bool
    acts_here: bool
    note: str


@dataclass(frozen=True)
class MailingPage:
    """One mailing: every workbook, the late list, the form for what came back, and the merges made of it."""

    mailing: Mailing
    lines: Sequence[SheetLine]
    under_way: bool
    missing: int
    is_late: bool
    may_mail: bool
    jobs: Sequence[Job]
    token: str


def workbooks_page(scope: Scope, *, year: int | None, leads_only: bool) -> WorkbooksPage:
    """The first page of task workbooks.

    Refuses  not-permitted; tasks-of-no-year; tasks-none.
    """
    scope.require("split")
    of_year, sheets = sheets_in_reach(scope, year, leads_only=leads_only)
    known = contacts()
    return WorkbooksPage(
        year=of_year,
        lines=[_split_line(sheet, known) for sheet in sheets],
        leads_only=leads_only,
        due=days_ahead(scope.day, _USUAL_DAYS),
        may_mail=post_of() is not None,
        mailings=[_mailing_line(item, scope.day) for item in mailings(seats_sending(scope))],
        token=uuid4().hex,
    )


def mailing_page(scope: Scope, number: int) -> MailingPage:
    """One mailing in reach.

    Refuses  not-permitted; task-sheets-unknown.
    """
    scope.require("split")
    mailing = mailing_of(number, seats_sending(scope))
    here, notes, letters = acts_here(scope), _notes(mailing), letters_of(number)
    jobs = Job.objects.filter(person=scope.person, kind=KIND, asked__number=number).order_by("-made_at")[:_JOBS]
    return MailingPage(
        mailing=mailing,
        lines=[_sheet_line(mailing, sheet, scope.day, here, notes, letters) for sheet in mailing.sheets],
        under_way=any(letter.is_open for letter in letters.values()),
        missing=len(mailing.missing),
        is_late=bool(mailing.missing) and mailing.due < scope.day,
        may_mail=post_of() is not None,
        jobs=list(jobs),
        token=uuid4().hex,
    )


def _split_line(sheet: PartySheet, known: Mapping[str, str]) -> SplitLine:
    leads = sum(sheet.party in item.task.lead_parties for item in sheet.tasks)
    address = known[sheet.party] if sheet.party in known else ""
    return SplitLine(sheet.party, leads, len(sheet.tasks) - leads, address)


def _mailing_line(mailing: Mailing, day: date) -> MailingLine:
    late = bool(mailing.missing) and mailing.due < day
    return MailingLine(mailing, len(mailing.sheets), len(mailing.sheets) - len(mailing.missing), late)


def _sheet_line(
    mailing: Mailing,
    sheet: SentSheet,
    day: date,
    here: frozenset[str],
    notes: Mapping[str, str],
    letters: Mapping[str, OutgoingShown],
) -> SheetLine:
    back = mailing.back[sheet.party] if sheet.party in mailing.back else ()
    mailed = mailing.mailed[sheet.party][-1] if sheet.party in mailing.mailed else None
    failed = mailing.failed[sheet.party] if sheet.party in mailing.failed else ""
    note = notes[sheet.party] if sheet.party in notes else ""
    letter = letters[sheet.party] if sheet.party in letters else None
    return SheetLine(sheet, mailed, failed, letter, back, not back and mailing.due < day, sheet.party in here, note)


def _notes(mailing: Mailing) -> Mapping[str, str]:
    """The supervision notes that were opened for workbooks of a mailing, by party."""
    tokens = {note_token(mailing, sheet): sheet.party for sheet in mailing.sheets}
    opened = CaseMove.objects.filter(procedure=NOTE, token__in=tokens)
    return {tokens[move.token]: move.case for move in opened}
