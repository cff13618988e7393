"""The shapes of definition files, one class per `schema:` line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, model_validator

from tanheng.kernel.pack.account_example import AccountExample
from tanheng.kernel.pack.balance_layout import BalanceLayout
from tanheng.kernel.pack.barometer_rule import Barometer, BarometerRule
from tanheng.kernel.pack.classification import Classification
from tanheng.kernel.pack.decomposition_plan import DecompositionExample, DecompositionPlan
from tanheng.kernel.pack.deduction_set import DeductionSet
from tanheng.kernel.pack.factor import Factor
from tanheng.kernel.pack.fields import Fields
from tanheng.kernel.pack.layout import LayoutProfile, SheetWords
from tanheng.kernel.pack.measure import Measure
from tanheng.kernel.pack.metering_shapes import METERING_SHAPES
from tanheng.kernel.pack.obligation_shapes import OBLIGATION_SHAPES
from tanheng.kernel.pack.planning_shapes import PLANNING_SHAPES
from tanheng.kernel.pack.policy_shapes import POLICY_SHAPES
from tanheng.kernel.pack.procedure_shapes import PROCEDURE_SHAPES
from tanheng.kernel.pack.recipe import RECIPE_SHAPES, DemoYear
from tanheng.kernel.pack.scheme import Schemes
from tanheng.kernel.pack.scorecard import Scorecard
from tanheng.kernel.pack.shape import Label, Shape, Titled, UnitText
from tanheng.kernel.pack.suppression import Suppression
from tanheng.kernel.pack.task_schedule import TaskSchedules
from tanheng.kernel.pack.template import Template
from tanheng.kernel.pack.working_shapes import WORKING_SHAPES
from tanheng.kernel.period import Accumulation
from tanheng.kernel.quantity import Grid


class PackManifest(Titled):
    """`pack.yaml`: what the pack is and which packs it builds on. A fictional pack is marked on every page."""

    version: str
    requires: tuple[str, ...] = ()
    fictional: bool = False


class Carrier(Titled):
    """What amounts are stated of: the unit they are counted in, and the names and codes senders use for it.

    A `material` is no energy: its making or use emits by itself (clinker, lime, limestone as flux). `codes` gives the
    code of the carrier in a classification, by the id of that; `note` says what is uncertain about the carrier.
    """

    unit: UnitText
    kind: Literal["fuel", "electricity", "heat", "material"]
    aliases: tuple[str, ...] = ()
    codes: Mapping[str, str] = {}
    note: str = ""


class Carriers(Shape):
    """A list of carriers in one file."""

    id: str
    label: Label
    carriers: tuple[Carrier, ...]


class IndicatorShape(Titled):
    """What a figure means: its unit with basis, the grid it is counted on, and how it adds up.

    `grid` is absent for what is only observed. Flows add over time and area, stocks over area, ratios over neither.
    `comparison_of` marks a figure that its sender printed beside this year's (上年同期): it never revises what was said
    a year ago. `part_of` marks an 其中 figure, which is already counted in the other one and never added to it.
    `points` marks percentage points of another figure (拉动): their `%` is of nothing, and people are told points.
    """

    unit: UnitText
    grid: UnitText | None = None
    adds: Literal["flow", "stock", "ratio"]
    decimals: int = 3
    comparison_of: str = ""
    part_of: str = ""
    points: bool = False

    @cached_property
    def on_grid(self) -> Grid:
        """The integer grid of a computed indicator."""
        if self.grid is None:
            raise ValueError(f"{self.id} is observed only and has no grid")
        return Grid(self.unit, self.grid, self.decimals)


class ClauseShape(Shape):
    """An addressable place of an instrument."""

    address: str
    label: Label
    note: str = ""


class InstrumentShape(Titled):
    """A document: title, number, issuer and the addresses that rules cite; never its sentences."""

    number: str = ""
    issuer: str = ""
    issued: date | None = None
    kind: str = ""
    note: str = ""
    clauses: tuple[ClauseShape, ...] = ()


class Reads(Shape):
    """Observations that a method takes in; `coverage` where it is not that of the method's use."""

    indicator: str
    accumulation: Accumulation
    coverage: str | None = None


