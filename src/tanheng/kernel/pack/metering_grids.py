"""The shape of the metering grids: in what whole steps the energy of meters is counted."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import model_validator

from tanheng.kernel.pack.shape import Shape, Titled


class MeteringGrid(Shape):
    """One grid: the step, and how many whole steps each unit that meters and accounts state amounts in has."""

    step: str
    steps: Mapping[str, int]

    @model_validator(mode="after")
    def _whole(self) -> MeteringGrid:
        if self.step not in self.steps or self.steps[self.step] != 1:
            raise ValueError(f"the step {self.step} is one step of itself")
        if small := [unit for unit, steps in self.steps.items() if steps < 1]:
            raise ValueError(f"less than a step: {', '.join(small)}")
        return self


class MeteringGrids(Titled):
    """The grids of all amounts that meters state. A unit stands in one of them only."""

    clause: str
    grids: tuple[MeteringGrid, ...]

    @model_validator(mode="after")
    def _apart(self) -> MeteringGrids:
        units = [unit for grid in self.grids for unit in grid.steps]
        if twice := sorted({unit for unit in units if units.count(unit) > 1}):
            raise ValueError(f"in two grids: {', '.join(twice)}")
        return self

    def of(self, unit: str) -> tuple[str, int] | None:
        """The grid of a unit and its steps in it; None where no grid knows the unit."""
        found = [(grid.step, grid.steps[unit]) for grid in self.grids if unit in grid.steps]
        return found[0] if found else None
