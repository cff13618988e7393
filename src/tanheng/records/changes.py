"""What a batch adds to the records, found out before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from tanheng.records.append_only import BatchRow

Row = TypeVar("Row", bound=BatchRow)


class Outcome(StrEnum):
    """What a statement is to the records."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Judged(Generic[Row]):
    """A row of a batch beside the recorded row that it revises or repeats; `same` where it says nothing new."""

    row: Row
    earlier: Row | None
    same: bool

    @property
    def outcome(self) -> Outcome:
        """New, changed or unchanged."""
        if self.same:
            return Outcome.UNCHANGED
        return Outcome.NEW if self.earlier is None else Outcome.CHANGED


@dataclass(frozen=True)
class Changes(Generic[Row]):
    """A batch as it was judged, in the order in which it was given."""

    judged: Sequence[Judged[Row]]

    @property
    def rows(self) -> list[Row]:
        """The rows to append."""
        return [item.row for item in self.judged if not item.same]

    def count(self, outcome: Outcome) -> int:
        """How many are new, changed, or unchanged."""
        return sum(item.outcome is outcome for item in self.judged)
