"""`tanheng meters report`: a unit, a meter or all meters, hour by hour, day by day or month by month."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tanheng.cli.options import as_json_option, day_option, today
from tanheng.cli.output import as_json, emit, say, show_findings, show_table
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words
from tanheng.kernel.period import Period

if TYPE_CHECKING:
    from tanheng.kernel.faults import Finding
    from tanheng.kernel.pack import PackSet
    from tanheng.metering.cubes import Cubes
    from tanheng.metering.engine import Engine
    from tanheng.metering.hourly_report import Hours
    from tanheng.metering.rollup import Rules
    from tanheng.metering.store import Store

Json = dict[str, Any]
_SHOWN = 48


@verb(
    "report",
    "用量报告：一个单位或一个计量点，逐小时、逐日或逐月；不指明对象则列出全部计量点。\n\n"
    "先用 tanheng meters rollup 汇总；电量为整数步数（step：Wh、L、kJ、g），小时以其末刻（UTC 秒）标示，空值表示未知。",
    "Report the energy of a unit or a meter by hour, day or month; of every meter where none is named.\n\n"
    "Run tanheng meters rollup first. Energy is in whole steps (step: Wh, L, kJ, g), an hour is named by its end in "
    "seconds UTC; empty means unknown, never zero.",
)
@click.argument("subject", required=False)
@option(
    "--period",
    type=Period.parse,
    metavar="PERIOD",
    zh="期间，如 2026-01；默认为已汇总的全部月份。",
    en="Such as 2026-01; every month rolled up by default.",
)
@option(
    "--by",
    type=click.Choice(["hour", "day", "month"]),
    zh="时间粒度；有对象时默认逐小时，否则逐月。",
    en="How long each row is: hours by default for one subject, months for all meters.",
)
@option("--scheme", zh="制度，决定因子。", en="Scheme that fixes the factors.")
@day_option("--known-on", zh="知识日期，默认今天。", en="Knowledge date; today by default.")
@option(
    "--prices",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    zh="价格表 CSV，同 rollup。",
    en="Prices as CSV, as for rollup.",
)
@as_json_option
def report(
    *,
    subject: str | None,
    period: Period | None,
    by: str | None,
    scheme: str | None,
    known_on: date | None,
    prices: Path | None,
    as_document: bool,
) -> int:
    """Reports on a unit (facility/...), a meter, or all meters."""
    from tanheng.kernel.pack.metering_grids import MeteringGrids
    from tanheng.metering.every_meter import steps_of
    from tanheng.metering.lists import Beside, read_prices
    from tanheng.metering.rolling import times_told
    from tanheng.metering.rollup import Rules
    from tanheng.metering.store import Store
    from tanheng.store import load_packs
    from tanheng.store.home import Home

    packs, store = load_packs(), Store.open(Home.of_environment().root)
    behind = as_json(_behind(store))
    about = {"subject": subject, "period": None if period is None else str(period), "findings": behind}
    times = times_told(store.manifest.offset_s)
    if subject is None:
        meters = _every_meter(store, packs, period, by or "month")
        told = {**about, "by": by or "month", "times": times, "meters": meters}
        emit(told) if as_document else _show_meters(meters)
        if not as_document:
            show_findings(behind)
        return 0
    rules = Rules.of(packs, known_on or today(), scheme, Beside(packs, read_prices(prices) if prices else (), ()))
    (grids,) = packs.all(MeteringGrids)
    steps = steps_of(store.register.rows(), grids)
    series = [_series(hours, by or "hour", steps) for hours in _hours(store, packs, rules, subject, period)]
    emit({**about, "by": by or "hour", "times": times, "series": series}) if as_document else _show(series)
    if not as_document:
        show_findings(behind)
    return 0


def _behind(store: Store) -> list[Finding]:
    """A finding for the months with readings that the roll-up has not seen."""
    from tanheng.kernel.faults import Finding, Severity
    from tanheng.metering.cubes import Cubes

    cubes = Cubes.of(store)
    seen = cubes.seen() if cubes.months else 0
    new = {part.month for part in store.manifest.parts if part.seqs[1] >= seen}
    if not new:
        return []
    fields = {"months": ", ".join(sorted(new))}
    return [Finding("readings-not-rolled-up", "readings", fields, Severity.WARNING)]


def _hours(store: Store, packs: PackSet, rules: Rules, subject: str, period: Period | None) -> list[Hours]:
    """The hours of a unit or a meter."""
    from tanheng.metering.cubes import Cubes
    from tanheng.metering.gaps import filled_cubes
    from tanheng.metering.hourly_report import HourlyReport
    from tanheng.metering.refreshing import Refresher
    from tanheng.metering.rolling import engine_of
    from tanheng.metering.still_hours import StillHours

    refresher, cubes = Refresher.of(store, packs), Cubes.of(store)
    dimensions = refresher.dimensions

    def filled(engine: Engine, months: tuple[str, ...]) -> str:
        return filled_cubes(engine, store, refresher.limits, cubes, months)

    asked = HourlyReport(cubes, StillHours.of(cubes), dimensions, rules, store.manifest.offset_s, filled)
    engine = engine_of(store, "duckdb", None)
    try:
        of = asked.of_unit if subject in dimensions.units else asked.of_meter
        return of(engine, subject, _months(period, cubes))
    finally:
        engine.close()


def _every_meter(store: Store, packs: PackSet, period: Period | None, by: str) -> list[Json]:
    """All meters from the cube as it stands, with the fills that hold."""
    from tanheng.kernel.pack.metering_grids import MeteringGrids
    from tanheng.metering.cubes import Cubes
    from tanheng.metering.every_meter import every_meter, steps_of
    from tanheng.metering.gaps import filled_cubes
    from tanheng.metering.refreshing import Refresher
    from tanheng.metering.rolling import engine_of
    from tanheng.metering.still_hours import StillHours

    refresher, cubes = Refresher.of(store, packs), Cubes.of(store)
    (grids,) = packs.all(MeteringGrids)
    steps = steps_of(store.register.rows(), grids)
    engine = engine_of(store, "duckdb", None)
    try:
        cube = filled_cubes(engine, store, refresher.limits, cubes, tuple(_months(period, cubes)))
        still = StillHours.of(cubes).relation(engine)
        return every_meter(engine, cube, still, refresher.dimensions, steps, store.manifest.offset_s, by)
    finally:
        engine.close()


def _months(period: Period | None, cubes: Cubes) -> list[str]:
    return sorted(cubes.months) if period is None else [f"{month.start:%Y-%m}" for month in period.months()]


def _show_meters(meters: list[Json]) -> None:
    """The first rows of all meters, one under the other."""
    rows = [
        [each["meter"], each["carrier"], each["step"] or "", *(_said(value) for value in row.values())]
        for each in meters
        for row in each["rows"]
    ]
    names = list(meters[0]["rows"][0]) if rows else []
    show_table(
        [("meter", False), ("carrier", False), ("step", False), *((name, name != "period") for name in names)],
        rows[:_SHOWN],
    )
    _show_more(len(rows) - _SHOWN)


def _series(hours: Hours, by: str, steps: Mapping[str, str]) -> Json:
    """The hours of a carrier, added up where days or months are asked for; days not measured in full say so."""
    from tanheng.metering.hourly_report import added_up

    told: Json = {"carrier": hours.carrier, "step": steps.get(hours.carrier)}
    if by != "hour":
        return told | {"rows": added_up(hours, by)}
    return told | {"rows": list(hours.rows()), "days_not_plain": hours.days_not_plain()}


def _show(series: list[Json]) -> None:
    for each in series:
        say(each["carrier"], "bold")
        rows = each["rows"][:_SHOWN]
        names = list(rows[0]) if rows else []
        show_table([(name, name != "period") for name in names], [[_said(row[name]) for name in names] for row in rows])
        _show_more(len(each["rows"]) - len(rows))


def _show_more(more: int) -> None:
    if more > 0:
        say(words(f"另有 {more} 行，见 --json。", f"{more} more rows: see --json."))


def _said(value: object) -> str:
    return words("无值", "none") if value is None else str(value)
