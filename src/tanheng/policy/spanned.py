"""A piece of text that knows, sign by sign, where in the source it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tanheng.policy.proposals import Span


@dataclass(frozen=True)
class Spanned:
    """`text`, and for each of its signs the offset in the source."""

    text: str
    at: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.text)

    def cut(self, start: int, end: int) -> Spanned:
        """The signs from `start` up to `end`."""
        return Spanned(self.text[start:end], self.at[start:end])

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Where the signs from `start` up to `end` stand in the source; an empty piece stands at its neighbour."""
        piece = self.at[start:end]
        if not piece:
            near = self.at[min(start, len(self.at) - 1)] if self.at else 0
            return (near, near)
        return (min(piece), max(piece) + 1)

    def replaced(self, start: int, end: int, text: str) -> Spanned:
        """With other signs in place of some; the new signs stand where the old ones stood."""
        places = self.at[start:end] or self.at[start : start + 1] or self.at[-1:]
        at = tuple(places[min(i, len(places) - 1)] for i in range(len(text)))
        return Spanned(self.text[:start] + text + self.text[end:], (*self.at[:start], *at, *self.at[end:]))

    def stripped(self, signs: str) -> Spanned:
        """Without these signs at both ends."""
        start = len(self.text) - len(self.text.lstrip(signs))
        end = len(self.text.rstrip(signs))
        return self.cut(start, max(start, end))

    def pieces(self, pattern: re.Pattern[str]) -> Iterator[Spanned]:
        """What stands between the matches of a pattern; empty pieces are left out."""
        last = 0
        for found in pattern.finditer(self.text):
            if found.start() > last:
                yield self.cut(last, found.start())
            last = found.end()
        if last < len(self.text):
            yield self.cut(last, len(self.text))


def joined(parts: Iterable[Spanned]) -> Spanned:
    """Several pieces one behind the other."""
    found = tuple(parts)
    return Spanned("".join(part.text for part in found), tuple(place for part in found for place in part.at))
