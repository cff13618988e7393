"""The page of duties of a department: its tasks with where they stand, and the targets it answers for."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from tanheng.kernel.demand import Target
from tanheng.kernel.obligation.tracking import Stand, Tracked
from tanheng.kernel.pack.task_schedule import TaskSchedules
from tanheng.papers import Annex, Block, Column, Heading, Note, Paper, Paragraph, Row, Table
from tanheng.papers.figure import Cell
from tanheng.records.tracking import TaskBoard
from tanheng.reports.demand_words import demand_said

Stands = Mapping[Stand, tuple[str, str]]
_URGENT = (Stand.OVERDUE, Stand.UNPROVED, Stand.AT_RISK, Stand.DUE_SOON, Stand.SILENT, Stand.STALE)


def duties(board: TaskBoard, party: str | None, stands: Stands) -> Paper:
    """The duties of a department (None: of all), those that need something first."""
    order = list(stands)
    tasks = sorted(board.tasks, key=lambda item: (order.index(item.stand), item.task.id))
    urgent = [item for item in tasks if item.stand in _URGENT]
    blocks: list[Block] = [Paragraph(_headline(board, party, len(urgent)))]
    if urgent:
        blocks.append(_urgent(urgent, stands))
    if board.targets:
        blocks += [Heading("牵头和配合的目标"), _targets(board.targets, party)]
    blocks.append(
        Note(f"注：{rule_said(board.rules)}未填报不等于没有进展；填报完成而没有佐证编号的列为“缺佐证”，不作完成统计。")
    )
    annex = Annex("任务一览", [_table(tasks, party, stands)], wide=True)
    return Paper(f"{party or '各单位'}{board.year}年双碳任务一览", blocks, annexes=(annex,), mark="内部资料")


def _urgent(tasks: list[Tracked], stands: Stands) -> Table:
    columns = (Column("状态", 8), Column("任务", 40), Column("时限", 12), Column("完成率", 8, places=0, unit="%"))
    rows = [Row((stands[item.stand][0], item.task.label.zh, _due(item), _done(item))) for item in tasks]
    return Table(columns, rows, title="需要处理的任务", name="待处理")


def _due(item: Tracked) -> str:
    return item.schedule.due.isoformat() if item.schedule.due else item.task.schedule or "未定"


def _done(item: Tracked) -> Decimal | str:
    last = item.last
    return "" if last is None or last.completion is None else last.completion


def rule_said(rules: TaskSchedules) -> str:
    """By which numbers a task lags, is due soon or is not updated; they are settings."""
    return (
        f"时间进度超过完成率{rules.behind_by}个百分点为滞后，距时限{rules.warn_days}天以内为临期，"
        f"{rules.stale_days}天没有新填报为久未更新（均为设置）。"
    )


def _headline(board: TaskBoard, party: str | None, urgent: int) -> str:
    who = f"{party}承担" if party else "全部"
    told = f"截至{board.day.year}年{board.day.month}月{board.day.day}日，{who}任务{len(board.tasks)}项"
    return f"{told}，其中{urgent}项需要处理。" if urgent else f"{told}，均按计划推进。"


def _table(tasks: list[Tracked], party: str | None, stands: Stands) -> Table:
    columns = (
        Column("状态", 8),
        Column("任务", 30),
        Column("分工", 8),
        Column("牵头单位", 14),
        Column("时限", 10),
        Column("完成率", 8, places=0, unit="%"),
        Column("时间进度", 8, places=0, unit="%"),
        Column("最近进展", 26),
        Column("出处", 16),
    )
    rows = [Row(_cells(item, party, stands)) for item in tasks]
    return Table(columns, rows, title="任务一览", name="任务")


def _cells(item: Tracked, party: str | None, stands: Stands) -> tuple[Cell, ...]:
    last = item.last
    part = "" if party is None else "牵头" if party in item.task.lead_parties else "配合"
    return (
        stands[item.stand][0],
        item.task.label.zh,
        part,
        "、".join(item.task.lead_parties),
        _due(item),
        _done(item),
        "" if item.expected is None else item.expected,
        "未填报" if last is None else last.row.text("progress") or "",
        "" if last is None else last.row.place,
    )


def _targets(targets: tuple[Target, ...], party: str | None) -> Table:
    columns = (Column("目标", 30), Column("要求", 20), Column("期限", 10), Column("分工", 8), Column("依据", 24))
    rows = [
        Row(
            (
                target.label.zh,
                demand_said(target),
                target.demand.by,
                "" if party is None else "牵头" if party in target.lead_parties else "配合",
                target.clause,
            )
        )
        for target in targets
    ]
    return Table(columns, rows, name="目标")
