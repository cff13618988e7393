"""What the documents of a month read: figures of the dispatch, of the year's ends and of tasks, for one area."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from tanheng.kernel.account.comparison import year_before
from tanheng.kernel.assessment.dispatch import QUANTITIES
from tanheng.kernel.assessment.growth import Areas
from tanheng.kernel.assessment.reported_units import ReportedUnits, UnitEvent, UnitState
from tanheng.kernel.obligation.tracking import REGISTER, Stand, Tracked, tracked
from tanheng.kernel.pack import Classification, Fields, LayoutProfile, PackSet
from tanheng.kernel.pack.task_schedule import TaskSchedules
from tanheng.kernel.period import Period
from tanheng.kernel.run import AccountRun
from tanheng.kernel.trace import Address, Cell
from tanheng.papers import Figure

URGENT: Mapping[Stand, str] = {Stand.OVERDUE: "逾期", Stand.DUE_SOON: "即将到期", Stand.AT_RISK: "进度滞后"}
WAYS = ("reports", "season", "model")
_TEN_THOUSAND = 4  # digits: amounts are shown in ten thousands of their unit
_SCALED = {
    "tce[calorific_value]": ("万吨标准煤", 3),
    "10^4 CNY": ("亿元", 2),
    "10^4 kWh": ("亿千瓦时", 3),
    "10^4 Nm3": ("亿立方米", 3),
}


@dataclass(frozen=True)
class Moved:
    """A unit that explains a growth, with the points it adds; or one above its share of a target, with how far."""

    unit: str
    label: str
    amount: Figure


@dataclass(frozen=True)
class Remaining:
    """What a target leaves to be saved in one case of the year's end, and the units farthest above their share."""

    way: str
    measure: str
    tier: str
    to_save: Figure
    units: Sequence[Moved]


