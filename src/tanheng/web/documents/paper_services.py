"""What the page of a paper about results does: imperative verbs, one move each; long work goes into the queue."""

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
from tanheng.web.documents.month_blockers import Finding, blocking
from tanheng.web.documents.month_moves import refuse_odd_signature
from tanheng.web.documents.paper_case import PROCEDURE, PaperCase, paper_case

COMPUTE, DRAFT, FREEZE = "compute", "draft", "freeze"


def kind_of_job(paper: str, work: str) -> str:
    """What a kind of work for a kind of paper is called in the queue."""
    return f"{paper}_{work}"


def begin_computing(paper: PaperCase, asked: Mapping[str, Any], *, known_on: date, sent: Sent, scope: Scope) -> Job:
    """Has what a paper is about computed in the background.

    Refuses  not-permitted.
    """
    scope.require("compute")
    return _begin(COMPUTE, paper, {**asked, "known_on": known_on.isoformat()}, sent=sent, scope=scope)


def begin_paper(
    paper: PaperCase, ids: Sequence[str], title: str, reasons: Mapping[str, str], *, sent: Sent, scope: Scope
) -> None:
    """Begins the paper about some results; every blocker is accepted with its reason.

    Gives    nothing; where it was begun already nothing happens.
    Refuses  not-permitted; acceptance-without-reason; case-figures-blocked.
    """
    scope.require("publish")
    if unreasoned := [code for code, reason in reasons.items() if not reason.strip()]:
        raise Refusal("acceptance-without-reason", codes=", ".join(unreasoned))
    codes = blocking(findings_of(ids))
    accepted = {code: reasons[code].strip() for code in codes if code in reasons}
    given = {"results": " ".join(ids), "accepted": json.dumps(accepted, ensure_ascii=False)}
    left = tuple(code for code in codes if code not in accepted)
    act = Act("open_paper", scope.role.id, seats_of(scope), given=given, blockers=left)
    with transaction.atomic():
        lock_log()  # two who begin one paper at once begin one
        if paper_case(paper.kind, paper.name, paper.period).case is None:
            sending = Sending(token=sent.token)
            open_case(PROCEDURE, Matter(title, paper.about), act, _person(scope), sending=sending, day=scope.day)


def begin_draft(paper: PaperCase, *, sent: Sent, scope: Scope) -> Job:
    """Has a draft written in the background.

    Refuses  not-permitted; paper-unknown.
    """
    scope.require("publish")
    id_of(paper)
    return _begin(DRAFT, paper, {"said": sent.said.strip() or "—"}, sent=sent, scope=scope)


def send_paper(paper: PaperCase, *, sent: Sent, scope: Scope) -> None:
    """Sends the last draft to be signed.

    Refuses  paper-unknown; month-without-draft; case-…
    """
    drafts = paper.made("drafted")
    if not drafts:
        raise Refusal("month-without-draft")
    kept = tuple(Attachment(**piece) for piece in drafts[-1].evidence)
    given = {"draft": drafts[-1].given["draft"]}
    make_move(id_of(paper), "send", sent=replace(sent, given=given, kept=kept), scope=scope)


def move_paper(paper: PaperCase, move: str, *, sent: Sent, scope: Scope) -> None:
    """A move that needs no more than what its form brings.

    Refuses  paper-unknown; case-…
    """
    make_move(id_of(paper), move, sent=sent, scope=scope)


def begin_signing(paper: PaperCase, *, sent: Sent, scope: Scope) -> Job:
    """Keeps the scan and has the signature recorded in the background.

    Refuses  what the move would refuse, at once; evidence-…; paper-signed-later, paper-number-taken.
    """
    scope.require("publish")
    id = id_of(paper)
    act = Act("sign", scope.role.id, seats_of(scope), sent.said, len(sent.files), given=sent.given)
    if paper.case is not None:
        procedure = paper.case.procedure
        next_event(procedure, paper.case.last.standing, act, scope.day, calendar_of(procedure))
    refuse_odd_signature(id, act)
    kept = [asdict(keep_evidence(name, content)) for name, content in sent.files]
    asked = {"said": sent.said, "given": dict(sent.given), "kept": kept}
    return _begin(FREEZE, paper, asked, sent=sent, scope=scope)


def findings_of(ids: Sequence[str]) -> list[Finding]:
    """What was found while computing."""
    return [each for id in ids for each in results().load(id).findings]


def job_of_paper(paper: PaperCase) -> Job | None:
    """The last job about the paper, by whomever."""
    kinds = [kind_of_job(paper.kind, work) for work in (COMPUTE, DRAFT, FREEZE)]
    return last_job_of_case(paper.about, kinds)


def id_of(paper: PaperCase) -> str:
    """The case of a paper.

    Refuses  paper-unknown: none was begun.
    """
    if paper.case is None:
        raise Refusal("paper-unknown")
    return paper.case.id


def _begin(work: str, paper: PaperCase, asked: Mapping[str, Any], *, sent: Sent, scope: Scope) -> Job:
    kind = kind_of_job(paper.kind, work)
    if scope.person is None:
        raise Refusal("not-permitted", act=kind)
    about = {"case": paper.about, "kind": paper.kind, "name": paper.name, "period": str(paper.period)}
    whose = {"person": str(scope.person), "mandate": scope.mandate, "token": sent.token[:50]}
    seen = paper.expected if sent.expected is None else sent.expected
    title = paper.case.last.title if paper.case is not None else str(asked["title"])
    full = {**asked, **about, **whose, "expected": seen}
    with transaction.atomic():
        lock_log()  # two who want the same at once need it done once
        running = last_job_of_case(paper.about, (kind,))
        # work of another kind may be ending, its move made; where it is not made, `expected` tells
        if running is not None and running.is_pending:
            return running
        return begin_job(kind=kind, title=title, asked=full, person=scope.person, token=sent.token[:64])


def _person(scope: Scope) -> Person:
    return Person.objects.get(id=scope.person)
