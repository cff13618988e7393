"""What came of a consultation as files: the table of all opinions as a workbook and as Word, and as data."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tanheng.kernel.faults import Refusal
from tanheng.papers.paper import Paper, Paragraph
from tanheng.papers.sheets import Sheet, write_sheets
from tanheng.papers.table import grid
from tanheng.papers.word import write_word
from tanheng.policy.consulting import HEADS, Consultation, Outcome, parties_of, summary_rows
from tanheng.policy.plan_words import PlanWords
from tanheng.store.atomic import write_bytes

WORKBOOK, PAPER, DATA = "意见采纳情况汇总.xlsx", "意见采纳情况汇总.docx", "opinions.json"
_WIDTHS = (8, 16, 50, 40, 36, 14)


def write_consultation(
    folder: Path, found: Consultation, draft: Mapping[str, Any], words: PlanWords
) -> tuple[Path, ...]:
    """Writes what came back: all opinions with what became of them, and the parties with the state of each.

    Refuses  file-failed.
    """
    rows, paths = summary_rows(found.opinions, words), tuple(folder / name for name in (WORKBOOK, PAPER, DATA))
    states = _states(found, draft, words)
    title = f"《{draft['title']}》征求意见采纳情况"
    sheets = (
        Sheet("意见汇总", HEADS, rows, _WIDTHS),
        Sheet("退回情况", ("单位", "状态", "意见数"), states, (24, 14, 10)),
    )
    counts = Counter(item.outcome for item in found.opinions)
    told = (
        f"共征求{len(states)}家单位意见，退回{len(found.returned)}家，未退回{len(found.missing)}家。"
        f"收到意见{len(found.opinions)}条：采纳{counts[Outcome.ADOPTED]}条，部分采纳{counts[Outcome.PARTLY]}条，"
        f"不采纳{counts[Outcome.NOT]}条，待定{counts[Outcome.OPEN]}条。"
    )
    late = [Paragraph(f"未退回的单位：{'、'.join(found.missing)}。")] if found.missing else []
    paper = Paper(title, [Paragraph(told), *late, grid(HEADS, rows, (8, 14, 36, 30, 28, 14))])
    try:
        write_sheets(paths[0], sheets, title)
        write_word(paths[1], paper, words.layout)
        write_bytes(paths[2], json.dumps(consultation_json(found, draft), ensure_ascii=False, indent=1).encode())
    except OSError as error:
        raise Refusal("file-failed", file=error.filename or folder, problem=error.strerror or str(error)) from error
    return paths


def consultation_json(found: Consultation, draft: Mapping[str, Any]) -> dict[str, Any]:
    """What came back as one document, bound to its draft by the digest."""
    counts = Counter(item.outcome for item in found.opinions)
    return {
        "draft": draft["digest"],
        "counts": {str(outcome): counts[outcome] for outcome in Outcome},
        "returned": list(found.returned),
        "missing": list(found.missing),
        "opinions": [{**vars(item), "outcome": item.outcome.value} for item in found.opinions],
    }


def _states(found: Consultation, draft: Mapping[str, Any], words: PlanWords) -> list[tuple[str, str, str]]:
    counts = Counter(item.party for item in found.opinions)
    return [
        (party, "未退回" if party in found.missing else "有意见" if counts[party] else "无意见", str(counts[party]))
        for party in parties_of(draft, words)
    ]
