"""From a figure down to readings: what a source of readings holds, by meter and day, and the registers of one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tanheng.kernel.fact.sources import READINGS
from tanheng.kernel.faults import Refusal
from tanheng.metering.cubes import Cubes
from tanheng.metering.definition import QUALITIES
from tanheng.metering.dimensions import Dimensions
from tanheng.metering.engine import Engine
from tanheng.metering.rollup import as_rows
from tanheng.metering.shapes import DAY_S, month_of
from tanheng.metering.still_hours import StillHours
from tanheng.metering.store import Store

Json = dict[str, Any]
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class ReadingsRef:
    """A reference to readings: some meters, the days from `start` up to `end`, and the digest they stood under."""

    meters: tuple[str, ...]
    start: date
    end: date
    digest: str

    @staticmethod
    def parse(text: str) -> ReadingsRef:
        """Reads readings:<meter>+<meter>/<from>/<to>@<digest>.

        Refuses  readings-reference-unreadable.
        """
        try:
            place, digest = text.removeprefix(READINGS).rsplit("@", 1)
            meters, start, end = place.rsplit("/", 2)
            return ReadingsRef(tuple(meters.split("+")), date.fromisoformat(start), date.fromisoformat(end), digest)
        except ValueError as error:
            raise Refusal("readings-reference-unreadable", text=text) from error

    def of(self, meter: str, start: date, end: date) -> str:
        """The reference to a part of it."""
        return f"{READINGS}{meter}/{start}/{end}@{self.digest}"


def explain_readings(
    engine: Engine, store: Store, cubes: Cubes, still: StillHours, dimensions: Dimensions, text: str
) -> Json:
    """What a reference holds.

    Gives    `value` in steps of the grid and `parts` that add up to it exactly: of several meters the meters, of
             several days the days, of one day its hours and `readings`, every one that the day rests on with its file.
             `as_then`: whether the readings of the store are still those that the reference names.
    Refuses  readings-reference-unreadable; unit-not-metered: a meter that the register does not have.
    """
    ref = ReadingsRef.parse(text)
    numbers = {name: number for number, name in dimensions.meters.items()}
    for meter in ref.meters:
        if meter not in numbers:
            raise Refusal("unit-not-metered", unit=meter, nearest=", ".join(list(numbers)[:3]))
    days = _days(engine, cubes, still, [numbers[meter] for meter in ref.meters], ref)
    known = [day["energy"] for day in days if day["energy"] is not None]
    told: Json = {
        "ref": text,
        "value": sum(known) if known else None,
        "missing": sum(day["missing"] for day in days),
        "still_hours": sum(day["still_hours"] for day in days),
        **{name: sum(day[name] for day in days if day[name] is not None) for name in QUALITIES},
        "parts": _parts(ref, days, dimensions),
        "as_then": store.manifest.digest().startswith(ref.digest),
    }
    return told | (_one_day(engine, store, numbers[ref.meters[0]], days) if _single(ref) else {})


def _single(ref: ReadingsRef) -> bool:
    return len(ref.meters) == 1 and ref.end - ref.start == timedelta(days=1)


def _days(engine: Engine, cubes: Cubes, still: StillHours, meters: list[int], ref: ReadingsRef) -> list[Json]:
    first, last = ((day - _EPOCH).days for day in (ref.start, ref.end))
    chosen = f"c.meter in ({', '.join(map(str, meters))}) and c.day >= {first} and c.day < {last}"
    stood = "case when k.meter is null then 0 else k.still_hours end as still_hours"
    beside = f"left join {still.relation(engine)} as k on k.meter = c.meter and k.day = c.day"
    rows = f"select c.*, {stood} from {cubes.relation(engine)} as c {beside} where {chosen}"
    return as_rows(engine.columns(f"{rows} order by c.meter, c.day"))


def _parts(ref: ReadingsRef, days: list[Json], dimensions: Dimensions) -> list[Json]:
    """The next smaller figures of a reference: meters, days or hours."""
    if len(ref.meters) > 1:
        by_meter: dict[str, list[int]] = {meter: [] for meter in ref.meters}
        for day in days:
            if day["energy"] is not None:
                by_meter[dimensions.meters[day["meter"]]].append(day["energy"])
        return [
            {"meter": meter, "value": sum(each) if each else None, "ref": ref.of(meter, ref.start, ref.end)}
            for meter, each in by_meter.items()
        ]
    if not _single(ref):
        return [_day_part(ref, day) for day in days]
    return [{"hour": hour, "value": day[f"h{hour}"]} for day in days for hour in range(24)]


def _day_part(ref: ReadingsRef, day: Mapping[str, Any]) -> Json:
    start = _EPOCH + timedelta(days=day["day"])
    told = {name: day[name] for name in ("missing", "still_hours")}
    told = {"day": start.isoformat(), "value": day["energy"], **told}
    return told | {"ref": ref.of(ref.meters[0], start, start + timedelta(days=1))}


def _one_day(engine: Engine, store: Store, meter: int, days: list[Json]) -> Json:
    """The readings that one day of one meter rests on, from the 00:00 it begins with, and whether they were plain."""
    if not days:
        return {"readings": []}
    offset = store.manifest.offset_s
    start = days[0]["day"] * DAY_S - offset
    rows: list[Json] = []
    for month in sorted({month_of(max(start, 1), offset), month_of(start + DAY_S, offset)} & set(store.months())):
        rows += as_rows(
            engine.columns(
                f'select r."at" as read_at, r.value, r.flag, r.seq from {store.relation(month)} as r '
                f'where r.meter = {meter} and r."at" >= {start} and r."at" <= {start + DAY_S} order by 1'
            )
        )
    files = {part.path: part.sha256 for month in store.months() for part in store.manifest.of_month(month)}
    near = [path for path in files if days[0]["month"] == int(path[6:13].replace("-", ""))]
    plain = days[0]["closing"] is not None
    return {"readings": rows, "plain": plain, "files": [{"path": path, "sha256": files[path]} for path in near]}
