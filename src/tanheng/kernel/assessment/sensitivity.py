"""Which item moves a rank: what each subject's rank would be with all, or none, of the points of one item."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

Sheet = Mapping[str, Decimal]
"""The points of a subject by item."""


@dataclass(frozen=True)
class Move:
    """One item of one subject: its points of how many, its rank now, with all of them, and with none."""

    subject: str
    item: str
    points: Decimal
    of: Decimal
    rank: int
    rank_with_all: int
    rank_with_none: int

    @property
    def moves(self) -> bool:
        """Whether the item decides about the rank."""
        return self.rank_with_all != self.rank or self.rank_with_none != self.rank


def sensitivity(
    sheets: Mapping[str, Sheet], worth: Mapping[str, Decimal], settled: Mapping[str, Collection[str]] | None = None
) -> list[Move]:
    """Each item of each subject with the ranks it could bring, all else as it is; those that gain most come first.

    Reads    sheets: whole sheets only, points by item; worth: the points of each item; settled: by subject the items
             from which it is exempt, whose points nobody can win or lose (default: none).
    Gives    rank = 1 + the number of subjects with a higher score.
    """
    totals = {subject: sum(sheet.values(), Decimal(0)) for subject, sheet in sheets.items()}
    found = [move for move in _moves(sheets, worth, totals) if move.item not in (settled or {}).get(move.subject, ())]
    return sorted(found, key=lambda move: (move.rank_with_all - move.rank, move.rank, move.subject, move.item))


def to_next(totals: Mapping[str, Decimal], subject: str) -> Decimal | None:
    """How many points a subject lacks to the score above its own; None at the top."""
    above = [total for total in totals.values() if total > totals[subject]]
    return min(above) - totals[subject] if above else None


def rank_of(totals: Mapping[str, Decimal], subject: str, total: Decimal) -> int:
    """The rank of a subject with another total."""
    return 1 + sum(1 for other, score in totals.items() if other != subject and score > total)


def _moves(sheets: Mapping[str, Sheet], worth: Mapping[str, Decimal], totals: Mapping[str, Decimal]) -> Iterator[Move]:
    for subject, sheet in sheets.items():
        total = totals[subject]
        rank = rank_of(totals, subject, total)
        for item, points in sheet.items():
            best = rank_of(totals, subject, total - points + worth[item])
            worst = rank_of(totals, subject, total - points)
            yield Move(subject, item, points, worth[item], rank, best, worst)
