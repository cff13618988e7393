"""Bringing the daily cube up to the readings: whole months where they are new, single meters where some came late.

A reading changes the days between the one before it and the one after it, of its own meter and no other. Those
meters are computed again in the months concerned; every row that came out differently is reported, and no other
file is touched. Days that had begun when they were counted are counted again with those that came since, and a new
month goes on from the one before it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tanheng.kernel.pack import PackSet
from tanheng.kernel.pack.metering_grids import MeteringGrids
from tanheng.kernel.pack.metering_quality import MeteringQuality
from tanheng.metering.clock_spans import ClockSpans
from tanheng.metering.cubes import Cubes, Kept
from tanheng.metering.definition import CUBE
from tanheng.metering.dimensions import Dimensions
from tanheng.metering.engine import Columns, Engine
from tanheng.metering.month_cube import MonthCube, month_before
from tanheng.metering.register import digest_of
from tanheng.metering.repairing import with_calendars
from tanheng.metering.shapes import DAY_S, Spans, month_bounds, month_of, spans_table
from tanheng.metering.still_hours import StillHours
from tanheng.metering.store import Store
from tanheng.metering.touched import Touched, joined, late_meters, reached


@dataclass(frozen=True)
class ChangedDay:
    """A row of the cube that came out differently: its energy on the grid and its missing intervals, then and now."""

    meter: int
    day: int
    energy_before: int | None
    energy: int | None
    missing_before: int | None
    missing: int | None


@dataclass(frozen=True)
class Refreshed:
    """What was done: months computed whole, meters computed again by month, and the days that differ.

    `still` are the hours without use that are suspect.
    """

    cubes: Cubes
    still: StillHours
    whole: tuple[str, ...]
    again: Mapping[str, tuple[int, ...]]
    changed: tuple[ChangedDay, ...]


@dataclass(frozen=True)
class Refresher:
    """The readings and rules of a store, ready to compute its cube. `calendar` are the limits with the days off."""

    store: Store
    dimensions: Dimensions
    limits: MeteringQuality
    register: str
    until: int
    calendar: MeteringQuality
    clocks: Spans = frozenset()

    @staticmethod
    def of(store: Store, packs: PackSet, until: int | None = None) -> Refresher:
        """Reads the register and the limits.

        Reads    until: the second up to which intervals are due (default: the end of the latest interval received, so
                 that nothing is called missing before it could have come).
        """
        manifest = store.manifest
        (grids,), (limits,) = packs.all(MeteringGrids), packs.all(MeteringQuality)
        stays = store.register.rows()
        dimensions = Dimensions.of(stays, grids, manifest.offset_s)
        latest = max((part.ends[1] for part in manifest.parts), default=0)
        due, calendar = latest if until is None else until, with_calendars(limits, packs)
        return Refresher(store, dimensions, limits, digest_of(stays), due, calendar)

    def refresh(self, engine: Engine) -> Refreshed:
        """Computes what the readings, the register or the limits changed since the cube was made."""
        cubes = Cubes.of(self.store)
        months = self._months()
        stale = [month for month in months if not self._holds(cubes, month)]
        held = {month: self._counted(engine, cubes, month) for month in months if month not in stale}
        if stale == months[-1:] and stale[0] not in cubes.months and month_before(stale[0]) in held:
            held[stale.pop()] = month_bounds(months[-1], self.store.manifest.offset_s)[0]
        counted = held | self._beginnings(months)
        touched = late_meters(engine, self.store, cubes.seen(), counted) if held else {}
        before = ClockSpans.of(self.store)
        clocks = before.found(engine, self.store, self.dimensions)
        touched = joined(touched, clocks.differing(before, self.store.manifest.offset_s))
        return replace(self, clocks=clocks.spans())._refreshed(engine, cubes, stale, held, touched, clocks)

    def _refreshed(
        self,
        engine: Engine,
        cubes: Cubes,
        stale: list[str],
        held: Mapping[str, int],
        touched: Touched,
        clocks: ClockSpans,
    ) -> Refreshed:
        engine.put("clock_spans", spans_table(self.clocks))
        kept = StillHours.of(cubes)
        followed = not stale and kept.made_from(cubes)
        changed: list[ChangedDay] = []
        for month in stale:
            cubes, new = self._compute(engine, cubes, month)
            changed += new
        for month, counted in held.items():
            if self._grows(cubes, month, counted):
                begun = cubes if month in cubes.months else self._begun(engine, cubes, month)
                cubes, new, odd = self._grow(engine, begun, month, counted, touched)
                changed += new
                touched = joined(touched, reached(engine, self.store, odd))
        again = {month: tuple(sorted(meters)) for month, meters in sorted(touched.items()) if month in held}
        for month, meters in again.items():
            cubes, new = self._compute_again(engine, cubes, month, meters)
            changed += new
        clocks.write(self.store)
        seen = self._seen(cubes)
        since = min(day.day for day in changed) if followed and changed else None
        still = kept.judged(engine, seen, self.dimensions, self.calendar, since)
        return Refreshed(seen, still, tuple(stale), again, tuple(changed))

    def _months(self) -> list[str]:
        """Every month from the first reading to the last second that is due, with readings or without.

        What registers showed when they began, at the 00:00 of their first day, is of no month by itself.
        """
        months = self.store.months()
        if not months:
            return []
        opens = self.dimensions.stays["start_day"].min() * DAY_S - self.store.manifest.offset_s
        months = tuple(month for month in months if month >= month_of(int(opens) + 1, self.store.manifest.offset_s))
        if not months:
            return []
        last = month_of(max(self.until, 1), self.store.manifest.offset_s)
        return list(_months_between(months[0], max(last, months[-1])))

    def _counted(self, engine: Engine, cubes: Cubes, month: str) -> int:
        """The second up to which the days of a month stand; what came for later ones is no late reading.

        A day that had begun is counted again; the one before it too where most meters had not closed it.
        """
        until, offset = cubes.months[month].until, self.store.manifest.offset_s
        if until == month_bounds(month, offset)[1]:
            return until
        first = (until + offset) // DAY_S
        found = engine.columns(
            f"select count(*) as days, count(closing) as closed from {cubes.relation(engine, (month,))} as e "
            f"where day = {first - 1}"
        )
        day = first if 2 * int(found["closed"][0]) >= int(found["days"][0]) else first - 1
        return int(day * DAY_S - offset)

    def _grows(self, cubes: Cubes, month: str, counted: int) -> bool:
        """Whether days of a month have become due since, or readings came for those that had begun."""
        start, until = month_bounds(month, self.store.manifest.offset_s)[0], self._until(month)
        if month not in cubes.months or cubes.months[month].until < until:
            return max(counted, start) < until
        parts, seen = self.store.manifest.of_month(month), cubes.seen()
        return counted < until and any(part.seqs[1] >= seen and part.ends[1] > counted for part in parts)

    def _begun(self, engine: Engine, cubes: Cubes, month: str) -> Cubes:
        """The cubes with a month of which nothing is counted yet."""
        start = month_bounds(month, self.store.manifest.offset_s)[0]
        return cubes.with_month(engine, month, cubes.relation(engine, ()), replace(self._kept(month), until=start))

    def _beginnings(self, months: Iterable[str]) -> dict[str, int]:
        """The months before the first one, that hold only what registers showed when they began, up to their ends."""
        return {
            month: month_bounds(month, self.store.manifest.offset_s)[1]
            for month in self.store.months()
            if all(month < other for other in months)
        }

    def _holds(self, cubes: Cubes, month: str) -> bool:
        """Whether the cube of a month was made by the present register and limits."""
        if month not in cubes.months:
            return False
        kept = cubes.months[month]
        same = (kept.register, kept.limits) == (self.register, self._limits())
        return same and kept.until <= self._until(month)

    def _until(self, month: str) -> int:
        return min(self.until, month_bounds(month, self.store.manifest.offset_s)[1])

    def _limits(self) -> str:
        return hashlib.sha256(self.limits.model_dump_json().encode()).hexdigest()

    def _cube(self, cubes: Cubes, month: str, meters: tuple[int, ...] | None = None) -> MonthCube:
        until = self._until(month)
        return MonthCube(self.store, self.dimensions, self.limits, month, until, cubes, meters, clocks=self.clocks)

    def _kept(self, month: str) -> Kept:
        return Kept("", self.store.manifest.next_seq, self._until(month), self.register, self._limits(), "")

    def _compute(self, engine: Engine, cubes: Cubes, month: str) -> tuple[Cubes, list[ChangedDay]]:
        after = cubes.with_month(engine, month, self._cube(cubes, month).compute(engine), self._kept(month))
        return self._reached_back(engine, after, month)

    def _reached_back(self, engine: Engine, cubes: Cubes, month: str) -> tuple[Cubes, list[ChangedDay]]:
        """Computes the month before again for meters whose first day in this one is unclear: its last day may be."""
        before = month_before(month)
        if before not in cubes.months:
            return cubes, []
        offset = self.store.manifest.offset_s
        first = (month_bounds(month, offset)[0] + offset) // DAY_S
        last_before = f"day = {first - 1} and closing is not null"
        plain = f"select meter from {cubes.relation(engine, (before,))} as b where {last_before}"
        found = engine.columns(f"select distinct meter from unclear where day = {first} and meter in ({plain})")
        meters = tuple(sorted(found["meter"].tolist()))
        return self._compute_again(engine, cubes, before, meters) if meters else (cubes, [])

    def _compute_again(
        self, engine: Engine, cubes: Cubes, month: str, meters: tuple[int, ...]
    ) -> tuple[Cubes, list[ChangedDay]]:
        """Puts the rows of some meters in the place of those they had."""
        engine.keep("cube_again", self._cube(cubes, month, meters).compute(engine))
        after, changed = self._replaced(engine, cubes, month, "meter in (select meter from chosen)")
        further, more = self._reached_back(engine, after, month)
        return further, [*changed, *more]

    def _grow(
        self, engine: Engine, cubes: Cubes, month: str, counted: int, touched: Touched
    ) -> tuple[Cubes, list[ChangedDay], Columns]:
        """Adds the days after those that stand; they go on from where the day before closed.

        Gives    also the meters with odd days among them or just before, and where those begin and end: what they say
                 may reach back, at least to the day before them.
        """
        offset = self.store.manifest.offset_s
        first = (counted + offset) // DAY_S
        last = (self._until(month) - 1 + offset) // DAY_S
        late = tuple(sorted({meter for meters in touched.values() for meter in meters}))
        days = replace(self._cube(cubes, month), days=(first, last), late=late)
        engine.keep("cube_again", days.compute(engine))
        odd = engine.columns(
            f"select meter, min(low) * 86400 - {offset} as low, (max(high) + 1) * 86400 - {offset} as high from ("
            "select meter, day - 1 as low, day as high from odd "
            "union all select meter, day as low, day as high from odd_beyond) as o group by meter"
        )
        cubes, changed = self._replaced(engine, cubes, month, f"day >= {first}")
        return cubes, changed, odd

    def _replaced(self, engine: Engine, cubes: Cubes, month: str, these: str) -> tuple[Cubes, list[ChangedDay]]:
        """Puts rows in the place of others.

        What the month is said to have seen stays as it was until `_seen`: after a crash in between, all is done again.
        """
        names, before = ", ".join(CUBE), cubes.relation(engine, (month,))
        engine.keep("cube_before", f"select {names} from {before} as b where {these}")
        changed = _differing(engine)
        if not changed and not _closing_otherwise(engine):
            return cubes, []
        rest = f"select {names} from {before} as b where not ({these})"
        sql = f"{rest} union all select {names} from cube_again"
        return cubes.with_month(engine, month, sql, cubes.months[month]), changed

    def _seen(self, cubes: Cubes) -> Cubes:
        """The cubes, marked as having seen every reading that there is."""
        number = self.store.manifest.next_seq
        months = {
            month: replace(kept, next_seq=number, until=max(kept.until, self._until(month)))
            for month, kept in cubes.months.items()
        }
        seen = Cubes(cubes.root, months)
        seen.settle()
        return seen


def _differing(engine: Engine) -> list[ChangedDay]:
    """The rows of `cube_again` that say something else than those of `cube_before`."""
    told = [name for name in CUBE if name not in ("meter", "day", "month", "closing")]
    differs = " or ".join(f"a.{name} is distinct from b.{name}" for name in told)
    rows = engine.columns(
        "select coalesce(a.meter, b.meter) as meter, coalesce(a.day, b.day) as day, b.energy as energy_before, "
        "a.energy, b.missing as missing_before, a.missing from cube_again as a full join cube_before as b "
        f"on a.meter = b.meter and a.day = b.day where a.meter is null or b.meter is null or {differs} order by 1, 2"
    )
    return [ChangedDay(*(_plain(value) for value in row)) for row in zip(*_listed(rows), strict=True)]


def _closing_otherwise(engine: Engine) -> bool:
    """Whether a day says the same, but closes where it did not, or no longer: the next day goes on from there."""
    found = engine.columns(
        "select count(*) as days from cube_again as a join cube_before as b on a.meter = b.meter and a.day = b.day "
        "where a.closing is distinct from b.closing"
    )
    return int(found["days"][0]) > 0


def _listed(rows: Mapping[str, Any]) -> Iterable[Iterable[Any]]:
    return [column.tolist() for column in rows.values()]


def _plain(value: Any) -> Any:
    return None if value is None else int(value)


def _months_between(first: str, last: str) -> Iterable[str]:
    year, number = (int(part) for part in first.split("-"))
    while (month := f"{year}-{number:02}") <= last:
        yield month
        year, number = year + number // 12, number % 12 + 1
