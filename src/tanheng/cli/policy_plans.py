"""Plans as commands name them: a file, a registered document, or a document whose obligations a pack holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tanheng.cli.options import today
from tanheng.cli.site import open_site
from tanheng.kernel.faults import Refusal

if TYPE_CHECKING:
    from tanheng.kernel.pack import PackSet
    from tanheng.policy.plan_words import PlanWords
    from tanheng.policy.plans import Plan


def plan_words() -> tuple[PackSet, PlanWords]:
    """The packs that can be found and the words of plans in them.

    Refuses  packs-invalid: the policy files of a pack have problems; definition-missing.
    """
    from tanheng.policy.plan_words import PlanWords
    from tanheng.policy.reading import lexicon_of_packs
    from tanheng.store.packs import read_packs

    lexicon_of_packs()
    packs, _ = read_packs(None)
    return packs, PlanWords.of(packs)


def opened_plan(named: str, packs: PackSet, words: PlanWords) -> Plan:
    """The plan of a name: a file first, then what the site has registered, then what a pack holds.

    Refuses  plan-unknown; as reading a document refuses.
    """
    from tanheng.policy.plans import plan_of_file, plan_of_packs

    path = Path(named)
    if path.is_file():
        return plan_of_file(path, words)
    known = _registered()
    if named in known:
        from tanheng.policy.recorded_plans import plan_of_record

        return plan_of_record(named, today(), words)
    plan = plan_of_packs(named, packs, words)
    if plan is None:
        raise Refusal("plan-unknown", plan=named, known="、".join(known) or "-")
    return plan


def _registered() -> list[str]:
    """The documents that the site has registered; none where there is no site."""
    try:
        open_site()
    except Refusal as refusal:
        if refusal.code != "site-not-prepared":
            raise
        return []
    from tanheng.records.standing_obligations import instruments_as_of

    return [item.instrument for item in instruments_as_of()]
