"""What the moves of a month do, by the names that its procedure gives: they run with the move, or it is not made."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from tanheng.kernel.faults import Refusal, Worded
from tanheng.kernel.pack import MethodDefinition
from tanheng.kernel.period import Period, read_date
from tanheng.kernel.procedure import Act
from tanheng.records.case_models import CaseMove
from tanheng.records.cases import Case, Handler
from tanheng.records.kept_packs import packs_of
from tanheng.records.models import Person
from tanheng.records.publishing import publish
from tanheng.store.results import StoredResult
from tanheng.web.documents.month_blockers import reasons_for, results_of
from tanheng.web.documents.month_case import MonthCase, months_of, open_points
from tanheng.web.documents.month_quoted import quoted_of
from tanheng.web.documents.point_kinds import KINDS

_ELSEWHERE = "只涉及其他区域；本次发布不引用有关数值"
_NEEDED = {
    "kind": Worded("类别", "its kind"),
    "party": Worded("责任单位", "who answers for it"),
    "due": Worded("期限", "the day it is due"),
}


def number_draft(case: Case, act: Act, actor: Person) -> Mapping[str, str]:
    """Gives a draft its number: the next one of the case."""
    return {"draft": str(sum(1 for move in case.moves if move.move == "drafted") + 1)}


def freeze_month(case: Case, act: Act, actor: Person) -> Mapping[str, str]:
    """Publishes the figures of the month as they were signed: each result it rests on, with what was accepted.

    Gives    the publications.
    Refuses  month-without-result; date-unreadable, paper-signed-later, paper-number-taken; whatever publishing refuses:
             the case does not move then.
    """
    month = _month(case)
    if not month.dispatch:
        raise Refusal("month-without-result")
    refuse_odd_signature(case.id, act)
    found = []
    for stored in results_of(month):
        quoted = quoted_of(stored.id, month.area)
        if quoted:
            reasons = reasons_for(month, stored, _ELSEWHERE)
            title = f"{case.last.title}（{_method(stored)}）" if found else case.last.title
            found.append(publish(stored.id, title, actor, quoted, reasons, in_case=True).reference)
    if not found:
        raise Refusal("month-without-result")
    return {"publication": found[0], "publications": " ".join(found)}


def refuse_odd_signature(case: str, act: Act) -> None:
    """Confirms that a signature may be what it says.

    Refuses  date-unreadable; paper-signed-later; paper-number-taken: the number stands on another paper.
    """
    signed_on, today = read_date(act.given["signed_on"]), timezone.localdate()
    if signed_on > today:
        raise Refusal("paper-signed-later", signed_on=signed_on, day=today)
    number = act.given["document_number"].strip()
    other = CaseMove.objects.filter(given__document_number=number).exclude(case=case).first()
    if other is not None:
        raise Refusal("paper-number-taken", number=number, title=other.title)


def keep_point(case: Case, act: Act, actor: Person) -> Mapping[str, str]:
    """Confirms that an open point says of which kind it is, who answers for it and by when.

    Refuses  month-point-incomplete; date-unreadable.
    """
    missing = [words for name, words in _NEEDED.items() if name not in act.given or not act.given[name].strip()]
    if missing or act.given["kind"] not in KINDS:
        told = missing or [_NEEDED["kind"]]
        what = Worded("、".join(each.zh for each in told), ", ".join(each.en for each in told))
        raise Refusal("month-point-incomplete", what=what)
    read_date(act.given["due"])
    return {}


def settle_point(case: Case, act: Act, actor: Person) -> Mapping[str, str]:
    """Confirms that what is settled is still open, in this month or an earlier one of the area.

    Refuses  month-point-unknown.
    """
    asked = act.given["point"] if "point" in act.given else ""
    if asked not in {point.key for point in open_points(months_of(case.last.subject))}:
        raise Refusal("month-point-unknown", point=asked or "-")
    return {}


def _method(stored: StoredResult) -> str:
    return packs_of(stored.receipt["packs"]).get(MethodDefinition, stored.receipt["method"]).label.zh


def _month(case: Case) -> MonthCase:
    return MonthCase(case, case.last.subject, Period.parse(case.last.about))


HANDLERS: Mapping[str, Handler] = {
    "number_draft": number_draft,
    "freeze_month": freeze_month,
    "keep_point": keep_point,
    "settle_point": settle_point,
}
