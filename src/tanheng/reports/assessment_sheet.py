"""The workbook on which a stage of an assessment is entered: a row for each subject and item that a person scores."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import Scorecard
from tanheng.kernel.period import Period
from tanheng.kernel.subject import Directory
from tanheng.papers.sheets import Sheet, write_sheets
from tanheng.records.run_inputs import demands_as_of
from tanheng.records.selecting import directory_as_of
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
_IN_SIGHT = 2
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
    heads, widths = [heading for heading, _ in HEADS], [width for _, width in HEADS]
    title = f"考核评分录入表（{year}年）"
    sheet = Sheet("评分", heads, lines, widths, open=heads[_OPEN_FROM:], title=title, kept=_IN_SIGHT)
    write_sheets(path, [sheet], "考核评分录入表")
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
