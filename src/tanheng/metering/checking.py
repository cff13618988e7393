"""The check of a site's meters over some days: standings, what happened, sums, the index of every unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from tanheng.kernel.faults import Finding, Refusal
from tanheng.kernel.pack import PackSet
from tanheng.kernel.pack.metering_grids import MeteringGrids
from tanheng.kernel.pack.metering_quality import MeteringQuality
from tanheng.metering.balances import (
    Balance,
    day_month_findings,
    reported_findings,
    tree_balances,
    tree_findings,
)
from tanheng.metering.conversion import points
from tanheng.metering.engine import DuckEngine
from tanheng.metering.events import Named, amount_findings, rows_of, step_findings
from tanheng.metering.gaps import with_fills
from tanheng.metering.intervals import lost_sql
from tanheng.metering.odd_days import CLOCKS, OddDays, batches
from tanheng.metering.refreshing import Refresher
from tanheng.metering.register import Meter
from tanheng.metering.repairing import with_calendars
from tanheng.metering.shapes import DAY_S
from tanheng.metering.standing import (
    Standing,
    calibration_findings,
    completeness_findings,
    sameness_findings,
    silence_findings,
    standings,
    stillness_findings,
)
from tanheng.metering.store import Store
from tanheng.metering.unit_index import UnitIndex, unit_indexes
from tanheng.metering.virtual import terms

_EPOCH: Final = date(1970, 1, 1)
_GATEWAY: Final = 1
# from the first to the last day of each meter that is not plainly measured, or on which its device or scale changed; a
# register without a `closing` was looked at interval by interval
_STRETCHES: Final = """
select meter, min(first) as first, max(last) as last from (
  select meter, day as first, day as last from judged
  where missing > 0 or seen < due or measured <> energy or energy is null
    or (closing is null and meter in (select meter from points where kind = 0))
  union all
  select meter, (opens + {offset}) // {day} as first, (opens + {offset}) // {day} as last from points where stay > 0
) as b group by meter order by meter"""
# the step that ends at the reading before a stretch begins where the register did: nothing was looked at between
_WITHIN: Final = "select s.* from ({}) as s join near_meters as n on n.meter = s.meter and s.ts > n.low"
_NEAR: Final = '(select meter, "at", value, flag, 0 as seq from near)'


@dataclass(frozen=True)
class Checked:
    """The answer of a check. `until` is the second up to which readings were due."""

    start: date
    end: date
    until: int
    meters: Sequence[Standing]
    units: Sequence[UnitIndex]
    balances: Sequence[Balance]
    unclosed: Sequence[str]
    findings: Sequence[Finding]


@dataclass(frozen=True)
class Check:
    """A store ready to be checked over the days from `start` to `end`, which is not included."""

    store: Store
    engine: DuckEngine
    refresher: Refresher
    grids: MeteringGrids
    stays: Sequence[Meter]
    start: date
    end: date
    limits: MeteringQuality

    @staticmethod
    def of(
        store: Store, packs: PackSet, engine: DuckEngine, span: tuple[date, date] | None, until: int | None
    ) -> Check:
        """Brings the daily cube up to the readings.

        Refuses  no-readings: the store is empty. What `Refresher.of` refuses.
        """
        months = store.months()
        if not months:
            raise Refusal("no-readings", folder=store.root)
        (grids,) = packs.all(MeteringGrids)
        refresher, offset = Refresher.of(store, packs, until), store.manifest.offset_s
        last = _EPOCH + timedelta(days=(refresher.until - 1 + offset) // DAY_S + 1)
        start, end = span or (date.fromisoformat(f"{months[0]}-01"), last)
        limits = with_calendars(refresher.limits, packs)
        return Check(store, engine, refresher, grids, store.register.rows(), start, min(end, last), limits)

    @property
    def seconds(self) -> tuple[int, int]:
        """The span in seconds, cut at what is due."""
        offset = self.store.manifest.offset_s
        start, end = ((day - _EPOCH).days * DAY_S - offset for day in (self.start, self.end))
        return start, min(end, self.refresher.until)

    def run(self, reported: Mapping[tuple[str, str], int] | None = None) -> Checked:
        """Judges everything.

        Reads    reported: what units reported for the span, by unit and carrier, in whole steps of the metering grid.
        """
        refreshed = self.refresher.refresh(self.engine)
        cube, still = refreshed.cubes.relation(self.engine), refreshed.still.relation(self.engine)
        relation = with_fills(self.engine, self.store, self.limits, cube)
        first, last = ((day - _EPOCH).days for day in (self.start, self.end))
        self.engine.keep("judged", f"select * from {relation} as c where day >= {first} and day < {last}")
        named, period = self._named(), f"{self.start}..{self.end - timedelta(days=1)}"
        stood = standings(self.engine, "judged", self._latest(), named)
        balances, unclosed = tree_balances(stood, self.stays)
        on = self.end - timedelta(days=1)
        findings = [
            *completeness_findings(stood, self.limits, period),
            *silence_findings(stood, self.limits, named, self.seconds),
            *self._happened(named),
            *sameness_findings(self.engine, "judged", named, self.limits),
            *stillness_findings(self.engine, still, named, self.limits, (first, last)),
            *tree_findings(balances, self.limits, period),
            *day_month_findings(stood, self.stays, self.limits, period),
            *reported_findings(_beside(stood, self.stays, reported), self.limits, period),
            *calibration_findings(self.stays, on),
            *terms(self.stays)[1],
        ]
        units = unit_indexes(stood, self.stays, balances, self.limits, on)
        return Checked(self.start, self.end, self.seconds[1], stood, units, balances, unclosed, findings)

    def _latest(self) -> dict[int, Meter]:
        return {stay.number or 0: stay for stay in self.stays}

    def _named(self) -> Named:
        latest = self._latest()
        steps = {number: _step(self.grids, stay) for number, stay in latest.items()}
        return Named({number: stay.meter for number, stay in latest.items()}, steps, self.store.manifest.offset_s)

    def _happened(self, named: Named) -> list[Finding]:
        """What registers and amounts did on the days that are not plainly measured."""
        offset, found = self.store.manifest.offset_s, list[Finding]()
        table: Mapping[str, Any] = points(self.stays, self.grids, offset)
        self.engine.put("points", table)
        lengths = sorted({stay.interval_s for stay in self.stays if stay.kind == "interval"})
        near = OddDays(self.store, self.limits, offset)
        for some in batches(self.engine.columns(_STRETCHES.format(offset=offset, day=DAY_S))):
            near.keep_intervals(self.engine, some)
            steps = self.engine.columns(_WITHIN.format(lost_sql(_NEAR, "near_points", self.limits, offset, CLOCKS)))
            found += step_findings(rows_of(steps), named, self.seconds)
            found += amount_findings(self.engine, named, self.seconds, lengths)
        return found


def _step(grids: MeteringGrids, stay: Meter) -> str:
    found = grids.of(stay.value_unit)
    return found[0] if found else stay.value_unit


def _beside(
    stood: Sequence[Standing], stays: Sequence[Meter], reported: Mapping[tuple[str, str], int] | None
) -> dict[tuple[str, str], Balance]:
    """What the main meters of units say beside what these reported; only where every main meter was read in full."""
    if reported is None:
        return {}
    gates = {stay.meter for stay in stays if stay.level == _GATEWAY and stay.kind != "virtual"}
    sums: dict[tuple[str, str], list[Standing]] = {}
    for one in stood:
        if one.meter in gates:
            sums.setdefault((one.unit, one.carrier), []).append(one)
    return {
        key: Balance(key[0], reported[key], sum(one.energy or 0 for one in ones), ones[0].step, len(ones))
        for key, ones in sums.items()
        if key in reported and not any(one.missing or one.energy is None for one in ones)
    }
