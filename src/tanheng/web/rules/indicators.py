"""The indicators of the packs in use: what a figure means. Reads only."""

from __future__ import annotations

from dataclasses import dataclass

from tanheng.kernel.pack import IndicatorShape
from tanheng.kernel.pack.shape import Label
from tanheng.store.packs_in_use import packs_in_use


@dataclass(frozen=True)
class IndicatorLine:
    """An indicator; `grid` is the step that its results are whole numbers of, empty where it is never a result."""

    id: str
    label: Label
    unit: str
    grid: str
    adds: str


def indicator_lines() -> list[IndicatorLine]:
    """Every indicator, by id."""
    found = [
        IndicatorLine(each.id, each.label, each.unit.text, each.grid.text if each.grid else "", str(each.adds))
        for each in packs_in_use().all(IndicatorShape)
    ]
    return sorted(found, key=lambda line: line.id)
