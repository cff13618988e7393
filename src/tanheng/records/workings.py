"""The working paper behind a stored result, written again: what documents show beside its figures."""

from __future__ import annotations

import json
from functools import lru_cache

from tanheng.kernel.faults import Refusal
from tanheng.kernel.run import AccountRun, Parameters, computed_account, result_of
from tanheng.records.canonical import canonical
from tanheng.records.computing import inputs_of
from tanheng.records.disclosing import withheld
from tanheng.records.kept_packs import packs_of
from tanheng.records.worked_accounts import kept_account
from tanheng.store.results import StoredResult


def workings_of(result: StoredResult) -> AccountRun:
    """The account of a result with every cell: items of a score, lines of a total, what each rests on.

    It is computed again, unless this process has computed just that receipt.

    Refuses  inputs-differ, packs-not-kept; replay-differs: the stored figures are not what the receipt computes to;
             figure-withheld: it counts confidential statements, whose cells nobody may read.
    """
    if (barred := withheld(result)) is not None:
        share = format(100 * barred.rule.dominance_share, "f")
        raise Refusal("figure-withheld", address=result.id, minimum=barred.rule.minimum_units, share=share)
    receipt_text = canonical(result.receipt)
    return kept_account(receipt_text) or _again(receipt_text)


@lru_cache(maxsize=4)
def _again(receipt_text: str) -> AccountRun:
    receipt = json.loads(receipt_text)
    packs, inputs = packs_of(receipt["packs"]), inputs_of(receipt).inputs()
    done = computed_account(receipt["method"], packs, inputs, Parameters.of_json(receipt["parameters"]))
    again = result_of(done).receipt.figures
    if again != receipt["figures"]:
        raise Refusal("replay-differs", address=receipt["method"], again=again, stored=receipt["figures"])
    return done
