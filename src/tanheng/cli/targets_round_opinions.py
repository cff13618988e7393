"""`tanheng targets rounds opinions` and `feedback`: what was asked for, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tanheng.cli.options import actor_option, as_json_option
from tanheng.cli.output import as_json
from tanheng.cli.policy_plans import plan_words
from tanheng.cli.site import acting, open_site
from tanheng.cli.targets_round_said import plan_named, subject_names, tell
from tanheng.cli.verb import option, verb

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

_import_option = option(
    "--import",
    "of_import",
    type=int,
    metavar="POSITION",
    zh="意见采纳情况表的导入位置（tanheng log）；默认用已导入的全部意见。",
    en="Position of the import of the opinions (tanheng log); all that were imported by default.",
)
_note_option = option("--note", default="", zh="说明。", en="A note.")


@verb(
    "opinions",
    "征求意见：把已导入的意见采纳情况表记入这一轮（谁、关于谁、提了什么）。\n\n先用 tanheng import 导入退回的表。",
    "Opinions: what was asked for in the tables that came back, by whom and about whom.\n\n"
    "Import the tables first, by tanheng import.",
)
@click.argument("plan")
@_import_option
@_note_option
@actor_option
@as_json_option
def opinions(plan: str, of_import: int | None, note: str, actor: str | None, as_document: bool) -> int:
    """Records the round in which opinions came in.

    Refuses  round-out-of-order; round-request-unreasoned: one was not taken, and nothing says why.
    """
    return _recorded("opinions", plan, of_import, note, actor, as_document=as_document)


@verb(
    "feedback",
    "反馈：记录每条意见的采纳情况和理由（取自已导入的意见采纳情况表）。",
    "Feedback: what became of every opinion, and why, out of the tables that were imported.",
)
@click.argument("plan")
@_import_option
@_note_option
@actor_option
@as_json_option
def feedback(plan: str, of_import: int | None, note: str, actor: str | None, as_document: bool) -> int:
    """Records the round in which opinions were answered.

    Refuses  round-out-of-order; round-request-unreasoned.
    """
    return _recorded("feedback", plan, of_import, note, actor, as_document=as_document)


def _recorded(
    stage: Literal["opinions", "feedback"],
    plan: str,
    of_import: int | None,
    note: str,
    actor: str | None,
    *,
    as_document: bool,
) -> int:
    open_site()
    from tanheng.kernel.obligation.decomposition import Move
    from tanheng.records.opinions import Words, requests_kept
    from tanheng.records.rounds import record_round, refuse_unknown

    refuse_unknown(plan)
    drafting = plan_words()[1].drafting
    names = subject_names(plan_named(plan))
    outcomes: dict[str, Sequence[str]] = dict(drafting.outcomes.items())
    requests, findings = requests_kept(names, Words(outcomes, drafting.nothing), of_import)
    made = record_round(plan, Move(stage, requests=tuple(requests), note=note), acting(actor))
    return tell(made, as_json(findings), as_document=as_document)
