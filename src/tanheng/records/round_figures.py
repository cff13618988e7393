"""What the values of a round come to: put together again out of the figures on which its draft stands."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tanheng.kernel.faults import Refusal
from tanheng.kernel.obligation.decomposition import Round, as_demanded
from tanheng.kernel.pack import PackSet
from tanheng.kernel.pack.decomposition_plan import DecompositionPlan
from tanheng.kernel.run import Parameters, Result, run
from tanheng.kernel.subject import Directory
from tanheng.records.computing import inputs_of
from tanheng.records.disclosing import withheld
from tanheng.records.kept_packs import packs_of
from tanheng.records.site_files import results

_METHOD = "decomposition_check"


@dataclass(frozen=True)
class RoundFigures:
    """A check of a round, with the plan whose demands are its values, the packs and the directory it was made with."""

    plan: DecompositionPlan
    packs: PackSet
    directory: Directory
    checked: Result


def figures_of_round(made: Round) -> RoundFigures:
    """The whole of a round recombined, who is weaker than it, who moves against last year.

    Reads    packs and records that the receipt of the draft names: another day's figures would make another whole.
    Refuses  result-not-found: the draft's result is gone; packs-not-kept, inputs-differ; figure-withheld: it counts
             confidential statements.
    """
    draft = results().load(made.result)
    if (barred := withheld(draft)) is not None:
        share = format(100 * barred.rule.dominance_share, "f")
        raise Refusal("figure-withheld", address=draft.id, minimum=barred.rule.minimum_units, share=share)
    kept, inputs = packs_of(draft.receipt["packs"]), inputs_of(draft.receipt).inputs()
    drafted = kept.get(DecompositionPlan, made.plan)
    plan = as_demanded(drafted, made)
    packs = PackSet(
        tuple(replace(item, value=plan) if item.value is drafted else item for item in kept.definitions), kept.hashes
    )
    checked = run(_METHOD, packs, inputs, Parameters.of_json(draft.receipt["parameters"]))
    return RoundFigures(plan, packs, inputs.directory, checked)
