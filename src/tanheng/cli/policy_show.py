"""`tanheng policy show`: one obligation, and the passage of its document that demands it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from tanheng.cli.options import as_json_option, day_option, today
from tanheng.cli.output import emit, say, say_marked
from tanheng.cli.policy_list import obligation_json, state_of
from tanheng.cli.site import open_site
from tanheng.cli.verb import option, verb
from tanheng.cli.words import language, words
from tanheng.kernel.obligation import Target

if TYPE_CHECKING:
    from tanheng.records.standing_obligations import RecordedObligation

_AROUND = 80


@verb(
    "show",
    "显示一项目标或任务：条款、历次决定，以及原文中的出处（加亮）。",
    "Show one target or task: its clause, what was decided, and the passage of the document, marked.",
)
@click.argument("id")
@day_option("--on", zh="按哪一天判断是否有效，默认今天。", en="The day on which it counts or not; today by default.")
@option(
    "--position", type=int, zh="按日志的哪一条，默认最后一条。", en="As of a position of the log; the last by default."
)
@as_json_option
def show(id: str, on: date | None, position: int | None, as_document: bool) -> int:
    """Shows an obligation with the text around its span, from the reading that was kept.

    Refuses  obligation-unknown, log-position-unknown, blob-not-found, blob-damaged.
    """
    open_site()
    from tanheng.records.standing_obligations import kept_reading, open_obligation, revisions_of

    item = open_obligation(id, on or today(), position)
    before, marked, after = _passage(kept_reading(item.instrument)["text"], item)
    if as_document:
        decisions = [
            {"position": row.position, "decision": row.decision, "proposed": dict(row.proposed), "reason": row.reason}
            for row in revisions_of(item.obligation.id, position)
        ]
        passage = {"before": before, "text": marked, "after": after}
        emit({**obligation_json(item), "passage": passage, "decisions": decisions})
        return 0
    _show_facts(item)
    say_marked(before, marked, after)
    return 0


def _show_facts(item: RecordedObligation) -> None:
    say(f"{item.obligation.id}  {item.obligation.label[language()]}", "bold")
    number = f"（{item.instrument.number}）" if item.instrument.number else ""
    place = item.obligation.clause.partition("#")[2]
    say(words(f"出处 {item.instrument.title}{number} {place}", f"From {item.instrument.title}{number} {place}"))
    if isinstance(item.obligation, Target) and item.obligation.demand.by:
        say(words(f"期限 {item.obligation.demand.by}", f"Due {item.obligation.demand.by}"))
    for zh, en, parties in (
        ("牵头", "Lead", item.obligation.lead_parties),
        ("配合", "Supporting", item.obligation.supporting_parties),
    ):
        if parties:
            say(f"{words(zh, en)} {'、'.join(parties)}")
    proposed = "，".join(f"{name}: {value}" for name, value in item.row.proposed.items())
    if proposed:
        say(words(f"更正，原提议 {proposed}", f"Corrected, proposed was {proposed}"))
    say(words(f"状态 {state_of(item)}", f"State {state_of(item)}"))
    say()


def _passage(text: str, item: RecordedObligation) -> tuple[str, str, str]:
    start, end = item.row.span
    return text[max(0, start - _AROUND) : start], text[start:end], text[end : end + _AROUND]
