"""`tanheng meters report`: a unit or a meter hour by hour, day by day or month by month."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tanheng.cli.options import as_json_option, day_option, today
from tanheng.cli.output import emit, say, show_table
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words
from tanheng.kernel.period import Period

if TYPE_CHECKING:
    from tanheng.metering.hourly_report import Hours

Json = dict[str, Any]
_SHOWN = 48


@verb(
    "report",
    "用量报告：一个单位或一个计量点，逐小时、逐日或逐月。\n\n"
    "先用 tanheng meters rollup 汇总；小时以其末刻（UTC 秒）标示，空值表示未知。",
    "Report the energy of a unit or a meter by hour, day or month.\n\n"
    "Run tanheng meters rollup first. An hour is named by its end in seconds UTC; empty means unknown, never zero.",
)
@click.argument("subject")
@option("--period", type=Period.parse, metavar="PERIOD", required=True, zh="期间，如 2026-01。", en="Such as 2026-01.")
@option(
    "--by", type=click.Choice(["hour", "day", "month"]), default="hour", zh="时间粒度。", en="How long each row is."
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
    subject: str,
    period: Period,
    by: str,
    scheme: str | None,
    known_on: date | None,
    prices: Path | None,
    as_document: bool,
) -> int:
    """Reports on a unit (facility/...) or a meter."""
    from tanheng.metering.cubes import Cubes
    from tanheng.metering.hourly_report import HourlyReport
    from tanheng.metering.lists import Beside, read_prices
    from tanheng.metering.refreshing import Refresher
    from tanheng.metering.rolling import engine_of
    from tanheng.metering.rollup import Rules
    from tanheng.metering.store import Store
    from tanheng.store import load_packs
    from tanheng.store.home import Home

    packs, store = load_packs(), Store.open(Home.of_environment().root)
    beside = Beside(packs, read_prices(prices) if prices else (), ())
    rules = Rules.of(packs, known_on or today(), scheme, beside)
    dimensions, cubes = Refresher.of(store, packs).dimensions, Cubes.of(store)
    asked = HourlyReport(cubes, dimensions, rules, store.manifest.offset_s)
    months = [f"{month.start:%Y-%m}" for month in period.months()]
    engine = engine_of(store, "duckdb", None)
    try:
        found = (asked.of_unit if subject in dimensions.units else asked.of_meter)(engine, subject, months)
    finally:
        engine.close()
    series = [_series(hours, by) for hours in found]
    if as_document:
        emit({"subject": subject, "period": str(period), "by": by, "series": series})
    else:
        _show(series)
    return 0


def _series(hours: Hours, by: str) -> Json:
    """The hours of a carrier, added up where days or months are asked for; a day that misses intervals says so."""
    from tanheng.metering.hourly_report import added_up

    return {"carrier": hours.carrier, "rows": list(hours.rows()) if by == "hour" else added_up(hours, by)}


def _show(series: list[Json]) -> None:
    for each in series:
        say(each["carrier"], "bold")
        rows = each["rows"][:_SHOWN]
        names = list(rows[0]) if rows else []
        show_table([(name, name != "period") for name in names], [[_said(row[name]) for name in names] for row in rows])
        if len(each["rows"]) > len(rows):
            more = len(each["rows"]) - len(rows)
            say(words(f"另有 {more} 行，见 --json。", f"{more} more rows: see --json."))


def _said(value: object) -> str:
    return words("无值", "none") if value is None else str(value)
