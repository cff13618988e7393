"""`tanheng meters compact`: readings of the journal go into files, and the files of a month into a sorted set."""

from __future__ import annotations

from tanheng.cli.options import as_json_option
from tanheng.cli.output import emit, say, working
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words
from tanheng.store.home import Home


@verb(
    "compact",
    "整理读数文件：日志入文件，每月合并为有序文件。\n\n不丢失任何读数；被取代的读数另存。",
    "Tidy the files of readings: the journal into files, each month into a sorted set.\n\nNothing is lost; readings "
    "that later ones replaced are kept apart.",
)
@option(
    "--month",
    "months",
    multiple=True,
    metavar="YYYY-MM",
    zh="只整理该月，可多次给出。",
    en="Only this month; repeatable.",
)
@as_json_option
def compact(months: tuple[str, ...], as_document: bool) -> int:
    """Folds the journal and compacts the months named, or all."""
    from tanheng.metering.compaction import compact as compacted
    from tanheng.metering.store import Store

    store = Store.open(Home.of_environment().root)
    with working(words("正在整理读数……", "Tidying readings ...")):
        folded = store.fold()
        fewer = {month: compacted(store, month) for month in months or store.months()}
    answer = {"folded": folded, "months": [{"month": month, "files_fewer": count} for month, count in fewer.items()]}
    if as_document:
        emit(answer)
    else:
        say(words(f"{folded} 条读数由日志写入文件。", f"{folded} readings went from the journal into files."))
        for month, count in fewer.items():
            say(words(f"{month}：文件减少 {count} 个。", f"{month}: {count} files fewer."))
    return 0
