"""`tanheng run`: one method over one period; figures, findings and a receipt."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tanheng.cli.options import as_json_option, day_option, period_option, read_pair, today
from tanheng.cli.output import emit, has_blocker, say, show_findings, warn, working
from tanheng.cli.run_data import run_data
from tanheng.cli.site import open_site
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words
from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period

if TYPE_CHECKING:
    from tanheng.cli.figures import Figures
    from tanheng.store import StoredResult


@verb(
    "run",
    "计算：按方法核算一个报告期。\n\n结果连同回执保存；有阻断性问题时结果可见但不能发布（退出码 1）。\n"
    "用 --data 直接读一个数据文件计算，不需要站点，也不保存。",
    "Compute a method over a period.\n\n"
    "The result is kept with its receipt; with a blocking finding it is visible and cannot be published (exit code 1)."
    "\nWith --data one data file is computed by itself: no site is needed and nothing is kept.",
)
@click.argument("method")
@period_option(
    zh="报告期，如 2024、2024-03、2024Q1；数据文件只有一年时可省略。",
    en="Period, such as 2024, 2024-03, 2024Q1; may be left out where a data file has one year only.",
)
@option(
    "--scheme",
    zh="制度；默认为该方法唯一的制度，有多个时为 city_inventory。",
    en="Scheme; by default the only one of the method, or city_inventory where there are several.",
)
@day_option("--known-on", zh="知识日期，默认今天。", en="Knowledge date; today by default.")
@option("--log-position", type=int, zh="日志位置，默认最新。", en="Position of the log; the last by default.")
@option(
    "--fill",
    zh="按指定方法填补缺月（如 adjacent_mean）；默认不填补。",
    en="Fill missing months by a named method, such as adjacent_mean; none by default.",
)
@option(
    "--set",
    "pairs",
    multiple=True,
    metavar="NAME=VALUE",
    zh="本次计算自行设定一项设置（见 tanheng methods --json），可多次使用。",
    en="Set one of the method's settings for this run (see tanheng methods --json); may be repeated.",
)
@option(
    "--coal-equivalent-rate",
    metavar="KGCE/KWH",
    zh="电力等价折标系数（kgce/kWh），同 --set coal_equivalent_rate=…。",
    en="Coal equivalent of electricity (kgce/kWh), as --set coal_equivalent_rate=….",
)
@option(
    "--data",
    type=click.Path(path_type=Path),
    metavar="FILE",
    zh="数据文件（CSV：year,process,fuel,value_Mtce），用于地区能源平衡类方法。",
    en="Data file (CSV: year,process,fuel,value_Mtce), for methods on a regional energy balance.",
)
@as_json_option
def run(
    *,
    method: str,
    period: Period | None,
    scheme: str | None,
    known_on: date | None,
    log_position: int | None,
    fill: str | None,
    pairs: tuple[str, ...],
    coal_equivalent_rate: str | None,
    data: Path | None,
    as_document: bool,
) -> int:
    """Computes, keeps and prints a result.

    Refuses  argument-missing: no period; pair-unreadable; whatever the run refuses.
    """
    method, day = method.replace("-", "_"), known_on or today()
    settings = dict(read_pair(pair) for pair in pairs)
    if coal_equivalent_rate is not None:
        settings["coal_equivalent_rate"] = coal_equivalent_rate
    if data is not None:
        return run_data(method, data, period, scheme, day, settings, as_document=as_document)
    if period is None:
        raise Refusal("argument-missing", command="tanheng run", name="--period")
    return _run_on_site(
        method=method,
        period=period,
        scheme=scheme,
        day=day,
        log_position=log_position,
        fill=fill,
        settings=settings,
        as_document=as_document,
    )


def _run_on_site(
    *,
    method: str,
    period: Period,
    scheme: str | None,
    day: date,
    log_position: int | None,
    fill: str | None,
    settings: Mapping[str, str],
    as_document: bool,
) -> int:
    open_site()
    from tanheng.records.computing import compute
    from tanheng.store import load_packs

    packs = load_packs()
    scheme = scheme or packs.usual_scheme(method)
    if day > today():
        warn(
            words(
                f"知识日期 {day} 在今天之后：此后公布的还不在其中。",
                f"{day} lies after today: what is published by then is not all known.",
            )
        )
    with working(words("计算中", "Computing")):
        result = compute(method, period, scheme, day, log_position, packs, fill=fill, settings=settings)
    figures = readable(result)
    if as_document:
        emit(
            {
                "result": result.id,
                "receipt": dict(result.receipt),
                "figures": figures.as_json(),
                "findings": list(result.findings),
            }
        )
    else:
        show_result(figures)
    return int(has_blocker(result.findings))


def readable(result: StoredResult) -> Figures:
    """A result with the definitions it was computed with, and the directory as of its log position."""
    from tanheng.cli.figures import Figures
    from tanheng.records.computing import inputs_of
    from tanheng.records.kept_packs import packs_of

    directory = inputs_of(result.receipt).inputs().directory
    return Figures(result, packs_of(result.receipt["packs"]), directory)


def show_result(figures: Figures) -> None:
    """Prints the id, the receipt in short, the table by area and every finding."""
    result = figures.result
    say(words(f"结果 {result.id}", f"Result {result.id}"), "bold")
    if figures.packs.fictional:
        say(words("虚构数据，仅供演示", "Fictional data, for demonstration only"), "yellow")
    show_receipt(result.receipt)
    figures.show()
    show_findings(result.findings)
    blocked = has_blocker(result.findings)
    if blocked:
        say(
            words(
                "有阻断性问题：可以查看，不能发布。", "There are blocking findings: visible, and not to be published."
            ),
            "bold red",
        )


def show_receipt(receipt: Mapping[str, Any]) -> None:
    """Prints what a repetition must be given, in short."""
    asked = receipt["parameters"]
    say(
        words(
            f"方法 {receipt['method']} v{receipt['method_version']}，制度 {asked['scheme']}，报告期 {asked['period']}，"
            f"知识日期 {asked['known_on']}，日志位置 {asked['log_position']}",
            f"Method {receipt['method']} v{receipt['method_version']}, scheme {asked['scheme']}, "
            f"period {asked['period']}, known on {asked['known_on']}, log position {asked['log_position']}",
        )
    )
    if asked["fill"] is not None:
        say(words(f"缺月按“{asked['fill']}”填补", f"Missing months are filled by “{asked['fill']}”"))
    if "settings" in asked:
        shown = ", ".join(f"{name}={value}" for name, value in asked["settings"].items())
        say(words(f"本次设定 {shown}", f"Set for this run: {shown}"))
    packs = ", ".join(f"{id} {hash[:12]}" for id, hash in receipt["packs"].items())
    say(
        words(f"定义包 {packs}；结果摘要 {receipt['figures'][:16]}", f"Packs {packs}; digest {receipt['figures'][:16]}")
    )
