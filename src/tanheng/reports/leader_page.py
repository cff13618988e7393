"""One A4 page for the leader: the month, the place among neighbours, the distance to the targets, three decisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tanheng.kernel.assessment.reported_units import SILENT
from tanheng.kernel.pack.measure import Measure
from tanheng.papers import Column, Figure, Heading, Note, Paper, Paragraph, Table
from tanheng.papers.figure import Cell
from tanheng.papers.paper import Block
from tanheng.reports.month_reading import WAYS, MonthReading
from tanheng.reports.month_words import (
    TIERS,
    WAY_NAMES,
    changed,
    compared_said,
    left_out_said,
    movers_said,
    not_foretold,
    points,
    saving,
    stated_said,
)
from tanheng.reports.monthly_analysis import BASIS, growth_chart

_CASES = 2  # rows about the cases themselves
_MOST_BARS = 20  # more would not leave room for the rest of the page


def leader_page(month: MonthReading) -> Paper:
    """The page. What is not known is left out; no figure of it is computed here."""
    blocks: list[Block] = [
        Heading("一、现状"),
        Paragraph(_now(month)),
        *(growth_chart(month) if len(month.parts()) <= _MOST_BARS else ()),
        Heading("二、全年与目标"),
        *_year(month),
        Heading("三、请示决定事项"),
        *(Paragraph(each) for each in decisions(month)),
        Note(BASIS),
    ]
    return Paper(f"{month.label(month.area)}能耗形势（{month.period.label()}）", blocks, use="page")


def _now(month: MonthReading) -> str:
    said = [f"{name}{growth}" for name, _, growth in stated_said(month)]
    growth = month.figure("reported_energy_growth")
    if growth.value is not None:
        said.append(f"报送单位能耗同口径{changed(growth)}{compared_said(month)}")
    if (rank := month.rank()) is not None:
        said.append(f"增速由低到高在{rank[1]}个区域中列第{rank[0]}位")
    if movers := month.movers():
        said.append(f"主要是{movers_said(movers, 3)}")
    return "；".join(said) + left_out_said(month) + "。" if said else "本月没有可用的数据。"


def _year(month: MonthReading) -> list[Block]:
    """The year in each case and what it leaves to be saved: a column a case, so that long names are no heads."""
    ways = [way for way in WAYS if month.end(way, "year_end_energy").value is not None]
    if not ways:
        return [Paragraph(not_foretold(month))]
    rows: list[tuple[Cell, ...]] = [
        ("全年预计", "万吨标准煤", *(_bare(month.end(way, "year_end_energy"), 2) for way in ways)),
        ("增速", "%", *(_bare(month.end(way, "year_end_growth"), 1) for way in ways)),
        *_left(month, ways),
    ]
    columns = (Column("项目", 26), Column("单位", 12), *(Column(WAY_NAMES[way], 11) for way in ways))
    note = "还须压减为负数的是余量。" if len(rows) > _CASES else "没有可换算成能耗的目标。"
    return [Table(columns, rows, note=note, name="全年与目标")]


def _left(month: MonthReading, ways: Sequence[str]) -> Iterator[tuple[Cell, ...]]:
    """What is left to be saved for each target, floor and stretch."""
    left = {(each.measure, each.tier, each.way): each.to_save for each in month.remaining()}
    for measure, tier in dict.fromkeys((each.measure, each.tier) for each in month.remaining()):
        label = month.dispatch.account.packs.get(Measure, measure).label.zh
        figures = (left.get((measure, tier, way)) for way in ways)
        yield (f"{TIERS[tier]}还须压减·{label}", "吨标准煤", *(figure and _bare(figure, 0) for figure in figures))


def _bare(figure: Figure, places: int) -> Figure:
    """A figure whose unit stands at the beginning of its row."""
    return replace(figure, unit="", places=places)


def decisions(month: MonthReading) -> list[str]:
    """Up to three decisions that follow from the figures, each with the names it is about."""
    found = []
    over = next((each for each in month.remaining() if each.units and (each.to_save.value or 0) > 0), None)
    if over is not None:
        names = "、".join(f"{unit.label}（{unit.amount}）" for unit in over.units[:3])
        found.append(
            f"对超出份额最多的单位约谈并核定下阶段用能：{names}；{TIERS[over.tier]}目标{saving(over.to_save)}。"
        )
    parts = [part for part in month.parts() if (month.figure("reported_energy_contribution", part).value or 0) > 0]
    if parts:
        figure = month.figure("reported_energy_contribution", parts[0])
        found.append(f"由{month.label(parts[0])}说明增长原因并报压减安排（{points(figure)}）。")
    if silent := [state.unit for state in month.states(SILENT)]:
        found.append(f"对应报未报的{len(silent)}户催报：{month.names(silent, 3)}。")
    if not found:
        found.append("本月没有需要决定的事项。")
    return [f"{number}．{text}" for number, text in enumerate(found[:3], 1)]
