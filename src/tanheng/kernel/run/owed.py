"""What is missing below one figure: the gaps of its facilities, found without running the rest of the city."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from tanheng.kernel.run.activity import Gap, allowed, gaps_in, selected
from tanheng.kernel.run.inputs import Inputs
from tanheng.kernel.run.plan import Plan
from tanheng.kernel.run.to_date import gaps_to_date
from tanheng.kernel.subject import Stay


def gaps_of(plan: Plan, inputs: Inputs, facilities: AbstractSet[str]) -> tuple[Gap, ...]:
    """The gaps that a run has for some facilities: what each owes depends on its own rows in the run's whole period.

    Reads    the rows of these facilities. Those of everyone are read once, and where year-to-dates are compared.
    Gives    exactly the gaps of the run that are theirs.
    Refuses  observed-twice.
    """
    if plan.definition.reads_to_date or 1 < len(facilities) == len(inputs.directory.facilities):
        key = ("gaps", plan.definition.id, str(plan.parameters.as_json()), str(plan.packs.hashes))
        if key not in inputs.memory:
            inputs.memory[key] = _found(plan, inputs, None)
        known: tuple[Gap, ...] = inputs.memory[key]
        return tuple(gap for gap in known if gap.facility in facilities)
    return _found(plan, inputs, facilities)


def _found(plan: Plan, inputs: Inputs, facilities: AbstractSet[str] | None) -> tuple[Gap, ...]:
    period, located = plan.parameters.period, dict[str, list[Stay]]()
    for stay in inputs.directory.stays(period, facilities):
        located.setdefault(stay.facility, []).append(stay)
    rows, _ = allowed(selected(inputs, plan, period=period, facilities=facilities), plan)
    return tuple((gaps_to_date if plan.definition.reads_to_date else gaps_in)(rows, plan, inputs, located))
