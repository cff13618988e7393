"""A split that was demanded, put together again: does it come to what is demanded of the whole?"""

from __future__ import annotations

from collections.abc import Sequence

from tanheng.kernel.account import Account
from tanheng.kernel.faults import Severity, Worded
from tanheng.kernel.obligation.decomposition.demanded import demand_on, demand_on_whole
from tanheng.kernel.obligation.decomposition.splitting import HUNDRED, Member, Splitting, members_of
from tanheng.kernel.obligation.decomposition.subjects import judge_sizes, judge_subjects, plan_of
from tanheng.kernel.obligation.decomposition.whole import (
    Outcome,
    against_last_year,
    expected_rate,
    frame_of,
    outcome,
    over_cap,
    say_shortfall,
    write_amount,
    write_amounts,
    write_whole,
)
from tanheng.kernel.pack.decomposition_plan import AMOUNT, BASIS, PlanSubject
from tanheng.kernel.quantity import Unit, greatest_of, name, number, with_unit
from tanheng.kernel.trace import Cell

_STEPS = number("1000000000", "10^-9")
_A_POINT = 10_000_000  # steps of the grid in one per cent
_NOISE = 1


def decomposition_check(account: Account) -> None:
    """Puts together again what was demanded of the subjects of a plan, and sets it beside the demand on the whole.

    rate of a subject  the fall that its target demands; of a cap: 1 - cap / trend
    recombined fall    1 - (sum allowed / sum basis after) / (sum amount / sum basis)

    Where figures are missing there is no recombined fall. It then lies between the weakest and the strongest demand,
    which may settle the question all the same.

    Reads    the plan that the setting `plan` names; the targets of its subjects and of the whole; figures of the base
             year, where there are any.
    Gives    as target_decomposition, without scores. Findings: who is without a demand, who has a weaker one than the
             whole and by how much, by how much all together fall short; overlaps, gaps, exemptions.
    Refuses  split-plan-unnamed, definition-missing, split-period-differs, split-indicator-unread.
    Source   decomposition-methods#whole
    """
    split = Splitting(account, plan_of(account))
    judge_subjects(split)
    demand = demand_on_whole(split)
    if not _has_figures(split):
        _without_figures(split, demand)
        return
    members = members_of(split)
    frame = frame_of(split, members, demand)
    found = [_outcome(split, item) for item in members]
    for item in found:
        write_amounts(split, item)
        _weaker(split, item.member.subject, item.rate, demand, item)
        if item.member.is_split:
            against_last_year(split, item.member.subject, item.rate)
    write_whole(split, frame, found, demand, blocking=True)
    if any(_lacks_a_figure(item.member) for item in found):
        _bounded(split, [(item.member.subject, item.rate) for item in found], demand)


def _lacks_a_figure(member: Member) -> bool:
    cells = (member.amount, member.trend, member.basis, member.basis_after)
    return any(cell is not None and cell.value is None for cell in cells)


def _has_figures(split: Splitting) -> bool:
    """Whether any figure of the plan can be had at all; without one the demands alone are compared."""
    known = (AMOUNT, BASIS) if split.has_basis else (AMOUNT,)
    split_ones = [subject for subject in split.subjects if subject.standing == "split"]
    stated = any(name_ in subject.stated for subject in split_ones for name_ in known)
    return stated or any(split.plan.figures[name_].indicator for name_ in known)


def _without_figures(split: Splitting, demand: Cell) -> None:
    """Nobody states figures: each demand beside that on the whole, and what can be said of the whole all the same."""
    subjects = [subject for subject in split.subjects if subject.standing == "split"]
    if not split.has_basis:
        _caps_alone(split, subjects, demand)
        return
    rates = [(subject, _demanded_rate(split, subject)) for subject in subjects]
    for subject, rate in rates:
        _weaker(split, subject, rate, demand, None)
        against_last_year(split, subject, rate)
    _bounded(split, rates, demand)


def _caps_alone(split: Splitting, subjects: Sequence[PlanSubject], demand: Cell) -> None:
    """Caps need no figures to be added; beside the cap on the whole, where there is one."""
    caps = [_demand_on(split, subject) for subject in subjects]
    for subject, cap in zip(subjects, caps, strict=True):
        write_amount(split, "allowed", subject.id, name("stated"), {"stated": cap})
    allowed = split.total("split_allowed_sum", caps, "whole")
    write_amount(split, "allowed", split.plan.parent, name("stated"), {"stated": allowed})
    if allowed.value is not None:
        judge_sizes(split, float(allowed.value))
    if demand.value is not None:
        over = {"allowed": allowed, "limit": demand}
        write_amount(split, "shortfall", split.plan.parent, name("allowed") - name("limit"), over)
        say_shortfall(split, over_cap(split, over), blocking=True)


