"""The gaps and fills of a figure: the months of a unit's line as one entry, page by page. Reads only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any
from urllib.parse import quote

from django.core.paginator import Page, Paginator
from django.urls import reverse

from tanheng.kernel.period import Period
from tanheng.kernel.run import Line
from tanheng.kernel.trace import Address
from tanheng.web.directory.scope import Scope
from tanheng.web.results.heads import ResultHead, head_of
from tanheng.web.results.links import figure_href
from tanheng.web.results.sight import sight_of
from tanheng.web.ui.words import language, said

Json = Mapping[str, Any]
_ON_A_PAGE = 100


@dataclass(frozen=True)
class GapLine:
    """The months that are missing of one line of a unit, in words, and how many they are."""

    label: str
    months: str
    count: int


@dataclass(frozen=True)
class GapsPage:
    """A page of the gaps of a figure."""

    head: ResultHead
    label: str
    address: str
    href: str
    json_href: str
    lines: Sequence[GapLine]
    page: Page[Any]
    count: int


@dataclass(frozen=True)
class GapWords:
    """Puts the gaps of an explanation into words; they come ordered by unit, line and month."""

    head: ResultHead

    def lines(self, gaps: Iterable[Json]) -> Iterator[GapLine]:
        """One entry for each line of a unit, made as it is asked for: a city has thousands."""
        for group in grouped(gaps):
            yield self.line(group)

    def line(self, group: Sequence[Json]) -> GapLine:
        """The entry of one group."""
        first = group[0]
        label = " · ".join((said(first["label"]), self._line(first["line"] or "")))
        return GapLine(label, self._months([gap["period"] for gap in group]), len(group))

    def _months(self, texts: Sequence[str]) -> str:
        """Months that follow each other as one span."""
        runs: list[Period] = []
        for text in texts:
            period = self._period(text)
            if runs and runs[-1].end == period.start:
                runs[-1] = Period(runs[-1].start, period.end)
            else:
                runs.append(period)
        mark = ", " if language() == "en" else "、"
        return mark.join(run.label(language()) for run in runs)

    @cached_property
    def _line(self) -> Callable[[str], str]:
        known: dict[str, str] = {}

        def words(text: str) -> str:
            if text not in known:
                known[text] = Line.parse(text).label(self.head.packs)[language()]
            return known[text]

        return words

    @cached_property
    def _period(self) -> Callable[[str], Period]:
        known: dict[str, Period] = {}

        def read(text: str) -> Period:
            if text not in known:
                known[text] = Period.parse(text)
            return known[text]

        return read


def grouped(gaps: Iterable[Json]) -> Iterator[Sequence[Json]]:
    """The gaps of one line of a unit together, one group after the other."""
    for _, group in groupby(gaps, key=lambda gap: (gap["subject"], gap["line"])):
        yield list(group)


def gaps_href(result: str, address: object) -> str:
    """The list of all gaps of a figure."""
    return reverse("gaps", args=[result, str(address)])


def gaps_page(reference: str, address: str, number: str, scope: Scope) -> GapsPage:
    """The gaps of a figure that a reader may know of, a hundred lines to a page.

    Refuses  result-not-found, address-unreadable, figure-not-found, replay-differs.
    """
    asked = Address.parse(address)
    sight = sight_of(reference, scope)
    head, told = head_of(sight), sight.explained(asked)
    page = Paginator(list(grouped(told["gaps"])), _ON_A_PAGE).get_page(number)
    words = GapWords(head)
    return GapsPage(
        head=head,
        label=said(told["label"]),
        address=told["address"],
        href=figure_href(head.id, asked),
        json_href=reverse("api:explain", args=[head.id]) + f"?address={quote(told['address'])}",
        lines=[words.line(group) for group in page],
        page=page,
        count=len(told["gaps"]),
    )
