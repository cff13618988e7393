"""Choosing the layout of a file, and the sheets it is read from: by title first, by headings where no title tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from tanheng.kernel.faults import Finding, Refusal, Severity
from tanheng.kernel.pack import Layout, LayoutProfile
from tanheng.store.layout_fitting import missing
from tanheng.store.layout_headings import Head, HeadingMatcher
from tanheng.store.layout_known import Known
from tanheng.store.sheets import Sheet
from tanheng.store.template_writing import LIST_SHEET, MARK_SHEET
from tanheng.store.workbook_headings import fits_long_form
from tanheng.store.workbook_opening import OpenWorkbook

_TITLE_ROWS, _SHORTEST_TITLE = 8, 5


@dataclass(frozen=True)
class Candidate:
    """A sheet and a layout that it may have, with the headings that were found."""

    sheet: Sheet
    profile: LayoutProfile
    head: Head | None
    titled: bool

    @cached_property
    def complete(self) -> bool:
        """Whether no needed column is missing."""
        return not missing(self.profile, self.head)

    @property
    def found(self) -> int:
        """How many columns of the layout were found."""
        return len(self.head.columns) if self.head else 0

    @property
    def share(self) -> float:
        """How much of the layout was found."""
        return self.found / len(self.profile.columns)


def candidates(book: OpenWorkbook, matchers: Iterable[HeadingMatcher]) -> Iterator[Candidate]:
    """Every visible sheet with every layout that it may have: those whose title it bears, else all of them."""
    for name in book.sheets():
        sheet = book.sheet(name)
        if not sheet.visible or not sheet.values:
            continue
        cells = (value for row in sheet.values[:_TITLE_ROWS] for value in row if isinstance(value, str))
        texts = list(dict.fromkeys(text for text in cells if len(text) >= _SHORTEST_TITLE))
        titled = [m for m in matchers if _is_titled(m, texts, sheet)]
        for matcher in titled or matchers:
            yield Candidate(sheet, matcher.profile, matcher.head(sheet), bool(titled))


def _is_titled(matcher: HeadingMatcher, texts: Sequence[str], sheet: Sheet) -> bool:
    return (
        any(text in matcher.titles for text in texts)
        or sheet.name in matcher.sheets
        or sheet.file.rpartition(".")[0] in matcher.files
    )


def chosen(book: OpenWorkbook, known: Known, long_forms: Sequence[Layout]) -> Layout | LayoutProfile:
    """The one layout that a file has.

    Refuses  layout-not-recognised: none; layout-ambiguous: several, equally well.
    """
    for layout in long_forms:
        if fits_long_form(book, layout):
            return layout
    tried = list(candidates(book, tuple(known.matchers.values())))
    for fitting in ([c for c in tried if c.complete and c.titled], [c for c in tried if c.complete]):
        if fitting:
            return _best(book.file, fitting)
    titled = [candidate for candidate in tried if candidate.titled and candidate.found]
    if titled:
        return max(titled, key=lambda candidate: candidate.share).profile
    near = sorted((c for c in tried if c.found), key=lambda candidate: -candidate.share)[:3]
    shown = "、".join(dict.fromkeys(f"{c.profile.id}（{c.share:.0%}）" for c in near)) or "-"
    raise Refusal("layout-not-recognised", file=book.file, nearest=shown)


def _best(file: str, fitting: Sequence[Candidate]) -> LayoutProfile:
    most = max(candidate.found for candidate in fitting)
    best = {candidate.profile.id: candidate.profile for candidate in fitting if candidate.found == most}
    if len(best) > 1:
        raise Refusal("layout-ambiguous", file=file, layouts="、".join(best))
    return next(iter(best.values()))


def sheets_for(book: OpenWorkbook, matcher: HeadingMatcher) -> tuple[list[Candidate], list[Finding]]:
    """The sheets that a layout reads in a file, or why there is none.

    Finds    sheet-missing; sheet-twice: several fit and the layout reads one; sheet-hidden: a note for each left out,
             the hidden sheets of our own templates aside.
    """
    profile, findings = matcher.profile, list[Finding]()
    ours = (MARK_SHEET, LIST_SHEET) if MARK_SHEET in book.sheets() else ()
    for name in book.sheets():
        if not book.sheet(name).visible and book.sheet(name).values and name not in ours:
            findings.append(Finding("sheet-hidden", f"{book.file}!{name}", {"sheet": name}, Severity.NOTE))
    tried = [candidate for candidate in candidates(book, [matcher]) if candidate.found]
    fitting = [c for c in tried if c.complete]
    fitting = [c for c in fitting if c.titled] or fitting
    if not tried:
        fields = {
            "sheet": "、".join(profile.sheets or profile.titles) or profile.id,
            "sheets": "、".join(book.sheets()),
        }
        return [], [*findings, Finding("sheet-missing", f"{book.file}!{profile.id}", fields)]
    if not fitting:
        return [max(tried, key=lambda candidate: candidate.share)], findings
    if len(fitting) > 1 and not profile.every_sheet:
        names = "、".join(f"“{candidate.sheet.name}”" for candidate in fitting)
        fields = {"sheet": profile.label.zh, "sheets": names}
        return [], [*findings, Finding("sheet-twice", fitting[1].sheet.place, fields)]
    return fitting, findings
