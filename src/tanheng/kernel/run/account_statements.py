"""The statements that an account counts: every observation that a cell of it rests on."""

from __future__ import annotations

from tanheng.kernel.pack import PackSet
from tanheng.kernel.run.account_run import computed_account
from tanheng.kernel.run.inputs import Inputs, Parameters
from tanheng.kernel.table import DAY, NUMBER, TEXT, Table
from tanheng.kernel.trace import Cell

_CELL = "cell:"
_COLUMNS = {
    "facility": TEXT,
    "indicator": TEXT,
    "carrier": TEXT,
    "item": TEXT,
    "period_start": DAY,
    "period_end": DAY,
    "stated_amount": NUMBER,
    "unit": TEXT,
    "source": TEXT,
}
_KEYS = ("facility", "indicator", "carrier", "item", "period_start", "period_end")


def account_statements(method_id: str, packs: PackSet, inputs: Inputs, parameters: Parameters) -> Table:
    """The statements behind an account, by what they are about.

    Gives    one row per (facility, indicator, carrier, item, period); stated_amount, unit, source. Whatever its kind,
             the subject stands in `facility`, and the line as one text in `item`.
    Refuses  as `computed_account`.
    """
    done = computed_account(method_id, packs, inputs, parameters)
    cells: dict[str, Cell] = {}
    for working in done.paper.workings.values():
        cells |= {cell.ref: cell for cell in working.inputs.values() if cell.ref.startswith(_CELL)}
    return Table.of_rows((_row(cell) for cell in cells.values()), _COLUMNS, keys=_KEYS)


def _row(cell: Cell) -> dict[str, object]:
    address = cell.address
    return {
        "facility": address.subject,
        "indicator": address.column,
        "carrier": "",
        "item": address.line or "",
        "period_start": address.period.start,
        "period_end": address.period.end,
        "stated_amount": cell.value,
        "unit": cell.unit.text,
        "source": cell.ref.removeprefix(_CELL),
    }
