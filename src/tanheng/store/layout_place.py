"""What a sheet says once for all its rows: period, subject and units, from title, cells, sheet and file name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from tanheng.kernel.faults import Finding
from tanheng.kernel.pack import LayoutProfile
from tanheng.kernel.period import Period
from tanheng.store.cell_values import folded, nearest, plain
from tanheng.store.layout_headings import Head
from tanheng.store.layout_known import Known
from tanheng.store.layout_text import periods_in
from tanheng.store.sheets import Sheet

_UNIT = re.compile(r"(?:^|[(\s])(?:计量|金额|数量)?单位[::]\s*([^()]+)")
_BETWEEN_UNITS = re.compile(r"[、,;和及\s]+")


@dataclass(frozen=True)
class TopText:
    """A text above or below the table, and where it stands."""

    text: str
    place: str
    row: int
    column: int


@dataclass(frozen=True)
class SheetPlace:
    """A sheet with its headings, as far as it speaks for all its rows; findings gather as questions are asked."""

    sheet: Sheet
    head: Head
    profile: LayoutProfile
    known: Known
    findings: list[Finding] = field(default_factory=list)

    @cached_property
    def texts(self) -> tuple[TopText, ...]:
        """The texts above the headings, in reading order."""
        return tuple(
            TopText(plain(value) if isinstance(value, str) else str(value), self.sheet.at(row, column), row, column)
            for row in range(1, self.head.first)
            for column, value in enumerate(self.sheet.values[row - 1], 1)
            if value is not None and str(value).strip()
        )

    # ---- the period
    def period(self, asked: Period | None) -> Period | None:
        """The span of months that the table is about; None where a column says it row by row, or where none is found.

        Finds    period-not-found; period-disagrees: two places name different months; period-not-asked.
        """
        if "column" in self.profile.period.found_in and any(c.reads == "period" for c in self.profile.columns):
            return None
        named = [item for source in self.profile.period.found_in for item in self._named_periods(source)]
        if not named:
            self.findings.append(Finding("period-not-found", self.sheet.place))
            return None
        (place, first), others = named[0], named[1:]
        for other_place, other in others:
            if not _agree(first, other):
                fields = {
                    "first": first.label(),
                    "first_place": place,
                    "second": other.label(),
                    "second_place": other_place,
                }
                self.findings.append(Finding("period-disagrees", place, fields))
                break
        if asked is not None and not _agree(first, asked):
            fields = {"found": first.label(), "asked": asked.label()}
            self.findings.append(Finding("period-not-asked", place, fields))
        return first

    def _named_periods(self, source: str) -> Iterator[tuple[str, Period]]:
        if source == "cell":
            for place, value in self._labelled((*self.profile.period.labels, *self.known.words.period_labels)):
                yield from ((place, period) for period in _periods_of(value)[:1])
        elif source == "title":
            found = [(top.place, period) for top in self.texts for period in periods_in(top.text)[:1]]
            yield from found[:1]
        else:
            text = self.sheet.name if source == "sheet" else Path(self.sheet.file).stem
            yield from ((self.sheet.place, period) for period in periods_in(text)[:1])

    # ---- the subject
    def subject(self) -> str | None:
        """The facility or area that the whole sheet is about.

        Finds    subject-not-found; subject-ambiguous; subject-unknown; facility-unknown.
        """
        for source in self.profile.subject.found_in:
            found = self._subject_in(source)
            if found is not None:
                return found or None
        self.findings.append(Finding("subject-not-found", self.sheet.place))
        return None

    @cached_property
    def total_subject(self) -> str | None:
        """Whom the total row is about, where that is not whom its rows are about; None where no text says it."""
        asked = self.profile.totals.subject
        if asked is None:
            return None
        whole = replace(self, profile=self.profile.model_copy(update={"subject": asked}), findings=[])
        return next((found for source in asked.found_in if (found := whole._subject_in(source))), None)

    def _subject_in(self, source: str) -> str | None:
        """The subject; an empty text where one is named and cannot be told; None where nothing is named."""
        if source == "cell":
            named = self._labelled(self.profile.subject.labels)
            return next(
                (found for place, value in named if (found := self._named(str(value), place)) is not None), None
            )
        texts = {
            "title": [(top.text, top.place) for top in self.texts],
            "sheet": [(self.sheet.name, self.sheet.place)],
            "file": [(self.sheet.file, self.sheet.place)],
        }[source]
        return next((found for text, place in texts if (found := self._mentioned(text, place)) is not None), None)

    def _named(self, text: str, place: str) -> str | None:
        code = folded(text)
        if not code:
            return None
        if self.profile.subject.kind == "area":
            return self._mentioned(text, place, must=True)
        facilities = self.known.by_code[code] if code in self.known.by_code else ()
        facilities = facilities or (self.known.by_name[code] if code in self.known.by_name else ())
        aliases = {folded(name): id for name, id in self.profile.subject.aliases.items()}
        if code in aliases:
            return aliases[code]
        if len(facilities) == 1:
            return facilities[0].id
        if facilities:
            fields = {"name": plain(text), "subjects": "、".join(item.label["zh"] for item in facilities)}
            self.findings.append(Finding("subject-ambiguous", place, fields))
        else:
            near = nearest(code, self.known.by_code).upper()
            self.findings.append(
                Finding("facility-unknown", place, {"code": plain(text), "name": "-", "nearest": near})
            )
        return ""

    def _mentioned(self, text: str, place: str, *, must: bool = False) -> str | None:
        """The area whose name stands in a text."""
        flat = folded(text)
        names = {folded(name): (id,) for name, id in self.profile.subject.aliases.items()} | dict(self.known.areas)
        if flat in names and len(names[flat]) == 1:
            return names[flat][0]
        hits = [name for name in names if name and name in flat]
        longest = [name for name in hits if not any(name != other and name in other for other in hits)]
        found = self.known.innermost(id for name in longest for id in names[name])
        if len(found) == 1:
            return found[0]
        if found:
            fields = {"name": plain(text), "subjects": "、".join(self.known.directory.label_of(id) for id in found)}
            self.findings.append(Finding("subject-ambiguous", place, fields))
            return ""
        if must:
            fields = {"name": plain(text), "nearest": nearest(flat, self.known.areas)}
            self.findings.append(Finding("subject-unknown", place, fields))
            return ""
        return None

    # ---- units
    @cached_property
    def unit_words(self) -> tuple[tuple[str, str], ...]:
        """The words of the unit cell, each with its place: behind 单位, or behind a label of the layout's own."""
        found = [(match[1], top.place) for top in self.texts if (match := _UNIT.search(top.text))]
        found += [(plain(text), place) for place, text in self._labelled(self.profile.unit_labels)]
        return tuple(
            (word.strip(), place) for text, place in found for word in _BETWEEN_UNITS.split(text) if word.strip()
        )

    def _labelled(self, labels: tuple[str, ...]) -> list[tuple[str, Any]]:
        """What stands behind a label: in its own cell, or in the cells to the right of it."""
        found = []
        for top in self.texts:
            flat = re.sub(r"[\s\u3000]+", "", top.text)
            for label in labels:
                if flat.startswith(label):
                    rest = flat[len(label) :]
                    if rest[:1] in {":", "："} and rest[1:]:
                        found.append((top.place, rest[1:]))
                    elif rest in {"", ":", "："}:
                        found += self._to_the_right(top)
                    break
        return found

    def _to_the_right(self, top: TopText) -> list[tuple[str, Any]]:
        row = self.sheet.values[top.row - 1]
        cells = [(column, value) for column, value in enumerate(row, 1) if column > top.column and value is not None]
        if not cells:
            return []
        # a code whose every sign has a box of its own
        signs = [plain(value) for _, value in cells if len(plain(value)) == 1]
        if len(signs) == len(cells) and len(signs) > 5:
            return [(self.sheet.at(top.row, cells[0][0]), "".join(signs))]
        return [(self.sheet.at(top.row, cells[0][0]), cells[0][1])]


def _agree(first: Period, second: Period) -> bool:
    """Whether both end with the same month: a table of 1-3月 is March's."""
    return first.end == second.end


def _periods_of(value: Any) -> list[Period]:
    if isinstance(value, date):
        return [Period.month(value.year, value.month)]
    return periods_in(value)
