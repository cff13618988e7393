"""A plan for splitting a target: among whom, by which method, with which weights and bands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field, model_validator

from tanheng.kernel.pack.factor import Status
from tanheng.kernel.pack.obligation_shapes import PeriodText
from tanheng.kernel.pack.shape import Label, Shape, Titled, UnitText
from tanheng.kernel.period import Accumulation, Period

SplitMethod = Literal["equal_rate", "remaining_task", "structure", "potential", "weights"]
Standing = Literal["split", "exempt", "municipal"]
AMOUNT, BASIS = "amount", "basis"


class PlanFigure(Shape):
    """A figure of every subject: an indicator that is observed, or, without one, what the plan states itself.

    `label` is what people call one that no indicator names.
    """

    unit: UnitText
    label: Label | None = None
    indicator: str = ""
    accumulation: Accumulation = Accumulation.YEAR
    coverage: str | None = None
    item: str | None = None


class Criterion(Titled):
    """One criterion of the weights: the figure `of` over the figure `per`, beside the same ratio of all subjects."""

    weight: Decimal
    of: str
    per: str
    clause: str
    status: Status
    note: str = ""


class Bands(Shape):
    """Steps onto which demanded rates are put, in per cent: a list of them, or every multiple of `every`.

    `to` says which: the next one up (stricter), the nearest, or the next one down.
    """

    steps: tuple[Decimal, ...] = ()
    every: Decimal | None = Field(default=None, gt=0)
    to: Literal["up", "nearest", "down"] = "nearest"
    clause: str
    status: Status

    @model_validator(mode="after")
    def _is_one_of_two(self) -> Bands:
        if bool(self.steps) == (self.every is not None):
            raise ValueError("bands are a list of steps, or every multiple of one")
        return self


class PlanSubject(Shape):
    """One subject of a split.

    `growth` is what its basis is expected to grow by over the span, in per cent (of a split without basis: its amount).
    `stated` are figures that the plan states itself, by their names; an observation takes their place where there is
    none. `done` are the falls of the years done, `last` that demanded of it last year, `expects` the fall expected of
    one that is exempt or under the city (`standing`, with its reason). `target` is what was demanded of it, when a
    split is checked, or `demand`: the fall in per cent, or the cap. `members` are the units that a subject without
    borders consists of.
    """

    id: str
    label: Label | None = None
    standing: Standing = "split"
    reason: Label | None = None
    clause: str = ""
    target: str = ""
    demand: Decimal | None = None
    growth: Decimal | None = Field(default=None, gt=-100)
    stated: Mapping[str, Decimal] = {}
    done: tuple[Decimal, ...] = ()
    goal: Decimal | None = None
    last: Decimal | None = None
    expects: Decimal | None = None
    benchmark: str = ""
    members: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _says_why(self) -> PlanSubject:
        if not self.id.strip() or "@" in self.id:
            raise ValueError(f"{self.id!r} is no id of a subject: it stands in addresses, between two @")
        if self.standing != "split" and self.reason is None:
            raise ValueError(f"{self.id}: {self.standing} needs a reason")
        return self


class DecompositionPlan(Titled):
    """How a demand on `parent` is split among subjects; they need be no partition of it.

    kind       intensity: a fall of amount per basis, in per cent; total: a cap on the amount; increment: on its growth
    target     the target that is split, or `demand`: its value in per cent, or in the unit of the amount; neither
               where nothing is demanded of the whole, and the plan only says who belongs together
    indicator  that of the targets which the split becomes when it is issued, such as energy_per_gdp
    figures    `amount` and, for an intensity, `basis`, from `base` to `by`; and what criteria and sectors read
    criteria   of the method `weights`; `sectors` of `structure`: the fall demanded of each, by the name of its figure
    goal       of `remaining_task`: the fall demanded over the whole span of several years, with `years_left`
    benchmarks of `potential`: the factor that holds the benchmark values, and which `level` of it
    calibrated whether all rates are scaled by one number so that together they meet the demand
    least      the least fall that is demanded of anybody, in per cent
    """

    clause: str
    method: SplitMethod
    kind: Literal["intensity", "total", "increment"] = "intensity"
    parent: str
    target: str = ""
    demand: Decimal | None = None
    indicator: str = ""
    base: PeriodText
    by: PeriodText
    figures: Mapping[str, PlanFigure]
    parent_stated: Mapping[str, Decimal] = {}
    subjects: tuple[PlanSubject, ...] = Field(min_length=1)
    criteria: tuple[Criterion, ...] = ()
    sectors: Mapping[str, Decimal] = {}
    goal: Decimal | None = None
    years_left: int | None = Field(default=None, gt=0)
    benchmarks: str = ""
    level: str = ""
    calibrated: bool = True
    least: Decimal = Decimal(0)
    bands: Bands | None = None
    status: Status
    note: str = ""

    @model_validator(mode="after")
    def _has_what_its_method_needs(self) -> DecompositionPlan:
        if Period.parse(self.by).start < Period.parse(self.base).end:
            raise ValueError(f"by {self.by} does not lie after base {self.base}")
        needed = {AMOUNT} | ({BASIS} if self.kind == "intensity" else set())
        needed |= set(self.sectors) | {name for item in self.criteria for name in (item.of, item.per)}
        if missing := sorted(needed - set(self.figures)):
            raise ValueError(f"figures: {', '.join(missing)} is named and not defined")
        if len({item.id for item in self.criteria}) < len(self.criteria):
            raise ValueError("criteria: two of one id")
        if self.target and self.demand is not None:
            raise ValueError("a plan splits a target or a demand that it states, not both")
        parts = {"weights": self.criteria, "structure": self.sectors, "potential": self.benchmarks}
        if self.method in parts and not parts[self.method]:
            raise ValueError(f"method {self.method} lacks what it splits by")
        if self.method == "remaining_task" and self.years_left is None:
            raise ValueError("method remaining_task needs years_left")
        return self

    @property
    def clauses(self) -> tuple[str, ...]:
        """Everything that the plan cites."""
        cited = [self.clause, *(item.clause for item in self.criteria), *(item.clause for item in self.subjects)]
        return tuple(sorted({item for item in [*cited, self.bands.clause if self.bands else ""] if item}))


class DecompositionExample(Titled):
    """A worked example of a split, typed and calculated by hand and never regenerated.

    `plan` stands in the example, so that nobody takes it for a plan of a place. `expected` gives by address the whole
    number of grid steps, or nothing where there must be no number; `findings` the codes that must be among those found.
    `demanded` are falls demanded of subjects, by the ids of their targets.
    """

    method: Literal["target_decomposition", "decomposition_check"]
    plan: DecompositionPlan
    known_on: date
    demanded: Mapping[str, Decimal] = {}
    expected: Mapping[str, int | None]
    findings: tuple[str, ...] = ()
    note: str = ""
