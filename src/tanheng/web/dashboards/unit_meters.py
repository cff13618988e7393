"""The meters of a unit, its load by day and hour, and the readings that a figure rests on, as pages show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import numpy as np
from django.urls import reverse
from django.utils.translation import gettext

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import read_date
from tanheng.metering import Meter
from tanheng.metering.hourly_report import Hours
from tanheng.web.dashboards.meters_at_hand import MetersAtHand, checked_reference, meters_at_hand
from tanheng.web.dashboards.unit_register import Registered, unit_in_reach
from tanheng.web.directory.scope import Scope
from tanheng.web.results.selectors import Choice
from tanheng.web.ui.charts import Dot, LineChart, Series
from tanheng.web.ui.figure import Figure, Standing
from tanheng.web.ui.words import language, said, unit_words

Json = dict[str, Any]
_EPOCH = date(1970, 1, 1)
_MONTHS = 24
_PREFIX = "facility/"
_HOUR_S = 3600


@dataclass(frozen=True)
class MeterLine:
    """A meter of a unit: what it measures, since when, how much of the last month came, and when it was last read."""

    meter: str
    label: str
    carrier: str
    place: str
    since: date
    until: date | None
    month: str
    completeness: str
    last_day: date | None
    marks: Sequence[str]
    href: str


@dataclass(frozen=True)
class HoursPage:
    """A unit or one meter of it by day of a month, or by hour of a day."""

    unit: str
    label: str
    meter: str
    month: str
    day: str
    months: Sequence[Choice]
    meters: Sequence[Choice]
    charts: Sequence[LineChart]
    odd_days: Sequence[tuple[str, str]]
    back: str
    readings_href: str


@dataclass(frozen=True)
class ReadingsPage:
    """What a reference to readings holds, one level further down."""

    reference: str
    meters: str
    label: str
    total: Figure
    missing: int
    as_then: bool
    parts: Sequence[tuple[str, Figure]]
    readings: Sequence[tuple[str, str, str]]
    files: Sequence[tuple[str, str]]


def meters_of(unit: Registered, scope: Scope) -> Sequence[MeterLine]:
    """The meters registered for a unit, those that stand there still first; none where the site has no readings."""
    with meters_at_hand() as at_hand:
        if at_hand is None:
            return []
        stays = at_hand.known.of_unit(unit.id)
        sums = at_hand.sums_of([stay.number for stay in stays if stay.number is not None])
        lines = [_line(at_hand, unit, stay, sums.get(stay.number or 0, {}), scope) for stay in stays]
    return sorted(lines, key=lambda line: (line.until is not None, line.carrier, line.meter))


def _line(at_hand: MetersAtHand, unit: Registered, stay: Meter, sums: Mapping[str, Any], scope: Scope) -> MeterLine:
    day = sums.get("day")
    return MeterLine(
        meter=stay.meter,
        label=stay.label,
        carrier=_carrier(at_hand, stay.carrier),
        place=stay.usage or (gettext("gateway") if stay.level == 1 else gettext("sub-meter")),
        since=stay.start,
        until=stay.end,
        month=sums["month"] if "due" in sums else "",
        completeness=_completeness(sums),
        last_day=None if day is None else _EPOCH + timedelta(days=day),
        marks=_marks(sums),
        href=hours_href(unit.id, meter=stay.meter) if at_hand.opens(stay.meter, scope) else "",
    )


def _completeness(sums: Mapping[str, Any]) -> str:
    """The share of the intervals due that are known, in per cent; empty where none was due."""
    if not sums.get("due"):
        return ""
    return f"{Decimal(100) * (sums['due'] - sums['missing']) / sums['due']:.1f}"


def _marks(sums: Mapping[str, Any]) -> Sequence[str]:
    """What was found about the last month: intervals missing, energy that was spread, filled, or is suspect."""
    words = {
        "missing": gettext("intervals missing"),
        "spread": gettext("energy spread over a gap"),
        "filled": gettext("energy filled"),
        "suspect": gettext("energy that is suspect"),
    }
    return [text for name, text in words.items() if sums.get(name)]


def hours_href(unit: str, **asked: str) -> str:
    """The page of the load of a unit."""
    query = urlencode({name: value for name, value in asked.items() if value})
    return reverse("unit-hours", args=[unit.removeprefix(_PREFIX)]) + (f"?{query}" if query else "")


def hours_page(id: str, meter: str, month: str, day: str, scope: Scope) -> HoursPage:
    """The load of a unit, or of one of its meters: the days of a month (default: the last rolled up), or the hours of
    a day.

    Refuses  nothing-of-that-name: no such unit, meter or month, or out of reach, in the same words; date-unreadable.
    """
    unit = unit_in_reach(scope, id)
    with meters_at_hand() as at_hand:
        if at_hand is None:
            raise Refusal("nothing-of-that-name", subject=id)
        months = sorted(at_hand.cubes.months)[-_MONTHS:]
        chosen = (day and read_date(day).isoformat()[:7]) or month or (months[-1] if months else "")
        _check(at_hand, unit, meter, chosen, scope)
        series = at_hand.hours_of(meter or unit.id, chosen, scope.day)
        shown = _Load(at_hand, unit, meter, chosen, day)
        stays = {stay.meter: stay for stay in at_hand.known.of_unit(unit.id)}
        return HoursPage(
            unit=unit.id,
            label=said(unit.facility.label),
            meter=meter,
            month=chosen,
            day=day,
            months=[Choice(each, hours_href(unit.id, meter=meter, month=each), each == chosen) for each in months],
            meters=[
                Choice(gettext("the whole unit"), hours_href(unit.id, month=chosen), not meter),
                *(Choice(each, hours_href(unit.id, meter=each, month=chosen), each == meter)
                  for each in stays if at_hand.opens(each, scope)),
            ],
            charts=[shown.chart(each) for each in series],
            odd_days=[] if day else [each for hours in series for each in shown.odd_days(hours)],
            back=hours_href(unit.id, meter=meter, month=chosen),
            readings_href=_readings_behind(at_hand, meter, day),
        )  # fmt: skip


def _readings_behind(at_hand: MetersAtHand, meter: str, day: str) -> str:
    """The single readings of a day of one meter; empty where no such day is asked for."""
    virtual = {stay.meter for stay in at_hand.known.stays if stay.kind == "virtual"}
    if not day or not meter or meter in virtual:
        return ""
    after = read_date(day) + timedelta(days=1)
    return readings_href(f"{meter}/{day}/{after}@{at_hand.store.manifest.digest()[:12]}")


def _check(at_hand: MetersAtHand, unit: Registered, meter: str, month: str, scope: Scope) -> None:
    of_unit = {stay.meter for stay in at_hand.known.of_unit(unit.id)}
    known = bool(of_unit) and (not meter or (meter in of_unit and at_hand.opens(meter, scope)))
    if not known or month not in at_hand.cubes.months:
        raise Refusal("nothing-of-that-name", subject=f"{meter or unit.id} {month}".strip())


@dataclass(frozen=True)
class _Load:
    """Draws the hours of a month: by day, or those of one day."""

    at_hand: MetersAtHand
    unit: Registered
    meter: str
    month: str
    day: str

    def chart(self, hours: Hours) -> LineChart:
        """A carrier: a gap in the line, and no zero, where nothing is known."""
        shown, steps = _unit_shown(self.at_hand, hours.carrier)
        places, values = self._of_day(hours) if self.day else self._of_month(hours)
        dots = [
            self._dot(place, value, gaps, shown, steps) for place, (value, gaps) in zip(places, values, strict=True)
        ]
        carrier = _carrier(self.at_hand, hours.carrier)
        words = gettext("by hour") if self.day else gettext("by day")
        title = f"{carrier} {self.day or self.month} {words}"
        drawn = [Series(carrier, "actual", dots)]
        return LineChart(f"load-{hours.carrier}", title, shown, places, drawn, "line" if self.day else "bar")

    def _of_month(self, hours: Hours) -> tuple[Sequence[str], Sequence[tuple[int | None, int]]]:
        days = [(_EPOCH + timedelta(days=each)).isoformat() for each in hours.day.tolist()]
        energy = np.ma.reshape(hours.energy, (len(days), 24))
        return days, [(_sum(row), int(missing)) for row, missing in zip(energy, hours.missing.tolist(), strict=True)]

    def _of_day(self, hours: Hours) -> tuple[Sequence[str], Sequence[tuple[int | None, int]]]:
        days = [(_EPOCH + timedelta(days=each)).isoformat() for each in hours.day.tolist()]
        if self.day not in days:
            return [], []
        row = np.ma.reshape(hours.energy, (len(days), 24))[days.index(self.day)]
        return [f"{hour:02}:00–{hour + 1:02}:00" for hour in range(24)], [(value, 0) for value in row.tolist()]

    def _dot(self, place: str, value: int | None, gaps: int, unit: str, steps: int) -> Dot:
        href = "" if self.day else hours_href(self.unit.id, meter=self.meter, day=place)
        period = f"{self.day} {place}" if self.day else place
        figure = shown_figure(value, unit, steps, period, href or self._here, gaps=gaps)
        return Dot(None if value is None else Decimal(value) / steps, figure)

    @property
    def _here(self) -> str:
        return hours_href(self.unit.id, meter=self.meter, day=self.day)

    def odd_days(self, hours: Hours) -> Sequence[tuple[str, str]]:
        """The days that are not measured in full, with what is known of them less well."""
        words = {
            "missing": gettext("intervals missing"),
            "still_hours": gettext("hours without use that are suspect"),
            "spread": gettext("energy spread over a gap"),
            "filled": gettext("energy filled"),
            "suspect": gettext("energy that is suspect"),
        }
        return [
            (str(row["period"]), "; ".join(text for name, text in words.items() if row[name]))
            for row in hours.days_not_plain()
        ]


def readings_page(reference: str, scope: Scope) -> ReadingsPage:
    """What a reference to readings holds: meters, days, hours, and the single readings of one day of one meter.

    Refuses  readings-reference-unreadable; nothing-of-that-name: there is no such meter, or it is out of reach.
    """
    text = reference if reference.startswith("readings:") else f"readings:{reference}"
    with meters_at_hand() as at_hand:
        asked = checked_reference(at_hand, text, scope)
        assert at_hand is not None
        told = at_hand.explained(text)
        stays = [stay for stay in at_hand.known.stays if stay.meter in asked.meters]
        unit, steps = _unit_shown(at_hand, stays[0].carrier)
        last = asked.end - timedelta(days=1)
        period = str(last) if asked.start == last else f"{asked.start} – {last}"
        here = readings_href(text)
        return ReadingsPage(
            reference=text,
            meters=", ".join(asked.meters),
            label=period,
            total=shown_figure(told["value"], unit, steps, period, here, gaps=told["missing"]),
            missing=told["missing"],
            as_then=told["as_then"],
            parts=[_part(part, unit, steps, here) for part in told["parts"]],
            readings=[_reading(row, stays[0], at_hand.store.manifest.offset_s) for row in told.get("readings", [])],
            files=[(item["path"], item["sha256"]) for item in told.get("files", [])],
        )


def readings_href(reference: str) -> str:
    """The page of a reference to readings."""
    return reverse("readings", args=[reference.removeprefix("readings:")])


def _part(part: Json, unit: str, steps: int, here: str) -> tuple[str, Figure]:
    hour = f"{part['hour']:02}:00–{part['hour'] + 1:02}:00" if "hour" in part else ""
    name = str(part.get("meter") or part.get("day") or hour)
    href = readings_href(part["ref"]) if "ref" in part else here
    return name, shown_figure(part["value"], unit, steps, name, href, gaps=part["missing"] if "missing" in part else 0)


def _reading(row: Json, stay: Meter, offset_s: int) -> tuple[str, str, str]:
    """A single reading: when, what the register stood at, and whether it was flagged."""
    at = datetime.fromtimestamp(row["read_at"] + offset_s, UTC)
    value = Decimal(row["value"]).scaleb(-stay.decimals)
    return (
        f"{at:%Y-%m-%d %H:%M}",
        f"{value:,f} {unit_words(stay.value_unit)}",
        gettext("flagged") if row["flag"] else "",
    )


def shown_figure(value: int | None, unit: str, steps: int, period: str, href: str, *, gaps: int) -> Figure:
    """An amount of steps in the unit that people read, with what is missing said beside it."""
    text = None if value is None else f"{Decimal(value) / steps:,.3f}"
    whole = Standing.INCOMPLETE if gaps else Standing.COMPLETE
    return Figure(text, unit, period, Standing.MISSING if value is None else whole, href, gaps=gaps)


def _unit_shown(at_hand: MetersAtHand, carrier: str) -> tuple[str, int]:
    """The unit in which the meters of a carrier state amounts, and how many steps of the grid it has."""
    stay = next(stay for stay in at_hand.known.stays if stay.carrier == carrier and stay.kind != "virtual")
    return stay.value_unit, at_hand.known.steps_in(stay.value_unit)[1]


def _carrier(at_hand: MetersAtHand, id: str) -> str:
    known = at_hand.packs.carriers
    return known[id].label[language()] if id in known else id


def _sum(hours: Any) -> int | None:
    return int(hours.sum()) if np.ma.count(hours) else None
