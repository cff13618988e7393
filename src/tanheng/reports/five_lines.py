"""五行说明: five lines for whoever asks on the telephone why energy is up."""

from __future__ import annotations

from tanheng.papers import Note, Paper, Paragraph
from tanheng.papers.paper import Block
from tanheng.reports.month_reading import MonthReading
from tanheng.reports.month_words import (
    changed,
    compared_said,
    happened,
    left_out_said,
    movers_said,
    not_foretold,
    remaining_said,
    stated_said,
    structure,
    year_said,
)
from tanheng.reports.monthly_analysis import BASIS


def five_lines(month: MonthReading) -> list[str]:
    """What grew; where; which five units; what happened and who is missing; how the year will end."""
    tables = "，".join(f"{name}{growth}" for name, _, growth in stated_said(month)) or "统计、电网、燃气表缺数"
    growth = changed(month.figure("reported_energy_growth"))
    where = structure(month)
    movers = movers_said(month.movers())
    lines = [
        f"增速：{month.period.label()}，{tables}{left_out_said(month)}；报送单位同口径{growth}{compared_said(month)}。",
        f"在哪里：{where[0] if where else '缺数。'}",
        f"哪五户：{movers or '缺数'}。",
        f"发生了什么：{''.join(happened(month)) or '没有单位报告投产、停产或检修。'}",
        f"全年：{''.join([*year_said(month), *remaining_said(month, 1)]) or not_foretold(month)}",
    ]
    return [f"{number}．{line}" for number, line in enumerate(lines, 1)]


def five_line_note(month: MonthReading) -> Paper:
    """The lines as a paper."""
    blocks: list[Block] = [*(Paragraph(line) for line in five_lines(month)), Note(BASIS)]
    return Paper(f"{month.label(month.area)}{month.month.label()}能耗变化五行说明", blocks, use="page")
