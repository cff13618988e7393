"""`tanheng log`: the imports, with what each said and whether it was undone."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tanheng.cli.options import as_json_option
from tanheng.cli.output import emit, say, show_table
from tanheng.cli.site import open_site
from tanheng.cli.verb import verb
from tanheng.cli.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from tanheng.records.undoing import Import

_ZONE = ZoneInfo("Asia/Shanghai")


@verb(
    "log",
    "列出各次导入：日志位置、时间、操作人、文件、条数、是否已撤销。",
    "List the imports: log position, time, person, file, counts, and whether undone.",
)
@as_json_option
def log(as_document: bool) -> int:
    """Reads the imports out of the log."""
    open_site()
    from tanheng.records.people import names_of
    from tanheng.records.undoing import imports

    found = imports()
    names = names_of(item.actor for item in found)
    if as_document:
        emit({"imports": [_as_json(item, names) for item in found]})
        return 0
    if not found:
        say(words("还没有导入过。", "Nothing was imported yet."))
        return 0
    show_table(_columns(), [_row(item, names) for item in found])
    return 0


def _as_json(item: Import, names: Mapping[UUID, str]) -> dict[str, object]:
    counts = {"new": item.new, "changed": item.changed, "unchanged": item.unchanged}
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
        (words("撤销于", "Undone by"), True),
    ]


def _row(item: Import, names: Mapping[UUID, str]) -> tuple[str, ...]:
    at = item.at.astimezone(_ZONE).strftime("%Y-%m-%d %H:%M")
    counts = (str(item.new), str(item.changed), str(item.unchanged))
    undone = "" if item.undone_by is None else str(item.undone_by)
    return (str(item.position), at, names.get(item.actor, str(item.actor)), item.file, *counts, undone)
