"""`tanheng targets rounds draft`: a proposal becomes the draft that goes out for opinions."""

from __future__ import annotations

from datetime import date

import click

from tanheng.cli.options import actor_option, as_json_option, day_option, today
from tanheng.cli.output import has_blocker, show_findings
from tanheng.cli.site import acting, open_site
from tanheng.cli.targets_round_said import plan_named, tell
from tanheng.cli.targets_split import Asked, computed
from tanheng.cli.verb import option, verb


@verb(
    "draft",
    "草案：按方案测算，把各单位数值登记为第一轮（暂定）。\n\n有阻断性问题时不登记，退出码为 1。",
    "Draft: compute the plan and record the values as the first round; they are provisional.\n\n"
    "With a blocking finding nothing is recorded and the exit code is 1.",
)
@click.argument("plan")
@day_option("--known-on", zh="知识日期，默认今天。", en="Knowledge date; today by default.")
@option(
    "--places",
    type=click.IntRange(0, 6),
    default=2,
    show_default=True,
    zh="数值保留几位小数（四舍六入五成双）。",
    en="To how many places values are rounded, half to even.",
)
@option("--note", default="", zh="说明。", en="A note.")
@actor_option
@as_json_option
def draft(plan: str, known_on: date | None, places: int, note: str, actor: str | None, as_document: bool) -> int:
    """Computes a proposal and records it as a draft.

    Refuses  round-out-of-order: there is a draft already; whatever the run refuses.
    """
    open_site()
    from tanheng.kernel.obligation.decomposition import Move
    from tanheng.records.rounds import record_round
    from tanheng.reports.decomposition_values import drafted_values

    plan_named(plan)
    found = computed(plan, Asked("target_decomposition", known_on or today()))
    if has_blocker(found.findings):
        show_findings(found.findings)
        return 1
    move = Move("draft", values=drafted_values(found, places), result=found.result, note=note)
    return tell(record_round(plan, move, acting(actor)), found.findings, as_document=as_document)
