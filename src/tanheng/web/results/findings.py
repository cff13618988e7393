"""What was found in the data of a result: counted by code, narrowed, page by page, each with its place. Reads only."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any
from urllib.parse import urlencode

import xlsxwriter
from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext

from tanheng.store.plain_text import inert
from tanheng.web.directory.scope import Scope
from tanheng.web.results.finding_places import FindingPlaces
from tanheng.web.results.heads import ResultHead, result_head
from tanheng.web.ui.words import said, spoken

Json = Mapping[str, Any]
SEVERITIES = ("blocker", "warning", "note")
_ON_A_PAGE = 50


@dataclass(frozen=True)
class FindingsAsked:
    """What the list is narrowed to; each empty where nothing was asked."""

    severity: str = ""
    code: str = ""
    words: str = ""

    def lists(self, finding: Json) -> bool:
        """Whether a finding is listed."""
        return (
            self.severity in ("", finding["severity"]) and self.code in ("", finding["code"]) and self._names(finding)
        )

    def query(self) -> str:
        """What was asked, as an address says it."""
        told = {"severity": self.severity, "code": self.code, "q": self.words}
        return urlencode({name: value for name, value in told.items() if value})

    def _names(self, finding: Json) -> bool:
        words = self.words.casefold().strip()
        return not words or any(
            words in text.casefold() for text in (*finding["message"].values(), finding["place"], finding["code"])
        )


@dataclass(frozen=True)
class CodeCount:
    """How often a code was found, and the list of those alone."""

    severity: str
    code: str
    count: int
    href: str
    chosen: bool


@dataclass(frozen=True)
class FindingLine:
    """A finding in words, with the places that it is about."""

    severity: str
    code: str
    message: str
    next_step: str
    place: str
    links: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class FindingsPage:
    """A page of the findings of a result."""

    head: ResultHead
    asked: FindingsAsked
    codes: Sequence[CodeCount]
    lines: Sequence[FindingLine]
    page: Page[Json]
    count: int
    whole: int
    query: str
    severities: Sequence[str] = SEVERITIES


def findings_of(head: ResultHead, asked: FindingsAsked) -> Sequence[Json]:
    """The findings that a reader is told and that fit: what blocks first, then by code and place."""
    found = [finding for finding in head.stored.findings if asked.lists(finding)]
    return sorted(found, key=lambda each: (SEVERITIES.index(each["severity"]), each["code"], each["place"]))


def findings_page(reference: str, asked: FindingsAsked, number: str, scope: Scope) -> FindingsPage:
    """The findings of a result, fifty to a page; a page that is not there is the last.

    Refuses  result-not-found.
    """
    head = result_head(reference, scope)
    found = findings_of(head, asked)
    page = Paginator(found, _ON_A_PAGE).get_page(number)
    places = FindingPlaces(head)
    return FindingsPage(
        head=head,
        asked=asked,
        codes=_codes(head, asked),
        lines=[_line(finding, places) for finding in page],
        page=page,
        count=len(found),
        whole=len(head.stored.findings),
        query=asked.query(),
    )


def findings_href(result: str, code: str = "") -> str:
    """The list of what was found, or of one code of it."""
    return reverse("findings", args=[result]) + (f"?{FindingsAsked(code=code).query()}" if code else "")


def findings_csv(reference: str, asked: FindingsAsked, scope: Scope) -> str:
    """Every finding that fits, as CSV; a text that a spreadsheet would compute stays a text.

    Refuses  result-not-found.
    """
    text = StringIO()
    csv.writer(text).writerows([inert(cell) for cell in row] for row in _table(reference, asked, scope))
    return text.getvalue()


def findings_workbook(reference: str, asked: FindingsAsked, scope: Scope) -> bytes:
    """The same as a workbook.

    Refuses  result-not-found.
    """
    rows, file = _table(reference, asked, scope), BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(gettext("Findings"))
    sheet.set_column(0, 1, 20)
    sheet.set_column(2, 4, 48)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, inert(cell))
    book.close()
    return file.getvalue()


def _table(reference: str, asked: FindingsAsked, scope: Scope) -> Sequence[Sequence[str]]:
    found = findings_of(result_head(reference, scope), asked)
    headings = [gettext("Severity"), gettext("Code"), gettext("Place"), gettext("Finding"), gettext("What to do next")]
    return [headings, *map(_cells, found)]


def _cells(finding: Json) -> Sequence[str]:
    words = said(finding["message"]), said(finding["next_step"])
    return [spoken(finding["severity"]), finding["code"], finding["place"], *words]


def _codes(head: ResultHead, asked: FindingsAsked) -> Sequence[CodeCount]:
    """Each code with its count in the whole result, the worst first and then the most frequent."""
    counts = Counter((finding["severity"], finding["code"]) for finding in head.stored.findings)
    ordered = sorted(counts.items(), key=lambda item: (SEVERITIES.index(item[0][0]), -item[1], item[0][1]))
    return [
        CodeCount(severity, code, count, f"?{FindingsAsked(severity, code).query()}", asked.code == code)
        for (severity, code), count in ordered
    ]


def _line(finding: Json, places: FindingPlaces) -> FindingLine:
    words = said(finding["message"]), said(finding["next_step"])
    return FindingLine(finding["severity"], finding["code"], *words, finding["place"], places.of(finding))
