"""`tanheng assess sheet`: the workbook on which points, reasons and evidence are entered."""

from __future__ import annotations

from pathlib import Path

import click

from tanheng.cli.options import as_json_option, out_option, period_option
from tanheng.cli.output import emit, say
from tanheng.cli.site import open_site
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words
from tanheng.kernel.period import Period

_STAGES = ("self", "review", "reply", "final")


@verb(
    "sheet",
    "生成考核评分录入表：每个对象、每个人工评定项一行；填好得分、理由、佐证编号后用 tanheng import 导入。",
    "Write the sheet for entering scores: a row for each subject and judged item; fill in points, reason and\n"
    "evidence, and bring it back with tanheng import.",
)
@period_option(required=True, zh="考核年度，如 2025。", en="The year assessed, such as 2025.")
@option("--scorecard", required=True, zh="评分表编号。", en="Id of the scorecard.")
@option(
    "--stage", type=click.Choice(_STAGES), default="self", show_default=True, zh="录入的阶段。", en="Stage to enter."
)
@out_option(zh="要写的 .xlsx 文件。", en="The .xlsx to write.", required=True, a_file=True)
@as_json_option
def sheet(*, period: Period, scorecard: str, stage: str, out: Path, as_document: bool) -> int:
    """Writes the sheet of a stage.

    Refuses  definition-missing: no such scorecard; no-assessed-subject: nobody of its level.
    """
    open_site()
    from tanheng.reports.assessment_sheet import write_entry_sheet

    rows = write_entry_sheet(out, scorecard, period, stage)
    if as_document:
        emit({"file": str(out), "rows": rows, "stage": stage})
        return 0
    say(
        words(
            f"已生成 {out}：{rows} 行。填好后用 tanheng import 导入。",
            f"Wrote {out}: {rows} rows. Fill it in and bring it back with tanheng import.",
        )
    )
    return 0
