"""The stored results of a site. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tanheng.records.selecting import directory_as_of
from tanheng.web.directory.scope import Scope
from tanheng.web.results.heads import ResultHead, open_results
from tanheng.web.results.links import area_href
from tanheng.web.results.selectors import widest_area


@dataclass(frozen=True)
class ResultLine:
    """A result, and the page of the city in it."""

    head: ResultHead
    href: str


def result_lines(scope: Scope) -> Sequence[ResultLine]:
    """Every stored result that a reader may open, the latest first, with the page to begin with."""
    directory = directory_as_of()
    found = []
    for head in open_results(scope):
        widest = widest_area(head, directory, scope)
        found.append(ResultLine(head, area_href(head.id, widest) if widest else ""))
    return found
