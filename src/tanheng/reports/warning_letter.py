"""Warning letters: one for every place whose light is not good enough, with its numbers and what it must save."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from tanheng.papers import Block, Column, Paper, Paragraph, RedHead, Signature, Table
from tanheng.papers.figure import Cell, Run, Text
from tanheng.reports.barometer_words import (
    COLOURS,
    TIERS,
    figure_of,
    light_of,
    made_said,
    measure_said,
    quarter_said,
    unit_of,
)
from tanheng.reports.board import Board, TargetLight, WayLight
from tanheng.reports.tracing import mark_of, trace_of

WARNED = ("red", "orange", "yellow")


def warning_letters(boards: Sequence[Board], office: str, warned: Sequence[str] = WARNED) -> Mapping[str, Paper]:
    """A draft for each place with a light of a warned colour, ours or the city's feedback, by the name of its file.

    Reads    office: who signs. warned: the colours that bring a letter; grey brings none, and is asked for in words.
    Gives    nothing where no light is of such a colour. The days for an answer are left open: no notice fixes them.
    """
    lights = [light for board in boards for light in board.lights]
    found = sorted((light for light in lights if warning_light(light, warned)), key=_place_of)
    letters = {}
    for place, part in groupby(found, key=_place_of):
        mine = list(part)
        grey = [light for light in lights if _place_of(light) == place and light.counting.level is None]
        name = mine[0].place["zh"].partition(" · ")[0]
        letters[f"预警函_{name}_{quarter_said(boards[0])}"] = _letter(boards[0], office, name, mine, grey, warned)
    return letters


def warning_light(light: TargetLight, warned: Sequence[str] = WARNED) -> WayLight | None:
    """The light that brings a letter: our own, or the city's feedback where only that one is of a warned colour."""
    sides = (light.counting, light.feedback)
    return next((side for side in sides if side is not None and side.colour in warned), None)


def _place_of(light: TargetLight) -> str:
    return light.subject.partition("#")[0]


def _letter(
    board: Board,
    office: str,
    name: str,
    lights: Sequence[TargetLight],
    grey: Sequence[TargetLight],
    warned: Sequence[str],
) -> Paper:
    quarter, worst = quarter_said(board), _worst(lights, warned)
    blocks: list[Block] = [
        Paragraph(f"{name}：", indent=False),
        Paragraph(
            f"按照{board.rule.label.zh}，{quarter}你单位有{len(lights)}项目标未达到进度要求，其中最低为{COLOURS[worst]}灯。"
            "现将情况函告如下："
        ),
        *(Paragraph(_told(light, warned)) for light in lights),
        _table(lights, warned),
        *([Paragraph(_grey_told(grey))] if grey else []),
        Paragraph(
            "请认真分析原因，研究提出后续措施，明确须压减的能耗和责任单位，于收到本函之日起____个工作日内书面反馈。"
            "对数据有异议的，请一并附上依据。"
        ),
    ]
    return Paper(
        f"关于{quarter}双控目标进度预警的函",
        blocks,
        closing=(Signature(office, "　　年　　月　　日"),),
        head=RedHead(office),
        trace=trace_of(board.result),
        mark=f"代拟稿　{mark_of(board.result, board.packs)}",
    )


def _worst(lights: Sequence[TargetLight], warned: Sequence[str]) -> str:
    sides = [side for light in lights if (side := warning_light(light, warned)) is not None]
    return min(sides, key=lambda side: (side.level is None, side.level or 0)).colour


def _told(light: TargetLight, warned: Sequence[str]) -> Text:
    side = warning_light(light, warned)
    assert side is not None
    told: list[Run] = [f"{light.place['zh']}{measure_said(light)}（{TIERS[light.tier]}）：", light_of(side)]
    told += ["，目标", figure_of(side.target) or "—", "，实际", figure_of(side.actual) or "—"]
    if side.distance is not None:
        told += ["，距上一颜色还须节约", figure_of(side.distance) or "—"]
    flat = side.flat_share
    said = f"（{made_said(side)}"
    told.append(said + (f"，其中{flat.value:.1f}%按上年单耗推算）。" if flat is not None and flat.value else "）。"))
    if side.change is not None and side.change < 0:
        told.append(f"比上季退步{-side.change}级。")
    if (other := light.feedback) is not None and other is not side:
        told += ["市反馈为", light_of(other), "，实际", figure_of(other.actual) or "—", "，两者不一致之处见晴雨表。"]
    return told


def _table(lights: Sequence[TargetLight], warned: Sequence[str]) -> Table:
    sides = [side for light in lights if (side := warning_light(light, warned)) is not None]
    columns = (
        Column("目标", 20),
        Column("档", 6),
        Column("灯", 6),
        Column("目标值", 9, unit=unit_of(side.target for side in sides)),
        Column("实际值", 9, unit=unit_of(side.actual for side in sides)),
        Column("差距", 8, unit="%"),
        Column("还须节约", 12, unit=unit_of(side.distance for side in sides)),
        Column("做法", 9),
    )
    rows = [_row(light, side) for light, side in zip(lights, sides, strict=True)]
    return Table(columns, rows, title="预警目标", name="预警目标")


def _row(light: TargetLight, side: WayLight) -> tuple[Cell, ...]:
    figures = (figure_of(item) for item in (side.target, side.actual, side.gap, side.distance))
    return (light.label["zh"], TIERS[light.tier], light_of(side), *figures, made_said(side))


def _grey_told(grey: Sequence[TargetLight]) -> str:
    names = "、".join(dict.fromkeys(light.label["zh"] for light in grey))
    return f"另有{len(grey)}项目标无数据（灰灯）：{names}。灰灯不等于完成，请抓紧补报。"