@dataclass(frozen=True)
class MonthReading:
    """The month of an area: the account of the dispatch, and those of the ways to foretell the year that were run.

    `words` are packs that name the lines of senders' sheets: those that a result keeps hold what its arithmetic needs.
    """

    area: str
    dispatch: AccountRun
    ends: Mapping[str, AccountRun]
    words: PackSet | None = None

    # ---- the month
    @property
    def period(self) -> Period:
        """January to the month."""
        return self.dispatch.account.period

    @property
    def month(self) -> Period:
        """The month."""
        return self.period.months()[-1]

    @property
    def year(self) -> Period:
        """The year."""
        return Period.year(self.period.start.year)

    @cached_property
    def areas(self) -> Areas:
        """The areas of the directory."""
        return Areas.of(self.dispatch.account)

    @cached_property
    def units(self) -> ReportedUnits:
        """What the units reported, once more."""
        return ReportedUnits(self.dispatch.account, self.areas, self.period)

    @property
    def fictional(self) -> bool:
        """Whether the city is made up."""
        return bool(self.dispatch.account.packs.fictional)

    def label(self, subject: str) -> str:
        """A subject in Chinese; a field by its name."""
        area, _, field = subject.partition("#")
        return self.fields[field] if field in self.fields else self.dispatch.account.directory.label_of(area)

    @cached_property
    def fields(self) -> Mapping[str, str]:
        """The fields by code."""
        lists = self.dispatch.account.packs.all(Fields)
        return {field.code: field.label.zh for each in lists for field in each.entries}

    def item(self, code: str, indicator: str) -> str:
        """A line of a table in Chinese, as a list or the sheets of its senders name it; its code where neither does."""
        packs = self.words or self.dispatch.account.packs
        lists = [codes.by_code for codes in packs.all(Classification) if codes.names == "item"]
        names = {codes[code].label.zh for codes in lists if code in codes}
        if len(names) == 1:
            return names.pop()
        layouts = [each for each in packs.all(LayoutProfile) if indicator in each.indicators]
        printed = [row.names[0] for each in layouts for row in each.rows.known if row.item == code and row.names]
        return printed[0] if printed else code

    # ---- figures
    def figure(self, column: str, subject: str = "", line: str | None = None, *, places: int = 1) -> Figure:
        """A figure of the dispatch over the period; one without a value where there is none."""
        return self._figure(self.dispatch, Address(column, subject or self.area, self.period, line), places)

    def of_month(self, column: str) -> Figure:
        """A figure of the month alone."""
        return self._figure(self.dispatch, Address(column, self.area, self.month), 1)

    def amount(self, column: str, *, before: bool = False, subject: str = "") -> Figure:
        """An amount to date, in ten thousands of its unit; that of the same months of last year."""
        period = year_before(self.period) if before else self.period
        return self._scaled(self.dispatch, Address(column, subject or self.area, period))

    def end(self, way: str, column: str, subject: str = "", line: str | None = None) -> Figure:
        """A figure of a case of the year's end: energy in ten thousand tonnes, a growth in per cent."""
        if way not in self.ends:
            return Figure(None)
        at = Address(column, subject or self.area, self.year, line)
        return self._figure(self.ends[way], at, 1) if column.endswith("growth") else self._scaled(self.ends[way], at)

    def remaining(self, subject: str = "") -> list[Remaining]:
        """What each target leaves to be saved in each case, floors first."""
        found = []
        for way, run in self.ends.items():
            cells = [
                cell
                for cell in run.paper.of_column("year_end_to_save")
                if cell.address.subject == (subject or self.area)
            ]
            for cell in cells:
                parts = (cell.address.line or "").split("/", 2)
                if len(parts) == 2:
                    units = [self._above(run, other, parts) for other in cells if _is_below(other, parts)]
                    measure, tier = parts
                    found.append(Remaining(way, measure, tier, self._tonnes(run, cell.address), units))
        return sorted(found, key=lambda item: (item.measure, item.tier, WAYS.index(item.way)))

    @property
    def foretold_of_few(self) -> bool:
        """Whether a case of the year's end rests on too few of the units of the area to speak for it."""
        found = (finding for run in self.ends.values() for finding in run.paper.findings)
        return any(finding.code == "forecast-of-few" and f"@{self.area}@" in finding.place for finding in found)

    @property
    def left_out(self) -> str:
        """The areas within that are missing from sums of the area, by name; nothing where it states its own."""
        found = [one for one in self.dispatch.paper.findings if one.code == "dispatch-summed-in-part"]
        mine = (format(one.fields["absent"], "zh") for one in found if f"@{self.area}@" in one.place)
        return "、".join(dict.fromkeys(name for names in mine for name in names.split("、")))

    # ---- lists
    def parts(self) -> list[str]:
        """The areas directly within, those with the largest contribution to the growth first."""
        return sorted(self.areas.within(self.area), key=lambda part: self._order("reported_energy_contribution", part))

    def inside(self) -> list[str]:
        """The area, and all that lies in it."""
        return [area for area in self.areas.levels if self.area in self.areas.path(area)]

    def own_fields(self) -> list[str]:
        """The fields of the area that have a growth, as subjects."""
        found = [f"{self.area}#{code}" for code in self.fields]
        return [each for each in found if self._has("reported_energy_growth", each)]

    def movers(self, subject: str = "") -> list[Moved]:
        """The units that explain the growth of what units report, the largest first."""
        subject = subject or self.area
        cells = [cell for cell in self.dispatch.paper.of_column("reported_energy_contribution")
                 if cell.address.subject == subject and (cell.address.line or "").startswith("facility/")]  # fmt: skip
        ordered = sorted(cells, key=lambda cell: (-abs(cell.value or 0), cell.address.line or ""))
        return [self._moved(cell) for cell in ordered]

    def lines(self, column: str) -> list[tuple[str, Figure]]:
        """The lines of a table with what each adds to the growth, the largest first."""
        cells = [cell for cell in self.dispatch.paper.of_column(column)
                 if cell.address.subject == self.area and cell.address.line is not None]  # fmt: skip
        ordered = sorted(cells, key=lambda cell: (-abs(cell.value or 0), cell.address.line or ""))
        stem = column.removesuffix("_contribution")
        (indicator,) = [id for id, begins in QUANTITIES.items() if begins == stem]
        return [
            (self.item(cell.address.line or "", indicator), self._figure(self.dispatch, cell.address, 2))
            for cell in ordered
        ]

    def states(self, *wanted: str) -> list[UnitState]:
        """The units of the area in some states."""
        found = self.units.by_area[self.area] if self.area in self.units.by_area else ()
        return [state for state in found if state.state in wanted]

    def events(self) -> list[UnitEvent]:
        """What units of the area said happened in the month."""
        mine = {state.unit for state in (self.units.by_area[self.area] if self.area in self.units.by_area else ())}
        return [event for event in self.units.events if event.unit in mine and event.period == self.month]

    def tasks(self) -> list[Tracked]:
        """The tasks that need somebody on the day of the figures: overdue first, then those due soon or behind.

        Reads    the tasks of the area; of the widest area, all of them.
        """
        account = self.dispatch.account
        words, urgent = account.packs.all(TaskSchedules), list(URGENT)
        mine = [task for task in account.tasks if self.area not in self.areas.parents or task.subject == self.area]
        if not words or not mine:
            return []
        day = account.facts.known_on
        found = tracked(mine, account.kept(REGISTER), day, self.year.start.year, words[-1])
        return sorted((each for each in found if each.stand in urgent), key=lambda each: urgent.index(each.stand))

    def names(self, units: Iterable[str], most: int = 5) -> str:
        """Units by name, the first few."""
        listed = list(units)
        return "、".join(self.label(unit) for unit in listed[:most]) + (
            f"等{len(listed)}户" if len(listed) > most else ""
        )

    def rank(self) -> tuple[int, int] | None:
        """The place of the area among its neighbours by the growth of its units, the lowest first; and of how many."""
        above = next((area for area, parts in self.areas.parts.items() if self.area in parts), None)
        if above is None:
            return None
        growths = {part: self.figure("reported_energy_growth", part).value for part in self.areas.within(above)}
        known = sorted((value, part) for part, value in growths.items() if value is not None)
        places = [part for _, part in known]
        return (places.index(self.area) + 1, len(places)) if self.area in places and len(places) > 1 else None

    # ---- cells
    def _figure(self, run: AccountRun, address: Address, places: int) -> Figure:
        value, unit = self._value(run, address)
        return Figure(value, unit, places, str(address) if value is not None else "")

    def _scaled(self, run: AccountRun, address: Address) -> Figure:
        value, unit = self._value(run, address)
        shown, places = _SCALED[unit] if unit in _SCALED else (unit, 2)
        scaled = value.scaleb(-_TEN_THOUSAND) if value is not None and unit in _SCALED else value
        return Figure(scaled, shown, places, str(address) if value is not None else "")

    def _tonnes(self, run: AccountRun, address: Address) -> Figure:
        value, _ = self._value(run, address)
        return Figure(value, "吨标准煤", 0, str(address) if value is not None else "")

    def _value(self, run: AccountRun, address: Address) -> tuple[Decimal | None, str]:
        workings, grids = run.paper.workings, run.grids
        if address not in workings or workings[address].cell.value is None:
            return None, ""
        cell = workings[address].cell
        if address.column in grids and isinstance(cell.value, int):
            grid = grids[address.column]
            return grid.exact(cell.value), grid.unit.text
        return Decimal(repr(float(cell.value or 0))), cell.unit.text

    def _moved(self, cell: Cell) -> Moved:
        unit = cell.address.line or ""
        return Moved(unit, self.label(unit), self._figure(self.dispatch, cell.address, 2))

    def _above(self, run: AccountRun, cell: Cell, parts: Sequence[str]) -> Moved:
        unit = (cell.address.line or "").removeprefix("/".join(parts) + "/")
        return Moved(unit, self.label(unit), self._tonnes(run, cell.address))

    def _has(self, column: str, subject: str) -> bool:
        return self.figure(column, subject).value is not None

    def _order(self, column: str, subject: str) -> tuple[bool, Decimal, str]:
        value = self.figure(column, subject).value
        return value is None, -abs(Decimal(value or 0)), subject


def _is_below(cell: Cell, parts: Sequence[str]) -> bool:
    return (cell.address.line or "").startswith("/".join(parts) + "/")
