"""`tanheng undo`: takes one import back, as one more event."""

from __future__ import annotations

import click

from tanheng.cli.options import actor_option, as_json_option
from tanheng.cli.output import as_json, emit, say, show_findings
from tanheng.cli.site import acting, open_site
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words


@verb(
    "undo",
    "撤销一次导入（日志位置见 tanheng log）。\n\n"
    "原记录保留；从撤销起不再计入。撤销之前的日志位置仍得出原来的数。要恢复，重新导入原文件。",
    "Take back an import (tanheng log lists their positions).\n\n"
    "Nothing is deleted: from here on its rows count no more, and earlier positions of the log still give the\n"
    "earlier figures. To bring it back, import the file once more.",
)
@click.argument("position", type=int, metavar="POSITION")
@option("--reason", default="", zh="撤销理由，一并存档。", en="Why; kept in the log.")
@actor_option
@as_json_option
def undo(position: int, reason: str, actor: str | None, as_document: bool) -> int:
    """Appends the undoing and names later files that have to be imported once more."""
    open_site()
    from tanheng.records.undoing import undo_import

    done = undo_import(position, acting(actor), reason)
    findings = as_json(done.findings)
    if as_document:
        about = {
            "position": done.position,
            "undone": done.undone,
            "file": done.file,
            "rows": done.rows,
            "kept": done.kept,
        }
        emit({**about, "findings": findings})
        return 0
    show_findings(findings)
    say(
        words(
            f"已撤销第 {done.undone} 号导入“{done.file}”的 {done.rows} 条数据（日志位置 {done.position}）。",
            f"Import {done.undone}, “{done.file}”, is undone: {done.rows} rows (log position {done.position}).",
        )
    )
    return 0
