"""The suspect hours without use of a store: a result beside the daily cube, made again from where the cube changed.

home/readings/results/still.json       which file, and the cubes it was made from
                      still-*.parquet  meter, day, month, still_hours, hours (a bit for each hour)
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from tanheng.kernel.faults import Finding, Severity
from tanheng.kernel.pack.metering_quality import MeteringQuality
from tanheng.metering.cubes import Cubes
from tanheng.metering.definition import HOURS
from tanheng.metering.dimensions import Dimensions
from tanheng.metering.engine import Columns, Engine
from tanheng.metering.shapes import month_day
from tanheng.metering.stillness import LOOK_BACK, Kinds, suspect_hours
from tanheng.store.atomic import write_bytes

STILL: Final = ("meter", "day", "month", "still_hours", "hours")
_FILE = "still.json"
_SHAPE = "still_hours/1"
_WEEK: Final = 7
_LONGEST_MONTH: Final = 31
_EXAMPLES: Final = 3
_NONE = "(select " + ", ".join(f"cast(null as bigint) as {name}" for name in STILL) + " where false)"


@dataclass(frozen=True)
class StillHours:
    """Where the suspect hours stand, by which limits they were judged, and the digests of the cubes by month."""

    root: Path
    file: str | None
    limits: str
    cubes: Mapping[str, str]

    @staticmethod
    def of(cubes: Cubes) -> StillHours:
        """What is kept beside cubes; nothing where none was judged."""
        try:
            kept = json.loads((cubes.root / _FILE).read_text("utf-8"))
        except FileNotFoundError:
            return StillHours(cubes.root, None, "", {})
        if kept["shape"] != _SHAPE or not (cubes.root / kept["file"]).exists():
            return StillHours(cubes.root, None, "", {})
        return StillHours(cubes.root, kept["file"], kept["limits"], kept["cubes"])

    def relation(self, engine: Engine) -> str:
        """The rows as a relation to stand behind FROM."""
        return _NONE if self.file is None else engine.files([self.root / self.file])

    def made_from(self, cubes: Cubes) -> bool:
        """Whether these were judged by cubes as they are."""
        return self.cubes == {month: kept.sha256 for month, kept in cubes.months.items()}

    def judged(
        self,
        engine: Engine,
        cubes: Cubes,
        dimensions: Dimensions,
        limits: MeteringQuality,
        changed_from: int | None = None,
    ) -> StillHours:
        """The same for cubes as they are now.

        Reads    changed_from: the first day that is another one than before, where that is known.

        What changed in a month can change what is said of it, of the month before and of all after: hours are held
        against those before them, and a stop that began at the end of a month is told in the next.
        """
        digest = hashlib.sha256(f"{limits.model_dump_json()}{_steps(dimensions)}".encode()).hexdigest()
        now = {month: kept.sha256 for month, kept in sorted(cubes.months.items())}
        if not now:
            return StillHours(self.root, None, "", {})
        if (self.limits, self.cubes) == (digest, now) and self.file is not None:
            return self
        same = self.cubes if self.limits == digest else {}
        differing = sorted({month for month, _ in set(now.items()) ^ set(same.items())})
        before = [month for month in now if month < differing[0]]
        first = month_day(before[-1] if before else min(now))
        if changed_from is not None and self.limits == digest:
            first = max(first, changed_from - LOOK_BACK)
        known = self if self.limits == digest else StillHours(self.root, None, "", {})
        rows = _Judging(engine, cubes, known, dimensions, limits).rows(first)
        return self._written(engine, known, first, rows, digest, now)

    def _written(
        self, engine: Engine, known: StillHours, first: int, rows: Columns, limits: str, cubes: Mapping[str, str]
    ) -> StillHours:
        engine.put("still_found", rows)
        names, path = ", ".join(STILL), self.root / f"still-{secrets.token_hex(4)}.parquet"
        older = f"select {names} from {known.relation(engine)} as k where day < {first}"
        engine.write(f"select {names} from still_found union all {older} order by meter, day", path)
        told = {"shape": _SHAPE, "file": path.name, "limits": limits, "cubes": dict(cubes)}
        write_bytes(self.root / _FILE, json.dumps(told, indent=1).encode())
        if self.file is not None:
            (self.root / self.file).unlink(missing_ok=True)
        return StillHours(self.root, path.name, limits, cubes)


@dataclass(frozen=True)
class _Judging:
    """The judgement of the days from one on."""

    engine: Engine
    cubes: Cubes
    known: StillHours
    dimensions: Dimensions
    limits: MeteringQuality

    def rows(self, day: int) -> Columns:
        """The suspect hours by meter and day, from a day on.

        Only meters that rest in hours in which they moved a week ago are looked at, and those that already stood.
        """
        beside, low = day - _WEEK - 1, day - 2 * LOOK_BACK - _WEEK - 1
        months = tuple(month for month in self.cubes.months if month_day(month) + _LONGEST_MONTH > beside)
        self.engine.keep("still_masks", _masks(self.cubes.relation(self.engine, months), beside))
        self.engine.keep("still_asked", _asked(self.known.relation(self.engine), day))
        hours = ", ".join(f"c.{hour}" for hour in HOURS)
        found = self.engine.columns(
            f"select c.meter, c.day, c.month, a.stood, {hours} from {self.cubes.relation(self.engine)} as c "
            f"join still_asked as a on a.meter = c.meter where a.stood = 1 or c.day >= {low} order by c.meter, c.day"
        )
        return self._told(found, day)

    def _told(self, found: Columns, first: int) -> Columns:
        meter, day = (np.ma.getdata(found[name]).astype(np.int64) for name in ("meter", "day"))
        hours = np.ma.column_stack([found[hour] for hour in HOURS]) if len(meter) else np.ma.zeros((0, len(HOURS)))
        steps, marks = dict(_steps(self.dimensions)), np.zeros(hours.shape, dtype=bool)
        starts = np.flatnonzero(np.diff(meter, prepend=-1))
        kinds = Kinds.of(int(day.min()), int(day.max()), self.limits) if len(day) else Kinds(first, day)
        for low, high in zip(starts, np.append(starts, len(meter))[1:], strict=True):
            # a stop that began long ago is of a meter that stood when the last month was judged
            since = 0 if found["stood"][low] else first - LOOK_BACK - _WEEK
            of_meter = day[low:high], hours[low:high]
            marks[low:high] = suspect_hours(*of_meter, kinds, self.limits, steps[int(meter[low])], since)
        chosen = marks.any(axis=1) & (day >= first)
        bits = (marks[chosen] * (1 << np.arange(len(HOURS), dtype=np.int64))).sum(axis=1)
        month = np.ma.getdata(found["month"]).astype(np.int64)
        columns: Sequence[Any] = (meter[chosen], day[chosen], month[chosen], marks[chosen].sum(axis=1), bits)
        return {name: np.asarray(column, dtype=np.int64) for name, column in zip(STILL, columns, strict=True)}


def stood_still(engine: Engine, still: StillHours, names: Mapping[int, str]) -> tuple[Mapping[str, int], list[Finding]]:
    """How many meters have suspect hours without use and how many hours these are; a finding where there are any."""
    rows = engine.columns(
        f"select k.meter, cast(sum(k.still_hours) as bigint) as hours from {still.relation(engine)} as k "
        "group by k.meter order by 2 desc, 1"
    )
    meters, hours = rows["meter"].tolist(), int(np.sum(rows["hours"])) if len(rows["meter"]) else 0
    stood = {"meters": len(meters), "hours": hours}
    if not meters:
        return stood, []
    fields = {**stood, "examples": ", ".join(names[number] for number in meters[:_EXAMPLES])}
    return stood, [Finding("meters-stood-still", "readings", fields, Severity.WARNING)]


def _steps(dimensions: Dimensions) -> list[tuple[int, int]]:
    """What a step of each meter is worth on its grid, at least one step of that."""
    stays = dimensions.stays
    worth = np.maximum(stays["num"] // stays["den"], 1)
    return list(dict(zip(stays["meter"].tolist(), worth.tolist(), strict=True)).items())


def _masks(cube: str, low: int) -> str:
    """By meter and day a bit for each hour that brought nothing, and for each that brought something."""
    bits = [
        " + ".join(f"case when c.h{hour} {sign} 0 then {1 << hour} else 0 end" for hour in range(len(HOURS)))
        for sign in ("=", ">")
    ]
    return f"select c.meter, c.day, {bits[0]} as rested, {bits[1]} as moved from {cube} as c where c.day >= {low}"


def _asked(known: str, first: int) -> str:
    """The meters to be looked at; `stood`: 1 for those that stood just before."""
    return f"""
select meter, max(stood) as stood from (
  select z.meter, 0 as stood from still_masks as z
  left join still_masks as w on w.meter = z.meter and w.day = z.day - {_WEEK}
  left join still_masks as e on e.meter = z.meter and e.day = z.day - 1
  where z.day >= {first} and z.rested > 0
    and bit_count(z.rested & case when w.meter is null then e.moved else w.moved end) > 1
  union all select k.meter, 1 as stood from {known} as k where k.day < {first} and k.day >= {first - _WEEK}
) as q group by meter"""
