"""What all papers of a barometer share: words for colours, tiers, measures and ways of making; figures and parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from tanheng.kernel.quantity import unit_words
from tanheng.papers import Figure, Light, Table
from tanheng.papers.figure import Colour
from tanheng.reports.board import Board, Shown, TargetLight, WayLight
from tanheng.reports.wording import MADE

COLOURS = {"red": "红", "orange": "橙", "yellow": "黄", "green": "绿", "blue": "蓝", "grey": "灰"}
TIERS = {"floor": "确保", "stretch": "力争"}
TRACKS = {"area": "各区（块）", "field": "各领域（条）", "unit": "重点单位"}
KINDS = {"energy": "能源", "carbon": "碳", "other": "其他"}
_VARIANTS = {
    "frozen": "固定电力因子",
    "updated": "更新电力因子",
    "published": "公布数",
    "reported": "报送数",
    "weather": "度日修正",
    "assessed": "考核口径",
    "electricity": "按用电增速",
}


def quarter_said(board: Board) -> str:
    """The quarter in words: 2025年前三季度."""
    year, month = board.period.start.year, len(board.period.months())
    return f"{year}年{ {3: '一季度', 6: '上半年', 9: '前三季度', 12: '全年'}[month] }".replace(" ", "")


def measure_said(light: TargetLight) -> str:
    """The measure in words; a total to date is compared by its growth in the same months."""
    target = light.counting.target
    growth = light.reckoned != "decline" and target is not None and target.unit == "%"
    return f"{light.measure_label['zh']}{'（同期增速）' if growth else ''}"


def light_of(light: WayLight, colour: str = "") -> Light:
    """A light for a page; its sign and word tell it apart in grey print."""
    return Light(_as_colour(colour or light.colour), COLOURS[colour or light.colour])


def _as_colour(colour: str) -> Colour:
    found: dict[str, Colour] = {
        "red": "red", "orange": "orange", "yellow": "yellow", "green": "green", "blue": "blue",
    }  # fmt: skip
    return found[colour] if colour in found else "grey"


def made_said(light: WayLight) -> str:
    """推算, 核算 or 市反馈, with the variant."""
    if light.level is None:
        return "无数据"
    if not light.variant:
        return MADE[light.made]
    variant = _VARIANTS[light.variant] if light.variant in _VARIANTS else light.variant
    return f"{MADE[light.made]}（{variant}）"


def unit_of(figures: Iterable[Shown | None]) -> str:
    """The unit of a column of figures in words; none where there is no figure, or where they differ."""
    units = {unit_words(shown.unit, basis=False) for shown in figures if shown is not None}
    return units.pop() if len(units) == 1 else ""


def figure_of(shown: Shown | None) -> Figure | None:
    """A figure with its address; None where there is none."""
    if shown is None:
        return None
    return Figure(shown.value, unit_words(shown.unit, basis=False), shown.places, str(shown.address))


def parts(lights: Iterable[TargetLight]) -> Iterator[tuple[str, list[TargetLight]]]:
    """Tracks apart, energy and carbon apart, and every measure by itself."""
    for (track, kind, _), found in groupby(lights, key=lambda light: (light.track, light.kind, light.measure)):
        part = list(found)
        yield f"{TRACKS[track]}·{KINDS[kind]}：{measure_said(part[0])}", part


def tier_said(light: TargetLight) -> str:
    """确保 or 力争."""
    return TIERS[light.tier] if light.tier in TIERS else light.tier


def without_empty(table: Table, *, keep: int) -> Table:
    """A table without the columns in which no row has anything, beyond the first few that are always there."""
    rows = [row.cells for row in table.all_rows]
    used = [at for at in range(len(table.columns)) if at < keep or any(row[at] is not None for row in rows)]
    kept = [tuple(row[at] for at in used) for row in rows]
    return replace(table, columns=[table.columns[at] for at in used], rows=kept)
