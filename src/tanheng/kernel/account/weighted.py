"""A factor that changed inside a period, as one cell."""

from __future__ import annotations

from tanheng.kernel.account.references import entry_ref, sum_of
from tanheng.kernel.pack import Choice, Factor
from tanheng.kernel.quantity import Unit, name
from tanheng.kernel.trace import Address, Cell, WorkingPaper

_PURE = Unit.parse("1")


def weighted_by_days(paper: WorkingPaper, address: Address, factor: Factor, answer: Choice) -> Cell:
    """The entries of a factor weighted by the days for which each governed, as a step of its own."""
    if address in paper.workings:
        return paper.workings[address].cell
    inputs: dict[str, Cell] = {}
    for index, used in enumerate(answer.used, 1):
        ref = entry_ref(factor.id, used.entry.id)
        value = float(used.entry.value)
        inputs[f"value_{index}"] = paper.given(address, value, factor.unit, ref, unverified=answer.unverified)
        inputs[f"days_{index}"] = paper.given(address, used.days, _PURE, ref)
    count = range(1, len(answer.used) + 1)
    weighted = sum_of([name(f"value_{index}") * name(f"days_{index}") for index in count])
    formula = weighted / sum_of([name(f"days_{index}") for index in count])
    return paper.step(address, formula, inputs, unit=factor.unit.text, clause=answer.clause or "")
