"""月度能耗运行分析: two pages for those who run the month, and its tables behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from tanheng.kernel.assessment.reported_units import INCOMPLETE, SILENT, UNCOMPARED
from tanheng.kernel.pack.measure import Measure
from tanheng.papers import Annex, Column, Figure, Heading, Note, Paper, Paragraph, Row, Table, numeral, ranking
from tanheng.papers.figure import Strong, Text
from tanheng.papers.paper import Block
from tanheng.papers.table import is_absent
from tanheng.reports.month_reading import URGENT, WAYS, MonthReading
from tanheng.reports.month_words import (
    TIERS,
    WAY_NAMES,
    gdp_said,
    happened,
    overview,
    remaining_said,
    structure,
    tasks_said,
    unit_changes,
    year_said,
)

BASIS = (
    "注：增速对照同一张表的上年同期；单位数据来自向节能主管部门的报送，不含统计个体资料；总量为推算，不等于全区核算数。"
)
_AREAS = "各区域增速与拉动"
_GROWTH = Column("增速", 9, places=1, unit="%")
_ADDS = Column("拉动", 9, places=2, unit="百分点")


def monthly_analysis(month: MonthReading, comments: Sequence[tuple[str, str]] = ()) -> Paper:
    """The analysis of an area's month: overview, structure, what happened, the year's end; annex tables.

    Reads    comments: what areas and departments say of it, by name; a section of its own where there are any.
    """
    sections: list[tuple[str, list[Text]]] = [
        ("总体情况", [overview(month), gdp_said(month)]),
        ("结构与拉动", [*structure(month)]),
        ("单位动态与报送", [*happened(month)]),
        ("到期与逾期任务", [*tasks_said(month)]),
        ("全年预计与目标", [*year_said(month), *remaining_said(month, 1)]),
        ("各方说明", [[Strong(f"{name}："), " ".join(text.split())] for name, text in comments]),
    ]
    blocks: list[Block] = []
    for number, (title, sentences) in enumerate(((title, told) for title, told in sections if told), 1):
        blocks.append(Heading(f"{numeral(number)}、{title}"))
        blocks += [Paragraph(sentence) for sentence in sentences]
    blocks.append(Note(BASIS))
    return Paper(
        f"{month.label(month.area)}{month.period.label()}能耗运行分析",
        blocks,
        annexes=annexes(month),
    )


def annexes(month: MonthReading) -> list[Annex]:
    """The tables behind the analysis as one annex, those without rows left out."""
    tables = [table for table in month_tables(month) if table.rows]
    return [Annex("月度能耗数据表", [block for table in tables for block in (table, *_chart(month, table))])]


def month_tables(month: MonthReading) -> list[Table]:
    """Every table of the month, in the order of the annexes: the workbook behind the documents."""
    return [
        _stated(month),
        _subjects(month, _AREAS, month.parts(), "区域"),
        _subjects(month, "各领域增速与拉动", month.own_fields(), "领域"),
        _lines(month, "分行业用电拉动", "electricity_contribution"),
        _lines(month, "分类用气拉动", "gas_contribution"),
        _movers(month),
        _changes(month),
        _missing(month),
        _tasks(month),
        _cases(month),
        _remaining(month),
    ]


def _chart(month: MonthReading, table: Table) -> list[Block]:
    """The growth of the areas as bars, behind their table."""
    return growth_chart(month) if table.title == _AREAS else []


def growth_chart(month: MonthReading) -> list[Block]:
    """The growth of what units report in every area within, as bars; nothing where there is nothing to compare."""
    parts = [part for part in month.parts() if month.figure("reported_energy_growth", part).value is not None]
    if len(parts) < 2:
        return []
    values = [month.figure("reported_energy_growth", part).value for part in parts]
    growths = [None if value is None else Decimal(value) for value in values]
    return [ranking("各区域报送能耗增速", [month.label(part) for part in parts], growths, unit="%")]


def _stated(month: MonthReading) -> Table:
    columns = (
        Column("指标", 14), Column("本年累计", 12), Column("同表同期", 12), Column("增速", 8, places=1, unit="%"),
        Column("按上年公布数", 9, places=1, unit="%"), Column("口径调整", 9, places=1, unit="百分点"),
    )  # fmt: skip
    names = {"above_scale": "规上工业能耗", "output": "规上工业产值", "electricity": "全社会用电量", "gas": "燃气用量"}
    rows = [
        (name, str(month.amount(f"{stem}_to_date")), str(month.amount(f"{stem}_same_period", before=True)),
         month.figure(f"{stem}_growth"), month.figure(f"{stem}_growth_published"), month.figure(f"{stem}_adjustment"))
        for stem, name in names.items()
        if month.figure(f"{stem}_growth").value is not None
    ]  # fmt: skip
    return Table(columns, rows, title="主要指标", name="主要指标")


def _subjects(month: MonthReading, title: str, subjects: Sequence[str], heading: str) -> Table:
    columns = (
        Column(heading, 14), Column("报送能耗", 12, places=3, unit="万吨标准煤"), _GROWTH, _ADDS,
        Column("规上能耗增速", 10, places=1, unit="%"), Column("用电增速", 10, places=1, unit="%"),
    )  # fmt: skip
    rows = [
        (month.label(each), month.amount("reported_energy", subject=each), month.figure("reported_energy_growth", each),
         month.figure("reported_energy_contribution", each), month.figure("above_scale_growth", each),
         month.figure("electricity_growth", each))
        for each in subjects
    ]  # fmt: skip
    known = [row for row in rows if any(isinstance(cell, Figure) and cell.value is not None for cell in row)]
    return _without_empty(Table(columns, known, title=title, name=title))


def _without_empty(table: Table) -> Table:
    """The table without the columns in which nobody has a value: a list of dashes says nothing of anybody."""
    kept = [
        at for at in range(len(table.columns)) if at == 0 or not all(is_absent(row.cells[at]) for row in table.all_rows)
    ]
    rows = [Row([row.cells[at] for at in kept], row.strong) for row in table.all_rows]
    return replace(table, columns=[table.columns[at] for at in kept], rows=rows)


def _lines(month: MonthReading, title: str, column: str) -> Table:
    rows = [(name, figure) for name, figure in month.lines(column)]
    return Table((Column("行业或用户", 24), _ADDS), rows, title=title, name=title)


def _movers(month: MonthReading) -> Table:
    """The units that explain the growth of the area, of each area within and of each field."""
    rows = [
        Row((month.label(subject) if place == 1 else "", place, each.label, each.amount))
        for subject in (month.area, *month.parts(), *month.own_fields())
        for place, each in enumerate(month.movers(subject), 1)
    ]
    columns = (Column("区域或领域", 16), Column("序", 4, places=0), Column("单位", 24), _ADDS)
    return Table(columns, rows, title="拉动增速的前五户", name="前五户")


def _changes(month: MonthReading) -> Table:
    remarks = {event.unit: event.remark for event in month.events()}
    rows = [
        (word, month.label(unit), remarks[unit] if unit in remarks else "")
        for word, units in unit_changes(month).items()
        for unit in units
    ]
    columns = (Column("情况", 8), Column("单位", 24), Column("单位说明", 24))
    return Table(columns, rows, title="投产、停产与检修单位", name="单位动态")


def _missing(month: MonthReading) -> Table:
    names = {SILENT: "应报未报", INCOMPLETE: "中间缺月", UNCOMPARED: "没有上年同期"}
    rows = [(names[state.state], month.label(state.unit)) for state in month.states(*names)]
    columns = (Column("情况", 10), Column("单位", 30))
    return Table(columns, sorted(rows), title="未计入增速的单位", name="未报与缺月")


def _tasks(month: MonthReading) -> Table:
    rows = [
        (URGENT[each.stand], each.task.label.zh, "、".join(each.task.lead_parties),
         each.schedule.due.isoformat() if each.schedule.due else each.task.schedule or "未定")
        for each in month.tasks()
    ]  # fmt: skip
    columns = (Column("状态", 8), Column("任务", 30), Column("牵头单位", 16), Column("时限", 10))
    return Table(columns, rows, title="到期与逾期任务", name="任务")


def _cases(month: MonthReading) -> Table:
    rows = [
        (
            month.label(subject),
            WAY_NAMES[way],
            month.end(way, "year_end_energy", subject),
            month.end(way, "year_end_growth", subject),
        )
        for subject in (month.area, *month.parts(), *month.own_fields())
        for way in WAYS
        if month.end(way, "year_end_energy", subject).value is not None
    ]
    columns = (
        Column("区域或领域", 16),
        Column("情形", 12),
        Column("全年预计", 12, places=3, unit="万吨标准煤"),
        _GROWTH,
    )
    return Table(columns, rows, title="全年预计的三种情形", name="全年预计")


def _remaining(month: MonthReading) -> Table:
    get = month.dispatch.account.packs.get
    rows = []
    for each in month.remaining():
        head = (get(Measure, each.measure).label.zh, TIERS[each.tier], WAY_NAMES[each.way])
        rows.append(Row((*head, "合计还须压减（负为余量）", each.to_save), strong=True))
        rows += [Row((*head, unit.label, unit.amount)) for unit in each.units]
    columns = (
        Column("目标", 14), Column("档", 6), Column("情形", 10), Column("单位", 20),
        Column("还须压减", 12, places=0, unit="吨标准煤"),
    )  # fmt: skip
    return Table(columns, rows, title="距目标还须压减量与超份额单位", name="目标余量")
