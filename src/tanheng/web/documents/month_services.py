"""What the page of a month does: imperative verbs, one move of its case each; long work goes into the queue."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from django.db import transaction

from tanheng.kernel.faults import Refusal, Worded
from tanheng.kernel.pack import ProcedureMove
from tanheng.kernel.period import Period
from tanheng.kernel.procedure import Act, next_event
from tanheng.records.cases import Matter, Sending, open_case
from tanheng.records.chain import lock_log
from tanheng.records.evidence import Attachment, keep_evidence
from tanheng.records.models import Person
from tanheng.records.procedures import calendar_of
from tanheng.web.cases.jobs import begin_job, last_job_of_case
from tanheng.web.cases.models import Job
from tanheng.web.cases.seats import seats_of
from tanheng.web.cases.services import Sent, make_move
from tanheng.web.directory.ground import span_of
from tanheng.web.directory.scope import Scope
from tanheng.web.documents.month_blockers import blocking, findings_about, open_blockers, results_of
from tanheng.web.documents.month_case import PROCEDURE, MonthCase, month_case, months_of
from tanheng.web.documents.month_jobs import CHECK, COMPUTE, DRAFT, FREEZE, REVISE
from tanheng.web.documents.month_moves import refuse_odd_signature

_UNDER_WAY = (Job.WAITING, Job.RUNNING)
_OPENERS = ("office", "district")
KINDS_OF_JOBS = (COMPUTE, CHECK, DRAFT, FREEZE, REVISE)


def open_month(*, area: str, period: Period, token: str, scope: Scope) -> MonthCase:
    """Opens the month of an area.

    Gives    the month; the one that was opened already, by whomever.
    Refuses  not-permitted; area-not-found; period-not-a-month; month-not-begun: it is not over yet.
    """
    if scope.role.id not in _OPENERS or not scope.mandate:
        raise Refusal("not-permitted", act="open")
    scope.require_sight(area)
    if not period.is_month():
        raise Refusal("period-not-a-month", period=str(period))
    if period.end > scope.day:
        raise Refusal("month-not-begun", period=period.label(), day=scope.day)
    label = scope.ground.directory.label_of(area, "zh")
    matter = Matter(f"{label}{period.label()}运行分析", str(period), area)
    act = Act("open", scope.role.id, seats_of(scope))
    with transaction.atomic():
        lock_log()  # two who open one month at once open one
        if all(month.period != period for month in months_of(area)):
            open_case(PROCEDURE, matter, act, _person(scope), sending=Sending(token=token[:64]), day=scope.day)
    return month_case(area, period, scope)


def move_month(month: MonthCase, move: str, *, sent: Sent, scope: Scope) -> None:
    """A move that needs no more than what its form brings: all is in, back to collecting, ask, to drafting, withdraw.

    Refuses  case-…
    """
    make_move(month.id, move, sent=sent, scope=scope)


def accept_blockers(month: MonthCase, reasons: Mapping[str, str], *, sent: Sent, scope: Scope) -> None:
    """Takes the result that has blockers as that of the month: every one of them accepted with its reason.

    Refuses  month-without-result; acceptance-without-reason; case-figures-blocked: one was not accepted.
    """
    move = month.computing
    if move is None:
        raise Refusal("month-without-result")
    if unreasoned := [code for code, reason in reasons.items() if not reason.strip()]:
        raise Refusal("acceptance-without-reason", codes=", ".join(unreasoned))
    codes = blocking(findings_about(month.area, results_of(month)))
    accepted = {code: reasons[code].strip() for code in codes if code in reasons}
    kept = {name: move.given[name] for name in ("result", "year_end", "known_on") if name in move.given}
    given = {**kept, "accepted": json.dumps(accepted, ensure_ascii=False)}
    blockers = [code for code in codes if code not in accepted]
    make_move(month.id, "compute", sent=replace(sent, given=given), scope=scope, blockers=blockers)


def comment_on(month: MonthCase, area: str, *, sent: Sent, scope: Scope) -> None:
    """Says for an area, or for the department that one acts for, what lies behind its month.

    Reads    area: empty for a department; whoever sees all enters what came by mail, for any area within.
    Refuses  month-comment-elsewhere; case-…
    """
    own = area == scope.area and scope.role.reach == "area"
    entered = scope.sees_all and scope.may("supervise") and bool(area)
    if (area and not (own or entered)) or (area and not _lies_within(area, month, scope)):
        raise Refusal("month-comment-elsewhere", area=area)
    make_move(month.id, "comment", sent=replace(sent, given={"area": area} if area else {}), scope=scope)


def upload_draft(month: MonthCase, *, sent: Sent, scope: Scope) -> None:
    """Keeps a draft that was edited elsewhere as the next one.

    Refuses  evidence-…; case-…
    """
    make_move(month.id, "drafted", sent=sent, scope=scope)


def send_for_signing(month: MonthCase, *, sent: Sent, scope: Scope) -> None:
    """Sends the last draft to be signed, with its files.

    Refuses  month-without-draft; case-figures-blocked; case-…
    """
    if not month.drafts:
        raise Refusal("month-without-draft")
    last = month.drafts[-1]
    kept = tuple(Attachment(**piece) for piece in last.evidence)
    given = {"draft": last.given["draft"]}
    blockers = open_blockers(month)
    make_move(month.id, "send", sent=replace(sent, given=given, kept=kept), scope=scope, blockers=blockers)


def begin_signing(month: MonthCase, *, sent: Sent, scope: Scope) -> Job:
    """Keeps the scan and has the signature recorded and the figures frozen in the background.

    Refuses  case-needs and the like at once; evidence-…; paper-signed-later, paper-number-taken; not-permitted.
    """
    act = Act("sign", scope.role.id, seats_of(scope), sent.said, len(sent.files), given=sent.given)
    next_event(month.case.procedure, month.case.last.standing, act, scope.day, calendar_of(month.case.procedure))
    refuse_odd_signature(month.id, act)
    kept = [asdict(keep_evidence(name, content)) for name, content in sent.files]
    asked = {"said": sent.said, "given": dict(sent.given), "kept": kept}
    return _begin(FREEZE, month, asked, sent=sent, scope=scope)


def begin_work(kind: str, month: MonthCase, *, known_on: date, sent: Sent, scope: Scope) -> Job:
    """Has a month computed, checked or drafted in the background.

    Gives    the job; the one of the month that is under way already, by whomever.
    Refuses  not-permitted; case-out-of-turn: somebody else's month; case-moved-meanwhile.
    """
    asked = {"known_on": known_on.isoformat(), "said": sent.said.strip() or "—"}
    return _begin(kind, month, asked, sent=sent, scope=scope)


def add_point(month: MonthCase, *, kind: str, party: str, due: str, sent: Sent, scope: Scope) -> None:
    """Notes a point that stays open when the month is signed.

    Refuses  month-point-incomplete; date-unreadable; case-…
    """
    given = {"kind": kind.strip(), "party": party.strip(), "due": due.strip()}
    make_move(month.id, "point", sent=replace(sent, given=given), scope=scope)


def settle(month: MonthCase, point: str, *, sent: Sent, scope: Scope) -> None:
    """Says what came of an open point, of this month or an earlier one.

    Refuses  month-point-unknown; case-…
    """
    make_move(month.id, "settle", sent=replace(sent, given={"point": point}), scope=scope)


def job_under_way(month: MonthCase) -> Job | None:
    """The last job of a month, by whomever."""
    return last_job_of_case(month.id, KINDS_OF_JOBS)


def may_begin(kind: str, month: MonthCase, scope: Scope) -> bool:
    """Whether the reader may have a kind of work done for a month: the role has the move, and the month is its own."""
    definition = month.case.procedure.move_by_id[_MOVES[kind]]
    return scope.person is not None and scope.role.id in definition.roles and _is_own(month, scope)


def _begin(kind: str, month: MonthCase, asked: Mapping[str, Any], *, sent: Sent, scope: Scope) -> Job:
    definition = month.case.procedure.move_by_id[_MOVES[kind]]
    if scope.role.id not in definition.roles or scope.person is None:
        raise Refusal("not-permitted", act=definition.id)
    _refuse_out_of_turn(month, definition, scope)
    seen = month.case.last.number if sent.expected is None else sent.expected
    about = {"case": month.id, "person": str(scope.person), "mandate": scope.mandate}
    full = {**asked, **about, "token": sent.token[:50], "expected": seen}
    with transaction.atomic():
        lock_log()  # two who want the same at once need it done once
        running = last_job_of_case(month.id, (kind,))
        # work of another kind may be ending, its move made; where it is not made, `expected` tells
        if running is not None and running.state in _UNDER_WAY:
            return running
        title = month.case.last.title
        return begin_job(kind=kind, title=title, asked=full, person=scope.person, token=sent.token[:64])


def _refuse_out_of_turn(month: MonthCase, move: ProcedureMove, scope: Scope) -> None:
    """Confirms that the month is the reader's to work on: a district sees the city's month and does not compute it."""
    if _is_own(month, scope):
        return
    standing, words = month.case.last.standing, Worded(move.label.zh, move.label.en)
    raise Refusal("case-out-of-turn", move=words, holder=standing.holder or standing.opener)


def _is_own(month: MonthCase, scope: Scope) -> bool:
    standing = month.case.last.standing
    return scope.role.id in month.case.procedure.acts_for_all or bool(
        {standing.opener, standing.holder} & {*seats_of(scope)}
    )


_MOVES: Mapping[str, str] = {COMPUTE: "compute", CHECK: "checked", DRAFT: "drafted", FREEZE: "sign", REVISE: "sign"}


def _lies_within(area: str, month: MonthCase, scope: Scope) -> bool:
    return area != month.area and scope.ground.lies_in(area, month.area, *span_of(month.period))


def _person(scope: Scope) -> Person:
    return Person.objects.get(id=scope.person)
