"""The table of a round of a split as a workbook: sent out, filled in by whoever leads, and read again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from tanheng.kernel.faults import Refusal
from tanheng.kernel.obligation.decomposition import Outcome
from tanheng.kernel.quantity import written_number
from tanheng.papers.sheets import Sheet, write_sheets
from tanheng.store.sheets import Sheet as ReadSheet
from tanheng.store.workbook_opening import open_workbook

SHEET, ABOUT = "分解表", "方案"
NUMBER, ID, NAME, LAST, BASE, SHARE, VALUE = "序号", "编号", "单位", "上年目标", "基期", "占比（%）", "本轮目标"
ASKED, WHY, OUTCOME, REASON, ADJUSTED = "意见", "提出理由", "采纳情况", "采纳理由", "调整后目标"
HEADS = (NUMBER, ID, NAME, LAST, BASE, SHARE, VALUE, ASKED, WHY, OUTCOME, REASON, ADJUSTED)
_WIDTHS = (6, 24, 20, 10, 14, 10, 10, 36, 30, 12, 30, 12)
_OPEN = (OUTCOME, REASON, ADJUSTED)
_READ: Mapping[str, Outcome] = {"adopted": "adopted", "partly": "partly", "not": "not"}


@dataclass(frozen=True)
class RoundLine:
    """A subject in the table of a round; what is not known is None, what nobody said is empty."""

    subject: str
    label: str
    last: Decimal | None
    base: Decimal | None
    share: Decimal | None
    value: Decimal | None
    asked: str = ""
    why: str = ""
    outcome: str = ""
    reason: str = ""


@dataclass(frozen=True)
class FilledLine:
    """What was filled in for a subject; an empty outcome and no value where nothing was."""

    subject: str
    outcome: str
    reason: str
    value: Decimal | None


def write_round(
    path: Path, plan: str, title: str, lines: Sequence[RoundLine], words: Mapping[str, Sequence[str]]
) -> None:
    """Writes the table of a round; what became of an opinion, why, and the adjusted value are to be filled in.

    Reads    words: by outcome how it is written; the first word of each is offered.
    """
    rows = [_row(number, line) for number, line in enumerate(lines, 1)]
    offered = [words[name][0] for name in _READ if name in words]
    table = Sheet(SHEET, HEADS, rows, _WIDTHS, open=_OPEN, choices=[(OUTCOME, offered)], title=title, kept=3)
    about = Sheet(ABOUT, ("方案",), [(plan,)], (40,), hidden=True)
    write_sheets(path, (table, about), title)


def read_round(path: Path, name: str, plan: str, words: Mapping[str, Sequence[str]]) -> list[FilledLine]:
    """What was filled into the table of a round.

    Reads    plan: whose table it must be; name: what the file goes by.
    Gives    a line for every subject of the table.
    Refuses  split-workbook-unfit: of another plan, without the table, or a cell that nobody can read; whatever opening
             the file refuses.
    """
    with open_workbook(path) as book:
        if ABOUT not in book.sheets() or SHEET not in book.sheets():
            raise Refusal("split-workbook-unfit", file=name, problem=f"{SHEET}: –")
        told = str(book.sheet(ABOUT).value(2, 1) or "")
        if told != plan:
            raise Refusal("split-workbook-unfit", file=name, problem=told[:60] or "–")
        return list(_filled(book.sheet(SHEET), name, words))


def _filled(sheet: ReadSheet, name: str, words: Mapping[str, Sequence[str]]) -> list[FilledLine]:
    top, columns = _heads(sheet, name)
    found = []
    for row in range(top + 1, len(sheet.values) + 1):
        subject = _text(sheet, row, columns[ID])
        if subject:
            outcome = _outcome(_text(sheet, row, columns[OUTCOME]), words, sheet.at(row, columns[OUTCOME]), name)
            value = _value(_text(sheet, row, columns[ADJUSTED]), sheet.at(row, columns[ADJUSTED]), name)
            found.append(FilledLine(subject, outcome, _text(sheet, row, columns[REASON]), value))
    return found


def _heads(sheet: ReadSheet, name: str) -> tuple[int, Mapping[str, int]]:
    """The row of the headings, and the column of each."""
    for row in range(1, min(len(sheet.values), 6) + 1):
        found = {_text(sheet, row, column): column for column in range(1, sheet.width + 1)}
        if all(head in found for head in (ID, OUTCOME, REASON, ADJUSTED)):
            return row, found
    raise Refusal("split-workbook-unfit", file=name, problem=f"{SHEET}: {'、'.join(_OPEN)}")


def _outcome(text: str, words: Mapping[str, Sequence[str]], place: str, name: str) -> str:
    if not text:
        return ""
    found = next((known for known in _READ if known in words and text in words[known]), None)
    if found is None:
        raise Refusal("split-workbook-unfit", file=name, problem=f"{place}: {text[:40]}")
    return found


def _value(text: str, place: str, name: str) -> Decimal | None:
    if not text:
        return None
    value = written_number(text.rstrip("%％"))
    if value is None:
        raise Refusal("split-workbook-unfit", file=name, problem=f"{place}: {text[:40]}")
    return value


def _text(sheet: ReadSheet, row: int, column: int) -> str:
    value = sheet.value(row, column)
    return "" if value is None else str(value).strip().lstrip("'")


def _row(number: int, line: RoundLine) -> tuple[str | Decimal, ...]:
    figures = ["" if value is None else value for value in (line.last, line.base, line.share, line.value)]
    return (Decimal(number), line.subject, line.label, *figures, line.asked, line.why, line.outcome, line.reason, "")
