"""The barometer of a quarter as a document: the lights by track, feedback beside them, eight quarters back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from tanheng.papers import (
    Annex,
    Block,
    Column,
    Figure,
    Heading,
    Light,
    Note,
    Panel,
    Paper,
    Paragraph,
    Series,
    Table,
    numeral,
    small_multiples,
)
from tanheng.papers.figure import Cell, Colour
from tanheng.reports.board import Board, Quarter, Shown, TargetLight, WayLight
from tanheng.reports.tracing import findings_annex, mark_of, trace_of
from tanheng.reports.wording import MADE, MADE_NOTE

COLOURS = {"red": "红", "orange": "橙", "yellow": "黄", "green": "绿", "blue": "蓝", "grey": "灰"}
TIERS = {"floor": "确保", "stretch": "力争"}
_TRACKS = {"area": "各区（块）", "field": "各领域（条）", "unit": "重点单位"}
_KINDS = {"energy": "能源", "carbon": "碳", "other": "其他"}
_VARIANTS = {
    "frozen": "固定电力因子",
    "updated": "更新电力因子",
    "published": "公布数",
    "reported": "报送数",
    "weather": "度日修正",
    "assessed": "考核口径",
}
_UNITS = {
    "10^4 tce[coal_equivalent]": "万吨标准煤",
    "tce[coal_equivalent]": "吨标准煤",
    "tce[calorific_value]": "吨标准煤",
}
_PANELS = 12


def barometer_paper(boards: Sequence[Board]) -> Paper:
    """The document over the boards of a quarter: energy, and carbon where it is graded.

    Reads    at least one board; all of one quarter.
    """
    first = boards[0]
    lights = [light for board in boards for light in board.lights]
    blocks: list[Block] = [Paragraph(_overview(first, lights))]
    for number, (title, part) in enumerate(_parts(lights), 1):
        blocks += [Heading(f"{numeral(number)}、{title}"), _table(title, part)]
    blocks += _beside(lights)
    blocks += [Note(MADE_NOTE), Note(_rule_said(first))]
    return Paper(
        f"{quarter_said(first)}能源和碳排放双控目标完成情况晴雨表",
        blocks,
        annexes=(*_annexes(lights), *_problems(boards)),
        trace="；".join([trace_of(first.result), *(f"另据 {board.result.id}" for board in boards[1:])]),
        mark=mark_of(first.result, first.packs),
    )


def _problems(boards: Sequence[Board]) -> Iterator[Annex]:
    """What was found in the data, energy and carbon apart."""
    for board in boards:
        kinds = "、".join(dict.fromkeys(_KINDS[light.kind] for light in board.lights))
        yield from findings_annex(board.result, f"数据问题清单（{kinds}）")


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
    units = {shown.unit for shown in figures if shown is not None}
    unit = units.pop() if len(units) == 1 else ""
    return _UNITS[unit] if unit in _UNITS else unit


def figure_of(shown: Shown | None) -> Figure | None:
    """A figure with its address; None where there is none."""
    if shown is None:
        return None
    unit = _UNITS[shown.unit] if shown.unit in _UNITS else shown.unit
    return Figure(shown.value, unit, shown.places, str(shown.address))


def _overview(board: Board, lights: Sequence[TargetLight]) -> str:
    told = []
    for track, name in _TRACKS.items():
        mine = [light for light in lights if light.track == track]
        counts = {colour: sum(1 for light in mine if light.counting.colour == colour) for colour in COLOURS}
        parts = "、".join(f"{COLOURS[colour]}灯{count}个" for colour, count in counts.items() if count)
        told += [f"{name}共{len(mine)}项目标：{parts}"] if mine else []
    fallen = [light for light in lights if light.counting.change is not None and light.counting.change < 0]
    names = "、".join(dict.fromkeys(light.place["zh"] for light in fallen))
    back = f"比上季退步{len(fallen)}项（{names}）。" if fallen else "没有比上季退步的目标。"
    return f"{quarter_said(board)}，{'；'.join(told)}。{back}灰灯为无数据，不等于完成。"


def _parts(lights: Iterable[TargetLight]) -> Iterator[tuple[str, list[TargetLight]]]:
    """Tracks apart, energy and carbon apart, and every measure by itself."""
    for (track, kind, _), found in groupby(lights, key=lambda light: (light.track, light.kind, light.measure)):
        part = list(found)
        yield f"{_TRACKS[track]}·{_KINDS[kind]}：{measure_said(part[0])}", part


def _table(title: str, lights: Sequence[TargetLight]) -> Table:
    own = [light.counting for light in lights]
    columns = (
        Column("对象", 12),
        Column("档", 6),
        Column("灯", 6),
        Column("目标", 9, unit=unit_of(shown.target for shown in own)),
        Column("实际", 9, unit=unit_of(shown.actual for shown in own)),
        Column("差距", 8, unit="%"),
        Column("距下一颜色", 11, unit=unit_of(shown.distance for shown in own)),
        Column("做法", 9),
        Column("按构成持平", 8, unit="%"),
        Column("市反馈", 7),
        Column("比上季", 7),
    )
    return Table(columns, [_row(light) for light in lights], note=_SIGNS, name=title.rpartition("：")[2][:28])


_SIGNS = "注：差距为正表示未完成；距下一颜色为正是还须节约的量，绿灯为负是转黄前的余量；做法见正文。"


def _row(light: TargetLight) -> tuple[Cell, ...]:
    own, theirs = light.counting, light.feedback
    return (
        light.place["zh"],
        TIERS[light.tier] if light.tier in TIERS else light.tier,
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


def _beside(lights: Sequence[TargetLight]) -> list[Block]:
    """Feedback and other ways beside our own lights, with what makes the difference."""
    rows = [_beside_row(light, other) for light in lights for other in light.others]
    if not rows:
        return []
    columns = (
        Column("对象", 12),
        Column("指标", 20),
        Column("本级做法", 9),
        Column("本级灯", 7),
        Column("并列做法", 11),
        Column("并列灯", 7),
        Column("并列数", 9),
        Column("相差", 7, places=2),
        Column("能耗增速", 7, places=2, group="其中"),
        Column("GDP增速", 7, places=2, group="其中"),
        Column("其余", 7, places=2, group="其中"),
    )
    note = "注：相差为市反馈减本级数，单位为百分点；增速不全的不分解。两灯并列，不互相替代。"
    return [Heading("并列的灯：市反馈与其他口径"), Table(columns, rows, note=note, name="并列的灯")]


def _beside_row(light: TargetLight, other: WayLight) -> tuple[Cell, ...]:
    own = light.counting
    parts = light.difference if other is light.feedback else {}
    told = (parts[name] if name in parts else None for name in ("whole", "of_energy", "of_gdp", "rest"))
    measure = measure_said(light)
    sides = (made_said(own), light_of(own), made_said(other), light_of(other))
    return (light.place["zh"], measure, *sides, figure_of(other.actual), *told)


def _annexes(lights: Sequence[TargetLight]) -> tuple[Annex, ...]:
    if not lights or len(lights[0].quarters) < 2:
        return ()
    heads = [Column(_quarter_head(quarter), 7) for quarter in lights[0].quarters]
    columns = (Column("对象", 12), Column("指标", 20), Column("档", 6), *heads)
    rows = [_quarters_row(light) for light in lights]
    note = "注：按本次知识日期已知的数重新评定；空格为当季没有目标或没有适用规则。"
    table = Table(columns, rows, note=note, name="近八季度")
    return (Annex("近八个季度的灯", [table, *_charts(lights)], wide=True),)


def _quarters_row(light: TargetLight) -> tuple[Cell, ...]:
    tier = TIERS[light.tier] if light.tier in TIERS else light.tier
    cells = (light_of(light.counting, one.colour) if one.colour else "" for one in light.quarters)
    return (light.place["zh"], measure_said(light), tier, *cells)


def _charts(lights: Sequence[TargetLight]) -> Iterator[Block]:
    """Target and actual over the quarters, for measures that are rates; the first dozen of each."""
    rated = [light for light in lights if any(one.actual is not None for one in light.quarters)]
    for (track, _, tier), found in groupby(rated, key=lambda light: (light.track, light.measure, light.tier)):
        part = list(found)[:_PANELS]
        labels = [_quarter_head(one) for one in part[0].quarters]
        panels = [Panel(light.place["zh"], _series(light.quarters)) for light in part]
        tier_said = TIERS[tier] if tier in TIERS else tier
        title = f"{_TRACKS[track]}：{measure_said(part[0])}（{tier_said}）"
        yield small_multiples(title, labels, panels, unit="%", places=1)


def _series(quarters: Sequence[Quarter]) -> tuple[Series, ...]:
    actual: list[Decimal | None] = [one.actual for one in quarters]
    return Series("实际", actual), Series("目标", [one.target for one in quarters], "schedule")


def _quarter_head(quarter: Quarter) -> str:
    return f"{quarter.period.start.year % 100:02}Q{len(quarter.period.months()) // 3}"


def _rule_said(board: Board) -> str:
    rule = board.rule
    levels = "；".join(level.label.zh for level in rule.levels)
    status = {"verified": "已核实", "secondary": "二手来源", "unverified": "未核实"}[str(rule.status)]
    return f"规则：{rule.label.zh}（{rule.clause}，{status}）。{levels}。灰：无数据。"
