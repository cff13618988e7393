"""`tanheng export`: a result as a workbook, CSV or parquet."""

from __future__ import annotations

from pathlib import Path

import click

from tanheng.cli.options import as_json_option, out_option
from tanheng.cli.output import emit, say
from tanheng.cli.references import result_of
from tanheng.cli.run import readable
from tanheng.cli.site import open_site
from tanheng.cli.verb import verb
from tanheng.cli.words import language, words
from tanheng.kernel.faults import Refusal


@verb(
    "export",
    "导出结果或发布物为 .xlsx、.csv 或 .parquet。",
    "Export a result or publication to .xlsx, .csv or .parquet.",
)
@click.argument("reference", metavar="RESULT|PUBLICATION")
@out_option(
    zh="输出文件，扩展名决定格式。", en="File to write; its ending says in which form.", required=True, a_file=True
)
@as_json_option
def export(reference: str, out: Path, as_document: bool) -> int:
    """Writes the figures, findings, factor entries and receipt of a result to a file.

    Refuses  export-kind-unknown, file-failed, and whatever opening the result refuses.
    """
    from tanheng.store import write_export

    open_site()
    figures = readable(result_of(reference))
    try:
        write_export(figures.result, out, pack_set=figures.packs, directory=figures.directory, lang=language())
    except OSError as error:  # it would name the draft beside the file, which the reader never asked for
        raise Refusal("file-failed", file=out, problem=error.strerror or str(error)) from error
    if as_document:
        emit({"result": figures.result.id, "file": str(out), "digest": figures.result.receipt["figures"]})
    else:
        say(words(f"已导出 {out}", f"Exported {out}"))
    return 0
