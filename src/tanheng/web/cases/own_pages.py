"""Procedures whose cases have a page of their own in another app: where it is, how much of the history is read,
and whom it asks for something that is no move of the case.

`cases` knows no other app: the list stands where the apps of the site are put together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from tanheng.records.case_models import CaseMove
from tanheng.web.directory.scope import Scope


def _nobody(_rows: Sequence[CaseMove], _scope: Scope) -> Collection[str]:
    return ()


@dataclass(frozen=True)
class OwnPage:
    """The page of a case by its last move, empty where this case has none; whether a reader may read a move; and which
    of several open cases, each given by its last move, wait on their pages for a reader who need not see the case, and
    which a reader has answered, so that they wait for that one no longer although more could be said.
    """

    href: Callable[[CaseMove], str]
    shows: Callable[[CaseMove, Scope], bool]
    waits: Callable[[Sequence[CaseMove], Scope], Collection[str]] = _nobody
    answered: Callable[[Sequence[CaseMove], Scope], Collection[str]] = _nobody


def own_href(row: CaseMove) -> str:
    """The page of a case in another app; empty where it has none."""
    pages = _pages()
    return pages[row.procedure].href(row) if row.procedure in pages else ""


def case_href(row: CaseMove) -> str:
    """Where a case is read: on its own page, or on the one that every case has."""
    return own_href(row) or reverse("case", args=row.case.split("/", 1))


def is_read_by(row: CaseMove, scope: Scope) -> bool:
    """Whether what a move says may be read by whoever sees the case: of a call to many, the answers of others not."""
    pages = _pages()
    return row.procedure not in pages or pages[row.procedure].shows(row, scope)


def waiting_on_pages(rows: Sequence[CaseMove], scope: Scope) -> frozenset[str]:
    """The open cases that wait for a reader on a page of their own, whether or not the reader sees the case."""
    found: set[str] = set()
    for procedure, page in _pages().items():
        own = [row for row in rows if row.procedure == procedure and row.pending]
        found.update(page.waits(own, scope) if own else ())
    return frozenset(found)


def answered_on_pages(rows: Sequence[CaseMove], scope: Scope) -> frozenset[str]:
    """The open cases that asked many, and that a reader has answered."""
    found: set[str] = set()
    for procedure, page in _pages().items():
        own = [row for row in rows if row.procedure == procedure and row.pending]
        found.update(page.answered(own, scope) if own else ())
    return frozenset(found)


def _pages() -> Mapping[str, OwnPage]:
    return import_string(settings.TANHENG_CASE_PAGES)
