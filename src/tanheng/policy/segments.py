"""Sentences cut into the pieces that demands are made in; each piece knows its period, its base year and its tier."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tanheng.policy.periods import Periods, When
from tanheng.policy.spanned import Spanned
from tanheng.policy.words import Lexicon, any_of

_SENTENCE = "。！？"
_PART = "；;"
_COMMA = "，："
_OPENING, _CLOSING = "（《“〔", "）》”〕"

_SAYING_WHEN = ("起", "前", "期间", "时期", "底", "末", "规划期")


@dataclass(frozen=True)
class Segment:
    """A piece between commas: its text, and what the sentence around it says about when and how firmly.

    `period` is what it is for, `own_period` what stands in the piece itself, `base` the year a change is counted from.
    `sentence` and `part` number the sentence and the piece between semicolons.
    """

    text: Spanned
    sentence: int
    part: int
    period: str | None
    before: bool
    base: str | None
    whens: tuple[When, ...]
    bases: tuple[When, ...]


class Cutter:
    """Cuts paragraphs into segments."""

    def __init__(self, lexicon: Lexicon, periods: Periods) -> None:
        self._periods = periods
        self._quoted_plan = re.compile(f"[“]{any_of(lexicon.manner.plans)}[”]")

    def segments(self, text: Spanned) -> Iterator[Segment]:
        """The segments of a paragraph; a period holds until the sentence ends, the first one for the paragraph."""
        opening: str | None = None
        part = 0
        for number, sentence in enumerate(_cut(text, _SENTENCE)):
            period, before = opening, False
            for piece in _cut(sentence, _PART):
                part += 1
                for comma in _cut(piece, _COMMA):
                    whens, bases = self._named(comma.text)
                    if whens:
                        period, before = whens[-1].period, whens[-1].before
                        if number == 0 and opening is None and whens[0].start == 0:
                            opening = whens[0].period
                    base = bases[-1].period if bases else None
                    yield Segment(comma, number, part, period, before, base, tuple(whens), tuple(bases))

    def _named(self, text: str) -> tuple[list[When], list[When]]:
        """The periods that a demand is for (not years that are part of a name), and the years it is compared with."""
        bases = list(self._periods.bases(text))
        whens = [when for when in self._periods.targets(text) if _is_for(text, when)]
        return whens, bases


def _is_for(text: str, when: When) -> bool:
    """到2025年 and “十四五”期间 say when; the year in 2023年度清单 is part of a name, unless it opens the piece."""
    said = text[when.start : when.end].rstrip("，")
    if said.endswith(_SAYING_WHEN) or said.startswith(("到", "至", "从", "自")):
        return True
    return (when.start == 0 and (said[:1].isdigit() or when.end == len(text))) or not (
        said[:1].isdigit() or said[-1:] in "”五"
    )


def _cut(text: Spanned, signs: str) -> Iterator[Spanned]:
    """The pieces between signs that stand in no brackets and no quotes."""
    depth, last = 0, 0
    for i, sign in enumerate(text.text):
        if sign in _OPENING:
            depth += 1
        elif sign in _CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0 and sign in signs:
            if i > last:
                yield text.cut(last, i)
            last = i + 1
    if last < len(text):
        yield text.cut(last, len(text))
