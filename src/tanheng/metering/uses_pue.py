"""Power usage effectiveness of data centres from their meters, month by month and year by year, and what it means.

PUE = electricity of the centre / electricity of its information technology, over the hours in which both are known

Total: the gateway meters of the unit. Information technology: its meters whose `usage` says so; one that stands below
another of them, or in the formula of one, is not counted again. Both are whole steps: the ratio is exact.

Source   limits and the closing rule: `data_centre_rules` of a pack, each with its clause and how sure it is.
Leaves out  energy other than electricity, which is named; a correction for climate.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from tanheng.kernel.faults import Finding, Refusal, Severity
from tanheng.kernel.pack.metering_uses import CentreLimit, DataCentreRules, MeteringUses
from tanheng.kernel.period import Period, read_date
from tanheng.metering.dimensions import GATEWAY_LEVEL
from tanheng.metering.register import Meter
from tanheng.metering.uses_hours import HourTable, UseHours, decimal_of
from tanheng.metering.virtual import parsed

Json = dict[str, Any]
ELECTRICITY: Final = "electricity"
_PLACES: Final = 3
_COLUMNS: Final = ("unit", "kind", "racks", "in_service")


@dataclass(frozen=True)
class Centre:
    """What is known of a data centre beside its meters; None where it is not."""

    kind: str | None = None
    racks: int | None = None
    in_service: date | None = None


@dataclass(frozen=True)
class Pue:
    """The PUE of one period: `hours` are known on both sides, of those `due`, of those `in_period`.

    `ratio` is None where too few hours are known (`gap`) or the technology took more than the total (`contradicts`).
    """

    period: str
    hours: int
    due: int
    in_period: int
    total: int
    it: int
    not_measured: int
    least: Decimal

    @property
    def coverage(self) -> Fraction:
        """The share of the hours of the period that is known on both sides."""
        return Fraction(self.hours, self.in_period)

    @property
    def gap(self) -> bool:
        """Whether too few hours are known, or the technology took nothing in them."""
        return self.coverage < Fraction(self.least) or self.it == 0

    @property
    def contradicts(self) -> bool:
        """Whether the technology took more than the whole centre."""
        return not self.gap and self.it > self.total

    @property
    def ratio(self) -> Fraction | None:
        """The PUE itself, exact."""
        return None if self.gap or self.contradicts else Fraction(self.total, self.it)

    def as_json(self) -> Json:
        """For people and programs: energies in steps of the grid, the ratio half up to three places."""
        ratio = None if self.ratio is None else str(decimal_of(self.ratio, _PLACES))
        named = {name: getattr(self, name) for name in ("period", "hours", "due", "in_period", "total", "it")}
        return {**named, "not_measured": self.not_measured, "coverage": str(decimal_of(self.coverage, 4)), "pue": ratio}


@dataclass(frozen=True)
class CentrePue:
    """A data centre: its months, its calendar years (or the part of one that was asked for), and what is found.

    `within` and `closing` are of the last whole year with a PUE; None where that cannot be told.
    """

    centre: str
    step: str
    months: Sequence[Pue]
    years: Sequence[Pue]
    judged: str | None
    within: bool | None
    closing: bool | None
    findings: Sequence[Finding]

    def as_json(self) -> Json:
        """The centre as one object."""
        told = {name: getattr(self, name) for name in ("centre", "step", "judged", "within", "closing")}
        periods = {name: [each.as_json() for each in getattr(self, name)] for name in ("months", "years")}
        return {**told, **periods, "findings": [finding.as_json() for finding in self.findings]}


def pue_of(
    hours: UseHours, period: Period, uses: MeteringUses, rules: DataCentreRules | None, about: Mapping[str, Centre]
) -> list[CentrePue]:
    """The PUE of every unit that has meters of information technology.

    Reads    period: whole months. about: kind, racks and date of service by unit; what it lacks is not judged.
    Refuses  use-period-not-months; pue-without-it-meters; use-interval-unfit.
    """
    if not period.is_whole_months():
        raise Refusal("use-period-not-months", period=period)
    electric = [stay for stay in hours.stays if stay.carrier == ELECTRICITY]
    centres = sorted({stay.unit for stay in electric if stay.usage in uses.it_usages})
    if not centres:
        raise Refusal("pue-without-it-meters", usages=", ".join(uses.it_usages))
    known = {centre: about[centre] if centre in about else Centre() for centre in centres}
    return [_centre(hours, centre, period, uses, rules, known[centre]) for centre in centres]


def it_meters(stays: Iterable[Meter], unit: str, usages: Sequence[str]) -> tuple[Meter, ...]:
    """The meters of the information technology of a unit, none of which counts what another counts."""
    named = [stay for stay in stays if stay.unit == unit and stay.usage in usages and stay.carrier == ELECTRICITY]
    names = {stay.meter for stay in named}
    parents = {stay.meter: stay.parent for stay in stays}
    inside = {name for stay in named if stay.kind == "virtual" for _, name in parsed(stay.formula or "")}
    return tuple(stay for stay in named if stay.meter not in inside and not names & set(_above(stay.meter, parents)))


def _above(meter: str, parents: Mapping[str, str | None]) -> list[str]:
    found: list[str] = []
    parent = parents[meter]
    while parent is not None and parent not in found:
        found.append(parent)
        parent = parents[parent] if parent in parents else None
    return found


def _centre(
    hours: UseHours, centre: str, period: Period, uses: MeteringUses, rules: DataCentreRules | None, about: Centre
) -> CentrePue:
    gateways = [stay for stay in hours.stays if stay.unit == centre and stay.level == GATEWAY_LEVEL]
    electric = [stay for stay in gateways if stay.carrier == ELECTRICITY]
    others = sorted({stay.carrier for stay in gateways} - {ELECTRICITY})
    findings = [_said("pue-other-carriers", centre, {"carriers": ", ".join(others)}, Severity.NOTE)] if others else []
    if not electric:
        return CentrePue(centre, "-", (), (), None, None, None, [*findings, _said("pue-without-total", centre, {})])
    total = hours.hours(electric, period)
    it = hours.hours(it_meters(hours.stays, centre, uses.it_usages), period)
    least = uses.value("coverage_least")
    months = [_pue(total, it, month, least) for month in period.months()]
    years = [_pue(total, it, year, least) for year in _years(period)]
    findings += _gaps(centre, months, least)
    step, _ = hours.step(electric)
    whole = [pue for pue, span in zip(years, _years(period), strict=True) if pue.ratio is not None and _whole(span)]
    if not whole or rules is None:
        return CentrePue(centre, step, months, years, None, None, None, findings)
    year = whole[-1]
    within, closing, told = judged(centre, year, rules, about)
    return CentrePue(centre, step, months, years, year.period, within, closing, [*findings, *told])


def _pue(total: HourTable, it: HourTable, period: Period, least: Decimal) -> Pue:
    rows = total.days(period)
    both = total.known[rows] & it.known[rows]
    all_of_it, its_it = (int(table.energy[rows][both].sum()) for table in (total, it))
    due = int((total.due[rows] | it.due[rows]).sum())
    unsure = int(total.not_measured[rows].sum() + it.not_measured[rows].sum())
    return Pue(str(period), int(both.sum()), due, period.days * 24, all_of_it, its_it, unsure, least)


def _years(period: Period) -> list[Period]:
    """The calendar years of a period; the first and the last as far as it goes."""
    found = []
    for year in range(period.start.year, period.end.year + 1):
        start, end = max(date(year, 1, 1), period.start), min(date(year + 1, 1, 1), period.end)
        found += [Period(start, end)] if start < end else []
    return found


def _whole(span: Period) -> bool:
    return span == Period.year(span.start.year)


def _gaps(centre: str, months: Iterable[Pue], least: Decimal) -> list[Finding]:
    found = []
    gaps = [month.period for month in months if month.gap]
    if gaps:
        found.append(_said("pue-gap", centre, {"months": ", ".join(gaps), "least": f"{least * 100:.0f} %"}))
    against = [month.period for month in months if month.contradicts]
    if against:
        found.append(_said("pue-contradicts", centre, {"months": ", ".join(against)}, Severity.BLOCKER))
    return found


def judged(
    centre: str, year: Pue, rules: DataCentreRules, about: Centre
) -> tuple[bool | None, bool | None, list[Finding]]:
    """A year with a PUE held against the limit of its kind, and against the closing rule, all parts of which must hold.

    Gives    whether it is within its limit, whether it is to be closed (each None where that is not known), findings.
    """
    assert year.ratio is not None
    said = {"period": year.period, "pue": decimal_of(year.ratio, _PLACES)}
    limit = rules.kinds[about.kind] if about.kind is not None else None
    within = None if limit is None else year.ratio <= Fraction(limit.pue_most)
    found = [] if within is not False or limit is None else [_above_limit(centre, limit, said)]
    rule = rules.closing
    years = None if about.in_service is None else _aged(about.in_service, int(year.period), rule.years_above)
    racks = None if about.racks is None else about.racks <= rule.racks_most
    closing = _all_of(year.ratio > Fraction(rule.pue_above), racks, years)
    if closing:
        fields = {**said, "racks": about.racks, "years": rule.years_above, "status": rule.status}
        found.append(_said("pue-to-be-closed", centre, fields))
    return within, closing, found


def _above_limit(centre: str, limit: CentreLimit, said: Mapping[str, object]) -> Finding:
    fields = {**said, "kind": f"{limit.label.zh} / {limit.label.en}", "limit": limit.pue_most, "status": limit.status}
    return _said("pue-above-limit", centre, fields)


def _aged(since: date, year: int, years: int) -> bool:
    """Whether more than so many years had passed at the end of a year."""
    return (year, 12, 31) > (since.year + years, since.month, since.day)


def _all_of(*parts: bool | None) -> bool | None:
    if False in parts:
        return False
    return None if None in parts else True


def _said(code: str, centre: str, fields: Mapping[str, object], severity: Severity = Severity.WARNING) -> Finding:
    return Finding(code, centre, {"centre": centre, **fields}, severity)


def read_centres(path: Path, kinds: Iterable[str]) -> dict[str, Centre]:
    """Reads a CSV with the headings unit, kind, racks, in_service; what is empty is not known.

    Refuses  use-list-unreadable.
    """
    with path.open(encoding="utf-8-sig", newline="") as handle:
        table = csv.DictReader(handle)
        if missing := [name for name in _COLUMNS if name not in (table.fieldnames or ())]:
            raise Refusal("use-list-unreadable", file=path.name, line=1, problem=", ".join(missing))
        return {row["unit"]: _read(row, set(kinds), path.name, line) for line, row in enumerate(table, start=2)}


def _read(row: Mapping[str, str], kinds: set[str], file: str, line: int) -> Centre:
    kind, racks, since = (row[name].strip() for name in _COLUMNS[1:])
    if (kind and kind not in kinds) or (racks and not racks.isdigit()):
        raise Refusal(
            "use-list-unreadable", file=file, line=line, problem=f"{kind} {racks}; {', '.join(sorted(kinds))}"
        )
    return Centre(kind or None, int(racks) if racks else None, read_date(since) if since else None)
