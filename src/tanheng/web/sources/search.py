"""Search over clauses, targets and tasks: every word that was typed has to stand in what is found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from unicodedata import normalize

from django.urls import reverse
from django.utils.translation import gettext

from tanheng.records.obligation_models import Instrument
from tanheng.records.standing_obligations import (
    RecordedObligation,
    instruments_as_of,
    kept_reading,
    obligations_as_of,
)
from tanheng.web.directory.scope import Scope
from tanheng.web.sources.documents import READ, clauses_of, obligation_line
from tanheng.web.sources.marked_text import Mark, Piece, pieces

_MOST, _WIDTH = 200, 90
Passage = tuple[str, str]


@dataclass(frozen=True)
class Hit:
    """Something found: what it is, the document, a heading, the passage with the words marked, and where it leads."""

    kind: str
    document: str
    heading: str
    passage: Sequence[Piece]
    href: str


@dataclass(frozen=True)
class SearchPage:
    """What was typed, and what was found; `more` says that there is more than the page shows."""

    typed: str
    hits: Sequence[Hit]
    more: bool


def search_page(scope: Scope, typed: str, day: date) -> SearchPage:
    """Clauses, targets and tasks in which every word stands; targets and tasks first.

    Reads    typed: words with blanks between them; full and half width, capital and small letters count alike.
    Refuses  not-permitted.
    """
    scope.require(READ)
    words = tuple(_folded(word) for word in typed.split())
    hits = list(_hits(words, day)) if words else []
    return SearchPage(typed.strip(), hits[:_MOST], len(hits) > _MOST)


def _hits(words: tuple[str, ...], day: date) -> Iterator[Hit]:
    for item in obligations_as_of(day):
        yield from _of_obligation(item, words)
    for instrument in instruments_as_of():
        yield from _of_clauses(instrument, words)


def _of_obligation(item: RecordedObligation, words: tuple[str, ...]) -> Iterator[Hit]:
    line, start, end = obligation_line(item), *item.row.span
    text = _text(item.instrument.reading, item.instrument)[int(start) : int(end)]
    if _stand_in(words, f"{line.label}\n{text}\n{line.lead}"):
        kind = gettext("Target") if line.is_target else gettext("Task")
        href = reverse("passage", args=[item.instrument.instrument, line.id])
        yield Hit(kind, item.instrument.title, line.label, _marked(text, words), href)


def _of_clauses(instrument: Instrument, words: tuple[str, ...]) -> Iterator[Hit]:
    for address, heading, text in _clause_texts(instrument.reading, instrument):
        if _stand_in(words, f"{heading}\n{text}"):
            href = f"{reverse('document-text', args=[instrument.instrument])}#{address}"
            yield Hit(gettext("Clause"), instrument.title, f"{address} {heading}", _marked(text, words), href)


@lru_cache(maxsize=256)
def _kept(reading: str, instrument: Instrument) -> tuple[str, tuple[tuple[str, str, str], ...]]:
    """The text of a reading and its clauses; a reading is named by its hash and never changes."""
    text = str(kept_reading(instrument)["text"])
    return text, tuple((each.address, each.heading, text[slice(*each.span)]) for each in clauses_of(instrument))


def _text(reading: str, instrument: Instrument) -> str:
    return _kept(reading, instrument)[0]


def _clause_texts(reading: str, instrument: Instrument) -> tuple[tuple[str, str, str], ...]:
    return _kept(reading, instrument)[1]


def _stand_in(words: tuple[str, ...], text: str) -> bool:
    folded = _folded(text)
    return all(word in folded for word in words)


def _folded(text: str) -> str:
    """One sign for one sign, so that places stay: full width as half width, capitals as small letters."""
    return "".join(_one(sign) for sign in text)


@lru_cache(maxsize=4096)
def _one(sign: str) -> str:
    plain = normalize("NFKC", sign).lower()
    return plain if len(plain) == 1 else sign


def _marked(text: str, words: tuple[str, ...]) -> list[Piece]:
    """The passage around the first word found, with every word marked."""
    folded = _folded(text)
    first = min((folded.find(word) for word in words if word in folded), default=0)
    start = max(0, first - _WIDTH // 2)
    shown = text[start : start + 2 * _WIDTH]
    found = folded[start : start + 2 * _WIDTH]
    marks = [Mark((at, at + len(word)), word) for word in words for at in _places(found, word)]
    return pieces(shown, marks)


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))
