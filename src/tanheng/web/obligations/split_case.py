"""The case that a split is: where it is moved, and for whom it waits there. Reads only."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from tanheng.kernel.pack.decomposition_plan import DecompositionPlan
from tanheng.records.case_models import CaseMove
from tanheng.records.earlier_cases import SPLIT
from tanheng.records.split_opinions import opinions_given
from tanheng.records.split_plans import plans_named
from tanheng.store.packs_in_use import packs_in_use
from tanheng.web.directory.scope import Scope
from tanheng.web.obligations.split_sight import asked_of, leads

PROCEDURE = SPLIT


def href_of_row(row: CaseMove) -> str:
    """The page of the split that a case is: its rounds are moved there and nowhere else."""
    return reverse("split", args=[row.about])


def answers_wanted(rows: Sequence[CaseMove], scope: Scope) -> list[str]:
    """The cases of splits that wait for a reader: asked for an answer that has not been given, or conducting them.

    Reads    rows: the last move of each open split. A split whose plan nobody knows any longer waits for nobody.
    """
    plans = plans_named([row.about for row in rows], packs_in_use())
    return [row.case for row in rows if row.about in plans and _waits(row, plans[row.about], scope)]


def _waits(row: CaseMove, plan: DecompositionPlan, scope: Scope) -> bool:
    asked = asked_of(scope, plan, row.state)
    if not asked:
        return leads(scope, plan)
    given = {item.opinion.subject for item in opinions_given(plan.id, row.position)}
    return not given.issuperset(asked)
