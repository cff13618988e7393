"""`tanheng targets rounds show`: where every split stands, or all rounds of one."""

from __future__ import annotations

import click

from tanheng.cli.options import as_json_option
from tanheng.cli.output import emit, say, show_table
from tanheng.cli.site import open_site
from tanheng.cli.targets_round_said import STAGES, round_json, show_round
from tanheng.cli.targets_round_whole import show_whole, whole_json, whole_of
from tanheng.cli.verb import verb
from tanheng.cli.words import words


@verb(
    "show",
    "各方案所处的轮次；写明方案的，逐轮列出数值、意见和采纳情况，并由最后一轮的数值重算合计。",
    "Where every split stands; of a plan that is named, every round with its values and opinions, and what the last\n"
    "values come to together.",
)
@click.argument("plan", required=False)
@as_json_option
def show(plan: str | None, as_document: bool) -> int:
    """Prints rounds.

    Refuses  round-plan-unknown: nobody has drafted the plan that is named.
    """
    open_site()
    from tanheng.records.rounds import plans_in_rounds, refuse_unknown

    kept = refuse_unknown(plan) if plan else list(plans_in_rounds().values())
    if as_document:
        beside = {"recombined": whole_json(whole_of(kept[-1].round))} if plan else {}
        emit({"rounds": [round_json(item) for item in kept], **beside})
    elif plan:
        for item in kept:
            show_round(item)
        show_whole(whole_of(kept[-1].round))
    elif kept:
        heads = [(words("方案", "Plan"), False), (words("轮次", "Round"), True), (words("环节", "Stage"), False)]
        show_table(
            heads, [(item.round.plan, str(item.round.number), words(*STAGES[item.round.stage])) for item in kept]
        )
    else:
        say(words("还没有草案。", "There is no draft yet."))
    return 0
