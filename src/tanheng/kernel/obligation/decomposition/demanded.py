"""What is demanded of the whole of a split, as a cell: a fall in per cent, or the amount that is allowed."""

from __future__ import annotations

import re

from tanheng.kernel.demand import Target
from tanheng.kernel.faults import Severity
from tanheng.kernel.obligation.decomposition.splitting import Splitting
from tanheng.kernel.quantity import Unit, name, number
from tanheng.kernel.trace import Cell

_FALLS = ("down", "down_at_least")
_CAPS = ("at_most",)
_PER_CENT = "%"
_BASIS = re.compile(r"\[[^\]]+\]")


def demand_on_whole(split: Splitting) -> Cell:
    """The demand that is split, positive where something has to fall; in the unit of the amount where it is a cap.

    Gives    a gap and a finding where the target does not count, or demands something of another kind.
    """
    plan = split.plan
    if not plan.target and plan.demand is None:
        split.find("split-without-whole", plan.parent, Severity.NOTE)
        return _gap(split, plan.parent)
    if plan.demand is not None:
        unit = _PER_CENT if split.has_basis else split.unit.text
        return split.says("demand", plan.demand, unit, ("要分解的目标", "the demand that is split"))
    return _of_target(split, plan.target, plan.parent)


def demand_on(split: Splitting, target: str, subject: str) -> Cell:
    """What a target demands of a subject: a fall in per cent, or a cap; a gap and a finding as for the whole."""
    return _of_target(split, target, subject)


def _of_target(split: Splitting, id: str, subject: str) -> Cell:
    found = next((item for item in split.account.targets if item.id == id), None)
    if found is None:
        split.find("split-target-unknown", subject, target=id, known_on=split.account.facts.known_on)
        return _gap(split, subject)
    return _fall(split, found, subject) if split.has_basis else _cap(split, found, subject)


def _fall(split: Splitting, target: Target, subject: str) -> Cell:
    operator, unit = target.demand.operator, target.demand.unit_norm or target.demand.unit
    if unit != _PER_CENT or operator not in (*_FALLS, "change"):
        return _unfit(split, target, subject)
    said = split.account.demanded(target, _PER_CENT)
    if operator in _FALLS:
        return said
    formula = number("0", _PER_CENT) - name("change")
    return split.step(split.at("split_fall_demanded", subject), formula, {"change": said}, _PER_CENT, "demand")


def _cap(split: Splitting, target: Target, subject: str) -> Cell:
    """A cap in the unit of the amount. A paper does not say on which basis it counts coal: it is then the plan's."""
    basis = _BASIS.search(split.unit.text)
    unit = (target.demand.unit_norm or target.demand.unit) + (basis[0] if basis else "")
    if target.demand.operator not in _CAPS or not Unit.is_known(unit):
        return _unfit(split, target, subject)
    stated = Unit.parse(unit)
    if stated.powers != split.unit.powers:
        return _unfit(split, target, subject)
    said, ratio = split.account.demanded(target, unit), stated.ratio_to(split.unit, what=target.id)
    if ratio == 1:
        return said
    change = (
        name("stated") / number(str(1 / ratio), f"{unit}/{split.unit.text}")
        if ratio < 1
        else name("stated") * number(str(ratio), f"{split.unit.text}/{unit}")
    )
    return split.step(split.at("split_cap", subject), change, {"stated": said}, split.unit.text, "demand")


def _unfit(split: Splitting, target: Target, subject: str) -> Cell:
    said = f"{target.demand.operator} {target.demand.value} {target.demand.unit}"
    split.find("split-target-unfit", subject, Severity.BLOCKER, target=target.id, demand=said, kind=split.plan.kind)
    return _gap(split, subject)


def _gap(split: Splitting, subject: str) -> Cell:
    at = split.at("split_demand", subject)
    unit = Unit.parse(_PER_CENT) if split.has_basis else split.unit
    return split.account.paper.given(at, None, unit, f"gap:{at}")
