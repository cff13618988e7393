"""`tanheng policy write`: accepted obligations as a pack, one file each."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from tanheng.cli.options import as_json_option, day_option, today
from tanheng.cli.output import emit, say
from tanheng.cli.site import open_site
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words
from tanheng.kernel.faults import Refusal


@verb(
    "write",
    "把已登记、仍有效的目标和任务写成定义包（target/1、task/1，每项一个文件）。",
    "Write the recorded targets and tasks that count as a pack: target/1 and task/1, one file each.",
)
@option(
    "--pack",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    zh="定义包文件夹，没有则新建。",
    en="Folder of the pack; made where there is none.",
)
@option("--instrument", zh="只写一份文件的。", en="Those of one document only.")
@day_option("--on", zh="按哪一天判断是否有效，默认今天。", en="The day on which they count or not; today by default.")
@as_json_option
def write(pack: Path, instrument: str | None, on: date | None, as_document: bool) -> int:
    """Writes the instruments that are cited and every obligation that counts.

    Refuses  instrument-unknown, file-failed.
    """
    open_site()
    from tanheng.policy.pack_writing import write_pack
    from tanheng.records.standing_obligations import obligations_as_of

    found = [item for item in obligations_as_of(on or today(), instrument=instrument) if item.counts]
    try:
        files = write_pack(pack, found)
    except OSError as error:
        raise Refusal("file-failed", file=pack, problem=error.strerror or str(error)) from error
    if as_document:
        emit({"pack": str(pack), "files": [path.relative_to(pack).as_posix() for path in files]})
    else:
        say(words(f"已写入 {pack}：{len(found)} 项。", f"Written to {pack}: {len(found)} obligations."))
    return 0
