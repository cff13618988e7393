"""The one door: which form a method has decides how it is run, explained and taken apart."""

from __future__ import annotations

from typing import Any

from tanheng.kernel.pack import MethodDefinition, PackSet
from tanheng.kernel.run.account_explain import drill_account, explain_account
from tanheng.kernel.run.account_run import run_account
from tanheng.kernel.run.account_statements import account_statements
from tanheng.kernel.run.drill import drill_rows
from tanheng.kernel.run.explain import explain_rows
from tanheng.kernel.run.inputs import Inputs, Parameters
from tanheng.kernel.run.run import Result, run_rows
from tanheng.kernel.run.statements import row_statements
from tanheng.kernel.table import Table
from tanheng.kernel.trace import Address


def run(method_id: str, packs: PackSet, inputs: Inputs, parameters: Parameters) -> Result:
    """Computes a method over a period.

    Reads    inputs.observations (OBSERVATION_COLUMNS) and inputs.directory, as of parameters.log_position.
    Gives    a Result; data problems are in its findings and leave their cells empty.
    Refuses  see `run_rows` and `run_account`.
    """
    go = run_account if _is_account(method_id, packs) else run_rows
    return go(method_id, packs, inputs, parameters)


def explain(result: Result, packs: PackSet, inputs: Inputs, address: Address, *, parts: int = 40) -> dict[str, Any]:
    """Explains one figure of a result by computing it again: the explain contract.

    Refuses  see `explain_rows` and `explain_account`.
    """
    go = explain_account if _is_account(result.receipt.method, packs) else explain_rows
    return go(result, packs, inputs, address, parts=parts)


def drill(result: Result, packs: PackSet, inputs: Inputs, address: Address, *, parts: int = 40) -> dict[str, Any]:
    """The parts of a figure, without its steps.

    Refuses  see `drill_rows` and `drill_account`.
    """
    go = drill_account if _is_account(result.receipt.method, packs) else drill_rows
    return go(result, packs, inputs, address, parts=parts)


def statements(method_id: str, packs: PackSet, inputs: Inputs, parameters: Parameters) -> Table:
    """The amounts that a run of these parameters counts.

    Gives    one row per (facility, carrier, period); stated_amount, unit, source.
    """
    go = account_statements if _is_account(method_id, packs) else row_statements
    return go(method_id, packs, inputs, parameters)


def _is_account(method_id: str, packs: PackSet) -> bool:
    return packs.get(MethodDefinition, method_id).form == "account"
