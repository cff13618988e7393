"""Which sums may be shown, so that nobody can work out what one unit stated.

A sum is shown where enough units stand behind it and none of them makes up nearly all of it. That alone is not enough:
a sum that is not shown can be had by subtracting its shown neighbours from the sum above. Areas lie inside one another,
so whatever can be had by adding and subtracting shown sums is made of pieces: each shown sum less the next shown sums
inside it. It is enough that each of these pieces could itself be shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

Path = tuple[str, ...]
"""The areas in which some units lay, from the widest to the narrowest."""


@dataclass(frozen=True)
class Weight:
    """What a sum rests on: units that add to it, units that add nothing, the sizes added up, and the largest one."""

    units: int = 0
    zeros: int = 0
    size: int = 0
    largest: int = 0

    @staticmethod
    def of(value: int) -> Weight:
        """The weight of one unit."""
        return Weight(1, 0, abs(value), abs(value)) if value else Weight(0, 1, 0, 0)

    def joined(self, other: Weight) -> Weight:
        """The weight of both together, of different units."""
        largest = max(self.largest, other.largest)
        return Weight(self.units + other.units, self.zeros + other.zeros, self.size + other.size, largest)

    @property
    def is_nothing(self) -> bool:
        """Whether no unit stated anything: there is nothing to hide."""
        return not self.units and not self.zeros


@dataclass(frozen=True)
class DisclosureRule:
    """How much a sum must rest on: so many units, and none of them with more than a share of it."""

    minimum_units: int
    dominance_share: Fraction

    def bears(self, weight: Weight) -> bool:
        """Whether a sum may be shown. Units that add nothing protect nobody, unless all of them add nothing."""
        if weight.is_nothing:
            return True
        if not weight.units:
            return weight.zeros >= self.minimum_units
        return weight.units >= self.minimum_units and weight.largest <= self.dominance_share * weight.size


Layer = Mapping[Path, Weight]
"""One month of one result: what the units rest on whose narrowest area is the last of a path."""


def shown_areas(layers: Sequence[Layer], rule: DisclosureRule) -> frozenset[str]:
    """The areas whose sums may be shown in every layer at once.

    Reads    layers: all months and all results that are shown together. An area is decided on for all of them: the sum
             of a year less its other months would tell the one month that is hidden.
    Gives    areas of which each sum may be shown, as may each piece that adding and subtracting can give. Of two sums
             that give each other away the wider one is kept, and the smallest neighbour hidden with the other.
    """
    trees = [_Tree(layer) for layer in layers]
    areas = {area for tree in trees for area in tree.inside}
    torn = {area for tree in trees for area in tree.torn}
    shown = {
        area for area in areas - torn if all(rule.bears(tree.whole(area)) for tree in trees if area in tree.inside)
    }
    while hidden := {area for tree in trees for area in _given_away(tree, shown, rule)}:
        shown -= hidden
    return frozenset(shown)


class _Tree:
    """The areas of one layer: what lies directly in each, and which areas lie in it."""

    def __init__(self, layer: Layer) -> None:
        self.own: dict[str, Weight] = {}
        self.inside: dict[str, list[str]] = {}
        above: dict[str, set[str | None]] = {}
        for path, weight in layer.items():
            parents: Iterable[str | None] = (None, *path[:-1])
            for parent, area in zip(parents, path, strict=True):
                above.setdefault(area, set()).add(parent)
                self.inside.setdefault(area, [])
            if path:
                self.own[path[-1]] = weight.joined(self.own[path[-1]]) if path[-1] in self.own else weight
        # an area in two places at once takes part in sums that do not lie inside one another
        self.torn = {area for area, parents in above.items() if len(parents) > 1}
        for area, parents in above.items():
            for parent in parents - {None}:
                self.inside[str(parent)].append(area)

    def whole(self, area: str) -> Weight:
        """What the sum of an area rests on."""
        return self.piece(area, frozenset())

    def piece(self, area: str, shown: Iterable[str]) -> Weight:
        """What is left of an area when the next shown areas inside it are subtracted."""
        found = self.own[area] if area in self.own else Weight()
        for inner in self.inside[area]:
            if inner not in shown:
                found = found.joined(self.piece(inner, shown))
        return found

    def next_shown(self, area: str, shown: Iterable[str]) -> Iterator[str]:
        """The widest shown areas inside an area."""
        for inner in self.inside[area]:
            if inner in shown:
                yield inner
            else:
                yield from self.next_shown(inner, shown)

    def narrowest_first(self) -> list[str]:
        """The areas, each after all that lie in it."""
        depths: dict[str, int] = {}

        def depth(area: str) -> int:
            if area not in depths:
                depths[area] = 1 + max((depth(inner) for inner in self.inside[area]), default=0)
            return depths[area]

        return sorted(self.inside, key=lambda area: (depth(area), area))


def _given_away(tree: _Tree, shown: set[str], rule: DisclosureRule) -> set[str]:
    """The shown areas to hide so that no piece of this layer gives anything away."""
    left = set(shown)
    for area in tree.narrowest_first():
        while area in left and not rule.bears(tree.piece(area, left)):
            inner = [item for item in tree.next_shown(area, left) if not tree.whole(item).is_nothing]
            if not inner:  # its own sum bears, so this is reached only where an area is in two places
                left.discard(area)
                break
            left.discard(min(inner, key=lambda item: (tree.whole(item).size, item)))
    return shown - left
