"""The observations of a site by indicator: short series are taken down once and held, long ones are looked up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from tanheng.kernel.table import Blocks, Table

_HELD_WHOLE = 50_000


@dataclass(frozen=True)
class Shelf:
    """All observations of a site.

    An account asks for dozens of short series among millions of rows of units: one pass over the indicators and one
    over the short series serve every series, every use class and every knowledge date.
    """

    observations: Table

    def of(self, *indicators: str) -> Table:
        """The rows of some indicators."""
        short = all(self.is_short(id) for id in indicators)
        return (self._short if short else self._all).where_in(indicators)

    def is_short(self, indicator: str) -> bool:
        """Whether the statements of an indicator are few, or none."""
        return indicator not in self._heights or self._heights[indicator] <= _HELD_WHOLE

    @cached_property
    def _all(self) -> Blocks:
        return Blocks(self.observations, "indicator")

    @cached_property
    def _heights(self) -> dict[str, int]:
        return dict(self._all.heights)

    @cached_property
    def _short(self) -> Blocks:
        rows = self._all.where_in(id for id in self._heights if self.is_short(id))
        return Blocks(rows.collected(), "indicator")
