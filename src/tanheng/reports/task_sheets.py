"""Split and send: one table of tasks becomes a workbook for every department and town that has a part in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tanheng.kernel.obligation.tracking import Tracked
from tanheng.papers import sheets as papers
from tanheng.papers.sheets import Sheet
from tanheng.store.plain_text import file_part

TITLE = "重点任务进展表"
HEADS: tuple[tuple[str, str, int], ...] = (
    ("task_id", "任务编号", 24),
    ("number", "序号", 6),
    ("task", "任务", 42),
    ("lead", "牵头单位", 18),
    ("supporting", "配合单位", 22),
    ("deadline", "时限", 12),
    ("previous", "上次进展", 30),
    ("progress", "进展情况", 42),
    ("completion", "完成率（%）", 10),
    ("problems", "存在问题", 28),
    ("next", "下一步", 28),
    ("contact", "联络员", 12),
    ("status", "状态", 10),
    ("evidence", "佐证编号", 16),
)
SENT = ("task_id", "number", "task", "lead", "supporting", "deadline", "previous")
STATES = ("推进中", "已完成", "滞后", "未启动")
_IN_SIGHT = 3
_SEPARATOR = "、"


@dataclass(frozen=True)
class PartySheet:
    """What one department gets: its tasks, those it leads before those it supports."""

    party: str
    tasks: tuple[Tracked, ...]

    @property
    def file(self) -> str:
        """The name of its workbook."""
        return f"任务进展表_{file_part(self.party)}.xlsx"


def sheets_of(tracked: Iterable[Tracked], *, leads_only: bool = False) -> list[PartySheet]:
    """Every party that a task names, with its tasks.

    Reads    leads_only: supporting parties get no sheet.
    """
    found: dict[str, dict[str, Tracked]] = {}
    items = list(tracked)
    for item in items:
        for party in item.task.lead_parties:
            found.setdefault(party, {})[item.task.id] = item
    for item in items if not leads_only else ():
        for party in item.task.supporting_parties:
            found.setdefault(party, {}).setdefault(item.task.id, item)
    return [PartySheet(party, tuple(tasks.values())) for party, tasks in sorted(found.items())]


def write_sheets(folder: Path, sheets: Sequence[PartySheet], year: int) -> list[Path]:
    """Writes the workbook of every party, each whole or not at all; the same tasks give the same bytes.

    What was sent is locked without a password; what is to be filled in is open, with a list for the state.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / sheet.file for sheet in sheets]
    for path, sheet in zip(paths, sheets, strict=True):
        write_table(path, f"{sheet.party}{year}年{TITLE}", [sent_row(item) for item in sheet.tasks])
    return paths


def sent_row(item: Tracked) -> dict[str, str]:
    """What is sent of a task: its id, number and wording, who is responsible, when it is due, what was said last."""
    last = item.last.row.text("progress") if item.last is not None else None
    return {
        "task_id": item.task.id,
        "number": item.task.number,
        "task": item.task.label.zh,
        "lead": _SEPARATOR.join(item.task.lead_parties),
        "supporting": _SEPARATOR.join(item.task.supporting_parties),
        "deadline": item.schedule.due.isoformat() if item.schedule.due else item.task.schedule,
        "previous": last or "",
    }


def write_table(path: Path, title: str, rows: Sequence[dict[str, str]]) -> None:
    """Writes one table of tasks with everything known of each row; what is open is left to be filled in."""
    table = Sheet(
        name="任务进展",
        headings=[heading for _, heading, _ in HEADS],
        rows=[[row[field] if field in row else "" for field, _, _ in HEADS] for row in rows],
        widths=[width for _, _, width in HEADS],
        open=[heading for field, heading, _ in HEADS if field not in SENT],
        choices=[(heading, STATES) for field, heading, _ in HEADS if field == "status"],
        title=title,
        kept=_IN_SIGHT,
    )
    papers.write_sheets(path, [table], title)
