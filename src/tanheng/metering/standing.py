"""How the meters of a site stand over some days: complete, silent, standing still, in calibration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

from tanheng.kernel.faults import Finding, Severity
from tanheng.kernel.pack.metering_quality import MeteringQuality
from tanheng.metering.definition import HOURS
from tanheng.metering.engine import Engine
from tanheng.metering.events import Named, rows_of
from tanheng.metering.register import Meter
from tanheng.metering.repairing import repair_by
from tanheng.metering.shapes import DAY_S

_EPOCH: Final = date(1970, 1, 1)
_WHOLE_DAY: Final = 24
# A stop goes on where its hours lie no further apart: what is usual at the weekend is not suspect within it.
_APART_DAYS: Final = 3
_SUMS: Final = ("energy", "measured", "spread", "filled", "suspect")


@dataclass(frozen=True)
class Standing:
    """What is due and known of one meter. Energies are whole steps of its grid; None: nothing is known.

    `known_until` is the second at which the last hour ends of which anything is known.
    """

    meter: str
    unit: str
    carrier: str
    step: str
    due: int
    seen: int
    missing: int
    energy: int | None
    measured: int | None
    spread: int | None
    filled: int | None
    suspect: int | None
    known_until: int | None

    @property
    def completeness(self) -> Decimal | None:
        """The share of due intervals that were read; None where nothing was due."""
        return Decimal(self.seen) / self.due if self.due else None


def standings(engine: Engine, cube: str, meters: Mapping[int, Meter], named: Named) -> list[Standing]:
    """The standing of every meter of which anything was due.

    Reads    cube: a relation with the columns of definition.CUBE, cut to the days that are judged.
    """
    last = " ".join(f"when c.h{hour} is not null then {hour + 1}" for hour in reversed(range(len(HOURS))))
    sql = f"""
select meter, sum(due) as due, sum(seen) as seen, sum(missing) as missing, sum(energy) as energy,
  sum(measured) as measured, sum(spread) as spread, sum(filled) as filled, sum(suspect) as suspect,
  max(case when c.energy is not null then c.day * 24 + case {last} end end) as known
from {cube} as c group by meter order by meter"""
    return [_standing(row, meters, named) for row in rows_of(engine.columns(sql)) if int(row["meter"]) in meters]


def _standing(row: Mapping[str, Any], meters: Mapping[int, Meter], named: Named) -> Standing:
    number = int(row["meter"])
    stay = meters[number]
    due, seen, missing = (int(row[name]) for name in ("due", "seen", "missing"))
    energy, measured, spread, filled, suspect = (None if row[name] is None else int(row[name]) for name in _SUMS)
    known = None if row["known"] is None else int(row["known"]) * 3600 - named.offset_s
    counts, energies = (due, seen, missing), (energy, measured, spread, filled, suspect)
    return Standing(stay.meter, stay.unit, stay.carrier, named.steps[number], *counts, *energies, known)


def completeness_findings(all_of: Iterable[Standing], limits: MeteringQuality, period: str) -> list[Finding]:
    """Meters of which less was read than the limit asks."""
    least = limits.limit("completeness_least")
    return [
        Finding(
            "meter-incomplete",
            f"{one.meter}/{period}",
            {"meter": one.meter, "share": _percent(one.completeness), "least": _percent(least), "due": one.due},
            Severity.WARNING,
        )
        for one in all_of
        if one.completeness is not None and one.completeness < least
    ]


def silence_findings(
    all_of: Iterable[Standing], limits: MeteringQuality, named: Named, span: tuple[int, int]
) -> list[Finding]:
    """Meters of which nothing is known at the end of the span, since when, and by when that must be mended."""
    longest, found = limits.whole("silent_hours") * 3600, []
    for one in all_of:
        since = span[0] if one.known_until is None else one.known_until
        if one.missing and span[1] - since >= longest:
            began = _EPOCH + timedelta(days=(since + named.offset_s) // DAY_S)
            fields = {
                "meter": one.meter,
                "since": named.time(since),
                "hours": (span[1] - since) // 3600,
                "repair_by": repair_by(began, limits),
            }
            place = f"{one.meter}/{named.time(since)}/{named.time(span[1])}"
            found.append(Finding("meter-silent", place, fields, Severity.WARNING))
    return found


def sameness_findings(engine: Engine, cube: str, named: Named, limits: MeteringQuality) -> list[Finding]:
    """Meters that sent the same amount in every hour of whole days once, and on no other day."""
    same = " and ".join(f"c.h{hour} = c.h0" for hour in range(1, len(HOURS)))
    sql = f"""
