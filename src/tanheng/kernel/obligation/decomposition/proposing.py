"""A proposal for splitting a target: what each subject would have to do, and what that comes to together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tanheng.kernel.account import Account
from tanheng.kernel.faults import Severity
from tanheng.kernel.obligation.decomposition.banding import banded
from tanheng.kernel.obligation.decomposition.demanded import demand_on_whole
from tanheng.kernel.obligation.decomposition.scores import Scores, scores_of
from tanheng.kernel.obligation.decomposition.splitting import HUNDRED, Member, Splitting, members_of
from tanheng.kernel.obligation.decomposition.subjects import judge_subjects, plan_of
from tanheng.kernel.obligation.decomposition.whole import (
    Frame,
    against_last_year,
    expected,
    expected_rate,
    frame_of,
    outcome,
    write_amounts,
    write_whole,
)
from tanheng.kernel.quantity import greatest_of, name, number
from tanheng.kernel.trace import Cell

_STEPS = number("1000000000", "10^-9")
_ALL = 1_000_000_000  # steps of the grid: 100 %


def target_decomposition(account: Account) -> None:
    """Splits a target by the method of a plan.

    saving needed = what all would need without the demand - what it allows - what is expected of exempted subjects
    saving        = saving needed x (score x trend) / sum(score x trend)
    rate          = saving / trend, no less than the least; then on its band

    A plan that is not calibrated takes the scores themselves for rates.

    Reads    the plan that the setting `plan` names; the figures that it names, of the base year; the target it splits.
    Gives    for every subject score, rate before and after bands, change against last year, base, trend, saving and
             allowed amount, growth allowed; for the whole the recombined fall, the shortfall, the part it covers.
    Refuses  split-plan-unnamed, definition-missing, split-period-differs, split-indicator-unread.
    Source   decomposition-methods, and the clause of each method; bands: the clause of the plan
    """
    split = Splitting(account, plan_of(account))
    judge_subjects(split)
    members = members_of(split)
    if not any(item.is_split for item in members):
        split.find("split-nobody-left", split.plan.parent)
    demand = demand_on_whole(split)
    frame = frame_of(split, members, demand)
    scores = scores_of(split, members)
    rates = _calibrated(split, members, scores, frame) if split.plan.calibrated else _uncalibrated(split, scores)
    found = [outcome(split, item, _final(split, item, rates, scores)) for item in members]
    for item in found:
        write_amounts(split, item)
    write_whole(split, frame, found, demand, blocking=False)


def _uncalibrated(split: Splitting, scores: Scores) -> dict[str, Cell]:
    return {
        id: split.step(split.at("split_share", id), name("score") * HUNDRED, {"score": score}, "%", "rate")
        for id, score in scores.items()
    }


def _calibrated(split: Splitting, members: Sequence[Member], scores: Scores, frame: Frame) -> dict[str, Cell]:
    """The rates by which all together save what is needed: saving = needed x weight / sum of weights."""
    needed = _needed(split, members, frame)
    weights = {item.id: _weight(split, item, scores[item.id]) for item in members if item.is_split}
    together = split.total("split_weight_total", list(weights.values()), "sharing")
    formula = name("needed") * (name("weight") / name("weights_together")) / name("trend") * HUNDRED
    found = {}
    for item in members:
        if item.is_split:
            inputs = {
                "needed": needed,
                "weight": weights[item.id],
                "weights_together": together,
                "trend": item.trend,
            }
            found[item.id] = split.step(split.at("split_share", item.id), formula, inputs, "%", "sharing")
    return found


def _needed(split: Splitting, members: Sequence[Member], frame: Frame) -> Cell:
    """What those who get a demand have to save together."""
    inputs: dict[str, Cell] = {"trend": frame.trend, "allowed": frame.allowed}
    formula = name("trend") - name("allowed")
    expected = [_expected_saving(split, item) for item in members if not item.is_split]
    for count, cell in enumerate(expected, 1):
        inputs[f"expected_{count}"] = cell
        formula = formula - name(f"expected_{count}")
    at = split.at("split_needed", split.plan.parent)
    needed = split.step(at, formula, inputs, split.unit.text, "sharing")
    if needed.value is not None and needed.value <= 0:
        split.find("split-nothing-needed", split.plan.parent, Severity.WARNING, amount=f"{needed.value:.4f}")
    return needed


def _expected_saving(split: Splitting, member: Member) -> Cell:
    inputs = {"trend": member.trend, "expected": expected(split, member)}
    at = split.at("split_expected_saving", member.id)
    return split.step(at, name("trend") * name("expected") / HUNDRED, inputs, split.unit.text, "exempt")


def _weight(split: Splitting, member: Member, score: Cell) -> Cell:
    inputs = {"score": score, "trend": member.trend}
    at = split.at("split_weight", member.id)
    return split.step(at, name("score") * name("trend"), inputs, split.unit.text, "sharing")


def _final(split: Splitting, member: Member, rates: Mapping[str, Cell], scores: Scores) -> Cell:
    """The rate of a subject as a result; of one without a demand what is expected of it, which is no demand."""
    if not member.is_split:
        return expected_rate(split, member)
    split.result("split_score", member.id, name("score"), {"score": scores[member.id]}, "rate")
    least = split.says("least", split.plan.least, "%", ("最低要求", "the least that is demanded"))
    inputs = {"rate": rates[member.id], "least": least}
    raised = split.step(
        split.at("split_rate_raised", member.id), greatest_of(name("rate"), name("least")), inputs, "%", "rate"
    )
    split.result("split_rate_before", member.id, name("rate"), {"rate": raised}, "rate")
    onto = banded(split, member.id, raised)
    final = split.result("split_rate", member.id, name("rate"), {"rate": onto}, "bands")
    if final.value is not None and final.value > _ALL:
        weight = Severity.BLOCKER if split.has_basis else Severity.WARNING
        split.find("split-rate-beyond-all", member.id, weight, rate=f"{final.value / 10_000_000:.2f}")
    against_last_year(split, member.subject, final)
    return final
