"""The readings of the site as pages ask for them: meters of a unit, its hours, what a reference holds. Reads only.

A site without a readings store has none of it, and none is made by asking.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import PackSet
from tanheng.kernel.pack.metering_grids import MeteringGrids
from tanheng.kernel.pack.metering_quality import MeteringQuality
from tanheng.metering import Meter, Store
from tanheng.metering.cubes import Cubes
from tanheng.metering.dimensions import Dimensions
from tanheng.metering.engine import DuckEngine, Engine
from tanheng.metering.explaining import ReadingsRef, explain_readings
from tanheng.metering.gaps import filled_cubes
from tanheng.metering.hourly_report import HourlyReport, Hours
from tanheng.metering.lists import Beside
from tanheng.metering.rollup import Rules
from tanheng.metering.still_hours import StillHours
from tanheng.records.site_files import home
from tanheng.store.packs_in_use import packs_in_use, stamp_in_use
from tanheng.web.directory.scope import Scope

Json = dict[str, Any]
_REGISTER = "meters.db"
_MEMORY, _THREADS = "256MB", 1


@dataclass(frozen=True)
class Known:
    """What the register says, worked out once for as long as nothing is added to it."""

    stays: Sequence[Meter]
    dimensions: Dimensions
    grids: MeteringGrids

    def of_unit(self, unit: str) -> Sequence[Meter]:
        """The stays of meters at a unit, in the order of the register."""
        return [stay for stay in self.stays if stay.unit == unit]

    def units_of(self, meter: str) -> frozenset[str]:
        """Every unit that a meter ever measured for."""
        return frozenset(stay.unit for stay in self.stays if stay.meter == meter)

    def steps_in(self, unit: str) -> tuple[str, int]:
        """The step of the grid that a unit is on, and how many the unit has; the unit alone where no grid knows it."""
        return self.grids.of(unit) or (unit, 1)


@dataclass(frozen=True)
class MetersAtHand:
    """A readings store that is there, and what its register says."""

    store: Store
    known: Known
    packs: PackSet

    @property
    def cubes(self) -> Cubes:
        """The daily cube as it was last rolled up."""
        return Cubes.of(self.store)

    def sums_of(self, meters: Sequence[int]) -> Mapping[int, Json]:
        """The last month of each meter with what is due and missing in it, and the last day that it was read."""
        cubes = self.cubes
        if not cubes.months or not meters:
            return {}
        last = max(cubes.months)
        with self._engine() as engine:
            listed = ", ".join(map(str, meters))
            days = engine.columns(
                f"select meter, max(day) as day from {cubes.relation(engine)} as c "
                f"where meter in ({listed}) and seen > 0 group by meter order by meter"
            )
            sums = ", ".join(f"cast(sum({name}) as bigint) as {name}" for name in _SUMS)
            of_month = engine.columns(
                f"select meter, {sums} from {cubes.relation(engine, (last,))} as c "
                f"where meter in ({listed}) group by meter order by meter"
            )
        told: dict[int, Json] = {int(meter): {"month": last, "day": int(day)} for meter, day in _rows(days)}
        for meter, *sizes in _rows(of_month):
            told.setdefault(int(meter), {"month": last, "day": None}).update(
                zip(_SUMS, map(_whole, sizes), strict=True)
            )
        return told

    def hours_of(self, subject: str, month: str, day: date) -> Sequence[Hours]:
        """Every hour of a unit or a meter in a month, a series for each carrier.

        Reads    day: the day as known on which factors are chosen.
        Refuses  unit-not-metered.
        """
        cubes, dimensions = self.cubes, self.known.dimensions
        (limits,) = self.packs.all(MeteringQuality)

        def filled(engine: Engine, months: tuple[str, ...]) -> str:
            return filled_cubes(engine, self.store, limits, cubes, months)

        rules = Rules.of(self.packs, day, None, Beside(self.packs, (), ()))
        offset = self.store.manifest.offset_s
        report = HourlyReport(cubes, StillHours.of(cubes), dimensions, rules, offset, filled)
        with self._engine() as engine:
            of = report.of_unit if subject in dimensions.units else report.of_meter
            return of(engine, subject, [month])

    def explained(self, reference: str) -> Json:
        """What a reference to readings holds.

        Refuses  readings-reference-unreadable, unit-not-metered.
        """
        cubes = self.cubes
        with self._engine() as engine:
            still = StillHours.of(cubes)
            return explain_readings(engine, self.store, cubes, still, self.known.dimensions, reference)

    def opens(self, meter: str, scope: Scope) -> bool:
        """Whether a reader sees every unit that a meter ever measured for."""
        units = self.known.units_of(meter)
        return bool(units) and all(scope.sees(unit) for unit in units)

    @contextmanager
    def _engine(self) -> Iterator[Engine]:
        engine = DuckEngine(self.store.root / "results" / "spill", memory=_MEMORY, threads=_THREADS)
        try:
            yield engine
        finally:
            engine.close()


_SUMS = ("due", "seen", "missing", "spread", "filled", "suspect")


@contextmanager
def meters_at_hand() -> Iterator[MetersAtHand | None]:
    """The readings store of the site for as long as a page is made; None where the site has none."""
    root = home().root
    if not (root / "readings" / _REGISTER).is_file():
        yield None
        return
    store = Store.open(Path(root))
    try:
        offset = store.manifest.offset_s
        known = _known(str(root), store.register.last_row(), offset, stamp_in_use(), _Store(store))
        yield MetersAtHand(store, known, packs_in_use())
    finally:
        store.close()


def checked_reference(at_hand: MetersAtHand | None, text: str, scope: Scope) -> ReadingsRef:
    """A reference to readings that a reader may open.

    Refuses  readings-reference-unreadable; nothing-of-that-name: there is no such meter, or it is out of reach, in the
             same words.
    """
    asked = ReadingsRef.parse(text)
    if at_hand is None or not all(at_hand.opens(meter, scope) for meter in asked.meters):
        raise Refusal("nothing-of-that-name", subject=text)
    return asked


@dataclass(frozen=True)
class _Store:
    """A store that tells no two questions apart: the register does."""

    store: Store

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Store)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=2)
def _known(_root: str, _last_row: int, offset_s: int, _stamp: object, of: _Store) -> Known:
    stays = of.store.register.rows()
    (grids,) = packs_in_use().all(MeteringGrids)
    return Known(stays, Dimensions.of(stays, grids, offset_s), grids)


def _rows(columns: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    return zip(*(values.tolist() for values in columns.values()), strict=True)


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)
