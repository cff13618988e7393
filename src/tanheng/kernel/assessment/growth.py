"""A growth, and what adds to it in points: never over a base that is not positive."""

from __future__ import annotations

from tanheng.kernel.account import Account
from tanheng.kernel.account.areas import Areas
from tanheng.kernel.account.comparison import percent_change, said
from tanheng.kernel.faults import Severity, Worded
from tanheng.kernel.pack import IndicatorShape
from tanheng.kernel.quantity import Formula, name, number
from tanheng.kernel.trace import Address, Cell

__all__ = ["CLAUSE", "Areas", "contribution", "growth_of"]
CLAUSE = "assessment-practice#dispatch"


def growth_of(account: Account, at: Address, now: Cell, before: Cell) -> Cell:
    """(now / before - 1) x 100 %; a gap and a finding where the base is not positive: its sign would turn the growth.

    Source   assessment-practice#dispatch
    """
    before = _base(account, at, before)
    return account.paper.result(at, percent_change(), {"now": now, "before": before}, clause=CLAUSE)


def contribution(account: Account, at: Address, now: Cell | None, before: Cell | None, whole: Cell) -> Cell:
    """(now - before) / whole before x 100 %: points of the growth of the whole.

    Reads    now, before: None for what did not exist then, which is neither a gap nor a zero that somebody stated.
    """
    inputs = {"now": now, "before": before, "whole": _base(account, at, whole)}
    known = {key: cell for key, cell in inputs.items() if cell is not None}
    formula = _STOPPED_ADDS if now is None else _NEW_ADDS if before is None else _ADDS
    return account.paper.result(at, formula, known, clause=CLAUSE)


def _points(change: Formula) -> Formula:
    return change / name("whole") * number("100", "%")


_ADDS = _points(name("now") - name("before"))
_NEW_ADDS, _STOPPED_ADDS = _points(name("now")), _points(number("-1") * name("before"))


def _base(account: Account, at: Address, base: Cell) -> Cell:
    if base.value is None or base.value > 0:
        return base
    label = account.packs.get(IndicatorShape, at.column).label
    fields = {"indicator": Worded(label.zh, label.en), "value": f"{base.value:.6g}"}
    said(account, "dispatch-base-not-positive", at.subject, Severity.WARNING, at.period, **fields)
    return account.paper.given(base.address, None, base.unit, f"gap:{base.address}")
