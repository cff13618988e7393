"""Two plans side by side: what was kept, tightened, loosened, dropped and what is new; for every target and task."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tanheng.kernel.faults import Worded
from tanheng.policy.comparing_strength import Judgement, Tightness, judged
from tanheng.policy.comparing_targets import Demanded, Pair, once, paired
from tanheng.policy.comparing_tasks import DeedPair, judged_deed, moved_parties, paired_deeds
from tanheng.policy.plan_words import PlanWords
from tanheng.policy.plans import Deed, Plan, refuse_same


class Verdict(StrEnum):
    """What became of a demand from the earlier plan to the later, or what a plan below does with one from above."""

    KEPT = "kept"
    TIGHTENED = "tightened"
    LOOSENED = "loosened"
    CHANGED = "changed"
    DROPPED = "dropped"
    NEW = "new"
    ANSWERED = "answered"
    BY_REFERENCE = "by_reference"
    WEAKER = "weaker"
    UNANSWERED = "unanswered"
    OWN = "own"


@dataclass(frozen=True)
class TargetLine:
    """One target: `first` in the earlier plan or the one above, `second` in the later or the one below.

    `difference` is the later less the earlier figure, for a weaker answer what it falls short by; both in `unit`.
    """

    verdict: Verdict
    first: Demanded | None
    second: Demanded | None
    why: Worded
    difference: Decimal | None = None
    unit: str = ""
    named_below: bool = False


@dataclass(frozen=True)
class TaskLine:
    """One task, as `TargetLine`; `score` and `shared` say why two were taken for one."""

    verdict: Verdict
    first: Deed | None
    second: Deed | None
    why: Worded
    score: float | None = None
    shared: tuple[str, ...] = ()
    named_below: bool = False


@dataclass(frozen=True)
class Comparison:
    """Two plans and what was found; `kind` is versions or district. `turned` where the two were given the other way."""

    kind: str
    first: Plan
    second: Plan
    targets: tuple[TargetLine, ...]
    tasks: tuple[TaskLine, ...]
    turned: bool = False


NEW = Worded("上一份没有", "not in the earlier plan")
DROPPED = Worded("后一份没有", "not in the later plan")


def compared(earlier: Plan, later: Plan, words: PlanWords) -> Comparison:
    """Two versions or two years of a plan, the second measured against the first.

    Targets are paired by indicator, subject, tier and unit; tasks by their rare words. Two targets are tighter or
    looser only where they are due alike: in the same period, or each in the year of its plan.

    Refuses  plan-with-itself.
    """
    refuse_same(earlier, later)
    return Comparison(
        "versions",
        earlier,
        later,
        tuple(_targets(earlier, later, words)),
        tuple(_tasks(earlier, later, words)),
    )


def due_alike(earlier: Plan, later: Plan, pair: Pair) -> bool:
    """Whether two targets are due in one period, or each in the year of its own annual plan."""
    one, two = pair.first.target.target_period, pair.second.target.target_period
    own = str(earlier.year) == one and str(later.year) == two
    return one == two or own or one is None or two is None


def _targets(earlier: Plan, later: Plan, words: PlanWords) -> Iterator[TargetLine]:
    before, after = once(earlier.targets), once(later.targets)
    pairs = {id(pair.first): pair for pair in paired(before, after, words)}
    matched = {id(pair.second) for pair in pairs.values()}
    for item in before:
        if id(item) not in pairs:
            yield TargetLine(Verdict.DROPPED, item, None, DROPPED)
            continue
        yield _judged(earlier, later, pairs[id(item)], words)
    for item in after:
        if id(item) not in matched:
            yield TargetLine(Verdict.NEW, None, item, NEW)


def _judged(earlier: Plan, later: Plan, pair: Pair, words: PlanWords) -> TargetLine:
    one, two = pair.first.target, pair.second.target
    if due_alike(earlier, later, pair):
        found = judged(one, two, words)
    else:
        periods = f"{one.target_period} → {two.target_period}"
        why = Worded(f"目标期不同（{periods}），不判松紧", f"due in different periods ({periods}): not judged")
        found = Judgement(Tightness.CHANGED, why)
    return TargetLine(Verdict(found.verdict), pair.first, pair.second, found.why, found.difference, found.unit)


def _tasks(earlier: Plan, later: Plan, words: PlanWords) -> Iterator[TaskLine]:
    before, after = earlier.deeds, later.deeds
    pairs = paired_deeds(before, after, words, float(words.comparing.task_alike))
    first, second = {id(pair.first): pair for pair in pairs}, {id(pair.second) for pair in pairs}
    for deed in before:
        if id(deed) in first:
            yield _task(earlier, later, first[id(deed)], words)
        else:
            yield TaskLine(Verdict.DROPPED, deed, None, DROPPED)
    for deed in after:
        if id(deed) not in second:
            yield TaskLine(Verdict.NEW, None, deed, NEW)


def _task(earlier: Plan, later: Plan, pair: DeedPair, words: PlanWords) -> TaskLine:
    found = judged_deed(pair, words, lambda match: due_alike(earlier, later, match))
    moved = moved_parties(pair, words)
    why = Worded(f"{found.why.zh}；{moved.zh}", f"{found.why.en}; {moved.en}") if moved else found.why
    return TaskLine(Verdict(found.verdict), pair.first, pair.second, why, pair.score, pair.shared)
