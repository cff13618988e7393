"""The whole roll-up of a store: the cube brought up to the readings, then figures and areas, as one document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from tanheng.kernel.faults import Finding
from tanheng.kernel.pack import PackSet
from tanheng.kernel.pack.metering_grids import MeteringGrids
from tanheng.kernel.subject import Directory
from tanheng.metering.changed_figures import changed_figures
from tanheng.metering.cubes import Cubes
from tanheng.metering.engine import DuckEngine, Engine
from tanheng.metering.engine_spark import SparkEngine
from tanheng.metering.every_meter import steps_of
from tanheng.metering.fills import FillBook
from tanheng.metering.frozen import beside_frozen
from tanheng.metering.gaps import with_fills
from tanheng.metering.places import places_of
from tanheng.metering.refreshing import ChangedDay, Refreshed, Refresher
from tanheng.metering.rollup import RolledUp, Rules, roll_up, sum_areas
from tanheng.metering.still_hours import stood_still
from tanheng.metering.store import Store

Json = dict[str, Any]
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Rolled:
    """What a roll-up gave: figures by unit, sums of areas, the days that came out differently, findings.

    `figures` show a frozen month as it was frozen, and `restated` what it would be now; areas are as of now.
    """

    refreshed: Refreshed
    refresher: Refresher
    rolled: RolledUp
    figures: Sequence[Json]
    restated: Sequence[Json]
    areas: Sequence[Json]
    findings: Sequence[Finding]
    receipt: Json
    steps: Mapping[str, str]
    offset_s: int
    changed_figures: Sequence[Json]

    def as_json(self) -> Json:
        """The roll-up as one document; the same text on every engine but for the name of it."""
        names = self.refresher.dimensions.meters
        return {
            "receipt": self.receipt,
            "by": "month",
            "steps": dict(self.steps),
            "times": times_told(self.offset_s),
            "computed": {
                "months": list(self.refreshed.whole),
                "again": {month: [names[each] for each in meters] for month, meters in self.refreshed.again.items()},
            },
            "changed": [changed_json(changed, names) for changed in self.refreshed.changed],
            "changed_figures": list(self.changed_figures),
            "figures": list(self.figures),
            "restated": list(self.restated),
            "areas": list(self.areas),
            "findings": [finding.as_json() for finding in self.findings],
        }


def rolled(
    store: Store, packs: PackSet, rules: Rules, engine: Engine, directory: Directory | None, until: int | None = None
) -> Rolled:
    """Brings the cube up to the readings and rolls it up.

    Reads    directory: where units lie; without one there are no areas. until: see Refresher.of.
    """
    refresher = Refresher.of(store, packs, until)
    refreshed = refresher.refresh(engine)
    cubes = refreshed.cubes
    months = sorted(cubes.months)
    cube = with_fills(engine, store, refresher.limits, cubes.relation(engine))
    figures = roll_up(engine, cube, refresher.dimensions, months, rules, refreshed.still.relation(engine))
    areas: Sequence[Json] = ()
    findings = list(figures.findings)
    if directory is not None:
        places = places_of(directory, refresher.dimensions.units, months)
        areas, nowhere = sum_areas(engine, figures, places, months)
        findings += nowhere
    stood, named = stood_still(engine, refreshed.still, refresher.dimensions.meters)
    findings += named
    receipt = _receipt(store, cubes, refresher, rules, engine, figures) | {"still": stood}
    shown, restated = beside_frozen(store, figures.rows())
    (grids,) = packs.all(MeteringGrids)
    steps, offset = steps_of(store.register.rows(), grids), store.manifest.offset_s
    changed = changed_figures(engine, store, figures, receipt)
    return Rolled(refreshed, refresher, figures, shown, restated, areas, findings, receipt, steps, offset, changed)


def times_told(offset_s: int) -> Json:
    """How a document names times: `at` is the end of an hour or interval in seconds since 1970 in UTC; days and months
    are of civil time, which is so many seconds ahead of UTC; what ends at 00:00 belongs to the day before."""
    return {"at": "end", "unit": "s since 1970-01-01T00:00Z", "civil_offset_s": offset_s}


def engine_of(store: Store, name: str, master: str | None, settings: Mapping[str, str] | None = None) -> Engine:
    """The engine of that name: DuckDB in this program, or a Spark cluster.

    Refuses  cluster-not-installed.
    """
    folder = store.root / "results"
    folder.mkdir(parents=True, exist_ok=True)
    return SparkEngine(master or "local[2]", folder, settings) if name == "spark" else DuckEngine(folder / "spill")


def changed_json(changed: ChangedDay, names: Mapping[int, str]) -> Json:
    """A day that came out differently, in words of the register and the calendar."""
    day = _EPOCH + timedelta(days=changed.day)
    return {**asdict(changed), "meter": names[changed.meter], "day": day.isoformat()}


def _receipt(store: Store, cubes: Cubes, refresher: Refresher, rules: Rules, engine: Engine, figures: RolledUp) -> Json:
    """Everything that computing the figures again needs."""
    return {
        "engine": engine.name,
        "scheme": rules.scheme,
        "known_on": rules.known_on.isoformat(),
        "until": refresher.until,
        "readings": store.manifest.digest(),
        "register": refresher.register,
        "fills": FillBook.open(store.root).digest(),
        "packs": dict(rules.packs.hashes),
        "entries": list(figures.used),
        "lists": rules.beside.digest(),
        "months": sorted(cubes.months),
    }
