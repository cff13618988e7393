"""What the page of a barometer's paper does: imperative verbs, one move each; long work goes into the queue."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from django.db import transaction

from tanheng.kernel.faults import Refusal
from tanheng.kernel.procedure import Act, next_event
from tanheng.records.cases import Matter, Sending, open_case
from tanheng.records.chain import lock_log
from tanheng.records.evidence import Attachment, keep_evidence
from tanheng.records.models import Person
from tanheng.records.procedures import calendar_of
from tanheng.records.site_files import results
from tanheng.web.cases.jobs import begin_job, last_job_of_case
from tanheng.web.cases.models import Job
from tanheng.web.cases.seats import seats_of
from tanheng.web.cases.services import Sent, make_move
from tanheng.web.directory.scope import Scope
from tanheng.web.documents.barometer_case import PROCEDURE, BarometerCase, barometer_case, runs_of
from tanheng.web.documents.barometer_jobs import COMPUTE, DRAFT, FREEZE
from tanheng.web.documents.month_blockers import Finding, blocking
from tanheng.web.documents.month_moves import refuse_odd_signature

KINDS = (COMPUTE, DRAFT, FREEZE)


def begin_computing(paper: BarometerCase, *, known_on: date, sent: Sent, scope: Scope) -> Job:
    """Has the quarter graded in the background.

    Refuses  not-permitted.
    """
    scope.require("compute")
    return _begin(COMPUTE, paper, {"known_on": known_on.isoformat()}, sent=sent, scope=scope)


def begin_paper(paper: BarometerCase, reasons: Mapping[str, str], *, sent: Sent, scope: Scope) -> None:
    """Begins the paper of the barometers that are shown for a quarter; every blocker is accepted with its reason.

    Gives    nothing; where it was begun already nothing happens.
    Refuses  not-permitted; barometer-not-stored; acceptance-without-reason; case-figures-blocked.
    """
    scope.require("publish")
    ids = [run.id for run in runs_of(paper.period, scope)]
    if not ids:
        raise Refusal("barometer-not-stored", quarter=paper.quarter, known="-")
    if unreasoned := [code for code, reason in reasons.items() if not reason.strip()]:
        raise Refusal("acceptance-without-reason", codes=", ".join(unreasoned))
    codes = blocking(findings_of(ids))
    accepted = {code: reasons[code].strip() for code in codes if code in reasons}
    given = {"results": " ".join(ids), "accepted": json.dumps(accepted, ensure_ascii=False)}
    left = tuple(code for code in codes if code not in accepted)
    act = Act("open_paper", scope.role.id, seats_of(scope), given=given, blockers=left)
    title = f"{paper.period.label()}能源和碳排放双控晴雨表"
    with transaction.atomic():
        lock_log()  # two who begin one paper at once begin one
        if barometer_case(paper.quarter, paper.period).case is None:
            sending = Sending(token=sent.token)
            open_case(PROCEDURE, Matter(title, paper.about), act, _person(scope), sending=sending, day=scope.day)


def begin_draft(paper: BarometerCase, *, sent: Sent, scope: Scope) -> Job:
    """Has a draft written in the background.

    Refuses  not-permitted; paper-unknown.
    """
    scope.require("publish")
    _id(paper)
    return _begin(DRAFT, paper, {"said": sent.said.strip() or "—"}, sent=sent, scope=scope)


def send_paper(paper: BarometerCase, *, sent: Sent, scope: Scope) -> None:
    """Sends the last draft to be signed.

    Refuses  paper-unknown; month-without-draft; case-…
    """
    drafts = paper.made("drafted")
    if not drafts:
        raise Refusal("month-without-draft")
    kept = tuple(Attachment(**piece) for piece in drafts[-1].evidence)
    given = {"draft": drafts[-1].given["draft"]}
    make_move(_id(paper), "send", sent=replace(sent, given=given, kept=kept), scope=scope)


def move_paper(paper: BarometerCase, move: str, *, sent: Sent, scope: Scope) -> None:
    """A move that needs no more than what its form brings.

    Refuses  paper-unknown; case-…
    """
    make_move(_id(paper), move, sent=sent, scope=scope)


def begin_signing(paper: BarometerCase, *, sent: Sent, scope: Scope) -> Job:
    """Keeps the scan and has the signature recorded in the background.

    Refuses  what the move would refuse, at once; evidence-…; paper-signed-later, paper-number-taken.
    """
    scope.require("publish")
    id = _id(paper)
    act = Act("sign", scope.role.id, seats_of(scope), sent.said, len(sent.files), given=sent.given)
    if paper.case is not None:
        procedure = paper.case.procedure
        next_event(procedure, paper.case.last.standing, act, scope.day, calendar_of(procedure))
    refuse_odd_signature(id, act)
    kept = [asdict(keep_evidence(name, content)) for name, content in sent.files]
    asked = {"said": sent.said, "given": dict(sent.given), "kept": kept}
    return _begin(FREEZE, paper, asked, sent=sent, scope=scope)


def findings_of(ids: Sequence[str]) -> list[Finding]:
    """What was found while grading."""
    return [each for id in ids for each in results().load(id).findings]


def job_of_paper(paper: BarometerCase) -> Job | None:
    """The last job about the paper, by whomever."""
    return last_job_of_case(paper.about, KINDS)


def _begin(kind: str, paper: BarometerCase, asked: Mapping[str, Any], *, sent: Sent, scope: Scope) -> Job:
    if scope.person is None:
        raise Refusal("not-permitted", act=kind)
    running = job_of_paper(paper)
    if running is not None and running.state in (Job.WAITING, Job.RUNNING):
        return running
    about = {"case": paper.about, "quarter": paper.quarter, "period": str(paper.period)}
    whose = {"person": str(scope.person), "mandate": scope.mandate, "token": sent.token[:50]}
    seen = paper.expected if sent.expected is None else sent.expected
    title = f"{paper.period.label()}晴雨表"
    full = {**asked, **about, **whose, "expected": seen}
    return begin_job(kind=kind, title=title, asked=full, person=scope.person, token=sent.token[:64])


def _id(paper: BarometerCase) -> str:
    if paper.case is None:
        raise Refusal("paper-unknown")
    return paper.case.id


def _person(scope: Scope) -> Person:
    return Person.objects.get(id=scope.person)
