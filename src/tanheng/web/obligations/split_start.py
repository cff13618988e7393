"""What the form of a new split is filled with to begin with: from a target, or from an earlier split. Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tanheng.kernel.demand import Target
from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import PackSet
from tanheng.kernel.pack.decomposition_plan import DecompositionPlan
from tanheng.kernel.pack.measure import Measure
from tanheng.kernel.period import Period
from tanheng.kernel.subject import LOCATED_IN
from tanheng.records.split_plans import recorded_plans
from tanheng.records.standing_obligations import obligations_as_of
from tanheng.reports.demand_words import demand_said
from tanheng.web.directory.scope import Scope
from tanheng.web.obligations.split_form import LEFT_OUT, NONE, SplitForm, SubjectRow, figures_of
from tanheng.web.obligations.split_sight import leads
from tanheng.web.ui.words import language, said

_KINDS: Mapping[str, str] = {"decline": "intensity", "amount": "total", "increment": "increment"}
_BLANK_ROWS = 3
_FLOOR = "floor"


@dataclass(frozen=True)
class Start:
    """A way to begin: a target that may be split, or an earlier split, with what it is called."""

    id: str
    label: str


def open_targets(scope: Scope) -> list[Target]:
    """The targets that a mandate may split: of a place in its reach, due this year or later, as documents list them."""
    found = [item.obligation for item in obligations_as_of(scope.day) if item.counts]
    return [item for item in found if isinstance(item, Target) and is_open(item, scope)]


def is_open(target: Target, scope: Scope) -> bool:
    """Whether a target that counts may be split: a number, of a place in reach, that is not due before this year."""
    if target.demand.value is None or not target.demand.by or not target.subject.startswith("area/"):
        return False
    within = scope.ground.knows(target.subject) and scope.sees(target.subject)
    return within and target.demand.by >= str(scope.day.year)


def target_starts(scope: Scope, targets: Sequence[Target]) -> list[Start]:
    """Targets as choices of a form."""
    inside = scope.ground.directory.relations
    wholes = {item.parent for item in inside if item.kind == LOCATED_IN and item.child.startswith("area/")}
    return [Start(item.id, target_words(item, scope)) for item in targets if item.subject in wholes]


def plan_starts(scope: Scope, packs: PackSet) -> list[DecompositionPlan]:
    """The earlier splits that may be begun with: of the packs in use and of this site."""
    every = [*packs.all(DecompositionPlan), *recorded_plans().values()]
    return [plan for plan in every if scope.sees_all or leads(scope, plan)]


def origin_of(id: str, scope: Scope, packs: PackSet) -> DecompositionPlan | None:
    """The plan that a form was filled from; None where it was none.

    Refuses  split-unknown: no such plan, or none in reach.
    """
    if not id:
        return None
    found = next((plan for plan in (*packs.all(DecompositionPlan), *recorded_plans().values()) if plan.id == id), None)
    if found is None:
        raise Refusal("split-unknown", plan=id[:60])
    return found


def bands_known(packs: PackSet) -> Mapping[str, tuple[str, Mapping[str, Any]]]:
    """The bands that somebody has used, by key, with their words: those of the plans of packs, each once."""
    found: dict[str, tuple[str, Mapping[str, Any]]] = {}
    for plan in packs.all(DecompositionPlan):
        if plan.bands is None:
            continue
        steps = "、".join(f"-{step}" for step in plan.bands.steps)
        every = "" if plan.bands.every is None else f"{plan.bands.every} × n"
        words = f"{steps or every} %（{said(plan.label)}）"
        told = plan.bands.model_dump(mode="json", exclude_defaults=True)
        if all(told != other for _, other in found.values()):
            found[plan.id] = (words, told)
    return found


def form_from_plan(plan: DecompositionPlan, scope: Scope) -> SplitForm:
    """The form filled with an earlier split."""
    fields = {
        **{name: str(getattr(plan, name) or "") for name in ("target", "demand", "parent", "indicator", "base", "by")},
        **{name: str(getattr(plan, name) or "") for name in ("method", "kind", "goal", "years_left", "least", "level")},
        "label": said(plan.label),
        "benchmarks": plan.benchmarks,
        "calibrated": "on" if plan.calibrated else "",
        "bands": plan.id if plan.bands is not None else NONE,
        "direction": plan.bands.to if plan.bands is not None else "nearest",
        "origin": plan.id,
        "places": "2",
    }
    rows = [_row_of(item, scope) for item in plan.subjects]
    known = {row.id for row in rows}
    further = [row for row in _parts_of(plan.parent, scope, {}) if row.id not in known]
    return SplitForm(
        fields,
        [*rows, *further, *_blank()],
        figures_of(plan, {}),
        {name: str(value) for name, value in plan.sectors.items()},
        {item.id: str(item.weight) for item in plan.criteria},
    )


def form_from_target(target: Target, scope: Scope, packs: PackSet) -> tuple[SplitForm, DecompositionPlan | None]:
    """The form filled from a target: the areas in its subject, what they were told last year, the figures of a plan
    that fits; and that plan, where there is one.
    """
    kind = _kind(target, packs)
    fitting = _fitting(target, kind, packs)
    by = target.demand.by[:4]
    base = target.baseline.period if target.baseline else str(int(by) - 1)
    fields = {
        "label": f"{_name(target.subject, scope)}{by}年目标分解" if language() == "zh" else f"Split of {target.id}",
        "target": target.id,
        "parent": target.subject,
        "indicator": target.indicator,
        "base": base,
        "by": by,
        "method": "equal_rate",
        "kind": kind,
        "calibrated": "on",
        "bands": fitting.id if fitting is not None and fitting.bands is not None else NONE,
        "direction": "nearest",
        "origin": fitting.id if fitting is not None else "",
        "places": "2",
    }
    rows = [*_parts_of(target.subject, scope, _last_year(target, scope), standing="split"), *_blank()]
    sectors = {name: str(value) for name, value in fitting.sectors.items()} if fitting is not None else {}
    weights = {item.id: str(item.weight) for item in fitting.criteria} if fitting is not None else {}
    return SplitForm(fields, rows, figures_of(fitting, {}), sectors, weights), fitting


def target_named(id: str, scope: Scope) -> Target:
    """A target that the mandate may split.

    Refuses  obligation-unknown.
    """
    found = next((item for item in open_targets(scope) if item.id == id), None)
    if found is None:
        raise Refusal("obligation-unknown", id=id[:80])
    return found


def target_label(id: str, scope: Scope) -> str:
    """What the target is called that a form begins with; its id where it may not be split any longer."""
    found = next((item for item in open_targets(scope) if item.id == id), None) if id else None
    return id if found is None else target_words(found, scope)


def _kind(target: Target, packs: PackSet) -> str:
    """What is split: by the measure of the indicator; a fall in per cent is that of an intensity."""
    reckoned = [item.reckoned for item in packs.all(Measure) if item.indicator == target.indicator]
    if reckoned:
        return _KINDS[reckoned[0]]
    return "intensity" if target.demand.unit == "%" else "total"


def _fitting(target: Target, kind: str, packs: PackSet) -> DecompositionPlan | None:
    """The plan of a pack whose figures a split of this target can go by: of one indicator; else of its kind, with
    figures that are stated.
    """
    plans = [plan for plan in packs.all(DecompositionPlan) if plan.kind == kind]
    same = [plan for plan in plans if plan.indicator and plan.indicator == target.indicator]
    stated = [plan for plan in plans if not any(item.indicator for item in plan.figures.values())]
    return next(iter([*same, *stated]), None)


def _last_year(target: Target, scope: Scope) -> Mapping[str, str]:
    """What was demanded of each subject by the same indicator a year before, by subject."""
    before = str(int(target.demand.by[:4]) - 1)
    found = [item.obligation for item in obligations_as_of(scope.day)]
    return {
        item.subject: format(item.demand.value, "f")
        for item in found
        if isinstance(item, Target) and item.indicator == target.indicator and item.demand.by[:4] == before
        and item.demand.value is not None and (item.tier or _FLOOR) == _FLOOR and item.demand.unit == target.demand.unit
        and _spans_a_year(item)
    }  # fmt: skip


def _spans_a_year(target: Target) -> bool:
    if target.baseline is None:
        return True
    return int(target.demand.by[:4]) - Period.parse(target.baseline.period).start.year == 1


def _parts_of(parent: str, scope: Scope, last: Mapping[str, str], standing: str = LEFT_OUT) -> list[SubjectRow]:
    """The areas that lie directly in another today."""
    inside = [item for item in scope.ground.directory.relations if item.kind == LOCATED_IN and item.parent == parent]
    ids = [item.child for item in inside if item.child.startswith("area/") and item.holds_on(scope.day)]
    return [
        SubjectRow(id=id, label=_name(id, scope), standing=standing, last=last[id] if id in last else "")
        for id in dict.fromkeys(ids)
    ]


def _row_of(item: Any, scope: Scope) -> SubjectRow:
    known = scope.ground.knows(item.id)
    label = _name(item.id, scope) if known else said(item.label) if item.label else item.id
    plain = {
        name: str(value) for name in ("growth", "goal", "last", "expects") if (value := getattr(item, name)) is not None
    }
    return SubjectRow(
        id=item.id,
        label=label,
        standing=item.standing,
        reason=said(item.reason) if item.reason else "",
        done=" ".join(str(value) for value in item.done),
        benchmark=item.benchmark,
        members="、".join(item.members),
        stated={name: str(value) for name, value in item.stated.items()},
        **plain,
    )


def _blank() -> list[SubjectRow]:
    """Lines for subjects that no directory knows: a group, firms whose energy is counted here."""
    return [SubjectRow() for _ in range(_BLANK_ROWS)]


def _name(subject: str, scope: Scope) -> str:
    return scope.ground.directory.label_of(subject, language())


def target_words(target: Target, scope: Scope) -> str:
    """A target in a line: its year, whose it is, what it is about, what it demands."""
    return (
        f"{target.demand.by[:4]} {_name(target.subject, scope)} {said(target.label)} {demand_said(target, language())}"
    )
