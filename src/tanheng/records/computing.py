"""Computing results from the records, and explaining their figures by computing them again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import MethodDefinition, PackSet
from tanheng.kernel.period import Period
from tanheng.kernel.run import Inputs, Parameters, Result, explain, explain_stored, run
from tanheng.kernel.trace import Address
from tanheng.records.canonical import canonical
from tanheng.records.disclosing import for_readers, withheld
from tanheng.records.kept_packs import keep_packs, packs_of
from tanheng.records.run_inputs import RunInputs, inputs_at
from tanheng.records.selecting import known_position
from tanheng.records.site_files import results
from tanheng.records.worked_accounts import run_and_keep
from tanheng.store.packs import load_packs
from tanheng.store.results import StoredResult, result_id

Receipt = Mapping[str, Any]
_ACCOUNT = "account"


def compute(  # noqa: PLR0913  (what a run is asked, and how its result is kept)
    method: str,
    period: Period,
    scheme: str,
    known_on: date,
    log_position: int | None = None,
    packs: PackSet | None = None,
    fill: str | None = None,
    *,
    settings: Mapping[str, str] | None = None,
    as_latest: bool = True,
) -> StoredResult:
    """Runs a method over what is recorded, and keeps the result.

    Reads    the observations and the directory up to `log_position` (default: all); `packs` (default: those of the
             site); `fill` names a method of filling gaps (default: none, a gap stays a gap); `settings`: the
             values that this run sets itself (default: none); `as_latest`: whether `latest` means this result from
             now on (a question asked in passing must not move it).
    Gives    the stored result, whose id follows from its receipt.
    Refuses  log-position-unknown, and whatever the run refuses.
    """
    pack_set = packs or load_packs()
    position = known_position(log_position)
    parameters = Parameters(period, scheme, known_on, position, fill, settings or {})
    result = run_and_keep(method, pack_set, inputs_at(position, taken_by(method, pack_set)).inputs(), parameters)
    keep_packs(pack_set)
    stored = _stored(result)
    results().save(stored, as_latest=as_latest)
    return for_readers(stored)


def open_result(reference: str = "latest") -> StoredResult:
    """A stored result as readers may see it, by id, by an unambiguous beginning of it, or `latest`.

    Refuses  result-not-found, result-ambiguous, result-damaged.
    """
    return for_readers(results().load(reference))


def explain_figure(result: StoredResult, address: Address | str, parts: int = 40) -> dict[str, Any]:
    """The explanation of one figure, computed again from what the receipt names.

    Gives    the explain contract (docs/reference/explain-contract.md).
    Refuses  address-unreadable, figure-not-found, inputs-differ, packs-not-kept; replay-differs: the stored figure
             is not what its receipt computes to; figure-withheld: it is made of confidential statements, and rests
             on too few.
    """
    asked = Address.parse(address) if isinstance(address, str) else address
    held = withheld(result)
    if held is None:
        return _explained(result, asked, parts)
    held.check(asked)
    return held.explanation(_explained(results().load(result.id), asked, parts))


def _explained(exact: StoredResult, address: Address, parts: int) -> dict[str, Any]:
    """An account is written again as a whole; a figure of rows is computed from the rows of its subject alone."""
    receipt_text = canonical(exact.receipt)
    packs, inputs = at_hand(receipt_text)
    if packs.get(MethodDefinition, exact.receipt["method"]).form != _ACCOUNT:
        return explain_stored(exact.receipt, exact.figures, packs, inputs, address, parts=parts)
    again, packs, inputs = computed_again(receipt_text)
    return explain(replace(again, figures=exact.figures), packs, inputs, address, parts=parts)


def inputs_of(receipt: Receipt) -> RunInputs:
    """The inputs that a receipt names, out of the records of this site.

    Refuses  log-position-unknown; inputs-differ: the records up to that position are not those of the receipt.
    """
    return _confirmed(receipt)[0]


def _confirmed(receipt: Receipt) -> tuple[RunInputs, Inputs]:
    """The inputs of a receipt as kept and as the kernel reads them: a directory of a city is read once, not twice."""
    position = receipt["parameters"]["log_position"]
    found = inputs_at(position, receipt["inputs"])
    read = found.inputs()
    if read.digests != receipt["inputs"]:
        raise Refusal("inputs-differ", position=position)
    return found, read


def taken_by(method: str, packs: PackSet) -> tuple[str, ...]:
    """What a method reads beside observations and the directory; it names as well what the methods below it take.

    Refuses  definition-missing.
    """
    return packs.get(MethodDefinition, method).takes


def run_again(receipt: Receipt, packs: PackSet, inputs: Inputs) -> Result:
    """The run that a receipt describes, on packs and inputs handed in."""
    return run(receipt["method"], packs, inputs, Parameters.of_json(receipt["parameters"]))


@lru_cache(maxsize=4)
def computed_again(receipt_text: str) -> tuple[Result, PackSet, Inputs]:
    """The run that a receipt (as canonical JSON) describes, out of the records of this site, with packs and inputs.

    Kept for the results in use.

    Refuses  inputs-differ, packs-not-kept.
    """
    packs, inputs = at_hand(receipt_text)
    return run_again(json.loads(receipt_text), packs, inputs), packs, inputs


def at_hand(receipt_text: str) -> tuple[PackSet, Inputs]:
    """The packs and inputs that a receipt (as canonical JSON) names, kept for the results in use.

    Refuses  inputs-differ, packs-not-kept.
    """
    return _at_hand(str(results().root), receipt_text)


@lru_cache(maxsize=4)
def _at_hand(_root: str, receipt_text: str) -> tuple[PackSet, Inputs]:
    receipt = json.loads(receipt_text)
    return packs_of(receipt["packs"]), _confirmed(receipt)[1]


def _stored(result: Result) -> StoredResult:
    receipt = result.receipt.as_json()
    findings = tuple(finding.as_json() for finding in result.findings)
    return StoredResult(result_id(receipt), receipt, findings, result.figures)