class Setting(Shape):
    """A value that no clause fixes, and why it stands as it does; a run may be asked for another."""

    value: str
    unit: UnitText | None = None
    clause: str = ""
    note: Label


def _as_several(value: object) -> object:
    return [value] if isinstance(value, Mapping) else value


class MethodUse(Titled):
    """How a method is used under one scheme: its factors by role, fixed keys, settings, and which records may enter.

    `builds_on` names the methods whose figures it reads, each with the scheme under which they are computed.

    A file of its own, so that a pack can bring a scheme to a method of another pack.
    """

    method: str
    scheme: str
    factors: Mapping[str, str]
    given: Mapping[str, str] = {}
    settings: Mapping[str, Setting] = {}
    builds_on: Mapping[str, str] = {}
    coverage: str
    use_classes: tuple[str, ...]
    note: str = ""


# what a ratio may have been measured over, to hold for rows of months and of year-to-dates
_HOLDS_FOR: Mapping[Accumulation, frozenset[Accumulation]] = {
    Accumulation.MONTH: frozenset({Accumulation.MONTH, Accumulation.QUARTER, Accumulation.YEAR}),
    Accumulation.YEAR_TO_DATE: frozenset({Accumulation.YEAR_TO_DATE, Accumulation.YEAR}),
}


class MethodDefinition(Titled):
    """A method as data: the Python function it names, what it reads, what it gives and at which levels.

    `form` is `rows` where the function computes columns over rows of activity data, and `account` where it computes
    single cells of an account.

    A method over rows reads months, or year-to-dates (1-本月): of those the one of the run's own period counts, as a
    whole, and nothing of it is spread over months.

    `beside` are ratios that take the place of a default for the rows of the same facility, carrier and period: the
    first one known counts. One of a quarter or a year holds for its months, one of a year or of the same year-to-date
    for that.

    `takes` are the records it reads beside observations and the directory: what is demanded, and kept rows.

    `not_expressed` is what its clauses say and the function does not do; a result stays unpublished until somebody
    accepts that.
    """

    version: int
    form: Literal["rows", "account"] = "rows"
    function: str
    clause: str
    reads: Annotated[tuple[Reads, ...], BeforeValidator(_as_several)] = ()
    beside: Annotated[tuple[Reads, ...], BeforeValidator(_as_several)] = ()
    takes: tuple[Literal["obligations", "registers"], ...] = ()
    results: tuple[str, ...]
    levels: tuple[str, ...]
    not_expressed: tuple[Label, ...] = ()

    @model_validator(mode="after")
    def _reads_what_it_can_count(self) -> MethodDefinition:
        if self.form == "account":
            return self
        spans = {reads.accumulation for reads in self.reads}
        if len(spans) != 1 or not spans <= set(_HOLDS_FOR):
            raise ValueError("a method over rows reads months, or year-to-dates, and nothing beside them")
        if unfit := {reads.accumulation for reads in self.beside} - _HOLDS_FOR[next(iter(spans))]:
            raise ValueError(f"what is measured over {', '.join(sorted(unfit))} does not hold for its rows")
        return self

    @property
    def reads_to_date(self) -> bool:
        """Whether its rows are year-to-dates."""
        return all(reads.accumulation is Accumulation.YEAR_TO_DATE for reads in self.reads)


class LayoutItem(Shape):
    """What the amount of a row may be, by the words of its 项目: an indicator, for carriers of some kinds.

    `item` is the breakdown of an indicator without carriers: its rows may name one of those kinds, or none.
    """

    names: tuple[str, ...]
    indicator: str
    item: str = ""
    kinds: tuple[str, ...] = ()


class Layout(Titled):
    """How a sheet in long form is read: where the headings stand and which heading is which field.

    `items` are what its amounts may be, row by row; a row that does not say it, and a sheet without such a column,
    states the first of them, or `indicator` where there are none.
    """

    status: Literal["ours", "S", "U"]
    sheet: str
    header_row: int
    columns: Mapping[str, tuple[str, ...]]
    units: Mapping[str, str] = {}
    items: tuple[LayoutItem, ...] = ()
    indicator: str
    accumulation: Accumulation
    coverage: str
    use_class: str
    data_status: str = "final"

    @cached_property
    def usual_item(self) -> LayoutItem:
        """What the amount of a row is that does not say it."""
        return self.items[0] if self.items else LayoutItem(names=(), indicator=self.indicator)


