"""The whole of a split, put together again from the amounts and bases of its subjects; never from their rates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tanheng.kernel.faults import Severity, Worded
from tanheng.kernel.obligation.decomposition.splitting import HUNDRED, ONE, Member, Splitting
from tanheng.kernel.pack.decomposition_plan import AMOUNT, PlanSubject
from tanheng.kernel.quantity import Formula, Unit, name, number, worded_unit
from tanheng.kernel.trace import Cell

_STEPS = number("1000000000", "10^-9")
_CHANGE = "split_rate_change"
_NOISE = 2  # steps of the grid: what rounding every rate once can move the whole by
_A_POINT = 10_000_000  # steps of the grid in one per cent
_FINEST = 1e-6  # of an amount: what rounding every rate once can move the sum by


@dataclass(frozen=True)
class Frame:
    """What all subjects amount to together, and what is allowed them at the end."""

    amount: Cell
    trend: Cell
    basis: Cell | None
    basis_after: Cell | None
    allowed: Cell


def frame_of(split: Splitting, members: Sequence[Member], demand: Cell) -> Frame:
    """Sums of amounts and bases, and the amount that the demand allows the subjects together.

    intensity  allowed = amount / basis x basis after x (1 - fall)
    total      allowed = cap - what the subjects do not cover
    increment  allowed = amount + growth allowed
    """
    amount = split.total("split_amount_total", [item.amount for item in members], "whole")
    trend = split.total("split_trend_total", [item.trend for item in members], "trend")
    _cover(split, amount)
    if not split.has_basis:
        return Frame(amount, trend, None, None, _under_cap(split, amount, demand))
    now = [item.basis for item in members if item.basis is not None]
    after = [item.basis_after for item in members if item.basis_after is not None]
    basis = split.total("split_basis_total", now, "whole")
    basis_after = split.total("split_basis_after_total", after, "whole")
    formula = name("amount") / name("basis") * name("basis_after") * (ONE - name("fall") / HUNDRED)
    inputs = {"amount": amount, "basis": basis, "basis_after": basis_after, "fall": demand}
    at = split.at("split_allowed_together", split.plan.parent)
    allowed = split.step(at, formula, inputs, split.unit.text, "whole")
    return Frame(amount, trend, basis, basis_after, allowed)


def _under_cap(split: Splitting, amount: Cell, demand: Cell) -> Cell:
    at = split.at("split_allowed_together", split.plan.parent)
    if split.plan.kind == "increment":
        inputs = {"amount": amount, "growth": demand}
        return split.step(at, name("amount") + name("growth"), inputs, split.unit.text, "whole")
    whole = _whole_amount(split)
    if whole is None:
        return split.step(at, name("cap"), {"cap": demand}, split.unit.text, "whole")
    inputs = {"cap": demand, "whole": whole, "amount": amount}
    return split.step(at, name("cap") - (name("whole") - name("amount")), inputs, split.unit.text, "whole")


def _whole_amount(split: Splitting) -> Cell | None:
    """The amount of the parent itself, where the plan or an observation states it."""
    stated = split.plan.parent_stated
    figure = split.plan.figures[AMOUNT]
    if AMOUNT in stated:
        label = ("总体", "the whole itself")
        return split.says(f"{split.plan.parent}.{AMOUNT}", stated[AMOUNT], figure.unit.text, label)
    if not figure.indicator:
        return None
    reads = split.account.reads(figure.indicator, figure.accumulation, figure.coverage)
    unit = figure.unit.text
    found = split.account.observed(reads, split.plan.parent, split.base, item=figure.item, unit=unit, severity=None)
    return None if found.value is None else found


def _cover(split: Splitting, amount: Cell) -> None:
    """How much of the parent the subjects are: the difference is a named line, and nobody's fault."""
    whole = _whole_amount(split)
    if whole is None or "split_covered" not in split.account.paper.grids:
        return
    inputs = {"amount": amount, "whole": whole}
    share = split.result("split_covered", split.plan.parent, name("amount") / name("whole") * HUNDRED, inputs, "whole")
    if share.value is None:
        return
    shown = f"{float(share.value) / _A_POINT:.2f}"
    if share.value > 100 * _A_POINT + _NOISE:
        split.find("split-more-than-whole", split.plan.parent, Severity.WARNING, share=shown)
    elif share.value < 100 * _A_POINT - _NOISE:
        split.find("split-covers-part", split.plan.parent, Severity.NOTE, share=shown)


@dataclass(frozen=True)
class Outcome:
    """What a subject is left with: its rate on the grid of the result, and the amount allowed it."""

    member: Member
    rate: Cell
    allowed: Cell


def outcome(split: Splitting, member: Member, rate: Cell) -> Outcome:
    """The amount that a rate allows a subject: trend x (1 - rate)."""
    formula = name("trend") * (ONE - name("rate") / _STEPS)
    at = split.at("split_allowed_amount", member.id)
    inputs = {"trend": member.trend, "rate": rate}
    return Outcome(member, rate, split.step(at, formula, inputs, split.unit.text, "whole"))


def expected_rate(split: Splitting, member: Member) -> Cell:
    """The fall that is expected of a subject without a demand, on the grid of rates; it is no demand."""
    formula = name("rate") / HUNDRED * _STEPS
    at, inputs = split.at("split_expected_rate", member.id), {"rate": expected(split, member)}
    return split.step(at, formula, inputs, "10^-9", "exempt")


