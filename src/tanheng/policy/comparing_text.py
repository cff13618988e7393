"""How alike two texts are: by pairs of neighbouring signs, the rarer a pair the more it says."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from tanheng.policy.words import any_of

_OTHER_SIGNS = re.compile(r"[^\u4e00-\u9fffA-Za-z]+")


class Shingles:
    """Pairs of signs of the texts of two documents, each weighing by how few of the texts have it.

    likeness = mean of (shared / lighter) and (shared / heavier), each by weight

    so that a short row is found inside a long clause, and two of a length sooner. Figures, marks and words that every
    task has count for nothing.
    """

    def __init__(self, texts: Sequence[str], common: Iterable[str]) -> None:
        self._common = re.compile(any_of(common))
        self.of = lru_cache(maxsize=8192)(self._of)
        counts = Counter(pair for text in texts for pair in self.of(text))
        self._weight: Mapping[str, float] = {pair: math.log(1 + len(texts) / count) for pair, count in counts.items()}

    def _of(self, text: str) -> frozenset[str]:
        pieces = _OTHER_SIGNS.split(self._common.sub("|", text))
        return frozenset(piece[i : i + 2] for piece in pieces for i in range(len(piece) - 1))

    def weigh(self, pairs: Iterable[str]) -> float:
        """How much pairs say together."""
        return math.fsum(self._weight[pair] for pair in sorted(pairs) if pair in self._weight)

    def alike(self, first: str, second: str) -> float:
        """0 where no pair is shared, 1 where the lighter text stands in the other."""
        one, two = self.of(first), self.of(second)
        lighter = min(self.weigh(one), self.weigh(two))
        both = max(self.weigh(one), self.weigh(two))
        if not lighter:
            return 0.0
        inside, over = self.weigh(one & two) / lighter, self.weigh(one & two) / both
        return (inside + over) / 2

    def shared(self, first: str, second: str, count: int = 5) -> list[str]:
        """The pairs that say most of those that two texts share: why they were taken for one."""
        both = self.of(first) & self.of(second)
        return sorted(both, key=lambda pair: (-self.weigh([pair]), pair))[:count]


def names_alike(first: str, second: str) -> float:
    """How alike two names are: twice the shared pairs of signs over all pairs."""
    one, two = (Counter(name[i : i + 2] for i in range(len(name) - 1)) for name in (first, second))
    total = one.total() + two.total()
    return 2 * (one & two).total() / total if total else float(first == second)
