"""`tanheng policy supersede`: one document takes the place of another, or amends it."""

from __future__ import annotations

from datetime import date
from typing import Literal

import click

from tanheng.cli.options import actor_option, as_json_option, today
from tanheng.cli.output import emit, say
from tanheng.cli.site import acting, open_site
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words
from tanheng.kernel.period import read_date


@verb(
    "supersede",
    "登记文件的替代：自某日起 NEW 替代 OLD，OLD 的目标和任务随之失效。\n\n"
    "只修改其中几项的，用 --amends 并以 --ends 逐项指明。",
    "Record that a document takes the place of another from a day on; what the other demanded ends with it.\n\n"
    "With --amends only what --ends names.",
)
@click.argument("old")
@click.argument("new")
@option(
    "--from",
    "start",
    type=read_date,
    metavar="DATE",
    zh="自哪一天起，默认今天。",
    en="From which day on; today by default.",
)
@option("--amends", is_flag=True, zh="只修改，不整份替代。", en="Amends and does not replace.")
@option("--ends", "ended", multiple=True, zh="失效的目标或任务编号，可重复。", en="Id of what ends; may be repeated.")
@option("--reason", default="", zh="依据或说明。", en="Why.")
@actor_option
@as_json_option
def supersede(
    old: str,
    new: str,
    start: date | None,
    amends: bool,
    ended: tuple[str, ...],
    reason: str,
    actor: str | None,
    as_document: bool,
) -> int:
    """Records a succession of documents.

    Refuses  instrument-unknown, instrument-succeeds-itself, amendment-ends-nothing, obligation-unknown.
    """
    open_site()
    from tanheng.records.standing_obligations import obligations_as_of
    from tanheng.records.succeeding import succeed_instrument

    kind: Literal["supersedes", "amends"] = "amends" if amends else "supersedes"
    start = start or today()
    row = succeed_instrument(old, new, start, acting(actor), kind=kind, ended=ended, reason=reason)
    after = obligations_as_of(start, instrument=old)
    gone = [item.obligation.id for item in after if item.ended_by == row.as_succession()]
    if as_document:
        emit({**row.statement(), "position": row.position, "ends": gone})
        return 0
    verb_zh, verb_en = ("修改", "amends") if amends else ("替代", "replaces")
    say(
        words(
            f"自 {start} 起 {new} {verb_zh} {old}，{len(gone)} 项目标和任务失效。",
            f"From {start} on {new} {verb_en} {old}; {len(gone)} targets and tasks end.",
        )
    )
    return 0
