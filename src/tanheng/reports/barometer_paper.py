"""The barometer of a quarter as a document: the lights by track, feedback beside them, eight quarters back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tanheng.papers import Annex, Block, Column, Heading, Note, Paper, Paragraph, Table, numeral
from tanheng.papers.figure import Cell
from tanheng.reports.barometer_tables import beside, quarters_annex, table_of_all
from tanheng.reports.barometer_words import (
    COLOURS,
    KINDS,
    TRACKS,
    figure_of,
    light_of,
    made_said,
    parts,
    quarter_said,
    tier_said,
    unit_of,
    without_empty,
)
from tanheng.reports.board import Board, TargetLight
from tanheng.reports.tracing import findings_annex, mark_of, trace_of
from tanheng.reports.wording import MADE_NOTE


def barometer_paper(boards: Sequence[Board]) -> Paper:
    """The document over the boards of a quarter: energy, and carbon where it is graded.

    First all lights at a glance, then the numbers of every measure, the feedback beside them, and as annexes the
    quarters before and what was found in the data. A measure of which nothing is known is a sentence,
    not a table of dashes.

    Reads    at least one board; all of one quarter.
    """
    first = boards[0]
    lights = [light for board in boards for light in board.lights]
    blocks: list[Block] = [Paragraph(_overview(first, lights)), *table_of_all(lights)]
    for number, (title, part) in enumerate(parts(lights), 1):
        blocks += [Heading(f"{numeral(number)}、{title}"), _numbers(title, part)]
    blocks += beside(lights)
    blocks += [Note(MADE_NOTE), Note(_rule_said(first))]
    return Paper(
        f"{quarter_said(first)}能源和碳排放双控目标完成情况晴雨表",
        blocks,
        annexes=(*quarters_annex(lights), *_problems(boards)),
        trace="；".join([trace_of(first.result), *(f"另据 {board.result.id}" for board in boards[1:])]),
        mark=mark_of(first.result, first.packs),
    )


def _problems(boards: Sequence[Board]) -> Iterator[Annex]:
    """What was found in the data, energy and carbon apart."""
    for board in boards:
        kinds = "、".join(dict.fromkeys(KINDS[light.kind] for light in board.lights))
        yield from findings_annex(board.result, f"数据问题清单（{kinds}）")


def _overview(board: Board, lights: Sequence[TargetLight]) -> str:
    told = []
    for track, name in TRACKS.items():
        mine = [light for light in lights if light.track == track]
        counts = {colour: sum(1 for light in mine if light.counting.colour == colour) for colour in COLOURS}
        parts = "、".join(f"{COLOURS[colour]}灯{count}个" for colour, count in counts.items() if count)
        told += [f"{name}共{len(mine)}项目标：{parts}"] if mine else []
    fallen = [light for light in lights if light.counting.change is not None and light.counting.change < 0]
    names = "、".join(dict.fromkeys(light.place["zh"] for light in fallen))
    back = f"比上季退步{len(fallen)}项（{names}）。" if fallen else "没有比上季退步的目标。"
    return f"{quarter_said(board)}，{'；'.join(told)}。{back}灰灯为无数据，不等于完成。"


def _numbers(title: str, lights: Sequence[TargetLight]) -> Block:
    """The lights of a measure with their numbers; where nobody has any, whose they are."""
    if all(light.counting.level is None and not light.others for light in lights):
        names = "、".join(dict.fromkeys(light.place["zh"] for light in lights))
        return Paragraph(f"{len(lights)}项目标均无可比数据，为灰灯：{names}。原因逐项列于附件“数据问题清单”。")
    own = [light.counting for light in lights]
    unit = unit_of(shown.target for shown in own)
    columns = (
        Column("对象", 12),
        Column("档", 6),
        Column("灯", 6),
        Column("目标", 9, unit=unit),
        Column("实际", 9, unit=unit_of(shown.actual for shown in own) or unit),
        Column("差距", 8, unit="%"),
        Column("距下一颜色", 11, unit=unit_of(shown.distance for shown in own)),
        Column("做法", 9),
        Column("按构成持平", 8, unit="%"),
        Column("市反馈", 7),
        Column("比上季", 7),
    )
    rows = [_row(light) for light in lights]
    return without_empty(Table(columns, rows, note=_SIGNS, name=title.rpartition("：")[2][:28]), keep=6)


_SIGNS = "注：差距为正表示未完成；距下一颜色为正是还须节约的量，绿灯为负是转黄前的余量；做法见正文。"


def _row(light: TargetLight) -> tuple[Cell, ...]:
    own, theirs = light.counting, light.feedback
    return (
        light.place["zh"],
        tier_said(light),
        light_of(own),
        figure_of(own.target),
        figure_of(own.actual),
        figure_of(own.gap),
        figure_of(own.distance),
        made_said(own),
        figure_of(own.flat_share),
        None if theirs is None else light_of(theirs),
        _change(own.change),
    )


def _change(levels: int | None) -> str | None:
    if levels is None:
        return None
    return "持平" if levels == 0 else f"{'升' if levels > 0 else '降'}{abs(levels)}级"


def _rule_said(board: Board) -> str:
    rule = board.rule
    levels = "；".join(level.label.zh for level in rule.levels)
    status = {"verified": "已核实", "secondary": "二手来源", "unverified": "未核实"}[str(rule.status)]
    return f"规则：{rule.label.zh}（{rule.clause}，{status}）。{levels}。灰：无数据。"
