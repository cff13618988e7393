"""Opening cases, moving them, lending mandates: imperative, one transaction, one event each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from tanheng.kernel.faults import Refusal
from tanheng.kernel.procedure import Act
from tanheng.records.cases import Case, Handler, Matter, Sending, move_case, open_case
from tanheng.records.delegating import delegate, end_delegation
from tanheng.records.evidence import Attachment, keep_evidence
from tanheng.records.mandate_models import Mandate
from tanheng.records.models import Person
from tanheng.records.procedures import procedure_of
from tanheng.records.site_files import results
from tanheng.web.cases.seats import addressee_named, seats_of
from tanheng.web.cases.selectors import case_seen, opening_for
from tanheng.web.directory.scope import Scope

_RESULT = "result/"
_MOST_PIECES = 10
"""How many files one form may bring: a setting."""


@dataclass(frozen=True)
class Sent:
    """What a form brought: texts as they were typed, files by name and content; `kept` lie among the blobs already."""

    said: str = ""
    addressee: str = ""
    due: date | None = None
    given: Mapping[str, str] = field(default_factory=dict)
    files: Sequence[tuple[str, bytes]] = ()
    kept: Sequence[Attachment] = ()
    token: str = ""
    expected: int | None = None


def open_new(procedure: str, *, matter: Matter, sent: Sent, scope: Scope) -> Case:
    """Opens a case.

    Refuses  definition-missing; not-permitted: the mandate opens none of this kind; case-addressee-unknown,
             case-due-past, evidence-…; whatever the first move refuses.
    """
    definition = procedure_of(procedure)
    move = opening_for(definition, scope)
    if move is None:
        raise Refusal("not-permitted", act=procedure)
    if matter.subject:
        scope.require_sight(matter.subject)
    act = _act(move.id, sent, scope)
    return open_case(procedure, matter, act, _person(scope), sending=_sending(sent), day=scope.day)


def make_move(case: str, move: str, *, sent: Sent, scope: Scope, blockers: Sequence[str] | None = None) -> Case:
    """Takes a case one move further.

    Reads    blockers: the codes of blocking findings, where another app has looked at more than one result.
    Refuses  case-unknown: none in reach; case-moved-meanwhile; case-addressee-unknown, case-due-past, evidence-…;
             whatever the move or what it does refuses.
    """
    before = case_seen(case, scope)
    act = _act(move, sent, scope, _result_of(before, sent) if blockers is None else "")
    act = act if blockers is None else replace(act, blockers=tuple(blockers))
    sending = _sending(sent)
    return move_case(case, act, _person(scope), sending=sending, handlers=_handlers(), day=scope.day)


def lend_mandate(*, login: str, start: date, end: date, scope: Scope) -> Mandate:
    """Lets somebody else act under the reader's mandate for some days.

    Refuses  delegation-to-nobody: nobody logs in by that name; delegation-…
    """
    other = Person.objects.filter(login=login.strip()).first() if login.strip() else None
    if other is None:
        raise Refusal("delegation-to-nobody", login=login.strip()[:60] or "-")
    return delegate(scope.mandate, to=other, start=start, end=end, actor=_person(scope))


def take_back_mandate(*, lent: str, scope: Scope) -> Mandate:
    """Ends today what the reader lent; asked for twice, it has ended.

    Refuses  mandate-unknown: the reader lent nothing of that name; delegation-…
    """
    return end_delegation(scope.mandate, lent, day=scope.day, actor=_person(scope))


def _act(move: str, sent: Sent, scope: Scope, result: str = "") -> Act:
    if sent.due is not None and sent.due < scope.day:
        raise Refusal("case-due-past", due=sent.due, day=scope.day)
    given = {name: text.strip() for name, text in sent.given.items() if text.strip()}
    return Act(
        move=move,
        role=scope.role.id,
        seats=seats_of(scope),
        said=sent.said,
        evidence=len(sent.files) + len(sent.kept),
        addressee=addressee_named(sent.addressee, scope),
        due=sent.due,
        given=given,
        blockers=_blockers(result) if result else None,
    )


def _sending(sent: Sent) -> Sending:
    if len(sent.files) > _MOST_PIECES:
        raise Refusal("evidence-too-many", count=len(sent.files), limit=_MOST_PIECES)
    return Sending((*sent.kept, *_kept(sent.files)), sent.token[:64], sent.expected)


def _kept(files: Sequence[tuple[str, bytes]]) -> tuple[Attachment, ...]:
    """Files that are refused afterwards lie among the blobs and harm nobody; none is kept twice."""
    return tuple(keep_evidence(name, content) for name, content in files)


def _result_of(case: Case, sent: Sent) -> str:
    """The result whose figures a move needs: the one that the case is about, or the one that the form names."""
    about = case.last.about
    if about.startswith(_RESULT):
        return about.removeprefix(_RESULT)
    return sent.given["result"].strip() if "result" in sent.given else ""


def _blockers(result: str) -> tuple[str, ...]:
    """The codes of the blocking findings of a result.

    Refuses  result-not-found.
    """
    found = results().load(result).findings
    return tuple(sorted({item["code"] for item in found if item["severity"] == "blocker"}))


def _person(scope: Scope) -> Person:
    """Who acts.

    Refuses  no-mandate: nobody does.
    """
    if scope.person is None:
        raise Refusal("no-mandate")
    return Person.objects.get(id=scope.person)


def _handlers() -> Mapping[str, Handler]:
    """What moves can do on this site, listed by hand where its apps are put together."""
    return import_string(settings.TANHENG_CASE_HANDLERS)