class SubjectShape(Titled):
    """A party, area or facility of a directory file."""

    level: str | None = None
    codes: Mapping[str, str] = {}


class RelationShape(Shape):
    """A dated relation of a directory file; `end` absent means it still holds."""

    kind: str
    child: str
    parent: str
    start: date
    end: date | None = None


class DirectoryShape(Shape):
    """The subjects of a site, as a pack may carry them for a demo or a first set-up."""

    id: str
    label: Label
    parties: tuple[SubjectShape, ...] = ()
    areas: tuple[SubjectShape, ...] = ()
    facilities: tuple[SubjectShape, ...] = ()
    relations: tuple[RelationShape, ...] = ()


class SenderFile(Shape):
    """Rows of a demo workbook: the CSV they stand in, the workbook to make of it, and when it was published."""

    csv: str
    workbook: str
    layout: str
    published: date


class Senders(Shape):
    """The workbooks a demo city receives."""

    id: str
    label: Label
    files: tuple[SenderFile, ...]


class ExampleCase(Shape):
    """The figures expected of a worked example, as known on a date."""

    known_on: date
    expected: Mapping[str, Decimal]
    note: str = ""


class Example(Titled):
    """A worked example, typed and calculated by hand and never regenerated."""

    method: str
    scheme: str
    subject: str
    period: str
    clause: str = ""
    inputs: tuple[Mapping[str, Any], ...]
    cases: tuple[ExampleCase, ...]
    note: str = ""


class Demo(Titled):
    """What `tanheng demo` does with a fictional city: one run as known on two dates, one figure explained.

    `then` is the day on which the result is published, with `title` and the figures it quotes; `now` a later day, on
    which more is known. `figure` is the address that is explained. `accepted` gives, by code, why a blocking finding
    is accepted. `year` are folders of a made-up district that are read after that.
    """

    title: Label
    method: str
    scheme: str
    period: str
    then: date
    now: date
    figure: str
    quoted: tuple[str, ...] = ()
    accepted: Mapping[str, Label] = {}
    year: DemoYear | None = None


COMPUTING: frozenset[str] = frozenset(
    {
        "pack/1",
        "schemes/1",
        "carriers/1",
        "indicator/1",
        "factor/1",
        "instrument/1",
        "method/1",
        "method_use/1",
        "classification/1",
        "deduction_set/1",
        "balance_layout/1",
        "suppression/1",
        "fields/1",
        "scorecard/1",
        "measure/1",
        "decomposition_plan/1",
        "barometer_rule/1",
        "barometer/1",
    }
)
"""The shapes that a run or its explanation looks at. Their files must stay readable as they were kept: a new field of
theirs has a default. Every other shape serves reading and writing today, and may change."""

SHAPES: Mapping[str, type[Shape]] = {
    "pack/1": PackManifest,
    "carriers/1": Carriers,
    "indicator/1": IndicatorShape,
    "factor/1": Factor,
    "instrument/1": InstrumentShape,
    "method/1": MethodDefinition,
    "method_use/1": MethodUse,
    "layout/1": Layout,
    "layout/2": LayoutProfile,
    "sheet_words/1": SheetWords,
    "directory/1": DirectoryShape,
    "senders/1": Senders,
    "example/1": Example,
    "account_example/1": AccountExample,
    "demo/1": Demo,
    "classification/1": Classification,
    "schemes/1": Schemes,
    "deduction_set/1": DeductionSet,
    "suppression/1": Suppression,
    "fields/1": Fields,
    "scorecard/1": Scorecard,
    "measure/1": Measure,
    "decomposition_plan/1": DecompositionPlan,
    "decomposition_example/1": DecompositionExample,
    "barometer_rule/1": BarometerRule,
    "barometer/1": Barometer,
    "task_schedules/1": TaskSchedules,
    "template/1": Template,
    "balance_layout/1": BalanceLayout,
    **METERING_SHAPES,
    **OBLIGATION_SHAPES,
    **PLANNING_SHAPES,
    **POLICY_SHAPES,
    **PROCEDURE_SHAPES,
    **RECIPE_SHAPES,
    **WORKING_SHAPES,
}
