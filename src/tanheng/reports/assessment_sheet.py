"""The workbook on which a stage of an assessment is entered: a row for each subject and item that a person scores."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import xlsxwriter

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import Scorecard
from tanheng.kernel.period import Period
from tanheng.kernel.subject import Directory
from tanheng.records.run_inputs import demands_as_of
from tanheng.records.selecting import directory_as_of
from tanheng.store.atomic import replacing
from tanheng.store.packs import load_packs

HEADS = (
    ("对象编号", 24),
    ("考核对象", 18),
    ("评分表编号", 22),
    ("考核年度", 10),
    ("评分项编号", 16),
    ("评分项", 24),
    ("分值", 8),
    ("阶段", 10),
    ("得分", 10),
    ("等级", 14),
    ("理由", 36),
    ("佐证编号", 20),
    ("免予考核", 10),
    ("评分人", 14),
)
_OPEN_FROM = 8
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001  (the same sheet gives the same bytes)
_ENTERED = ("judged", "grade")
Line = tuple[str, ...]


def write_entry_sheet(path: Path, scorecard: str, year: Period, stage: str) -> int:
    """Writes the sheet of a stage; the same sheet gives the same bytes.

    Gives    how many rows it has.
    Refuses  definition-missing: no such scorecard; no-assessed-subject: nobody of its level is in the directory.
    """
    card = load_packs().get(Scorecard, scorecard)
    lines = list(_lines(card, directory_as_of(), year, stage))
    if not lines:
        raise Refusal("no-assessed-subject", scorecard=card.id, level=card.level, known_on=str(year))
    with replacing(path) as draft:
        book = xlsxwriter.Workbook(str(draft), {"strings_to_formulas": False, "strings_to_urls": False})
        book.set_properties({"title": "考核评分录入表", "created": _MADE})
        title, head = book.add_format({"bold": True, "font_size": 14}), book.add_format({"bold": True, "border": 1})
        fixed = book.add_format({"border": 1, "text_wrap": True})
        open_cell = book.add_format({"border": 1, "text_wrap": True, "bg_color": "#FFFBE6", "locked": False})
        made = book.add_worksheet("评分")
        made.write_string(0, 0, f"考核评分录入表（{year}年）", title)
        for column, (heading, width) in enumerate(HEADS):
            made.set_column(column, column, width)
            made.write_string(1, column, heading, head)
        for row, line in enumerate(lines, 2):
            for column, text in enumerate(line):
                style = open_cell if column >= _OPEN_FROM else fixed
                if text:
                    made.write_string(row, column, text, style)
                else:
                    made.write_blank(row, column, None, style)
        made.freeze_panes(2, 2)
        made.protect("", {"format_columns": True, "format_rows": True})
        book.close()
    return len(lines)


def _lines(card: Scorecard, directory: Directory, year: Period, stage: str) -> Iterator[Line]:
    for subject in _subjects(card, directory):
        for item in card.items:
            if item.form in _ENTERED:
                about = (subject, directory.label_of(subject), card.id, str(year), item.id, item.label.zh)
                yield (*about, str(item.points), stage, *[""] * (len(HEADS) - _OPEN_FROM))


def _subjects(card: Scorecard, directory: Directory) -> list[str]:
    if card.level != "facility":
        return sorted(area.id for area in directory.areas if area.level == card.level)
    known = {facility.id for facility in directory.facilities}
    demanded = {item.obligation.subject for item in demands_as_of().obligations}
    return sorted(known & demanded)
