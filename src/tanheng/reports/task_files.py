"""What a merge leaves behind: the merged table, the list of conflicts, and a reminder to whoever has not answered."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tanheng.kernel.obligation.tracking import Tracked
from tanheng.kernel.pack import PackSet
from tanheng.papers import Block, Column, Paper, Paragraph, RedHead, Row, Signature, Table
from tanheng.reports.task_merge import Merged
from tanheng.reports.task_sheets import TITLE, PartySheet, write_table
from tanheng.reports.three_forms import write_papers

OFFICE = "双碳工作办公室"
_FIELDS = {"progress": "进展情况", "completion": "完成率", "status": "状态"}
_MORE = {"problems": "存在问题", "next": "下一步", "contact": "联络员", "evidence": "佐证编号"}
_LISTED = ("return-conflict", "return-missing")  # in tables of their own
_OTHERS = (Column("位置", 26), Column("问题", 40), Column("下一步", 34))
_BESIDE = (Column("任务", 26), Column("填报单位（文件）", 26), Column("所报", 48))


def write_merged(
    folder: Path, merged: Merged, year: int, day: date, packs: PackSet, office: str = OFFICE
) -> list[Path]:
    """Writes the merged table in the layout that is imported, then conflicts and reminders where there are any.

    Refuses  file-failed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    table = folder / f"{year}年{TITLE}_汇总.xlsx"
    write_table(table, f"{year}年{TITLE}（汇总）", merged.rows)
    papers = {}
    if merged.conflicts or merged.missing or merged.beside or merged.findings:
        papers[f"{year}年任务进展_冲突与未退回"] = _open_points(merged, year)
    papers |= {f"催报函_{sheet.party}": reminder(sheet, year, day, office) for sheet in merged.missing}
    return [table, *write_papers(folder, papers, packs).paths]


def reminder(sheet: PartySheet, year: int, day: date, office: str) -> Paper:
    """The draft of a reminder to one party: which tasks are to be reported on; its day is left to whoever signs."""
    rows = [Row((item.task.number or "", item.task.label.zh, _due(item))) for item in sheet.tasks]
    table = Table((Column("序号", 6), Column("任务", 40), Column("时限", 12)), rows, name="任务")
    blocks: list[Block] = [
        Paragraph(f"{sheet.party}：", indent=False),
        Paragraph(
            f"{year}年双碳重点任务进展表已发贵单位，截至{day.month}月{day.day}日尚未收到。请尽快填报下列任务的进展情况："
        ),
        table,
        Paragraph("没有进展的也请填写原因和下一步安排；已经完成的请附佐证编号。"),
    ]
    return Paper(
        f"关于报送{year}年双碳重点任务进展的提醒",
        blocks,
        closing=(Signature(office, "　　年　　月　　日"),),
        head=RedHead(office),
        mark="代拟稿　内部资料",
    )


def _open_points(merged: Merged, year: int) -> Paper:
    conflicts = [
        Row((_label(merged, one.task), _FIELDS[one.field], who, text))
        for one in merged.conflicts
        for who, text in one.said
    ]
    columns = (Column("任务", 30), Column("项目", 10), Column("填报单位（文件）", 24), Column("所报", 36))
    missing = [Row((sheet.party, len(sheet.tasks))) for sheet in merged.missing]
    words = (*_FIELDS.items(), *_MORE.items())
    beside = [
        Row((task, who, "；".join(f"{name}：{said[field]}" for field, name in words if field in said)))
        for task, who, said in merged.beside
    ]
    others = [
        Row((one.place, one.message("zh"), one.next_step("zh"))) for one in merged.findings if one.code not in _LISTED
    ]
    blocks: list[Block] = [
        Paragraph(
            f"收回{len(merged.returned)}份，{len(merged.missing)}家未退回；{len(merged.conflicts)}处所报不一致，汇总表暂取牵头单位所报。"
        ),
        Table(columns, conflicts, title="不一致之处", name="冲突"),
        Table((Column("未退回单位", 30), Column("任务数", 10, places=0)), missing, title="未退回单位", name="未退回"),
        Table(_OTHERS, others, title="需要核对之处", name="核对"),
        Table(_BESIDE, beside, title="汇总表之外：配合单位和其他各份所报", name="汇总表之外"),
    ]
    return Paper(f"{year}年任务进展汇总：冲突与未退回", blocks, mark="内部资料")


def _label(merged: Merged, task: str) -> str:
    return next((row["task"] for row in merged.rows if row["task_id"] == task), task)


def _due(item: Tracked) -> str:
    return item.schedule.due.isoformat() if item.schedule.due else ""
