"""The documents of an assessment in a folder: the summary and a sheet for each subject, in three forms each."""

from __future__ import annotations

from pathlib import Path

from tanheng.kernel.pack import PackSet
from tanheng.reports.assessed import Assessed
from tanheng.reports.score_sheet import score_sheet, summary
from tanheng.reports.three_forms import Written, write_papers


def write_assessment(folder: Path, found: Assessed, packs: PackSet) -> Written:
    """Writes every document whole, one after the other; a folder that holds earlier ones has them replaced.

    Reads    packs: those of the site, which hold the layouts of papers; a result keeps only what runs read.
    Refuses  file-failed: the folder cannot be written.
    """
    papers = {f"{found.year}年考核结果汇总": summary(found)}
    papers |= {f"{found.year}年考核评分表_{sheet.label['zh']}": score_sheet(found, sheet) for sheet in found.sheets}
    return write_papers(folder, papers, packs)
