"""Split and send: one table of tasks becomes a workbook for every department and town that has a part in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import xlsxwriter

from tanheng.kernel.obligation.tracking import Tracked
from tanheng.store.atomic import replacing
from tanheng.store.plain_text import file_part, inert

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
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001  (the same tasks give the same bytes)
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
    with replacing(path) as draft:
        book = xlsxwriter.Workbook(str(draft), {"strings_to_formulas": False, "strings_to_urls": False})
        book.set_properties({"title": title[:200], "created": _MADE})
        formats = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "head": book.add_format({"bold": True, "border": 1, "text_wrap": True, "bg_color": "#E8EEF4"}),
            "sent": book.add_format({"border": 1, "text_wrap": True, "valign": "top"}),
            "open": book.add_format(
                {"border": 1, "text_wrap": True, "valign": "top", "bg_color": "#FFFBE6", "locked": False}
            ),
        }
        made = book.add_worksheet("任务进展")
        made.write_string(0, 0, title, formats["title"])
        for column, (field, heading, width) in enumerate(HEADS):
            made.set_column(column, column, width)
            made.write_string(1, column, heading, formats["head"])
            for place, row in enumerate(rows, 2):
                text = row[field] if field in row else ""
                style = formats["sent" if field in SENT else "open"]
                if text:
                    made.write_string(place, column, inert(text), style)
                else:
                    made.write_blank(place, column, None, style)
        states = [field for field, _, _ in HEADS].index("status")
        made.data_validation(2, states, max(2, len(rows) + 1), states, {"validate": "list", "source": list(STATES)})
        made.freeze_panes(2, 3)
        made.protect("", {"format_columns": True, "format_rows": True, "insert_rows": True})
        made.set_landscape()
        made.set_paper(8)
        made.fit_to_pages(1, 0)
        made.repeat_rows(1)
        book.close()