def _outcome(split: Splitting, member: Member) -> Outcome:
    """What a subject is left with: trend x (1 - rate); of a cap the cap itself."""
    if not member.is_split:
        return outcome(split, member, expected_rate(split, member))
    if split.has_basis:
        return outcome(split, member, _demanded_rate(split, member.subject))
    cap = _demand_on(split, member.subject)
    formula = (number("1") - name("cap") / name("trend")) * HUNDRED
    inputs = {"cap": cap, "trend": member.trend}
    return Outcome(member, split.result("split_rate", member.id, formula, inputs, "whole"), cap)


def _demanded_rate(split: Splitting, subject: PlanSubject) -> Cell:
    return split.result("split_rate", subject.id, name("fall"), {"fall": _demand_on(split, subject)}, "demand")


def _demand_on(split: Splitting, subject: PlanSubject) -> Cell:
    if subject.demand is not None:
        unit = "%" if split.has_basis else split.unit.text
        label = ("下达的目标", "what is demanded of it")
        return split.says(f"{subject.id}.demand", subject.demand, unit, label, subject.clause)
    if subject.target:
        return demand_on(split, subject.target, subject.id)
    if issued := _issued(split, subject):
        return demand_on(split, issued, subject.id)
    split.find("split-subject-without-target", subject.id)
    at = split.at("target", subject.id)
    missing = Unit.parse("%") if split.has_basis else split.unit
    return split.account.paper.given(at, None, missing, f"gap:{at}")


def _issued(split: Splitting, subject: PlanSubject) -> str:
    """The only floor that counts for a subject by the plan's indicator and due date: what its rounds issued."""
    plan = split.plan
    found = [
        target.id
        for target in split.account.targets
        if plan.indicator and target.indicator == plan.indicator and target.subject == subject.id
        if target.demand.by == plan.by and target.tier in (None, "floor") and not target.same_as
    ]
    return found[0] if len(found) == 1 else ""


def _weaker(split: Splitting, subject: PlanSubject, rate: Cell, demand: Cell, found: Outcome | None) -> None:
    """Names a subject of which less is demanded than of the whole: what others then have to make up."""
    if not split.has_basis or rate.value is None or demand.value is None or subject.standing != "split":
        return
    inputs = {"demanded": demand, "rate": rate}
    formula = greatest_of(name("demanded") - name("rate") / _STEPS * HUNDRED, number("0", "%"))
    short = split.result("split_weaker_by", subject.id, formula, inputs, "whole")
    if short.value is None or short.value <= _NOISE:
        return
    amount = None if found is None or found.member.trend.value is None else found.member.trend.value * short.value
    said = _amount_said(split, amount)
    points = f"{short.value / _A_POINT:.2f}"
    split.find("split-weaker-than-whole", subject.id, Severity.WARNING, points=points, amount=said)


def _bounded(split: Splitting, rates: Sequence[tuple[PlanSubject, Cell]], demand: Cell) -> None:
    """What can be said without figures: a whole lies between its weakest and its strongest part."""
    known = [float(rate.value) / _A_POINT for _, rate in rates if rate.value is not None]
    if not known or demand.value is None or not split.has_basis:
        return
    fields = {"low": f"{min(known):g}", "high": f"{max(known):g}", "demand": f"{demand.value:g}"}
    if len(known) < len(rates) or min(known) < demand.value <= max(known):
        split.find("split-cannot-be-recombined", split.plan.parent, Severity.WARNING, **fields)
    elif max(known) < demand.value:
        split.find("split-short-whatever-figures", split.plan.parent, Severity.BLOCKER, **fields)
    else:
        split.find("split-enough-whatever-figures", split.plan.parent, Severity.NOTE, **fields)


def _amount_said(split: Splitting, steps: float | None) -> Worded:
    """An amount times a rate on its grid, in words; unknown where there are no figures."""
    if steps is None:
        return Worded("数量未知", "amount unknown")
    amount, unit = f"{steps / (100 * _A_POINT):.4f}", split.unit.text
    return Worded(f"合 {with_unit(amount, unit)}", with_unit(amount, unit, "en"))
