"""`tanheng tasks split`: a workbook of its tasks for every department and town."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tanheng.cli.options import as_json_option, day_option, out_option, period_option, today
from tanheng.cli.output import emit, say
from tanheng.cli.site import open_site
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words
from tanheng.kernel.period import Period


@verb(
    "split",
    "拆分下发：按单位各生成一份任务进展表，发出的内容锁定，只填进展、完成率、问题、下一步和佐证。",
    "Split and send: a workbook for every department; what was sent is locked, progress and evidence are open.",
)
@period_option(required=True, zh="计划年度，如 2025。", en="The year of the plan, such as 2025.")
@day_option("--known-on", zh="截至日期，默认今天。", en="As of this day; today by default.")
@option("--instrument", zh="只拆这份文件的任务。", en="Only the tasks of this document.")
@option("--leads-only", is_flag=True, zh="只发牵头单位。", en="Lead parties only.")
@out_option(zh="写到哪个文件夹。", en="Write into this folder.", required=True)
@as_json_option
def split(
    *, period: Period, known_on: date | None, instrument: str | None, leads_only: bool, out: Path, as_document: bool
) -> int:
    """Writes the workbooks.

    Refuses  tasks-none, instrument-unknown.
    """
    open_site()
    from tanheng.records.tracking import task_board
    from tanheng.reports.task_sheets import sheets_of, write_sheets
    from tanheng.store import load_packs

    board = task_board(period.start.year, known_on or today(), load_packs(), instrument=instrument)
    sheets = sheets_of(board.tasks, leads_only=leads_only)
    paths = write_sheets(out, sheets, board.year)
    if as_document:
        emit(
            {
                "files": [
                    {"file": path.name, "party": sheet.party, "tasks": len(sheet.tasks)}
                    for path, sheet in zip(paths, sheets, strict=True)
                ]
            }
        )
        return 0
    say(words(f"已生成 {len(paths)} 份任务进展表，在 {out}。", f"{len(paths)} workbooks written to {out}."))
    say(
        words(
            f"收回后：tanheng tasks merge 收回的文件夹 --period {period} --out 目录",
            f"When they are back: tanheng tasks merge FOLDER --period {period} --out DIR",
        )
    )
    return 0
