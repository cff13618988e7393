"""How hard each method presses a subject: a pure number for every member, which shares out what is to be saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from tanheng.kernel.faults import Severity
from tanheng.kernel.obligation.decomposition.splitting import HUNDRED, ONE, Member, Splitting
from tanheng.kernel.pack.decomposition_plan import Criterion
from tanheng.kernel.quantity import Formula, Unit, exponential, greatest_of, name, natural_log, number
from tanheng.kernel.trace import Cell

SCORE = "split_pressure"
_ZERO, _PURE = number("0"), Unit.parse("1")
Scores = dict[str, Cell]


def scores_of(split: Splitting, members: Sequence[Member]) -> Scores:
    """The score of every member that gets a demand, by the method of the plan.

    Gives    a gap where a method lacks a figure or has no value; the whole has none then.
    """
    return _METHODS[split.plan.method](split, members)


def equal_rate(split: Splitting, members: Sequence[Member]) -> Scores:
    """Everybody alike: 1.

    Source   decomposition-methods#equal-rate
    """
    return {
        item.id: split.step(split.at(SCORE, item.id), ONE, {}, "1", "equal-rate") for item in members if item.is_split
    }


def remaining_task(split: Splitting, members: Sequence[Member]) -> Scores:
    """What is left of a goal of several years, each year: 1 - ((1 - goal) / product(1 - done)) ^ (1 / years left).

    Source   decomposition-methods#remaining-task
    """
    return {item.id: _remaining(split, item) for item in members if item.is_split}


def structure(split: Splitting, members: Sequence[Member]) -> Scores:
    """The demands on its sectors, each by its part in the subject's energy: sum(energy x fall) / sum(energy).

    Source   decomposition-methods#structure
    """
    return {item.id: _structure(split, item) for item in members if item.is_split}


def potential(split: Splitting, members: Sequence[Member]) -> Scores:
    """The part of its amount that a subject uses beyond the benchmark: max(0, 1 - benchmark x basis / amount).

    Source   decomposition-methods#potential; the benchmark's own clause stands at its entry
    """
    return {item.id: _potential(split, item) for item in members if item.is_split}


def weights(split: Splitting, members: Sequence[Member]) -> Scores:
    """sum(weight x (of / per of the subject) / (of / per of all together)); ratios of all are recombined, not averaged.

    Source   yi-2011#index (responsibility, capacity, potential); the weights are the plan's
    """
    judged = [item for item in members if item.is_split]
    _judge_weights(split)
    parts = [_criterion(split, judged, criterion) for criterion in split.plan.criteria]
    found = {}
    for item in judged:
        inputs = {f"part_{count}": part[item.id] for count, part in enumerate(parts, 1)}
        found[item.id] = split.step(split.at(SCORE, item.id), _plus(list(inputs)), inputs, "1", "weights")
    return found


def _judge_weights(split: Splitting) -> None:
    given = [item.weight for item in split.plan.criteria]
    if sum(given) != 1:
        split.find("split-weights-not-one", split.plan.parent, total=sum(given))
    for criterion in split.plan.criteria:
        if criterion.weight < 0:
            split.find("split-weight-negative", split.plan.parent, criterion=criterion.id, weight=criterion.weight)


def _criterion(split: Splitting, members: Sequence[Member], criterion: Criterion) -> Mapping[str, Cell]:
    """One criterion of every member, weighted, in times the ratio of all of them together."""
    of = {item.id: split.figure(criterion.of, item.id, item.subject.stated) for item in members}
    per = {item.id: split.figure(criterion.per, item.id, item.subject.stated) for item in members}
    whole = {
        "all_of": split.total(f"split_criterion_{criterion.id}_of", list(of.values()), "weights"),
        "all_per": split.total(f"split_criterion_{criterion.id}_per", list(per.values()), "weights"),
    }
    label = (criterion.label.zh, criterion.label.en)
    weight = split.says(f"criteria.{criterion.id}", criterion.weight, "1", label, criterion.clause)
    formula = name("weight") * (name("of") / name("per")) / (name("all_of") / name("all_per"))
    found = {}
    for id, above in of.items():
        inputs = {"weight": weight, "of": above, "per": per[id], **whole}
        found[id] = split.step(split.at(f"split_criterion_{criterion.id}", id), formula, inputs, "1", "weights")
    return found


def _remaining(split: Splitting, member: Member) -> Cell:
    subject, plan = member.subject, split.plan
    goal = subject.goal if subject.goal is not None else plan.goal
    at = split.at(SCORE, subject.id)
    if goal is None or not subject.done:
        split.find("split-done-missing", subject.id, Severity.BLOCKER)
        return split.account.paper.given(at, None, _PURE, f"gap:{at}")
    if goal >= Decimal(100) or any(fall >= Decimal(100) for fall in subject.done):
        split.find("split-goal-is-all", subject.id, goal=goal)
        return split.account.paper.given(at, None, _PURE, f"gap:{at}")
    inputs = {"goal": split.says(f"{subject.id}.goal", goal, "%", ("规划期目标", "goal of the whole span"))}
    left = ONE - name("goal") / HUNDRED
    for count, fall in enumerate(subject.done, 1):
        label = (f"第{count}年已降", f"fall of year {count}")
        inputs[f"done_{count}"] = split.says(f"{subject.id}.done.{count}", fall, "%", label)
        left = left / (ONE - name(f"done_{count}") / HUNDRED)
    years = split.says("years_left", Decimal(plan.years_left or 1), "1", ("剩余年数", "years left"))
    formula = ONE - exponential(natural_log(left) / name("years_left"))
    return split.step(at, greatest_of(formula, _ZERO), {**inputs, "years_left": years}, "1", "remaining-task")


def _structure(split: Splitting, member: Member) -> Cell:
    inputs: dict[str, Cell] = {}
    terms, energies = list[Formula](), list[str]()
    for count, (sector, fall) in enumerate(split.plan.sectors.items(), 1):
        energy, rate = f"energy_{count}", f"fall_{count}"
        inputs[energy] = split.figure(sector, member.id, member.subject.stated)
        inputs[rate] = split.says(f"sectors.{sector}", fall, "%", (f"{sector} 目标", f"fall demanded of {sector}"))
        terms.append(name(energy) * name(rate) / HUNDRED)
        energies.append(energy)
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    at = split.at(SCORE, member.id)
    return split.step(at, total / _plus(energies), inputs, "1", "structure")


def _potential(split: Splitting, member: Member) -> Cell:
    at = split.at(SCORE, member.id)
    if member.basis is None or not member.subject.benchmark:
        split.find("split-benchmark-missing", member.id)
        return split.account.paper.given(at, None, _PURE, f"gap:{at}")
    plan = split.plan
    keys = {"category": member.subject.benchmark, "level": plan.level}
    benchmark = split.account.factor_named(plan.benchmarks, split.account.period, **keys)
    per = benchmark.unit.text.partition("/")[0]
    ratio = (benchmark.unit * member.basis.unit).ratio_to(member.amount.unit, what=plan.benchmarks)
    allowed = name("benchmark") * name("basis")
    if ratio < 1:
        allowed = allowed / number(str(1 / ratio), f"{per}/{member.amount.unit.text}")
    elif ratio > 1:
        allowed = allowed * number(str(ratio), f"{member.amount.unit.text}/{per}")
    formula = greatest_of(ONE - allowed / name("amount"), _ZERO)
    inputs = {"benchmark": benchmark, "basis": member.basis, "amount": member.amount}
    return split.step(at, formula, inputs, "1", "potential")


def _plus(terms: Sequence[str]) -> Formula:
    formula = name(terms[0])
    for term in terms[1:]:
        formula = formula + name(term)
    return formula


_METHODS: Mapping[str, Callable[[Splitting, Sequence[Member]], Scores]] = {
    "equal_rate": equal_rate,
    "remaining_task": remaining_task,
    "structure": structure,
    "potential": potential,
    "weights": weights,
}
