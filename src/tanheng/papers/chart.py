"""A chart before it is drawn: its labels and series, in which a value that is missing is a gap and never a zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tanheng.papers.figure import shown

Value = Decimal | None
Role = Literal["actual", "schedule", "reference", "estimate"]
MOST_SERIES = 4


@dataclass(frozen=True)
class Series:
    """A row of values under the labels of a chart.

    `role` decides how it is drawn: what happened is a full line with marks, a schedule is dashed, a reference (last
    year, a limit) is thin and dotted, an estimate is dashed with open marks.
    """

    name: str
    values: Sequence[Value]
    role: Role = "actual"


@dataclass(frozen=True)
class Panel:
    """One small chart among several: its name and its series."""

    name: str
    series: Sequence[Series]


@dataclass(frozen=True)
class Chart:
    """A chart: lines, bars, or several small charts of one scale.

    `labels` name the places along the axis, `unit` what is counted, `places` the digits of its numbers. `mark` is a
    value drawn across, as the average or a limit, with `mark_name`. At most four series are told apart in grey.
    """

    form: Literal["lines", "bars", "rows", "panels"]
    title: str
    labels: Sequence[str]
    series: Sequence[Series] = ()
    panels: Sequence[Panel] = ()
    unit: str = ""
    places: int = 1
    note: str = ""
    mark: Value = None
    mark_name: str = ""

    def __post_init__(self) -> None:
        for series in self.all_series():
            if len(series.values) != len(self.labels):
                raise ValueError(f"{len(self.labels)} labels and {len(series.values)} values of {series.name}")
        most = max([len(self.series), *(len(panel.series) for panel in self.panels)])
        if most > MOST_SERIES:
            raise ValueError(f"{most} series in one chart; {MOST_SERIES} can be told apart in grey")

    def all_series(self) -> list[Series]:
        """Every series, those of the panels too."""
        return [*self.series, *(series for panel in self.panels for series in panel.series)]

    def lines(self) -> list[str]:
        """The chart as lines of plain text: for those who do not see it, and for tests."""
        heads = " | ".join(["", *self.labels])
        rows = [(series.name, series.values) for series in self.series]
        rows += [
            (f"{panel.name} {series.name}".strip(), series.values) for panel in self.panels for series in panel.series
        ]
        told = [" | ".join([name, *(shown(value, self.places) for value in values)]) for name, values in rows]
        return [self.caption, heads, *told, *([self.note] if self.note else [])]

    @property
    def caption(self) -> str:
        """The title with the unit."""
        return f"{self.title}（{self.unit}）" if self.unit else self.title


def line_chart(
    title: str, labels: Sequence[str], series: Sequence[Series], *, unit: str = "", places: int = 1, note: str = ""
) -> Chart:
    """Lines over the same labels."""
    return Chart("lines", title, labels, series, unit=unit, places=places, note=note)


def bar_chart(title: str, labels: Sequence[str], series: Sequence[Series], *, unit: str = "", places: int = 1,
              note: str = "", mark: Value = None, mark_name: str = "") -> Chart:  # fmt: skip
    """Upright bars from zero, side by side under each label."""
    return Chart("bars", title, labels, series, unit=unit, places=places, note=note, mark=mark, mark_name=mark_name)


def ranking(title: str, labels: Sequence[str], values: Sequence[Value], *, unit: str = "", places: int = 1,
            note: str = "", mark: Value = None, mark_name: str = "") -> Chart:  # fmt: skip
    """Lying bars in the order given, one for each label: for names that are long and for ranks."""
    series = (Series(title, values),)
    return Chart("rows", title, labels, series, unit=unit, places=places, note=note, mark=mark, mark_name=mark_name)


def path_series(
    actual: Sequence[Value], schedule: Sequence[Value], stretch: Sequence[Value] = (), estimate: Sequence[Value] = ()
) -> tuple[Series, ...]:
    """A path beside its schedule, for a chart of lines: what happened and what was due; stretch and estimate if any."""
    further = (Series("力争要求", stretch, "reference"), Series("推算", estimate, "estimate"))
    given = [series for series in further if series.values]
    return (Series("实际", actual), Series("进度要求", schedule, "schedule"), *given)


def small_multiples(
    title: str, labels: Sequence[str], panels: Sequence[Panel], *, unit: str = "", places: int = 1, note: str = ""
) -> Chart:
    """Several small charts of one scale, so that a reader compares them by eye."""
    return Chart("panels", title, labels, (), panels, unit=unit, places=places, note=note)
