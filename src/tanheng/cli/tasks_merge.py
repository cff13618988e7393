"""`tanheng tasks merge`: the sheets that came back become one table; conflicts and late ones are listed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tanheng.cli.options import as_json_option, day_option, out_option, period_option, today
from tanheng.cli.output import as_json, emit, say, say_written, show_findings, working
from tanheng.cli.site import open_site
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words
from tanheng.kernel.period import Period

if TYPE_CHECKING:
    from tanheng.reports.task_merge import Merged


@verb(
    "merge",
    "收集汇总：读取收回的各种状态的表，汇成一张；冲突、漏报、未退回逐一列出，并起草催报函。\n\n"
    "只生成文件，不写入记录；汇总表核对后用 tanheng import 导入。",
    "Collect and merge: sheets in any state become one table; conflicts, gaps and late ones are listed, reminders\n"
    "drafted. Nothing is recorded: check the merged table and bring it in with tanheng import.",
)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@period_option(required=True, zh="计划年度，如 2025。", en="The year of the plan, such as 2025.")
@day_option("--known-on", zh="截至日期，默认今天。", en="As of this day; today by default.")
@option("--instrument", zh="只汇总这份文件的任务。", en="Only the tasks of this document.")
@option("--leads-only", is_flag=True, zh="只发过牵头单位。", en="Only lead parties were sent a sheet.")
@out_option(
    zh="汇总表和催报函写到哪个文件夹。", en="Write the merged table and the reminders into this folder.", required=True
)
@option("--office", default="", zh="催报函的署名，默认“双碳工作办公室”。", en="Who signs the reminders.")
@as_json_option
def merge(
    *,
    folder: Path,
    period: Period,
    known_on: date | None,
    instrument: str | None,
    leads_only: bool,
    out: Path,
    office: str,
    as_document: bool,
) -> int:
    """Merges a folder.

    Refuses  tasks-none, instrument-unknown, file-failed.
    """
    open_site()
    from tanheng.records.selecting import directory_as_of
    from tanheng.records.tracking import task_board
    from tanheng.reports.task_files import OFFICE, write_merged
    from tanheng.reports.task_merge import merge as merged_of
    from tanheng.reports.task_sheets import sheets_of
    from tanheng.store import load_packs

    packs, day = load_packs(), known_on or today()
    board = task_board(period.start.year, day, packs, instrument=instrument)
    with working(words("汇总中", "Merging")):
        found = merged_of(
            folder, sheets_of(board.tasks, leads_only=leads_only), packs, directory_as_of(), day, board.year
        )
        paths = write_merged(out, found, board.year, day, packs, office or OFFICE)
    if as_document:
        emit({**_as_json(found), "files": [str(path) for path in paths]})
        return 0
    show_findings(as_json(found.findings))
    reported = sum(1 for row in found.rows if row.get("progress"))
    say(
        words(
            f"退回 {len(found.returned)} 份，未退回 {len(found.missing)} 家；"
            f"{len(found.rows)} 项任务中 {reported} 项有进展，冲突 {len(found.conflicts)} 处。",
            f"{len(found.returned)} sheets back, {len(found.missing)} missing; progress on {reported} of "
            f"{len(found.rows)} tasks, {len(found.conflicts)} conflicts.",
        )
    )
    say_written(paths)
    return 0


def _as_json(found: Merged) -> dict[str, object]:
    return {
        "returned": [{"file": item.file, "party": item.party, "tasks": len(item.rows)} for item in found.returned],
        "missing": [sheet.party for sheet in found.missing],
        "rows": found.rows,
        "conflicts": [
            {"task": one.task, "field": one.field, "said": [list(pair) for pair in one.said]} for one in found.conflicts
        ],
        "beside": [{"task": task, "who": who, "said": dict(said)} for task, who, said in found.beside],
        "findings": as_json(found.findings),
    }
