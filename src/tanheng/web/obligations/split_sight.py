"""Who may see and do what with a split: who leads it, who is asked, and what it is one is asked about. Reads only."""

from __future__ import annotations

from collections.abc import Sequence

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack.decomposition_plan import DecompositionPlan
from tanheng.records.earlier_cases import SPLIT
from tanheng.records.procedures import procedure_of
from tanheng.records.rounds import KeptRound, rounds_of
from tanheng.records.split_opinions import ANSWER
from tanheng.records.split_plans import plan_of
from tanheng.store.packs_in_use import packs_in_use
from tanheng.web.directory.scope import Scope


def leads(scope: Scope, plan: DecompositionPlan) -> bool:
    """Whether a mandate conducts a split: it may split, and the whole lies in its reach."""
    return scope.may("split") and reads_whole(scope, plan)


def reads_whole(scope: Scope, plan: DecompositionPlan) -> bool:
    """Whether a mandate sees a split with all its subjects; a district that is asked is no reader of the city's."""
    if scope.sees_all:
        return True
    return scope.may("split") and scope.ground.knows(plan.parent) and scope.sees(plan.parent)


def own_subjects(scope: Scope, plan: DecompositionPlan) -> list[str]:
    """The subjects of a split for which a mandate answers: those it is given for, and no others of its area."""
    own = {subject for subject in (scope.party, scope.area) if subject}
    return [item.id for item in plan.subjects if item.id in own and item.standing == "split"]


def asked_of(scope: Scope, plan: DecompositionPlan, stage: str) -> list[str]:
    """The subjects for which a mandate is asked to answer at a stage: its own, while opinions are taken; none for
    whoever conducts the split.
    """
    if stage != "opinions" or scope.role.id not in procedure_of(SPLIT).move_by_id[ANSWER].roles:
        return []
    return [] if leads(scope, plan) else own_subjects(scope, plan)


def split_seen(id: str, scope: Scope) -> tuple[DecompositionPlan, Sequence[KeptRound]]:
    """A split with its rounds, for whoever reads it whole or was asked about a subject of it.

    Refuses  split-unknown: no such split, or none in reach; a draft that has not gone out is in reach of nobody who is
             asked.
    """
    rounds = rounds_of(id)
    if not rounds:
        raise Refusal("split-unknown", plan=id)
    plan = plan_of(id, packs_in_use())
    if not reads_whole(scope, plan) and not (own_subjects(scope, plan) and went_out(rounds)):
        raise Refusal("split-unknown", plan=id)
    return plan, rounds


def went_out(rounds: Sequence[KeptRound]) -> bool:
    """Whether anybody has been asked yet."""
    return any(kept.round.stage == "opinions" for kept in rounds)


def required_lead(id: str, scope: Scope) -> tuple[DecompositionPlan, Sequence[KeptRound]]:
    """A split that the mandate conducts.

    Refuses  split-unknown; not-permitted: it is seen and not conducted.
    """
    plan, rounds = split_seen(id, scope)
    if not leads(scope, plan):
        raise Refusal("not-permitted", act="split")
    return plan, rounds
