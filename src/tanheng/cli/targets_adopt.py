"""`tanheng targets adopt`: the rows of a table of targets are recorded as obligations of its document."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tanheng.cli.options import actor_option, as_json_option, day_option
from tanheng.cli.output import as_json, emit, say, show_findings
from tanheng.cli.site import acting, nobody, open_site
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words
from tanheng.kernel.faults import Finding, Refusal, blockers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tanheng.kernel.obligation import Target, Task
    from tanheng.kernel.pack import PackSet
    from tanheng.records.adopting import AdoptedDocument
    from tanheng.records.obligations import RecordedReview


@verb(
    "adopt",
    "采纳目标表：定义包中的目标表（写编号）或 CSV 文件（列名同 target/1），逐行登记为目标。\n\n"
    "重复采纳不产生新记录；有问题的行一次列全，退出码为 1，什么也不登记。",
    "Adopt a table of targets: one of a pack (by its id) or a CSV with the fields of target/1, row by row.\n\n"
    "Adopting it again records nothing new; all rows with problems are named at once, and then nothing is recorded.",
)
@click.argument("table")
@option("--instrument", zh="CSV 所属文件的编号。", en="Id of the document a CSV belongs to.")
@option("--title", default="", zh="CSV 所属文件的标题。", en="Title of that document.")
@day_option("--issued", zh="CSV 所属文件的印发日期。", en="The day on which that document was issued.")
@option("--dry-run", is_flag=True, zh="只试算，不登记。", en="Say what would be recorded and record nothing.")
@actor_option
@as_json_option
def adopt(
    *,
    table: str,
    instrument: str | None,
    title: str,
    issued: date | None,
    dry_run: bool,
    actor: str | None,
    as_document: bool,
) -> int:
    """Records the targets of a table.

    Refuses  argument-missing: a CSV without --instrument; definition-missing: no table of that id; whatever reading the
             table and recording it refuse.
    """
    open_site()
    from tanheng.records.adopting import adopt as record

    document, obligations, findings = _read(table, instrument, title, issued)
    if blockers(findings):
        show_findings(as_json(findings))
        return 1
    done = record(document, obligations, nobody() if dry_run else acting(actor), dry_run=dry_run)
    if as_document:
        emit({"instrument": document.id, "recorded": asdict(done), "findings": as_json(findings)})
    else:
        say(told(document.id, done))
    return 0


def adopt_of_pack(packs: PackSet, table: str) -> tuple[AdoptedDocument, Sequence[Target | Task]]:
    """The document and the obligations of a table in the packs in use.

    Refuses  definition-missing.
    """
    from tanheng.records.adopting import table_of_pack

    return table_of_pack(packs, table)


def told(instrument: str, done: RecordedReview) -> str:
    """What came of it, in words."""
    where = words("未登记新内容", "nothing new") if done.position is None else f"#{done.position}"
    return words(
        f"{instrument}：采纳 {done.accepted} 项，新增 {done.new}，变更 {done.changed}，"
        f"未变 {done.unchanged}（{where}）",
        f"{instrument}: {done.accepted} adopted, {done.new} new, {done.changed} changed, {done.unchanged} unchanged "
        f"({where})",
    )


def _read(
    table: str, instrument: str | None, title: str, issued: date | None
) -> tuple[AdoptedDocument, Sequence[Target | Task], Sequence[Finding]]:
    from tanheng.records.adopting import AdoptedDocument
    from tanheng.store import load_packs
    from tanheng.store.target_tables import read_target_table

    path = Path(table)
    if path.suffix.lower() != ".csv":
        return *adopt_of_pack(load_packs(), table), ()
    if not instrument:
        raise Refusal("argument-missing", command="tanheng targets adopt", name="--instrument")
    rows = read_target_table(path, instrument)
    return AdoptedDocument(instrument, title or path.stem, path.name, issued=issued), rows.targets, rows.findings
