"""`tanheng meters rollup`: readings to days, months, units, areas; with coal equivalent, CO2 and cost."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tanheng.cli.meters_hours import until_option
from tanheng.cli.options import actor_option, as_json_option, day_option, read_pair, today
from tanheng.cli.output import as_json, emit, say, show_findings, show_table, working
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words

if TYPE_CHECKING:
    from tanheng.kernel.pack import PackSet
    from tanheng.kernel.subject import Directory
    from tanheng.metering.lists import Beside
    from tanheng.metering.rolling import Rolled

Json = dict[str, Any]
_SHOWN = 24


@verb(
    "rollup",
    "汇总：由读数到日、月，到单位、品种和区域，折标准煤、二氧化碳和电费。\n\n"
    "只重算有变化的部分；迟到的读数改变了哪些日子，一并列出。",
    "Roll up: from readings to days and months, to units, carriers and areas, with coal equivalent, CO2 and cost."
    "\n\nOnly what changed is computed again; the days that late readings changed are listed.",
)
@option(
    "--scheme",
    zh="制度，决定因子；默认 city_inventory。",
    en="Scheme that fixes the factors; city_inventory by default.",
)
@day_option("--known-on", zh="知识日期，默认今天。", en="Knowledge date; today by default.")
@until_option
@option(
    "--prices",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    zh="价格表 CSV：unit, carrier, per, yuan, tariff, first, last。",
    en="Prices as CSV: unit, carrier, per, yuan, tariff, first, last.",
)
@option(
    "--green",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    zh="绿电表 CSV：unit, carrier, per, month, amount。",
    en="Green power as CSV: unit, carrier, per, month, amount.",
)
@option(
    "--engine",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    zh="计算引擎：本机 duckdb，或 Spark 集群。",
    en="Engine: duckdb in this program, or a Spark cluster.",
)
@option("--master", metavar="URL", zh="集群地址，如 spark://主机:7077。", en="The cluster, such as spark://host:7077.")
@option(
    "--spark",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    zh="Spark 的一项设置（如 spark.executor.memory=4g），可多次使用。",
    en="A setting of Spark, such as spark.executor.memory=4g; may be repeated.",
)
@option(
    "--record",
    is_flag=True,
    zh="把完整月份的用量记为观测（口径 metered，用途 online_monitoring）。",
    en="Record the energy of complete months as observations (coverage metered, use class online_monitoring).",
)
@option(
    "--freeze",
    metavar="MONTH",
    zh="冻结一个月：数值不再改动，之后的变化另列。",
    en="Freeze a month: its figures stay, and what would differ later is listed beside them.",
)
@actor_option
@as_json_option
def rollup(
    *,
    scheme: str | None,
    known_on: date | None,
    until: datetime | None,
    prices: Path | None,
    green: Path | None,
    engine: str,
    master: str | None,
    settings: tuple[str, ...],
    record: bool,
    freeze: str | None,
    actor: str | None,
    as_document: bool,
) -> int:
    """Rolls up the readings of the site."""
    from tanheng.metering.rolling import engine_of, rolled
    from tanheng.metering.rollup import Rules
    from tanheng.metering.store import Store
    from tanheng.store import load_packs
    from tanheng.store.home import Home

    packs, store = load_packs(), Store.open(Home.of_environment().root)
    rules = Rules.of(packs, known_on or today(), scheme, _beside(packs, prices, green))
    with working(words("正在汇总……", "Rolling up ...")):
        store.fold()
        runs = engine_of(store, engine, master, dict(read_pair(each) for each in settings))
        try:
            done = rolled(store, packs, rules, runs, _directory(), None if until is None else int(until.timestamp()))
        finally:
            runs.close()
    if freeze:
        from tanheng.metering.frozen import freeze as keep

        keep(store, freeze, done.rolled.rows(), done.receipt)
    recorded = _record(done, packs, actor) if record else {}
    if as_document:
        emit(done.as_json() | recorded)
    else:
        _show(done)
        if recorded:
            show_findings(recorded["recorded"]["findings"])
    return 0


def _record(done: Rolled, packs: PackSet, actor: str | None) -> Json:
    """Records the complete months; a month recorded before and the same says nothing new."""
    from tanheng.cli.site import acting, open_site
    from tanheng.metering.observations import observations_of
    from tanheng.records.recording import record_observations

    open_site()
    dimensions, readings = done.refresher.dimensions, done.receipt["readings"]
    observed = observations_of(done.figures, dimensions, packs, readings, today())
    recorded = record_observations(observed.observations, acting(actor), note="tanheng meters rollup")
    return {"recorded": {**recorded.counts(), "findings": as_json(observed.findings)}}


def _beside(packs: PackSet, prices: Path | None, green: Path | None) -> Beside:
    from tanheng.metering.lists import Beside, read_green, read_prices

    return Beside(packs, read_prices(prices) if prices else (), read_green(green) if green else ())


def _directory() -> Directory | None:
    """The directory of the site; None where there are only readings and no site was prepared."""
    from tanheng.cli.site import open_site
    from tanheng.kernel.faults import Refusal

    try:
        open_site()
    except Refusal:
        return None
    from tanheng.records.selecting import directory_as_of

    return directory_as_of()


def _show(done: Rolled) -> None:
    computed = done.refreshed
    whole, differing = len(computed.whole), len(computed.changed)
    again = sum(map(len, computed.again.values()))
    say(
        words(
            f"整月计算 {whole} 个月；另有 {again} 个计量点·月重算，{differing} 个计量点·日有变化",
            f"{whole} months computed whole, {again} meter-months again; {differing} days differ",
        )
    )
    if done.changed_figures:
        because = ", ".join(done.changed_figures[0]["because"])
        count = len(done.changed_figures)
        say(
            words(
                f"与上次汇总相比 {count} 行数值有变（{because}），见 --json 的 changed_figures",
                f"{count} figures differ from the last roll-up ({because}): see changed_figures in --json",
            )
        )
    rows = done.figures
    heads = [
        (words("单位", "Unit"), False),
        (words("品种", "Carrier"), False),
        (words("月份", "Month"), False),
        (words("用量（计量步长）", "Energy (grid steps)"), True),
        (words("缺失间隔", "Missing intervals"), True),
        (words("停滞小时", "Still hours"), True),
        (words("折标准煤 g（当量）", "gce (calorific)"), True),
        ("CO2 g", True),
        (words("电费 分", "Cost, fen"), True),
    ]
    names = ("unit", "carrier", "month", "energy", "missing", "still_hours", "energy_gce", "co2_g", "cost_fen")
    show_table(heads, [[_said(row[name]) for name in names] for row in rows[:_SHOWN]])
    if len(rows) > _SHOWN:
        say(words(f"另有 {len(rows) - _SHOWN} 行，见 --json。", f"{len(rows) - _SHOWN} more rows: see --json."))
    show_findings(as_json(done.findings))


def _said(value: object) -> str:
    if value is None:
        return words("无值", "none")
    return f"{value:,}" if isinstance(value, int) else str(value)
