"""The tables of a barometer: all lights at a glance, feedback beside our own, and the quarters before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from tanheng.papers import Annex, Block, Column, Heading, Note, Panel, Series, Table, small_multiples
from tanheng.papers.figure import Cell, Light
from tanheng.reports.barometer_words import (
    figure_of,
    light_of,
    made_said,
    measure_said,
    parts,
    tier_said,
    unit_of,
    without_empty,
)
from tanheng.reports.board import Quarter, TargetLight, WayLight

_PANELS = 16
_FEWEST_QUARTERS = 2
_GLANCE = {"area": "各区一览", "field": "各领域一览", "unit": "重点单位一览"}


# ---- at a glance
def table_of_all(lights: Sequence[TargetLight]) -> Iterator[Block]:
    """One table for each track: a row a place, a column a measure and tier; an empty cell is no target."""
    for track, found in groupby(sorted(lights, key=_track), key=lambda light: light.track):
        part = list(found)
        heads = list(dict.fromkeys(map(_head, part)))
        columns = [Column("对象", 14), *(Column(tier, 9, group=measure) for measure, tier in heads)]
        rows = []
        for place in dict.fromkeys(light.place["zh"] for light in part):
            mine = {_head(one): one for one in part if one.place["zh"] == place}
            rows.append((place, *(light_of(mine[head].counting) if head in mine else "" for head in heads)))
        yield Table(columns, rows, title=_GLANCE[track], name=_GLANCE[track])


def _head(light: TargetLight) -> tuple[str, str]:
    """Measure and tier; on what basis and over which months is said beside the numbers."""
    return measure_said(light).partition("（")[0], tier_said(light)


def _track(light: TargetLight) -> int:
    return list(_GLANCE).index(light.track)


# ---- feedback and other ways
def beside(lights: Sequence[TargetLight]) -> list[Block]:
    """Feedback and other ways beside our own lights, with what makes the difference; a table for each measure."""
    blocks: list[Block] = []
    for title, part in parts(lights):
        rows = [_beside_row(light, other) for light in part for other in light.others]
        if rows:
            table = Table(_beside_columns(part), rows, title=title, name=f"并列·{title.rpartition('：')[2]}"[:28])
            blocks.append(without_empty(table, keep=8))
    note = "注：相差为市反馈减本级数，单位为百分点；增速不全的不分解。两灯并列，不互相替代。"
    return [Heading("并列的灯：市反馈与其他口径"), *blocks, Note(note)] if blocks else []


def _beside_columns(lights: Sequence[TargetLight]) -> tuple[Column, ...]:
    own = unit_of(light.counting.actual for light in lights)
    theirs = unit_of(other.actual for light in lights for other in light.others)
    return (
        Column("对象", 12),
        Column("档", 6),
        Column("做法", 9, group="本级"),
        Column("灯", 7, group="本级"),
        Column("实际", 9, unit=own, group="本级"),
        Column("做法", 11, group="并列"),
        Column("灯", 7, group="并列"),
        Column("实际", 9, unit=theirs, group="并列"),
        Column("相差", 7, places=2),
        Column("能耗增速", 7, places=2, group="其中"),
        Column("GDP增速", 7, places=2, group="其中"),
        Column("其余", 7, places=2, group="其中"),
    )


def _beside_row(light: TargetLight, other: WayLight) -> tuple[Cell, ...]:
    own = light.counting
    said = light.difference if other is light.feedback else {}
    told = (said[name] if name in said else None for name in ("whole", "of_energy", "of_gdp", "rest"))
    ours = (made_said(own), light_of(own), figure_of(own.actual))
    theirs = (made_said(other), light_of(other), figure_of(other.actual))
    return (light.place["zh"], tier_said(light), *ours, *theirs, *told)


# ---- quarters before
def quarters_annex(lights: Sequence[TargetLight]) -> tuple[Annex, ...]:
    """The lights of the quarters before, a table for each measure, and their figures as charts."""
    if not lights or len(lights[0].quarters) < _FEWEST_QUARTERS:
        return ()
    blocks: list[Block] = []
    for title, part in parts(lights):
        ever = [light for light in part if any(one.level is not None for one in light.quarters)]
        if ever:
            heads = [Column(_quarter_head(quarter), 7) for quarter in ever[0].quarters]
            columns = (Column("对象", 12), Column("档", 6), *heads)
            name = f"近季·{title.rpartition('：')[2]}"[:28]
            blocks.append(Table(columns, [_quarters_row(light) for light in ever], title=title, name=name))
    note = "注：按本次知识日期已知的数重新评定；空格为当季没有目标或没有适用规则；各季都为灰灯的不列。"
    return (Annex("近几个季度的灯", [*blocks, Note(note), *_charts(lights)]),) if blocks else ()


def _quarters_row(light: TargetLight) -> tuple[Cell, ...]:
    cells: list[Light | str] = [light_of(light.counting, one.colour) if one.colour else "" for one in light.quarters]
    return (light.place["zh"], tier_said(light), *cells)


def _charts(lights: Sequence[TargetLight]) -> Iterator[Block]:
    """Target and actual over the quarters, of the floor alone: the figures of the stretch are the same."""
    rated = [light for light in lights if light.tier != "stretch" and len(_known(light)) >= _FEWEST_QUARTERS]
    for title, found in parts(rated):
        part = found[:_PANELS]
        labels = [_quarter_head(one) for one in part[0].quarters]
        panels = [Panel(light.place["zh"], _series(light.quarters)) for light in part]
        yield small_multiples(f"{title}（{tier_said(part[0])}）", labels, panels, unit="%", places=1)


def _known(light: TargetLight) -> list[Decimal]:
    return [one.actual for one in light.quarters if one.actual is not None]


def _series(quarters: Sequence[Quarter]) -> tuple[Series, ...]:
    actual: list[Decimal | None] = [one.actual for one in quarters]
    return Series("实际", actual), Series("目标", [one.target for one in quarters], "schedule")


def _quarter_head(quarter: Quarter) -> str:
    return f"{quarter.period.start.year % 100:02}Q{len(quarter.period.months()) // 3}"
