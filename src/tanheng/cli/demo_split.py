"""The split of the demonstration: drafted by a district and out for opinions, with some answers in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tanheng.cli.output import say
from tanheng.cli.site import acting
from tanheng.cli.words import said, words

if TYPE_CHECKING:
    from tanheng.kernel.pack import PackSet
    from tanheng.kernel.pack.recipe import DemoSplit

_DISTRICT, _TOWN = "district", "town"


def split_under_way(script: DemoSplit, packs: PackSet, day: date) -> None:
    """Drafts the split and sends it out for opinions, with the answers of the script; one that is there stays."""
    from django.db import transaction

    from tanheng.kernel.obligation.decomposition import Move
    from tanheng.kernel.pack.decomposition_plan import DecompositionPlan
    from tanheng.records.rounds import record_round, rounds_of
    from tanheng.records.split_opinions import Opinion, give_opinion
    from tanheng.records.split_plans import computed_split, record_draft
    from tanheng.reports.decomposition_figures import split_figures
    from tanheng.reports.decomposition_values import drafted_values
    from tanheng.store.packs import directory_of

    if rounds_of(script.plan):
        return
    plan, actor = packs.get(DecompositionPlan, script.plan), acting(None)
    stored = computed_split(plan, packs, day)
    found = split_figures(plan, packs, directory_of(packs), stored.figures, stored.findings, stored.id)
    with transaction.atomic():
        draft = Move("draft", values=drafted_values(found), result=stored.id)
        record_draft(plan, packs, draft, actor, role=_DISTRICT)
        record_round(plan.id, Move("opinions"), actor, _DISTRICT)
        for item in script.answers:
            opinion = Opinion(item.subject, item.subject, item.asked, item.reason)
            give_opinion(plan.id, opinion, actor, role=_TOWN)
    answered = len(script.answers)
    say(
        words(
            f"目标分解征求意见中：{said(plan.label)}，已答复 {answered} 家（网站“目标 → 目标分解”）",
            f"A split is out for opinions: {said(plan.label)}; {answered} have answered (Targets, Splits on the site)",
        )
    )