def expected(split: Splitting, member: Member) -> Cell:
    """The fall that the plan expects of a subject without a demand, in per cent."""
    assert member.subject.expects is not None
    label = ("预计降幅（不下达指标）", "fall expected without a demand")
    return split.says(f"{member.id}.expects", member.subject.expects, "%", label, member.subject.clause)


def against_last_year(split: Splitting, subject: PlanSubject, rate: Cell) -> None:
    """By how many points more is demanded than last year, where the plan says what that was."""
    if subject.last is None or _CHANGE not in split.account.paper.grids:  # packs kept from before have no such column
        return
    last = split.says(f"{subject.id}.last", subject.last, "%", ("上年目标", "demanded last year"))
    formula = name("rate") / _STEPS * HUNDRED - name("last")
    split.result(_CHANGE, subject.id, formula, {"rate": rate, "last": last}, "rate")


def write_amounts(split: Splitting, found: Outcome) -> None:
    """The amounts of a subject on the grids of the results: base, trend, saving, allowed."""
    member = found.member
    write_amount(split, "base", member.id, name("stated"), {"stated": member.amount})
    write_amount(split, "trend", member.id, name("stated"), {"stated": member.trend})
    saved = {"trend": member.trend, "allowed": found.allowed}
    write_amount(split, "saving", member.id, name("trend") - name("allowed"), saved)
    write_amount(split, "allowed", member.id, name("stated"), {"stated": found.allowed})
    growth = (name("allowed") / name("amount") - ONE) * HUNDRED
    split.result("split_growth", member.id, growth, {"allowed": found.allowed, "amount": member.amount}, "whole")


def write_amount(split: Splitting, what: str, subject: str, formula: Formula, inputs: Mapping[str, Cell]) -> None:
    """An amount as a result, on the one of its columns that counts in the plan's unit."""
    start = f"split_{what}_"
    units = {id: grid.unit for id, grid in split.account.paper.grids.items() if id.startswith(start)}
    column = next((id for id, unit in units.items() if unit.powers == split.unit.powers), None)
    if column is None:
        split.find("split-amount-unshown", split.plan.parent, Severity.NOTE, unit=worded_unit(split.unit.text))
        return
    split.result(column, subject, _in_unit(formula, split.unit, units[column]), inputs, "whole")


def _in_unit(formula: Formula, stated: Unit, wanted: Unit) -> Formula:
    ratio = stated.ratio_to(wanted, what="split")
    if ratio == 1:
        return formula
    if ratio < 1:
        return formula / number(str(1 / ratio), f"{stated.text}/{wanted.text}")
    return formula * number(str(ratio), f"{wanted.text}/{stated.text}")


def write_whole(split: Splitting, frame: Frame, found: Sequence[Outcome], demand: Cell, *, blocking: bool) -> None:
    """What the subjects come to together, and by how much that falls short of the demand.

    intensity  recombined fall = 1 - (sum allowed / sum basis after) / (sum amount / sum basis)
    cap        the sum of what is allowed, beside what the demand allows
    """
    parent = split.plan.parent
    allowed = split.total("split_allowed_sum", [item.allowed for item in found], "whole")
    write_amount(split, "allowed", parent, name("stated"), {"stated": allowed})
    over = {"allowed": allowed, "limit": frame.allowed}
    write_amount(split, "shortfall", parent, name("allowed") - name("limit"), over)
    short = _recombined(split, frame, allowed, demand) if split.has_basis else over_cap(split, over)
    say_shortfall(split, short, blocking=blocking)


def _recombined(split: Splitting, frame: Frame, allowed: Cell, demand: Cell) -> Cell:
    parent = split.plan.parent
    assert frame.basis is not None
    assert frame.basis_after is not None
    inputs = {"allowed": allowed, "basis_after": frame.basis_after, "amount": frame.amount, "basis": frame.basis}
    after = name("allowed") / name("basis_after")
    formula = (ONE - after / (name("amount") / name("basis"))) * HUNDRED
    whole = split.result("split_recombined", parent, formula, inputs, "whole")
    inputs = {"demanded": demand, "recombined": whole}
    short = name("demanded") - name("recombined") / _STEPS * HUNDRED
    return split.result("split_shortfall", parent, short, inputs, "whole")


def over_cap(split: Splitting, over: Mapping[str, Cell]) -> Cell:
    """By how much the amounts exceed the cap; in the unit of the amounts, since a cap may be nothing at all."""
    at = split.at("splitover_cap", split.plan.parent)
    return split.step(at, name("allowed") - name("limit"), over, split.unit.text, "whole")


def say_shortfall(split: Splitting, short: Cell, *, blocking: bool) -> None:
    """Names a shortfall that rounding does not explain, in points or in the unit of the amounts."""
    if short.value is None:
        return
    weight = Severity.BLOCKER if blocking else Severity.WARNING
    points = split.has_basis
    size = float(short.value) / _A_POINT if points else float(short.value)
    if size > (_NOISE / _A_POINT if points else _FINEST):
        unit = Worded("个百分点", "points") if points else worded_unit(split.unit.text)
        split.find("split-falls-short", split.plan.parent, weight, size=f"{size:.4f}", unit=unit)
