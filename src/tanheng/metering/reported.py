"""What units reported for some days, to hold their meters against."""

from __future__ import annotations

import csv
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack.metering_grids import MeteringGrids

_COLUMNS: Final = ("facility", "carrier", "amount", "value_unit")


def read_reported(path: Path, grids: MeteringGrids) -> dict[tuple[str, str], int]:
    """The amounts of a list by unit and carrier, in whole steps of the metering grid.

    Reads    a CSV in UTF-8 with the columns facility, carrier, amount, value_unit; one row for each unit and carrier.
    Refuses  reported-unreadable: a column is missing, a unit unknown, an amount no number or not whole on the grid.
    """
    with path.open(encoding="utf-8-sig", newline="") as handle:
        table = csv.DictReader(handle)
        missing = [name for name in _COLUMNS if name not in (table.fieldnames or ())]
        if missing:
            raise Refusal("reported-unreadable", place=f"{path.name}:1", problem=", ".join(missing))
        return {
            (row["facility"], row["carrier"]): _steps(row, grids, f"{path.name}:{line}")
            for line, row in enumerate(table, start=2)
        }


def _steps(row: dict[str, str], grids: MeteringGrids, place: str) -> int:
    grid = grids.of(row["value_unit"])
    try:
        steps = Decimal(row["amount"]) * (grid[1] if grid is not None else 0)
    except InvalidOperation as error:
        raise Refusal("reported-unreadable", place=place, problem=row["amount"]) from error
    if grid is None or not steps.is_finite() or steps != int(steps):
        raise Refusal("reported-unreadable", place=place, problem=f"{row['amount']} {row['value_unit']}")
    return int(steps)
