"""What single units report to the energy authority in two spans of months, and which of them may be compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from tanheng.kernel.account import Account
from tanheng.kernel.account.comparison import year_before
from tanheng.kernel.assessment.growth import Areas
from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import Classification, Fields
from tanheng.kernel.period import Period
from tanheng.kernel.subject import Stay
from tanheng.kernel.table import Table

METHOD, COLUMN = "unit_energy_reported", "energy_calorific"
EVENTS = "events"
COMPARED, NEW, STOPPED = "compared", "new", "stopped"
SILENT, INCOMPLETE, UNCOMPARED = "silent", "incomplete", "uncompared"
COUNTED = (COMPARED, NEW, STOPPED)


@dataclass(frozen=True)
class UnitEvent:
    """What a unit says happened, in its own words: the kind of event, the remark, the month and the cell."""

    unit: str
    kind: str
    remark: str
    period: Period
    source: str


@dataclass(frozen=True)
class UnitState:
    """One unit: its energy in both spans [gce], whether it may be compared, and where it lies at the end.

    `now` and `before` are None where nothing was reported; `areas`: the nearest first; `moved`: once lay elsewhere.
    """

    unit: str
    state: str
    now: int | None
    before: int | None
    areas: tuple[str, ...]
    fields: tuple[str, ...]
    moved: bool = False

    @cached_property
    def change(self) -> int:
        """By how much its energy differs from that of the year before; what is new or gone differs by all of it."""
        return (0 if self.now is None else self.now) - (0 if self.before is None else self.before)

    @cached_property
    def size(self) -> int:
        """How much it weighs among others [gce]: the larger of its spans, since what is incomplete reads too small."""
        return max(each for each in (self.now, self.before, 0) if each is not None)

    @cached_property
    def counts(self) -> bool:
        """Whether it is in the growth."""
        return self.state in COUNTED


@dataclass
class ReportedUnits:
    """All units of a run over a period to date and the same months of the year before.

    A unit counts where it lies at the end of the period, in both years: a change of boundaries is no growth. A unit
    is compared where no month is missing in either span. One that opened since is new, one that closed or says so is
    stopped; one that owes the last month and is silent is in neither year, or it would look like a fall.
    """

    account: Account
    places: Areas
    period: Period
    figures: dict[Period, Table | None] = field(default_factory=dict)

    @cached_property
    def states(self) -> list[UnitState]:
        """The units that reported in either span, by id."""
        now, before = self._whole(self.period), self._whole(year_before(self.period))
        return [self._state(unit, now, before) for unit in sorted(now.keys() | before.keys()) if unit in self._stays]

    @cached_property
    def events(self) -> list[UnitEvent]:
        """What units say happened within the period, in the order in which it was recorded."""
        found = []
        for row in self.account.kept(EVENTS, within=self.period):
            kind, remark = row.text("item"), row.text("remark")
            if row.subject is not None and row.period is not None and kind is not None:
                source = row.fields["item"].source
                found.append(UnitEvent(row.subject, kind, remark or "", row.period, source))
        return found

    @cached_property
    def reported(self) -> frozenset[str]:
        """The units of which at least one line of the last month is known."""
        last = self.period.months()[-1]
        figures = self.of_span(self.period)
        if figures is None:
            return frozenset()
        rows = figures.where(level="facility", period_start=last.start, period_end=last.end).where_present(COLUMN)
        return frozenset(rows.values("subject"))

    @cached_property
    def owing(self) -> list[UnitState]:
        """The units that owe the last month: they reported in either span, and have not closed."""
        return [state for state in self.states if state.state != STOPPED and not self._closed(state.unit)]

    def in_time(self, day: date) -> frozenset[str]:
        """The units whose report of the last month was published by a day."""
        last, facts = self.period.months()[-1], self.account.facts
        rows = facts.shelf.of("energy_consumption").where(accumulation="month")
        rows = rows.where(coverage=self.account.use.coverage, period_start=last.start, period_end=last.end)
        early = rows.where_valid(day, start="known_from", end="known_to").where_in("use_class", facts.use_classes)
        return frozenset(subject for (subject,) in early.distinct(["subject"]))

    def due_day(self) -> date:
        """The day by which the last month is due: the setting due_day, counted from the end of the month."""
        number = self.account.set_number("due_day").value
        if number is None:
            raise ValueError("the setting due_day has no value")
        return self.period.end + timedelta(days=int(number) - 1)

    @cached_property
    def by_area(self) -> Mapping[str, Sequence[UnitState]]:
        """The units of each area that has any, in the order of their ids."""
        found: dict[str, list[UnitState]] = {}
        for state in self.states:
            for area in state.areas:
                found.setdefault(area, []).append(state)
        return found

    # ---- one unit
    def _state(self, unit: str, now: Mapping[str, tuple[int, int]], before: Mapping[str, tuple[int, int]]) -> UnitState:
        of_now, of_before = (span[unit] if unit in span else None for span in (now, before))
        stays = self._stays[unit]
        return UnitState(
            unit,
            self._judged(unit, of_now, of_before),
            None if of_now is None else of_now[0],
            None if of_before is None else of_before[0],
            self._areas_of(stays[-1]),
            self._fields[unit] if unit in self._fields else (),
            moved=len({tuple(stay.areas.values()) for stay in stays}) > 1,
        )

    def _areas_of(self, stay: Stay) -> tuple[str, ...]:
        """Where the nearest area of a stay lies at the end of the period; one that is no more counts where it lay."""
        nearest, *others = stay.areas.values()
        now = self.places.path(nearest)
        return now if len(now) > 1 or not others else (nearest, *others)

    def _judged(self, unit: str, now: tuple[int, int] | None, before: tuple[int, int] | None) -> str:
        gone = self._closed(unit) or self.says(unit, "stopped_words")
        if now is None:
            return STOPPED if gone else SILENT
        if not gone and unit not in self.reported:
            return SILENT
        if now[1] or (before is not None and before[1]):
            return INCOMPLETE
        if before is None:
            return NEW if self._opened(unit) or self.says(unit, "new_words") else UNCOMPARED
        return COMPARED

    def _closed(self, unit: str) -> bool:
        end = self._stays[unit][-1].end
        return end is not None and end <= self.period.months()[-1].start

    def _opened(self, unit: str) -> bool:
        return self._stays[unit][0].start >= year_before(self.period).end

    def says(self, unit: str, setting: str) -> bool:
        """Whether a unit itself says that something of a kind happened: stopped_words, new_words, overhaul_words."""
        return unit in self._said[setting]

    @cached_property
    def _said(self) -> Mapping[str, frozenset[str]]:
        found = {}
        for setting in ("stopped_words", "new_words", "overhaul_words"):
            words = self.account.setting(setting).split()
            found[setting] = frozenset(event.unit for event in self.events if event.kind in words)
        return found

    # ---- where units lie, and what they do
    @cached_property
    def _stays(self) -> Mapping[str, Sequence[Stay]]:
        found: dict[str, list[Stay]] = {}
        for stay in self.account.directory.stays(Period(year_before(self.period).start, self.period.end)):
            found.setdefault(stay.facility, []).append(stay)
        return found

    @cached_property
    def _fields(self) -> Mapping[str, tuple[str, ...]]:
        code = self.account.setting("industry_code")
        by_industry: dict[str, tuple[str, ...]] = {}
        found = {}
        for facility in self.account.directory.facilities:
            if code in facility.codes:
                industry = facility.codes[code]
                if industry not in by_industry:
                    by_industry[industry] = tuple(self._fields_of(industry))
                found[facility.id] = by_industry[industry]
        return found

    def _fields_of(self, industry: str) -> Iterator[str]:
        packs = self.account.packs
        lists = [codes for codes in packs.all(Classification) if codes.names == "item"]
        path = tuple(entry.code for codes in lists for entry in codes.path(industry))
        for fields in packs.all(Fields):
            yield from fields.of_industry(path)

    # ---- figures of the method over units
    def of_span(self, period: Period) -> Table | None:
        """The figures of the units over a span; None where nobody reported anything."""
        if period not in self.figures:
            try:
                self.figures[period] = self.account.figures_of(METHOD, period)
            except Refusal as refusal:
                if refusal.code != "no-activity-data":
                    raise
                self.figures[period] = None
        return self.figures[period]

    def _whole(self, period: Period) -> dict[str, tuple[int, int]]:
        """By unit what it reported over a span, and how many of its months and lines are missing; gaps left out."""
        figures = self.of_span(period)
        if figures is None:
            return {}
        rows = figures.where(level="facility", period_start=period.start, period_end=period.end).where_present(COLUMN)
        rows = rows.select(["subject", COLUMN, f"{COLUMN}_missing"])
        return {row["subject"]: (row[COLUMN], row[f"{COLUMN}_missing"]) for row in rows.rows()}
