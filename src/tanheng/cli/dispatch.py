"""`tanheng dispatch`: the month of an area, like with like; who explains it; how the year will end; the documents."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from tanheng.cli.options import as_json_option, day_option, out_option, period_option, read_pair, today
from tanheng.cli.output import as_json, emit, has_blocker, say, say_written, show_findings, show_table, warn, working
from tanheng.cli.site import open_site
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words
from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period, year_to_date
from tanheng.kernel.subject import LOCATED_IN

if TYPE_CHECKING:
    from tanheng.kernel.pack import PackSet
    from tanheng.reports.month_files import Month
    from tanheng.store import StoredResult

SCHEME = "energy_reporting"


@verb(
    "dispatch",
    "月度调度：一个区域的增速（对照同表同期，列出口径调整）、拉动、前五户、上报率、全年三种预计、距目标还须压减。\n\n"
    "单位数据来自向节能主管部门的报送；统计个体资料不进入、不显示。\n"
    "--out 写出月度分析、一页纸和五行说明（Word、PDF、Excel）。",
    "The month of an area: growth against the tables' own comparisons with the adjustment of coverage, contributions,\n"
    "five firms, reporting rate, three cases for the year's end, what remains for the targets.\n\n"
    "Units are read from their reports to the energy authority; single returns of the statistics never enter. --out\n"
    "writes the analysis, the leader's page and the five lines (Word, PDF, Excel).",
)
@period_option(
    zh="月份，如 2025-06；也可写 2025-01..2025-06。1月与2月合为一期，用 2025-02。",
    en="Month, such as 2025-06, or 2025-01..2025-06. January and February are one period: 2025-02.",
    required=True,
)
@option("--area", zh="区域编号；默认最上一级。", en="Id of the area; the widest by default.")
@option("--scheme", default=SCHEME, show_default=True, zh="制度。", en="Scheme.")
@day_option("--known-on", zh="知识日期，默认今天。", en="Knowledge date; today by default.")
@option("--set", "pairs", multiple=True, metavar="NAME=VALUE", zh="自行设定一项设置，可多次使用。", en="Set a setting.")
@option(
    "--year-end/--no-year-end", default=True, show_default=True, zh="是否推算全年。", en="Whether to foretell the year."
)
@out_option(zh="把文件写到这个目录。", en="Write the documents into this folder.")
@as_json_option
def dispatch(
    *,
    period: Period,
    area: str | None,
    scheme: str,
    known_on: date | None,
    pairs: tuple[str, ...],
    year_end: bool,
    out: Path | None,
    as_document: bool,
) -> int:
    """Computes, prints and, where it is asked for, writes the month.

    Refuses  area-not-in-directory; whatever the run refuses, with the periods that hold something.
    """
    open_site()
    from tanheng.reports.month_brief import keep_briefs
    from tanheng.reports.month_files import month_of
    from tanheng.reports.month_runs import MonthRuns
    from tanheng.store import load_packs

    span = year_to_date(period.start.year, period.start.month) if period.is_month() else period
    runs = MonthRuns(load_packs(), span, scheme, known_on or today(), dict(map(read_pair, pairs)))
    with working(words("调度核算中", "Computing the dispatch")):
        result = runs.dispatch()
        ends, without = runs.ends() if year_end else ({}, [])
        for refusal in without:
            warn(words(refusal.message("zh"), refusal.message("en")))
        month = month_of(result, ends, _area(area, result), runs.packs)
        keep_briefs(month)
    paths = _write(month, runs.packs, out) if out is not None else ()
    if as_document:
        emit({**month.as_json(), "files": [str(path) for path in paths]})
    else:
        _show(month)
        say_written(paths)
    return int(any(has_blocker(each.findings) for each in month.results))


def _area(asked: str | None, result: StoredResult) -> str:
    """The area asked for, or the widest one with a figure.

    Refuses  area-not-in-directory.
    """
    from tanheng.records.workings import workings_of

    directory = workings_of(result).account.directory
    known = [area.id for area in directory.areas]
    if asked is not None and asked not in known:
        near = get_close_matches(asked, known, 3, 0.3)
        raise Refusal("area-not-in-directory", area=asked, nearest=", ".join(near) or "-")
    if asked is not None:
        return asked
    inside = {relation.child for relation in directory.relations if relation.kind == LOCATED_IN}
    return next((area for area in known if area not in inside), known[0])


def _write(month: Month, packs: PackSet, out: Path) -> tuple[Path, ...]:
    from tanheng.reports.month_files import write_month

    with working(words("生成文件中", "Writing documents")):
        written = write_month(out, month, packs)
    show_findings(as_json(written.findings), error=True)
    return written.paths


def _show(month: Month) -> None:
    reading = month.reading
    say(f"{reading.label(reading.area)} {reading.period.label()}", "bold")
    if reading.fictional:
        say(words("虚构数据，仅供演示", "Fictional data, for demonstration only"), "yellow")
    for line in month.lines:
        say(line)
    say()
    _show_parts(month)
    show_findings(month.findings)
    address = f"reported_energy_growth@{reading.area}@{reading.period}"
    command = f"tanheng explain {month.dispatch.id[:12]} {address}"
    say(words(f"解释一个数：{command}", f"To explain a number: {command}"))


def _show_parts(month: Month) -> None:
    reading = month.reading
    heads = [(words("区域或领域", "Area or field"), False), (words("增速%", "Growth %"), True)]
    heads += [(words("拉动（百分点）", "Adds, points"), True), (words("前三户", "Three units"), False)]
    rows = [
        (
            reading.label(subject),
            _number(reading.figure("reported_energy_growth", subject).value),
            _number(reading.figure("reported_energy_contribution", subject).value),
            reading.names([each.unit for each in reading.movers(subject)][:3]),
        )
        for subject in (*reading.parts(), *reading.own_fields())
    ]
    if rows:
        show_table(heads, rows)


def _number(value: Decimal | int | None) -> str:
    return "–" if value is None else f"{value:+.2f}"
