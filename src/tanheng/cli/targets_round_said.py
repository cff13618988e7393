"""What the verbs of the rounds share: the plan, the names of its subjects, and how a round is printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tanheng.cli.output import emit, say, show_findings, show_table
from tanheng.cli.targets_round_whole import show_whole, whole_json, whole_of
from tanheng.cli.words import language, words

if TYPE_CHECKING:
    from tanheng.kernel.obligation.decomposition import Request
    from tanheng.kernel.pack.decomposition_plan import DecompositionPlan
    from tanheng.records.rounds import KeptRound

STAGES = {
    "draft": ("草案", "draft"),
    "opinions": ("征求意见", "opinions"),
    "feedback": ("反馈", "feedback"),
    "adjusted": ("调整", "adjusted"),
    "countersigned": ("会签", "countersigned"),
    "issued": ("印发", "issued"),
}
_CHANGING = ("draft", "adjusted")
OUTCOMES = {
    "adopted": ("采纳", "adopted"),
    "partly": ("部分采纳", "in part"),
    "not": ("不采纳", "not adopted"),
    "open": ("待定", "open"),
}


def plan_named(reference: str) -> DecompositionPlan:
    """The plan of a pack in use, or one that was drafted on a page of this site.

    Refuses  definition-missing.
    """
    from tanheng.records.split_plans import plan_of
    from tanheng.store import load_packs

    return plan_of(reference, load_packs())


def subject_names(plan: DecompositionPlan) -> dict[str, str]:
    """The subjects of a plan by every name they go by: id, name in the plan, name in the directory."""
    from tanheng.records.selecting import directory_as_of

    directory = directory_as_of()
    names = dict[str, str]()
    for item in plan.subjects:
        own = [item.label.zh, item.label.en] if item.label else []
        known = [directory.labels[item.id][lang] for lang in ("zh", "en")] if item.id in directory.labels else []
        names |= dict.fromkeys([item.id, *own, *known], item.id)
    return names


def round_json(kept: KeptRound) -> dict[str, Any]:
    """A round as one document."""
    return {
        **kept.round.as_json(),
        "provisional": kept.round.provisional,
        "position": kept.position,
        "at": kept.at.isoformat(),
    }


def tell(kept: KeptRound, findings: Sequence[Mapping[str, Any]] = (), *, as_document: bool) -> int:
    """Prints a round that was recorded; where values may have changed, with what they come to together."""
    whole = whole_of(kept.round) if kept.round.stage in _CHANGING else None
    if as_document:
        beside = {} if whole is None else {"recombined": whole_json(whole)}
        emit({**round_json(kept), "findings": list(findings), **beside})
        return 0
    show_findings(findings)
    show_round(kept)
    if whole is not None:
        show_whole(whole)
    return 0


def show_round(kept: KeptRound) -> None:
    """Prints a round: its stage, its values, what was asked for."""
    made = kept.round
    stage = words(*STAGES[made.stage])
    provisional = words("（数值为暂定）", " (values are provisional)") if made.provisional else ""
    number = words(f"第{made.number}轮 {stage}{provisional}", f"Round {made.number}: {stage}{provisional}")
    say(f"{made.plan}  {number}  #{kept.position}", "bold")
    for note in (made.note, "、".join(made.signed_by), made.instrument):
        if note:
            say(f"  {note}")
    heads = [(words("单位", "Subject"), False), (words("目标", "Demanded"), True), ("", False)]
    show_table(heads, [(_named(item.subject), str(item.value), item.unit) for item in made.values])
    if made.requests:
        pairs = (("谁", "Who"), ("关于", "About"), ("意见", "Asked"), ("采纳情况", "Outcome"), ("理由", "Reason"))
        show_table([(words(*pair), False) for pair in pairs], [_request(item) for item in made.requests])


def _named(subject: str) -> str:
    from tanheng.records.selecting import directory_as_of

    return directory_as_of().label_of(subject, language())


def _request(item: Request) -> tuple[str, ...]:
    return (item.party, _named(item.subject), item.asked, words(*OUTCOMES[item.outcome]), item.reason)
