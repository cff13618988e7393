"""Finding the headings of a sheet: the rows they stand in, the path of each column, and which column is which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from weakref import ref

from openpyxl.utils import get_column_letter

from tanheng.kernel.pack import LayoutColumn, LayoutProfile
from tanheng.store.cell_values import folded, plain
from tanheng.store.layout_text import Words, heading, regex
from tanheng.store.sheets import Sheet

SEARCHED_ROWS = 30
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?%?")
_ORDINAL = re.compile(r"甲|乙|丙|丁|戊|己|[0-9]{1,2}|[-—]+|[(][0-9]{1,2}[)]")


@dataclass(frozen=True)
class Head:
    """The headings of a sheet: first and last row, the path of each column, and the column of each field.

    Columns are counted from 1; `doubled` are fields that two columns could be.
    """

    first: int
    last: int
    paths: tuple[tuple[str, ...], ...]
    columns: Mapping[str, int]
    doubled: Mapping[str, tuple[int, int]]

    def title(self, column: int) -> str:
        """The headings of a column as one text."""
        return "/".join(self.paths[column - 1])

    def unit_word(self, column: int) -> str:
        """The text in brackets behind the lowest heading of a column that has any."""
        return next((word for text in reversed(self.paths[column - 1]) if (word := heading(text)[1])), "")


@dataclass(frozen=True)
class HeadingMatcher:
    """The headings of a layout, ready to be compared."""

    profile: LayoutProfile

    @cached_property
    def titles(self) -> Words:
        """The titles of the layout's sheets."""
        return Words(self.profile.titles)

    @cached_property
    def sheets(self) -> Words:
        """The names of the layout's sheets."""
        return Words(self.profile.sheets)

    @cached_property
    def files(self) -> Words:
        """The names of the layout's files."""
        return Words(self.profile.files)

    @cached_property
    def _levels(self) -> Mapping[str, tuple[Words, ...]]:
        return {column.id: tuple(Words(level) for level in column.path) for column in self.profile.columns}

    @cached_property
    def _in_one(self) -> Mapping[str, re.Pattern[str]]:
        """A path written as one heading: 综合能源消费量_本月."""
        return {
            column.id: re.compile("[-_:/,.(]*".join(_any_of(level) for level in column.path) + "[)]?")
            for column in self.profile.columns
            if len(column.path) > 1
        }

    @cached_property
    def _any_level(self) -> Words:
        words = dict.fromkeys(word for column in self.profile.columns for level in column.path for word in level)
        return Words(tuple(words))

    def hits(self, texts: Iterable[str]) -> int:
        """How many of the texts are headings of this layout, on any level."""
        return sum(
            text in self._any_level or any(form.fullmatch(text) for form in self._in_one.values()) for text in texts
        )

    def head(self, sheet: Sheet) -> Head | None:
        """The rows of headings and the columns found in them; None where no row has any."""
        if not self._last or self._last[0][0]() is not sheet:  # choosing a layout and reading by it ask the same
            self._last[:] = [(ref(sheet), self._head(sheet))]
        return self._last[0][1]

    @cached_property
    def _last(self) -> list[tuple[ref[Sheet], Head | None]]:
        return []

    def _head(self, sheet: Sheet) -> Head | None:
        rows = range(1, min(SEARCHED_ROWS, len(sheet.values)) + 1)
        hits = {row: self.hits(dict.fromkeys(texts_of(sheet, row))) for row in rows}
        best = max(rows, key=lambda row: (hits[row], -row), default=0)
        if not best or hits[best] < min(2, len(self.profile.columns)):
            return None
        first, last = head_rows(sheet, best, {row for row in rows if hits[row]}, self.profile.header_rows)
        paths = paths_of(sheet, first, last)
        return Head(first, last, paths, *self._columns(paths))

    def _columns(self, paths: Sequence[tuple[str, ...]]) -> tuple[dict[str, int], dict[str, tuple[int, int]]]:
        found, doubled, taken = dict[str, int](), dict[str, tuple[int, int]](), set[int]()
        for column in sorted(self.profile.columns, key=lambda column: -len(column.path)):
            ranked = sorted(self._ranked(column, paths, taken))
            if not ranked:
                continue
            if len(ranked) > 1 and ranked[0][0] == ranked[1][0]:
                doubled[column.id] = ranked[0][1], ranked[1][1]
            found[column.id] = ranked[0][1]
            taken.add(ranked[0][1])
        return found, doubled

    def _ranked(
        self, column: LayoutColumn, paths: Sequence[tuple[str, ...]], taken: set[int]
    ) -> Iterator[tuple[int, int]]:
        for number, path in enumerate(paths, 1):
            if path and number not in taken and (rank := self._rank(column, path)) is not None:
                yield rank, number

    def _rank(self, column: LayoutColumn, path: tuple[str, ...]) -> int | None:
        levels = self._levels[column.id]
        if len(path) == 1 and len(levels) > 1:
            return 0 if self._in_one[column.id].fullmatch(heading(path[0])[0]) else None
        total = levels[-1].rank(path[-1])
        upper = list(path[:-1])
        for level in reversed(levels[:-1]):
            while upper and (rank := level.rank(upper[-1])) is None:
                upper.pop()
            if not upper or total is None:
                return None
            total += rank or 0
            upper.pop()
        return total


