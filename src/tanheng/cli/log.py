"""`tanheng log`: the imports, with what each said and whether it was undone."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from tanheng.cli.options import as_json_option
from tanheng.cli.output import emit, say, show_table
from tanheng.cli.site import open_site
from tanheng.cli.verb import verb
from tanheng.cli.words import words
from tanheng.kernel.faults import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from tanheng.records.undoing import Import

_ZONE = ZoneInfo("Asia/Shanghai")


@verb(
    "log",
    "列出各次导入：日志位置、时间、操作人、文件、条数、是否已撤销。\n\n给出日志位置时，另列出该次导入照录的各行。",
    "List the imports: log position, time, person, file, counts, and whether undone.\n\n"
    "With a position, the rows that this import kept as they stand are listed too.",
)
@click.argument("position", type=int, required=False, metavar="[POSITION]")
@as_json_option
def log(position: int | None, as_document: bool) -> int:
    """Reads the imports out of the log; of one import also the rows that were kept as they stand."""
    open_site()
    from tanheng.records.people import names_of
    from tanheng.records.registers import kept_rows
    from tanheng.records.undoing import imports

    found = [item for item in imports() if position in (None, item.position)]
    if position is not None and not found:
        raise Refusal("event-is-no-import", position=position)
    kept = [] if position is None else kept_rows(of_import=position)
    names = names_of(item.actor for item in found)
    if as_document:
        rows = {} if position is None else {"rows": [vars(row) | {"known": row.known.isoformat()} for row in kept]}
        emit({"imports": [_as_json(item, names) for item in found], **rows})
        return 0
    if not found:
        say(words("还没有导入过。", "Nothing was imported yet."))
        return 0
    show_table(_columns(), [_row(item, names) for item in found])
    for row in kept:
        say(f"{row.place}  " + " | ".join(row.fields.values()))
    return 0


def _as_json(item: Import, names: Mapping[UUID, str]) -> dict[str, object]:
    counts = {"new": item.new, "changed": item.changed, "unchanged": item.unchanged, "kept": item.kept}
    return {
        "position": item.position,
        "at": item.at.astimezone(_ZONE).isoformat(timespec="seconds"),
        "actor": names.get(item.actor, str(item.actor)),
        "file": item.file,
        **counts,
        "undone_by": item.undone_by,
    }


def _columns() -> list[tuple[str, bool]]:
    return [
        (words("位置", "Position"), True),
        (words("时间", "Time"), False),
        (words("操作人", "Who"), False),
        (words("文件", "File"), False),
        (words("新增", "New"), True),
        (words("变更", "Changed"), True),
        (words("未变", "Unchanged"), True),
        (words("照录", "Kept"), True),
        (words("撤销于", "Undone by"), True),
    ]


def _row(item: Import, names: Mapping[UUID, str]) -> tuple[str, ...]:
    at = item.at.astimezone(_ZONE).strftime("%Y-%m-%d %H:%M")
    counts = (str(item.new), str(item.changed), str(item.unchanged), str(item.kept))
    undone = "" if item.undone_by is None else str(item.undone_by)
    return (str(item.position), at, names.get(item.actor, str(item.actor)), item.file, *counts, undone)
