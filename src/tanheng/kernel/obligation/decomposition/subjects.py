"""Whether the subjects of a plan are what they look like: twice, inside one another, left out, merged, exempt."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from tanheng.kernel.account import Account
from tanheng.kernel.faults import Refusal, Severity, Worded
from tanheng.kernel.obligation.decomposition.splitting import Splitting
from tanheng.kernel.pack.decomposition_plan import AMOUNT, DecompositionPlan, PlanSubject
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import worded_unit
from tanheng.kernel.subject import LOCATED_IN, areas_within, around

PLAN = "plan"
_NAMED = 12
_IMPLAUSIBLE = 1000  # times all others together


def plan_of(account: Account) -> DecompositionPlan:
    """The plan that the setting names.

    Refuses  split-plan-unnamed; definition-missing; split-period-differs: the run is not about the plan's period.
    """
    named = account.setting(PLAN)
    if not named:
        known = ", ".join(plan.id for plan in account.packs.all(DecompositionPlan)) or "-"
        raise Refusal("split-plan-unnamed", known=known)
    plan = account.packs.get(DecompositionPlan, named)
    if Period.parse(plan.by) != account.period:
        raise Refusal("split-period-differs", plan=plan.id, by=plan.by, period=str(account.period))
    return plan


def judge_subjects(split: Splitting) -> None:
    """Names everything about the subjects that keeps the whole from being the sum of them."""
    _twice(split)
    _overlapping(split)
    _left_out(split)
    _changed(split)
    for subject in split.plan.subjects:
        _without_demand(split, subject)
    split_ones = [
        item.stated[AMOUNT] for item in split.plan.subjects if item.standing == "split" and AMOUNT in item.stated
    ]
    judge_sizes(split, float(sum(split_ones)))


def _twice(split: Splitting) -> None:
    counted = Counter(subject.id for subject in split.plan.subjects)
    for id, count in counted.items():
        if count > 1:
            split.find("split-subject-twice", id, count=count)
    if split.plan.parent in counted:
        split.find("split-subject-is-whole", split.plan.parent)


def _overlapping(split: Splitting) -> None:
    """One subject inside another, or a unit that belongs to both: what they save would count twice."""
    day = split.account.period.end - timedelta(days=1)
    ids = {subject.id for subject in split.plan.subjects}
    for subject in split.plan.subjects:
        for outer in sorted(around(split.account.directory, subject.id, day) & (ids - {subject.id})):
            split.find("split-subject-inside", subject.id, outer=split.words(outer))
    for (one, other), shared in _shared_units(split).items():
        more = f" … {len(shared)}" if len(shared) > _NAMED else ""
        fields = {"other": split.words(other), "units": "、".join(shared[:_NAMED]) + more}
        split.find("split-unit-in-two", one, Severity.BLOCKER, **fields)


def _shared_units(split: Splitting) -> dict[tuple[str, str], list[str]]:
    """The units that two subjects both have, by the two; a subject that is itself a unit of another counts too."""
    ids = {subject.id for subject in split.plan.subjects}
    owners: dict[str, str] = {}
    found: dict[tuple[str, str], list[str]] = {}
    for subject in split.subjects:
        for unit in dict.fromkeys(subject.members):
            owner = unit if unit in ids and unit != subject.id else owners.setdefault(unit, subject.id)
            if owner != subject.id:
                found.setdefault((owner, subject.id), []).append(unit)
    return found


def _left_out(split: Splitting) -> None:
    """Areas of the same level inside the parent that the plan does not name."""
    directory, parent = split.account.directory, split.plan.parent
    day = split.account.period.end - timedelta(days=1)
    ids = {subject.id for subject in split.plan.subjects}
    inside = areas_within(directory, parent, day)
    if not ids & set(inside):
        return
    for area in inside:
        if area not in ids:
            split.find("split-subject-left-out", area, Severity.WARNING, parent=split.words(parent))


def _changed(split: Splitting) -> None:
    """A subject that began or ended between base and due date: its two figures are not about one area."""
    start, end = split.base.start, split.account.period.end
    ids = {subject.id for subject in split.plan.subjects}
    for relation in split.account.directory.relations:
        of_areas = relation.kind == LOCATED_IN and split.account.directory.level_of(relation.child) is not None
        if not of_areas or relation.withdrawn or not ids & {relation.child, relation.parent}:
            continue
        days = [day for day in (relation.start, relation.end) if day is not None and start < day < end]
        for day in days:
            subject = relation.child if relation.child in ids else relation.parent
            part = split.words(relation.child)
            split.find("split-subject-changed", subject, Severity.WARNING, part=part, day=day)


def _without_demand(split: Splitting, subject: PlanSubject) -> None:
    if subject.standing == "split" or subject.reason is None:
        return
    reason = Worded(subject.reason.zh, subject.reason.en)
    expects = Worded("未写明预计降幅，不计入合计", "no fall is expected of it, so it is in no sum")
    if subject.expects is not None:
        expects = Worded(f"按预计降幅 {subject.expects}% 计入", f"counted with an expected fall of {subject.expects}%")
    code = "split-exempt" if subject.standing == "exempt" else "split-municipal"
    split.find(code, subject.id, Severity.NOTE, reason=reason, expects=expects)


def judge_sizes(split: Splitting, others: float) -> None:
    """Names a subject that is let off and stated to be vastly larger than all others: a slip of the unit, as a rule."""
    for subject in split.plan.subjects:
        if subject.standing == "split" or AMOUNT not in subject.stated or others <= 0:
            continue
        times = float(subject.stated[AMOUNT]) / others
        if times > _IMPLAUSIBLE:
            fields = {"value": subject.stated[AMOUNT], "unit": worded_unit(split.unit.text), "times": f"{times:.0f}"}
            split.find("split-amount-implausible", subject.id, Severity.WARNING, **fields)