def _any_of(level: Sequence[str]) -> str:
    return "(?:" + "|".join(regex(word) for word in level) + ")" + r"(?:\([^()]*\))?"


def texts_of(sheet: Sheet, row: int) -> list[str]:
    """The texts of a row."""
    return [value for value in sheet.values[row - 1] if isinstance(value, str) and value.strip()]


def head_rows(sheet: Sheet, best: int, fitting: set[int], usual: int) -> tuple[int, int]:
    """The rows of headings around the best one: those next to it that fit, and those that merged cells join."""
    first = last = best
    while first - 1 in fitting and not _has_figures(sheet, first - 1):
        first -= 1
    nearby = [row for row in fitting if best < row <= best + max(usual, 3) and not _has_figures(sheet, row)]
    last = max([last, *nearby])
    if any(_has_figures(sheet, row) for row in range(best + 1, last + 1)):
        last = best
    first = min([first, *(block.top for block in sheet.merged if block.top < first <= block.bottom)])
    last = max([last, *(block.bottom for block in sheet.merged if first <= block.top <= last)])
    while _goes_on(sheet, first, last) and last - first < 4:
        last += 1
    return first, last


def _goes_on(sheet: Sheet, first: int, last: int) -> bool:
    """Whether a heading spans several columns and the row below names them."""
    spanning = any(
        block.top <= last == block.bottom and block.top >= first and block.right > block.left for block in sheet.merged
    )
    if not spanning or last >= len(sheet.values):
        return False
    return bool(texts_of(sheet, last + 1)) and not _has_figures(sheet, last + 1) and not is_ordinal_row(sheet, last + 1)


def _has_figures(sheet: Sheet, row: int) -> bool:
    return any(
        (isinstance(value, int | float) or _PLAIN_NUMBER.fullmatch(plain(value)) is not None)
        for value in sheet.values[row - 1]
        if value is not None and value != ""
    )


def is_ordinal_row(sheet: Sheet, row: int) -> bool:
    """Whether a row only numbers the columns: 甲 乙 丙 1 2 3."""
    texts = [plain(value) for value in sheet.values[row - 1] if value is not None and str(value).strip()]
    numbered = sum(text == "甲" or text.strip("()") == "1" for text in texts)
    return len(texts) > 1 and numbered > 0 and all(_ORDINAL.fullmatch(text) for text in texts)


def paths_of(sheet: Sheet, first: int, last: int) -> tuple[tuple[str, ...], ...]:
    """The headings above each column from top to bottom; one that is repeated by merging stands once."""
    width = max((len(sheet.values[row - 1]) for row in range(first, last + 1)), default=0)
    width = max([width, *(min(block.right, sheet.width) for block in sheet.merged if first <= block.top <= last)])
    spread = [_spread(sheet, row, last, width) for row in range(first, last + 1)]
    return tuple(tuple(_distinct(line[column] for line in spread)) for column in range(width))


def _spread(sheet: Sheet, row: int, last: int, width: int) -> list[str]:
    """A row of headings, each over the columns it stands for: merged, or blank behind it with headings below."""
    texts = [plain(value) if (value := sheet.shown(row, column)) is not None else "" for column in range(1, width + 1)]
    if row == last:
        return texts
    for column in range(1, width):
        free = not texts[column] and (row, column + 1) not in sheet.anchors and (row, column) not in sheet.anchors
        below = [sheet.value(row + 1, place) for place in (column, column + 1)]
        if free and texts[column - 1] and all(value is not None for value in below):
            texts[column] = texts[column - 1]
    return texts


def _distinct(texts: Iterable[str]) -> Iterator[str]:
    before = ""
    for text in texts:
        if text and folded(text) != folded(before):
            yield re.sub(r"\s+", "", text)
            before = text


def letter(column: int) -> str:
    """F of 6."""
    return str(get_column_letter(column))
