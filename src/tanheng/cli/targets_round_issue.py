"""`tanheng targets rounds issue`: a countersigned split becomes targets of the document that issues it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from tanheng.cli.options import actor_option, as_json_option, day_option, today
from tanheng.cli.output import emit, say
from tanheng.cli.site import acting, open_site
from tanheng.cli.targets_round_said import plan_named, round_json, show_round
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words
from tanheng.kernel.faults import Refusal


@verb(
    "issue",
    "印发：会签后的数值登记为该文件的目标，从印发日起有效；文件本身一并存档。",
    "Issue: what was countersigned becomes targets of the document, from the day of issue; the file is kept with it.",
)
@click.argument("plan")
@option("--instrument", required=True, metavar="ID", zh="文件编号（本系统内）。", en="Id of the document here.")
@option("--title", required=True, zh="文件标题。", en="Title of the document.")
@option("--number", default="", zh="文号。", en="Number of the document.")
@option("--issuer", default="", zh="发文单位。", en="Who issues it.")
@day_option("--issued", zh="印发日期，默认今天。", en="Day of issue; today by default.")
@option(
    "--file",
    "path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    zh="印发的文件（存档）。",
    en="The document as it was issued; it is kept.",
)
@option("--lead", "leads", multiple=True, metavar="PARTY", zh="牵头单位，可重复。", en="Lead party; may be repeated.")
@option("--note", default="", zh="说明。", en="A note.")
@actor_option
@as_json_option
def issue(
    *,
    plan: str,
    instrument: str,
    title: str,
    number: str,
    issuer: str,
    issued: date | None,
    path: Path,
    leads: tuple[str, ...],
    note: str,
    actor: str | None,
    as_document: bool,
) -> int:
    """Records the targets and closes the rounds.

    Refuses  round-out-of-order: nobody has countersigned; instrument-is-another; file-failed.
    """
    open_site()
    from tanheng.records.rounds import Issue, issue_split, refuse_unknown

    refuse_unknown(plan)
    document = Issue(instrument, title, issued or today(), path.name, _content(path), number, issuer, leads)
    kept, recorded = issue_split(plan_named(plan), document, acting(actor), note)
    if as_document:
        emit({**round_json(kept), "recorded": vars(recorded)})
        return 0
    show_round(kept)
    count = recorded.new + recorded.changed
    zh = f"{instrument}：登记目标 {count} 项，自 {document.issued} 起。"
    say(words(zh, f"{instrument}: {count} targets recorded, from {document.issued} on."))
    return 0


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refusal("file-failed", file=str(path), problem=error.strerror or str(error)) from error
