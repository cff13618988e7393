"""`tanheng targets rounds adjust` and `countersign`: values that change, and who stands for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tanheng.cli.options import actor_option, as_json_option, read_pair
from tanheng.cli.site import acting, open_site
from tanheng.cli.targets_round_said import plan_named, subject_names, tell
from tanheng.cli.verb import option, verb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tanheng.kernel.obligation.decomposition import Value
    from tanheng.kernel.pack.decomposition_plan import DecompositionPlan


@verb(
    "adjust",
    "调整：改动若干单位的数值。每处改动须有被采纳的意见，或写明 --note。\n\n"
    "改动后由各单位分子分母重算合计，列出与总目标的差额、弱于总目标的单位、各单位与上年相比的变化。",
    "Adjust: change the values of some subjects. Each change rests on an opinion that was taken, or on --note.\n\n"
    "The whole is then put together again, with what it falls short by, who is weaker than it, and who moves against\n"
    "last year.",
)
@click.argument("plan")
@option("--set", "pairs", multiple=True, metavar="SUBJECT=VALUE", zh="单位=数值，可重复。", en="May be repeated.")
@option("--note", default="", zh="为何改动。", en="Why.")
@actor_option
@as_json_option
def adjust(plan: str, pairs: tuple[str, ...], note: str, actor: str | None, as_document: bool) -> int:
    """Records an adjusted round; without --set the values stay as they were.

    Refuses  round-out-of-order, round-value-unreasoned, round-subject-unknown, round-value-not-finite, pair-unreadable.
    """
    open_site()
    from tanheng.kernel.obligation.decomposition import Move
    from tanheng.records.rounds import record_round, refuse_unknown

    refuse_unknown(plan)
    move = Move("adjusted", values=_values(plan_named(plan), pairs), note=note)
    return tell(record_round(plan, move, acting(actor)), as_document=as_document)


@verb(
    "countersign",
    "会签：写明会签单位。还有意见未处理的，不能会签。",
    "Countersign: who stands for the values. Not while an opinion is open.",
)
@click.argument("plan")
@option("--by", "signed_by", multiple=True, metavar="PARTY", zh="会签单位，可重复。", en="May be repeated.")
@option("--note", default="", zh="说明。", en="A note.")
@actor_option
@as_json_option
def countersign(plan: str, signed_by: tuple[str, ...], note: str, actor: str | None, as_document: bool) -> int:
    """Records who countersigned.

    Refuses  round-out-of-order, round-unsigned, round-request-open.
    """
    open_site()
    from tanheng.kernel.obligation.decomposition import Move
    from tanheng.records.rounds import record_round, refuse_unknown

    refuse_unknown(plan)
    move = Move("countersigned", signed_by=signed_by, note=note)
    return tell(record_round(plan, move, acting(actor)), as_document=as_document)


def _values(plan: DecompositionPlan, pairs: Sequence[str]) -> tuple[Value, ...]:
    from tanheng.kernel.obligation.decomposition import Value, decimal_of
    from tanheng.kernel.pack.decomposition_plan import AMOUNT

    names = subject_names(plan)
    unit = "%" if plan.kind == "intensity" else plan.figures[AMOUNT].unit.text
    read = [read_pair(pair) for pair in pairs]
    return tuple(Value(names[name] if name in names else name, decimal_of(text), unit) for name, text in read)
