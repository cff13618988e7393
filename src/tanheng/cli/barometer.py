"""`tanheng barometer`: the lights of a quarter; its documents; one file for each further verb."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tanheng.cli.barometer_grade import grade
from tanheng.cli.barometer_rules import rules
from tanheng.cli.options import as_json_option, day_option, out_option, period_option, read_pair, today
from tanheng.cli.output import as_json, emit, has_blocker, say, say_written, show_findings, show_table, working
from tanheng.cli.site import open_site
from tanheng.cli.verb import option, verbs
from tanheng.cli.words import amount_said, language, words
from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period

if TYPE_CHECKING:
    from tanheng.papers import Paper
    from tanheng.reports.board import Board, Shown, TargetLight, WayLight
    from tanheng.reports.three_forms import Written

METHOD = "barometer"
_VERBS = (grade, rules)
_SHOWN_AT_MOST = 8
_UNSAID = ("barometer-without-targets",)


@verbs(
    "barometer",
    "季度晴雨表：逐目标亮灯，条块、强度与总量、能源与碳分开；可写成 Word、PDF、Excel 和预警函。\n\n"
    "每盏灯注明推算、核算或市反馈；无数据为灰色，不是绿色。默认在政府内部使用。",
    "The quarterly barometer: a light for every target, and documents of them.\n\n"
    "Areas and fields, intensity and total, energy and carbon stand apart. Every light says whether it is estimated,\n"
    "accounted or fed back; no data is grey, never green. Documents are for use inside government.",
)
@period_option(zh="季度，如 2025Q3（即 1-9 月累计）。", en="Quarter, such as 2025Q3 (January to September).")
@option("--rule", default="", zh="规则编号；默认为本地选用的一条。", en="Id of a rule; the one chosen here by default.")
@option(
    "--scheme",
    default="",
    zh="只评定一种制度；默认能源、碳都评定。",
    en="One scheme only; energy and carbon by default.",
)
@option("--area", default="", zh="只显示一个区域。", en="Show one area only.")
@option(
    "--set",
    "pairs",
    multiple=True,
    metavar="NAME=VALUE",
    zh="自行设定 reach、gap_base、quarters，可多次使用。",
    en="Set reach, gap_base or quarters for this run; may be repeated.",
)
@day_option("--known-on", zh="知识日期，默认今天。", en="Knowledge date; today by default.")
@out_option(
    zh="把晴雨表和预警函写到这个目录（Word、PDF、Excel）。",
    en="Write the barometer and the warning letters into this folder (Word, PDF, Excel).",
)
@option(
    "--office",
    default="",
    zh="预警函的落款单位；不写则不出函。",
    en="Who signs the letters; without it none are written.",
)
@as_json_option
@click.pass_context
def barometer(
    context: click.Context,
    *,
    period: Period | None,
    rule: str,
    scheme: str,
    area: str,
    pairs: tuple[str, ...],
    known_on: date | None,
    out: Path | None,
    office: str,
    as_document: bool,
) -> int:
    """Computes, prints and, where it is asked for, writes the barometer of a quarter.

    Refuses  argument-missing: no period; barometer-without-targets; whatever the run refuses.
    """
    if context.invoked_subcommand is not None:
        return 0
    if period is None:
        raise Refusal("argument-missing", command="tanheng barometer", name="--period")
    open_site()
    settings = dict(read_pair(pair) for pair in pairs) | ({"rule": rule} if rule else {})
    with working(words("评定中", "Grading")):
        found = _boards(to_date(period), scheme, known_on or today(), settings)
    _refuse_strange(found, area)
    written = None if out is None else _write(found, out, office)
    if as_document:
        files = [] if written is None else [str(path) for path in written.paths]
        emit({"boards": [board.as_json() for board in found], "files": files})
    else:
        _show(found, area)
        _show_written(written)
    return int(any(has_blocker(board.result.findings) for board in found))


def _refuse_strange(found: Sequence[Board], area: str) -> None:
    """Refuses  barometer-area-without-lights: nothing is demanded of the one area that is asked for."""
    known = sorted({light.subject.partition("#")[0] for board in found for light in board.lights})
    if area and area not in known:
        raise Refusal("barometer-area-without-lights", area=area, known=", ".join(known))


def to_date(period: Period) -> Period:
    """A quarter as the period from January to its end; any other period as it stands."""
    months = period.months() if period.is_whole_months() else []
    one_quarter = len(months) == 3 and period.start.month in (4, 7, 10)
    return Period(date(period.start.year, 1, 1), period.end) if one_quarter else period


def _boards(period: Period, scheme: str, day: date, settings: Mapping[str, str]) -> list[Board]:
    """The lights under every scheme, or the one that is named.

    Refuses  barometer-without-targets: under none of them is anything demanded.
    """
    from tanheng.kernel.pack import MethodUse
    from tanheng.records.computing import compute
    from tanheng.reports.board import board
    from tanheng.store import load_packs

    packs = load_packs()
    schemes = [scheme] if scheme else sorted(use.scheme for use in packs.all(MethodUse) if use.method == METHOD)
    found, nothing = [], None
    for each in reversed(schemes):  # energy before carbon
        try:
            found.append(board(compute(METHOD, period, each, day, packs=packs, settings=settings)))
        except Refusal as refusal:
            if refusal.code not in _UNSAID:
                raise
            nothing = refusal
    if not found and nothing is not None:
        raise nothing
    return found


def _write(found: Sequence[Board], out: Path, office: str) -> Written:
    """The barometer, and with an office the letters; every paper in its three forms."""
    from tanheng.reports.barometer_paper import barometer_paper
    from tanheng.reports.three_forms import write_papers
    from tanheng.reports.warning_letter import warning_letters
    from tanheng.store import load_packs

    paper = barometer_paper(found)
    papers: dict[str, Paper] = {paper.title: paper}
    papers |= warning_letters(found, office) if office else {}
    with working(words("生成文件中", "Writing documents")):
        return write_papers(out, papers, load_packs())


def _show_written(written: Written | None) -> None:
    if written is not None:
        show_findings(as_json(written.findings))
        say_written(written.paths)


def _show(found: Sequence[Board], area: str) -> None:
    heads = [words(zh, en) for zh, en in _HEADS]
    for board in found:
        rule = board.rule
        say(words(f"晴雨表 {board.period} · {rule.label.zh}", f"Barometer {board.period} · {rule.label.en}"), "bold")
        if board.packs.fictional:
            say(words("虚构数据，仅供演示", "Fictional data, for demonstration only"), "yellow")
        lights = [light for light in board.lights if area in ("", light.subject.partition("#")[0])]
        show_table([(head, number in (4, 5, 6, 7)) for number, head in enumerate(heads)], map(_cells, lights))
        _show_problems(board)
        if lights:
            at = lights[0].counting.address
            say(words("解释一盏灯：", "To explain a light: ") + f"tanheng explain {board.result.id[:12]} {at}")


def _show_problems(board: Board) -> None:
    """What blocks or warns, the lights that fell back first, and how many more there are."""
    said = [finding for finding in board.result.findings if finding["severity"] != "note"]
    said.sort(key=lambda finding: (finding["severity"] != "blocker", finding["code"] != "light-fell-back"))
    show_findings(said[:_SHOWN_AT_MOST])
    if len(said) > _SHOWN_AT_MOST:
        rest = len(said) - _SHOWN_AT_MOST
        say(words(f"另有 {rest} 项，见 --json 或文件附件。", f"{rest} more: see --json or the documents."))


_HEADS = (
    ("对象", "Subject"),
    ("指标", "Measure"),
    ("档", "Tier"),
    ("灯", "Light"),
    ("目标", "Target"),
    ("实际", "Actual"),
    ("差距%", "Gap %"),
    ("距下一颜色（吨）", "To the next (t)"),
    ("做法", "Made"),
    ("并列", "Beside"),
    ("近季", "Quarters"),
)


def _cells(light: TargetLight) -> list[str]:
    from tanheng.papers.figure import SIGNS

    own, lang = light.counting, language()
    beside = "、".join(f"{_way_said(other)} {_colour_said(other)}" for other in light.others) or "–"
    back = "".join(SIGNS[one.colour] if one.colour in SIGNS else "·" for one in light.quarters)
    figures = [*(_with_unit(item) for item in (own.target, own.actual)), _number(own.gap), _number(own.distance)]
    return [
        light.place[lang],
        light.measure_label[lang],
        _tier_said(light.tier),
        f"{SIGNS[own.colour]}{_colour_said(own)}",
        *figures,
        _way_said(own),
        beside,
        back,
    ]


def _tier_said(tier: str) -> str:
    from tanheng.reports.barometer_words import TIERS

    return words(TIERS[tier], tier) if tier in TIERS else tier


def _colour_said(light: WayLight) -> str:
    from tanheng.reports.barometer_words import COLOURS

    return words(COLOURS[light.colour], light.colour)


def _way_said(light: WayLight) -> str:
    from tanheng.reports.barometer_words import made_said

    return words(made_said(light), light.way)


def _with_unit(figure: Shown | None) -> str:
    if figure is None:
        return "–"
    return amount_said(_number(figure), figure.unit, basis=False)


def _number(figure: Shown | None) -> str:
    return "–" if figure is None else f"{figure.value:,.{figure.places}f}"


for _verb in _VERBS:
    barometer.add_command(_verb)
