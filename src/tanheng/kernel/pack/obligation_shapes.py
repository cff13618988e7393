"""The exchange form of obligations: what a page's form fills, what a review accepts, what a pack may carry."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, model_validator

from tanheng.kernel.faults import Worded
from tanheng.kernel.pack.shape import Shape, Titled

_BETWEEN_PARTIES = "|"
# 下降18%至20% is a change between two values.
_SPANNED = {"range", "down", "down_at_least", "up", "change", "about", "threshold"}
_OPEN = frozenset({"assigned", "formula", "qualitative", "start", "complete", "before"})

OperatorName = Literal[
    "down",
    "down_at_least",
    "up",
    "up_to",
    "at_most",
    "at_least",
    "reach",
    "about",
    "range",
    "change",
    "no_increase",
    "no_decrease",
    "cover_all",
    "start",
    "complete",
    "before",
    "forbid",
    "multiply",
    "assigned",
    "formula",
    "threshold",
    "qualitative",
]
Tier = Literal["floor", "stretch"]
Force = Literal["binding", "anticipatory"]
TargetKind = Literal[
    "numeric",
    "coverage",
    "assigned",
    "qualitative",
    "milestone",
    "cap",
    "threshold",
    "prohibition",
    "formula",
    "relative",
]


def _listed(value: Any) -> Any:
    """A cell of a CSV holds several parties between bars; YAML holds a list."""
    return [part for part in value.split(_BETWEEN_PARTIES) if part] if isinstance(value, str) else value


def _text(value: Any) -> Any:
    """YAML reads 2030 as a number; a period is written."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Parties = Annotated[tuple[str, ...], BeforeValidator(_listed)]
PeriodText = Annotated[str, BeforeValidator(_text)]


def nested(row: Any) -> Any:
    """The row of a table as nested fields: a heading `demand.value` is the field `value` of `demand`."""
    if not isinstance(row, Mapping):
        return row
    found: dict[str, Any] = {name: value for name, value in row.items() if "." not in name}
    for name, value in row.items():
        outer, point, inner = name.partition(".")
        if point:
            found[outer] = {**(found[outer] if outer in found else {}), inner: value}
    return found


class DemandShape(Shape):
    """What is demanded: `value` in `unit` as printed, `value_norm` in `unit_norm`; `by` the period it is due in.

    `by` is a period of the kernel, or `2022..` for what holds from a year on. A range has both values.
    """

    operator: OperatorName
    value: Decimal | None = None
    value_high: Decimal | None = None
    unit: str = ""
    value_norm: Decimal | None = None
    unit_norm: str = ""
    by: PeriodText = ""

    @model_validator(mode="after")
    def _has_its_values(self) -> DemandShape:
        if self.value is None and self.operator not in _OPEN:
            raise ValueError(f"operator {self.operator} needs a value")
        if self.operator == "range" and self.value_high is None:
            raise ValueError("a range has a value_high")
        if self.value_high is not None and self.operator not in _SPANNED:
            raise ValueError("value_high belongs to a range, a change or an approximate amount")
        return self


class BaselineShape(Shape):
    """What a change is measured from."""

    period: PeriodText
    status: str = ""


class PathShape(Shape):
    """How the target is spread over the years before it is due."""

    form: Literal["logarithmic", "linear", "table"]
    table: Mapping[str, Decimal] = {}


class TargetShape(Titled):
    """A number or a state demanded of a subject. `label` is in our own words, never the sentence of the document.

    `indicator` is an id of the catalogue; where it is empty, `demanded` says in words what is demanded. `place` is the
    address of the clause as the document prints it. `part_of` is the target that this one is an 其中 of. `same_as` is
    the target that this one repeats elsewhere in the document.
    """

    clause: str
    place: str = ""
    subject: str = ""
    indicator: str = ""
    demanded: str = ""
    demand: DemandShape
    kind: TargetKind = "numeric"
    tier: Tier | None = None
    force: Force | None = None
    baseline: BaselineShape | None = None
    condition: str = ""
    path: PathShape | None = None
    lead_parties: Parties = ()
    supporting_parties: Parties = ()
    open_list: bool = False
    lead_inferred: bool = False
    part_of: str = ""
    same_as: str = ""
    note: str = ""

    @model_validator(mode="before")
    @classmethod
    def _of_row(cls, row: Any) -> Any:
        return nested(row)


class TaskShape(Titled):
    """A deed demanded. `label` is in our own words; `open_list` where the document ends the list of parties with 等."""

    clause: str
    place: str = ""
    number: PeriodText = ""
    category: str = ""
    subject: str = ""
    schedule: str = ""
    due: PeriodText = ""
    lead_parties: Parties = ()
    supporting_parties: Parties = ()
    open_list: bool = False
    same_as: str = ""
    note: str = ""

    @model_validator(mode="before")
    @classmethod
    def _of_row(cls, row: Any) -> Any:
        return nested(row)


class TargetTable(Titled):
    """The targets of one instrument, as a long table beside its header."""

    instrument: str
    note: str = ""
    entries: tuple[TargetShape, ...]


class TaskTable(Titled):
    """The tasks of one instrument, as a long table beside its header."""

    instrument: str
    note: str = ""
    entries: tuple[TaskShape, ...]


OBLIGATION_SHAPES: Mapping[str, type[Shape]] = {
    "target/1": TargetShape,
    "task/1": TaskShape,
    "targets/1": TargetTable,
    "tasks/1": TaskTable,
}

OBLIGATION_KINDS: Mapping[type[Shape], Worded] = {
    TargetShape: Worded("目标", "target"),
    TaskShape: Worded("任务", "task"),
    TargetTable: Worded("目标表", "table of targets"),
    TaskTable: Worded("任务表", "table of tasks"),
}


def cited_by(value: Shape) -> list[str]:
    """The clauses that a target, a task or a table of them cites."""
    match value:
        case TargetShape() | TaskShape():
            return [value.clause]
        case TargetTable() | TaskTable():
            return sorted({entry.clause for entry in value.entries})
    return []


def listed_in(value: Shape) -> list[tuple[Worded, str]]:
    """The targets or tasks that a table gives an id to, by kind and id."""
    match value:
        case TargetTable():
            return [(OBLIGATION_KINDS[TargetShape], entry.id) for entry in value.entries]
        case TaskTable():
            return [(OBLIGATION_KINDS[TaskShape], entry.id) for entry in value.entries]
    return []
