"""The plans of splits that were drafted on this site: records beside the plans of packs, appended and superseded."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db import transaction

from tanheng.kernel.faults import Refusal
from tanheng.kernel.obligation.decomposition import Move
from tanheng.kernel.pack import PackSet
from tanheng.kernel.pack.decomposition_plan import DecompositionPlan
from tanheng.kernel.period import Period
from tanheng.kernel.run import Inputs, Parameters, Result, run
from tanheng.kernel.run.withholding import is_confidential
from tanheng.records.case_models import LONGEST_CASE_TITLE
from tanheng.records.cases import NOTHING_SENT, Sending
from tanheng.records.chain import append, lock_log
from tanheng.records.computing import compute, taken_by
from tanheng.records.kept_packs import keep_packs
from tanheng.records.models import Event, Person
from tanheng.records.rounds import KeptRound, record_round, round_sent
from tanheng.records.run_inputs import inputs_at
from tanheng.records.selecting import known_position, log_position
from tanheng.records.site_files import home
from tanheng.store.plan_file import beside, fields_of_plan, plan_of_text, text_of_plan
from tanheng.store.results import StoredResult

KIND = "decomposition_plan"
METHOD, SCHEME = "target_decomposition", "energy_assessment"


@dataclass(frozen=True)
class Proposed:
    """A proposal that nobody has drafted yet: the plan with the packs it was run on, and what the run gave."""

    plan: DecompositionPlan
    packs: PackSet
    result: Result
    inputs: Inputs


def recorded_plans(position: int | None = None) -> dict[str, DecompositionPlan]:
    """The plans recorded up to a position, by id, each as last recorded.

    Refuses  log-position-unknown.
    """
    events = Event.objects.filter(kind=KIND, position__lte=known_position(position)).order_by("position")
    return {event.payload["plan"]: _read(event.payload["text"], event.payload["plan"]) for event in events}


def plan_of(id: str, packs: PackSet) -> DecompositionPlan:
    """A plan of the packs in use, or one that was recorded here.

    Refuses  definition-missing: neither has it.
    """
    event = Event.objects.filter(kind=KIND, payload__plan=id).order_by("-position").first()
    return packs.get(DecompositionPlan, id) if event is None else _read(event.payload["text"], id)


def plans_named(ids: Collection[str], packs: PackSet) -> dict[str, DecompositionPlan]:
    """Several plans by id, as `plan_of` finds one; those that nobody knows any longer are left out."""
    known = {plan.id: plan for plan in packs.all(DecompositionPlan) if plan.id in ids}
    events = Event.objects.filter(kind=KIND, payload__plan__in=list(ids)).order_by("position")
    return known | {event.payload["plan"]: _read(event.payload["text"], event.payload["plan"]) for event in events}


def proposed(plan: DecompositionPlan, packs: PackSet, day: date) -> Proposed:
    """What a plan comes to, out of the records as they stand; nothing is kept.

    Reads    plan: one that stands in a pack, or in none.
    Refuses  split-file-unreadable; whatever the run refuses; figure-withheld: it counts confidential statements.
    """
    found = packs if _stands_in(packs, plan) else beside(packs, plan)[0]
    position = log_position()
    inputs = _inputs(str(home().root), position, taken_by(METHOD, packs))
    result = run(METHOD, found, inputs, _parameters(plan, position, day))
    if is_confidential(found, result.receipt.as_json()):
        raise Refusal("figure-withheld", address=plan.id, minimum="-", share="-")
    return Proposed(plan, found, result, inputs)


def computed_split(plan: DecompositionPlan, packs: PackSet, day: date, *, method: str = METHOD) -> StoredResult:
    """The proposal of a plan, or its check, as a result that is kept, with the plan among its packs: any figure of it
    can be explained.

    Refuses  split-file-unreadable; whatever the run refuses.
    """
    used = packs
    if not _stands_in(packs, plan):
        used, files = beside(packs, plan)
        keep_packs(used, (files,))
    settings = {"plan": plan.id}
    return compute(method, Period.parse(plan.by), SCHEME, day, packs=used, settings=settings, as_latest=False)


def record_draft(
    plan: DecompositionPlan,
    packs: PackSet,
    move: Move,
    actor: Person,
    *,
    role: str = "office",
    sending: Sending = NOTHING_SENT,
) -> KeptRound:
    """Records a plan and its draft, both or neither; a plan of a pack is not recorded again.

    Gives    the round; of a form that was sent before, the round of then.
    Refuses  round-out-of-order: there is a draft already; whatever the round refuses.
    """
    with transaction.atomic():
        lock_log()
        if (earlier := round_sent(plan.id, sending.token)) is not None:
            return earlier
        if not _stands_in(packs, plan):
            text = text_of_plan(fields_of_plan(plan))
            append(KIND, {"plan": plan.id, "text": text}, actor)
        title = plan.label.zh.strip()[:LONGEST_CASE_TITLE]
        return record_round(plan.id, move, actor, role, sending=sending, title=title)


def _stands_in(packs: PackSet, plan: DecompositionPlan) -> bool:
    return any(item is plan or item == plan for item in packs.all(DecompositionPlan))


def _parameters(plan: DecompositionPlan, position: int, day: date) -> Parameters:
    return Parameters(Period.parse(plan.by), SCHEME, day, position, None, {"plan": plan.id})


@lru_cache(maxsize=64)
def _read(text: str, name: str) -> DecompositionPlan:
    return plan_of_text(text, name)


@lru_cache(maxsize=2)
def _inputs(_root: str, position: int, takes: tuple[str, ...]) -> Inputs:
    """Read once for as long as nothing is recorded: a preview is asked for at every change of a form."""
    return inputs_at(position, takes).inputs()