select c.meter, c.day from {cube} as c join (select distinct meter from points where kind = 1) as p on p.meter = c.meter
where c.seen = c.due and c.h0 > 0 and {same} order by c.meter, c.day"""
    found = []
    rows = [(int(row["meter"]), int(row["day"])) for row in rows_of(engine.columns(sql))]
    for meter, several in groupby(rows, key=lambda row: row[0]):
        days = [day for _, day in several]
        if days[-1] - days[0] == len(days) - 1:
            found.append(_same(meter, days, named, limits))
    return found


def _same(meter: int, days: list[int], named: Named, limits: MeteringQuality) -> Finding:
    start, end = days[0] * DAY_S - named.offset_s, (days[-1] + 1) * DAY_S - named.offset_s
    began = _EPOCH + timedelta(days=days[0])
    fields = {"meter": named.meters[meter], "days": len(days), "repair_by": repair_by(began, limits)}
    return Finding("meter-stood-still", named.place(meter, start, end), fields, Severity.WARNING)


def stillness_findings(
    engine: Engine, still: str, named: Named, limits: MeteringQuality, days: tuple[int, int]
) -> list[Finding]:
    """Meters without use in hours that usually have some: perhaps stuck, perhaps switched off.

    Reads    still: a relation with the columns of still_hours.STILL. days: the first, and the one after the last.
             Hours of days that follow one another, or lie a weekend apart, are one stop.
    """
    rows = rows_of(
        engine.columns(
            f"select k.meter, k.day, k.hours from {still} as k where k.day >= {days[0]} and k.day < {days[1]} "
            "order by k.meter, k.day"
        )
    )
    stops: list[tuple[int, list[int]]] = []
    for row in rows:
        meter, day, bits = (int(row[name]) for name in ("meter", "day", "hours"))
        hours = [day * _WHOLE_DAY + hour for hour in range(_WHOLE_DAY) if bits >> hour & 1]
        if stops and stops[-1][0] == meter and hours[0] - stops[-1][1][-1] <= _APART_DAYS * _WHOLE_DAY:
            stops[-1][1].extend(hours)
        else:
            stops.append((meter, hours))
    return [_stop(meter, hours, named, limits) for meter, hours in stops]


def _stop(meter: int, hours: list[int], named: Named, limits: MeteringQuality) -> Finding:
    start, end = hours[0] * 3600 - named.offset_s, (hours[-1] + 1) * 3600 - named.offset_s
    fields = {
        "meter": named.meters[meter],
        "start": named.time(start),
        "end": named.time(end),
        "hours": len(hours),
        "repair_by": repair_by(_EPOCH + timedelta(days=hours[0] // _WHOLE_DAY), limits),
    }
    return Finding("meter-stood-still-hours", named.place(meter, start, end), fields, Severity.WARNING)


def calibration_findings(stays: Iterable[Meter], on: date) -> list[Finding]:
    """Meters whose calibration has ended by a day, or of which the register does not say until when it holds."""
    found = []
    for stay in stays:
        if stay.kind == "virtual" or (stay.end is not None and stay.end <= on) or stay.start > on:
            continue
        if stay.calibrated_until is None:
            found.append(Finding("meter-calibration-unknown", stay.meter, {"meter": stay.meter}, Severity.NOTE))
        elif stay.calibrated_until < on:
            fields = {"meter": stay.meter, "until": stay.calibrated_until}
            found.append(Finding("meter-calibration-ended", stay.meter, fields, Severity.WARNING))
    return found


def _percent(share: Decimal | None) -> str:
    return "-" if share is None else f"{share * 100:.1f} %"
