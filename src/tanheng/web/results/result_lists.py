"""The stored results of a site. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tanheng.records.selecting import directory_as_of
from tanheng.web.results.heads import ResultHead, stored_results
from tanheng.web.results.links import area_href
from tanheng.web.results.places import Places


@dataclass(frozen=True)
class ResultLine:
    """A result, and the page of the city in it."""

    head: ResultHead
    href: str


def result_lines() -> Sequence[ResultLine]:
    """Every stored result, the latest first."""
    directory = directory_as_of()
    found = []
    for stored in stored_results():
        head = ResultHead(stored)
        root = Places(directory, head.period).root()
        found.append(ResultLine(head, area_href(head.id, root.id) if root else ""))
    return found
