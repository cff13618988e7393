"""Which obligations count on a day, once documents replace or amend one another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tanheng.kernel.demand.target import Target
from tanheng.kernel.demand.task import Task


@dataclass(frozen=True)
class Succession:
    """From a day on `later` takes the place of `earlier`: of all of it, or (amends) of those it names."""

    kind: Literal["supersedes", "amends"]
    earlier: str
    later: str
    start: date
    ended: tuple[str, ...] = ()

    def ends(self, obligation: Target | Task) -> bool:
        """Whether the succession ends an obligation."""
        if obligation.instrument != self.earlier:
            return False
        return self.kind == "supersedes" or obligation.id in self.ended


@dataclass(frozen=True)
class Standing:
    """An obligation, and the succession that ends it; None while it counts."""

    obligation: Target | Task
    ended_by: Succession | None

    @property
    def counts(self) -> bool:
        """Whether the obligation still binds."""
        return self.ended_by is None


def standing_on(
    obligations: Iterable[Target | Task], successions: Iterable[Succession], day: date
) -> tuple[Standing, ...]:
    """Every obligation with what has ended it by a day: the earliest succession that does; the order is kept."""
    begun = sorted((item for item in successions if item.start <= day), key=lambda item: item.start)
    return tuple(Standing(item, next((one for one in begun if one.ends(item)), None)) for item in obligations)
