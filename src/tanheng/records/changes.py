"""What a batch adds to the records, found out before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tanheng.records.append_only import BatchRow


@dataclass(frozen=True)
class Changes:
    """The rows to append, in the order they were given, and how many are new, revise, or say nothing new."""

    rows: Sequence[BatchRow]
    new: int
    changed: int
    unchanged: int


def changes_of(judged: Sequence[tuple[BatchRow, BatchRow | None, bool]]) -> Changes:
    """Counts a judged batch: per statement its row, the row it revises, and whether it says the same as that."""
    rows = [row for row, _, same in judged if not same]
    changed = sum(1 for _, earlier, same in judged if earlier is not None and not same)
    return Changes(rows, len(rows) - changed, changed, len(judged) - len(rows))
