"""Accounts that this process has computed, with every cell: a document beside a fresh result needs no second run."""

from __future__ import annotations

from collections import OrderedDict

from tanheng.kernel.pack import MethodDefinition, PackSet
from tanheng.kernel.run import AccountRun, Inputs, Parameters, Result, computed_account, result_of, run
from tanheng.records.canonical import canonical

_KEPT: OrderedDict[str, AccountRun] = OrderedDict()
_MOST = 2
_ACCOUNT = "account"


def run_and_keep(method: str, packs: PackSet, inputs: Inputs, parameters: Parameters) -> Result:
    """As `kernel.run.run`; the cells of an account are kept under its receipt, those of the last two.

    A receipt names method, packs, inputs and parameters by their hashes: the same receipt has the same cells.
    """
    if packs.get(MethodDefinition, method).form != _ACCOUNT:
        return run(method, packs, inputs, parameters)
    done = computed_account(method, packs, inputs, parameters)
    result = result_of(done)
    _KEPT[canonical(result.receipt.as_json())] = done
    while len(_KEPT) > _MOST:
        _KEPT.popitem(last=False)
    return result


def kept_account(receipt_text: str) -> AccountRun | None:
    """The account of a receipt (as canonical JSON), where this process has just computed it."""
    return _KEPT[receipt_text] if receipt_text in _KEPT else None
