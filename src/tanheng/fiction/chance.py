"""Chance that can be repeated: draws that depend on nothing but a seed and what they are drawn for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

Thing = TypeVar("Thing")


class Chance:
    """A row of draws named by a seed and what it is for; the same names give the same row on every machine.

    Only `Random.random` is used: its row is promised to stay the same in every version, those of its other methods
    are not.
    """

    def __init__(self, *names: object) -> None:
        self._next = Random("/".join(str(name) for name in names)).random

    def share(self) -> float:
        """At least 0 and less than 1, evenly."""
        return self._next()

    def happens(self, share: float) -> bool:
        """True in that share of cases."""
        return self._next() < share

    def between(self, low: float, high: float) -> float:
        """At least `low` and less than `high`, evenly."""
        return low + (high - low) * self._next()

    def around_one(self, spread: float) -> float:
        """Near 1, three in four within `spread`, never further than twice that."""
        return 1 + spread * (self._next() + self._next() + self._next() + self._next() - 2)

    def below(self, count: int) -> int:
        """A whole number from 0 to `count` - 1."""
        return int(self._next() * count)

    def pick(self, things: Sequence[Thing]) -> Thing:
        """One of some things, each alike."""
        return things[self.below(len(things))]

    def weighted(self, weights: Mapping[Thing, float]) -> Thing:
        """One of some things, by weight."""
        left = self._next() * sum(weights.values())
        for thing, weight in weights.items():
            left -= weight
            if left < 0:
                return thing
        return list(weights)[-1]

    def quantile(self, values: Sequence[float]) -> float:
        """A value of a distribution given by its quantiles, evenly spaced from the least to the largest."""
        place = self._next() * (len(values) - 1)
        low = int(place)
        return values[low] + (values[low + 1] - values[low]) * (place - low)


def shared_out(total: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers in proportion to weights that add up to the total; the largest remainders get the rest."""
    exact = [total * weight / sum(weights) for weight in weights]
    parts = [int(part) for part in exact]
    order = sorted(range(len(parts)), key=lambda number: (parts[number] - exact[number], number))
    for number in order[: total - sum(parts)]:
        parts[number] += 1
    return parts
