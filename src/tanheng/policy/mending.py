"""Printing slips: mended where the reading is sure, reported always."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tanheng.policy.proposals import Span
from tanheng.policy.spanned import Spanned
from tanheng.policy.words import Lexicon, any_of

_TWICE = re.compile(r"([\u4e00-\u9fff]{2,4})\1(?!\1)")


@dataclass(frozen=True)
class Slip:
    """One slip found: what is printed, its likely reading, where, and whether the reading was used."""

    printed: str
    likely: str
    span: Span
    mended: bool


class Mender:
    """Finds slips in a piece of text and mends those that are sure."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._slips = lexicon.slip_of
        self._known = re.compile(any_of(self._slips))
        self._latin_and = re.compile(r"(?<=[\u4e00-\u9fff])(and)(?=[\u4e00-\u9fff])")
        self._doubled = re.compile(any_of(lexicon.slips.doubled))
        self._traditional = str.maketrans(dict(lexicon.slips.traditional))

    def traditional_in(self, text: str) -> int:
        """How many signs of a text are traditional."""
        return sum(sign in self._traditional for sign in map(ord, text))

    def simplified(self, text: Spanned) -> Spanned:
        """The text in simplified signs, each where the old one stood."""
        return Spanned(text.text.translate(self._traditional), text.at)

    def mended(self, text: Spanned) -> tuple[Spanned, list[Slip]]:
        """The text with its sure slips mended, and every slip found."""
        slips = list[Slip]()
        for start, end, printed, likely, sure in sorted(self._found(text.text), reverse=True):
            slips.append(Slip(printed, likely, text.span(start, end), sure))
            if sure:
                text = text.replaced(start, end, likely)
        return text, slips[::-1]

    def _found(self, text: str) -> Iterator[tuple[int, int, str, str, bool]]:
        taken = list[tuple[int, int]]()
        for found in self._known.finditer(text):
            slip = self._slips[found[0]]
            taken.append(found.span())
            if not slip.parties_only:
                yield (*found.span(), slip.printed, slip.likely, slip.mend)
        for found in self._latin_and.finditer(text):
            yield (*found.span(), found[0], "和", True)
        for found in _TWICE.finditer(text):
            if not any(start < found.end() and found.start() < end for start, end in taken):
                yield (*found.span(), found[0], found[1], False)
        for found in self._doubled.finditer(text):
            if not any(start < found.end() and found.start() < end for start, end in taken):
                yield (*found.span(), found[0], found[0][:1], False)
