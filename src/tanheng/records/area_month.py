"""The month of an area as its senders state it: what firms and utilities report, against the same table's 上年同期."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

from tanheng.kernel.accounting.disclosure import DisclosureRule, Layer, Weight, shown_areas
from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import PackSet, Suppression
from tanheng.kernel.period import Accumulation, Period, year_to_date
from tanheng.kernel.run import Inputs

# What a month is made of: the lines, each with whether firms state it one by one or a utility states it for the area.
ENERGY, OUTPUT, ELECTRICITY, GAS, GDP_GROWTH = (
    "comprehensive_energy",
    "output_value",
    "electricity_use",
    "gas_use",
    "gdp_growth",
)
_OF_FIRMS, _OF_AREA = (ENERGY, OUTPUT), (ELECTRICITY, GAS)
_SAME_PERIOD = "_same_period"
_COVERAGE = "above_scale_industry"  # the firms' lines are those of one table: figures of another coverage are not added
_FINER = 6  # what a statement rests on is weighed in millionths of its unit: whole numbers
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Line:
    """One line of the month: this month, January to this month, and that span a year earlier as the same table has it.

    None where nobody stated it. A month that only some of those behind the year to date stated is none either: some
    firms beside all of them would look like a fall. `subjects` is how many stand behind the line; `suppressed`: too few
    of them for it to be shown.
    """

    indicator: str
    unit: str
    month: Decimal | None
    to_date: Decimal | None
    same_period: Decimal | None
    subjects: int
    suppressed: bool = False

    @property
    def growth(self) -> Decimal | None:
        """Per cent by which what is stated to date differs from the same table's figure of a year earlier."""
        if self.to_date is None or not self.same_period:
            return None
        return (self.to_date / self.same_period - 1) * 100


@dataclass(frozen=True)
class AreaMonth:
    """The lines of a month, and the last GDP growth that was known with the period it is about; None: none was."""

    area: str
    month: Period
    known_on: date
    lines: tuple[Line, ...]
    gdp_growth: tuple[Period, Decimal] | None


def area_month(inputs: Inputs, packs: PackSet, area: str, month: Period, known_on: date) -> AreaMonth:
    """Sums what was stated about an area and its firms for one month and from January on, as known on a day.

    Reads    observations: of firms, those that lay in the area in that month; of the area, its own. Total rows are
             no observations, so nothing is counted twice. Growth is taken against the table's own 上年同期.
    Refuses  area-not-in-directory.
    """
    if inputs.directory.level_of(area) is None:
        near = get_close_matches(area, [item.id for item in inputs.directory.areas], 3, 0.3)
        raise Refusal("area-not-in-directory", area=area, nearest=", ".join(near) or "-")
    known = inputs.observations.where_valid(known_on, start="known_from", end="known_to")
    wanted = [name + suffix for name in (*_OF_FIRMS, *_OF_AREA) for suffix in ("", _SAME_PERIOD)]
    rows = known.where_in("indicator", [*wanted, GDP_GROWTH]).rows()
    paths = {stay.facility: tuple(reversed([*stay.areas.values()])) for stay in inputs.directory.stays(month)}
    of_firms = [row for row in rows if row["subject"] in paths and row["coverage"] == _COVERAGE]
    inside = [row for row in of_firms if area in paths[row["subject"]]]
    hidden = {
        name: _is_hidden(area, _since_january(name, of_firms, month), paths, packs.suppression) for name in _OF_FIRMS
    }
    lines = [
        *(_line(name, inside, month, suppressed=hidden[name]) for name in _OF_FIRMS),
        *(_line(name, [row for row in rows if row["subject"] == area], month) for name in _OF_AREA),
    ]
    return AreaMonth(area, month, known_on, tuple(lines), _last_growth(rows, area, month))


def _line(name: str, rows: Sequence[Row], month: Period, *, suppressed: bool = False) -> Line:
    of_month, to_date, earlier = _parts(name, rows, month)
    stated = to_date or of_month
    return Line(
        name,
        stated[0]["unit"] if stated else "",
        _sum(of_month) if _subjects(of_month) == _subjects(stated) else None,
        _sum(to_date),
        _sum(earlier),
        len(_subjects(stated)),
        suppressed,
    )


def _parts(name: str, rows: Sequence[Row], month: Period) -> tuple[list[Row], list[Row], list[Row]]:
    """The rows of the month, of January to this month, and of that span a year earlier as the same table has it."""
    year, number = month.start.year, month.start.month
    now = [row for row in rows if row["indicator"] == name]
    before = [row for row in rows if row["indicator"] == name + _SAME_PERIOD]
    return (
        _of(now, month, Accumulation.MONTH),
        _of(now, year_to_date(year, number), Accumulation.YEAR_TO_DATE),
        _of(before, year_to_date(year - 1, number), Accumulation.YEAR_TO_DATE),
    )


def _since_january(name: str, rows: Sequence[Row], month: Period) -> list[Sequence[Row]]:
    """The parts of every month of the year so far: one month less would be had from the sums to date around it."""
    months = [Period.month(month.start.year, number) for number in range(1, month.start.month + 1)]
    return [part for one in months for part in _parts(name, rows, one)]


def _of(rows: Iterable[Row], period: Period, accumulation: Accumulation) -> list[Row]:
    return [
        row
        for row in rows
        if (row["period_start"], row["period_end"]) == (period.start, period.end)
        and row["accumulation"] == accumulation.value
    ]


def _subjects(rows: Sequence[Row]) -> set[str]:
    return {row["subject"] for row in rows}


def _sum(rows: Sequence[Row]) -> Decimal | None:
    """The exact sum of what was written; None where nothing was."""
    return sum((Decimal(repr(row["stated_amount"])) for row in rows), Decimal(0)) if rows else None


def _is_hidden(
    area: str, parts: Iterable[Sequence[Row]], paths: Mapping[str, tuple[str, ...]], rule: Suppression | None
) -> bool:
    """Whether the sum of confidential statements about an area rests on too few, or would give a neighbour away.

    Reads    parts: those of all areas, since a hidden town can be had from its district and the other towns.
    """
    if rule is None:
        return False
    layers = [_layer([row for row in part if row["use_class"] in rule.use_classes], paths) for part in parts]
    limits = DisclosureRule(rule.minimum_units, Fraction(rule.dominance_share))
    return any(area in path for layer in layers for path in layer) and area not in shown_areas(layers, limits)


def _layer(rows: Sequence[Row], paths: Mapping[str, tuple[str, ...]]) -> Layer:
    by_subject: dict[str, Decimal] = {}
    for row in rows:
        so_far = by_subject[row["subject"]] if row["subject"] in by_subject else Decimal(0)
        by_subject[row["subject"]] = so_far + Decimal(repr(row["stated_amount"]))
    found: dict[tuple[str, ...], Weight] = {}
    for subject, amount in by_subject.items():
        path, weight = paths[subject], Weight.of(int(amount.scaleb(_FINER)))
        found[path] = found[path].joined(weight) if path in found else weight
    return found


def _last_growth(rows: Sequence[Row], area: str, month: Period) -> tuple[Period, Decimal] | None:
    mine = [
        row
        for row in rows
        if row["indicator"] == GDP_GROWTH and row["subject"] == area and row["period_end"] <= month.end
    ]
    if not mine:
        return None
    last = max(mine, key=lambda row: (row["period_end"], row["item"] is None))
    return Period(last["period_start"], last["period_end"]), Decimal(repr(last["stated_amount"]))
