"""`tanheng tasks adopt`: a table of tasks of a pack is recorded as the tasks of its document."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from tanheng.cli.options import actor_option, as_json_option
from tanheng.cli.output import emit, say
from tanheng.cli.site import acting, nobody, open_site
from tanheng.cli.targets_adopt import adopt_of_pack, told
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tanheng.kernel.pack.obligation_shapes import TaskTable


@verb(
    "adopt",
    "采纳任务表：把定义包中一份文件的任务（写编号）登记下来；不写编号则列出可采纳的表。\n\n重复采纳不产生新记录。",
    "Adopt a table of tasks of a pack (by its id); without an id the tables are listed. Adopting it again records\n"
    "nothing new.",
)
@click.argument("table", required=False)
@option("--dry-run", is_flag=True, zh="只试算，不登记。", en="Say what would be recorded and record nothing.")
@actor_option
@as_json_option
def adopt(*, table: str | None, dry_run: bool, actor: str | None, as_document: bool) -> int:
    """Records the tasks of a table.

    Refuses  definition-missing: no such table; whatever recording refuses.
    """
    open_site()
    from tanheng.kernel.pack.obligation_shapes import TaskTable
    from tanheng.records.adopting import adopt as record
    from tanheng.store import load_packs

    packs = load_packs()
    if table is None:
        return _listed(sorted(packs.all(TaskTable), key=lambda one: one.id), as_document=as_document)
    found = packs.get(TaskTable, table)
    document, tasks = adopt_of_pack(packs, found.id)
    done = record(document, tasks, nobody() if dry_run else acting(actor), dry_run=dry_run)
    if as_document:
        emit({"instrument": document.id, "recorded": asdict(done)})
    else:
        say(told(document.id, done))
    return 0


def _listed(tables: Sequence[TaskTable], *, as_document: bool) -> int:
    if as_document:
        emit({"tables": [{"table": one.id, "tasks": len(one.entries)} for one in tables]})
        return 0
    for one in tables:
        say(words(f"{one.id}：{len(one.entries)} 项任务", f"{one.id}: {len(one.entries)} tasks"))
    return 0
