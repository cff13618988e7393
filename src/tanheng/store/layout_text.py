"""What is written in titles, headings and labels: patterns, units in brackets, periods, numbering."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from tanheng.kernel.period import Accumulation, Period, year_to_date
from tanheng.store.cell_values import folded, plain

_IN_BRACKETS = re.compile(r"^(.+?)\(([^()]+)\)$")
_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十0-9]+\)|[0-9]+(?:\.[0-9]+)+\s*|[0-9]+[、.)]|[a-z][、.])+",
    re.IGNORECASE,
)
_OF_WHICH = re.compile(r"^(?:其中[::,,]?|of which:?)", re.IGNORECASE)
_MONTHS = re.compile(r"([0-9]{4})年?([0-9]{1,2})[-~至到—–―]+([0-9]{1,2})月")
_MONTH = re.compile(r"([0-9]{4})年([0-9]{1,2})月(?!份?[0-9]{1,2}日)")
_QUARTER = re.compile(r"([0-9]{4})年(?:第)?([一二三四1-4])季度")
_PART = re.compile(r"([0-9]{4})年(上半年|前三季度|全年|度)?(?![0-9])")
_DIGITS = re.compile(r"(?<![0-9])(20[0-9]{2})[-_.]?(0[1-9]|1[0-2])(?![0-9]|[-_.][0-9])")
_LAST_MONTH = {"上半年": 6, "前三季度": 9, "全年": 12, "度": 12, None: 12}
_ORDINALS = {"一": 1, "二": 2, "三": 3, "四": 4}


def heading(value: object) -> tuple[str, str]:
    """A heading as it is compared, and the text in brackets at its end: mostly its unit."""
    text = folded(value)
    found = _IN_BRACKETS.match(text)
    return (found[1], found[2]) if found else (text, "")


@dataclass(frozen=True)
class Words:
    """Texts that somebody may write, the preferred ones first; `*` stands for any text, `#` for a number."""

    words: tuple[str, ...]

    @cached_property
    def _exact(self) -> dict[str, int]:
        return {folded(word): rank for rank, word in reversed(list(enumerate(self.words))) if not _is_pattern(word)}

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], int]]:
        return [(re.compile(regex(word)), rank) for rank, word in enumerate(self.words) if _is_pattern(word)]

    @cached_property
    def _any_pattern(self) -> re.Pattern[str] | None:
        patterns = [regex(word) for word in self.words if _is_pattern(word)]
        return re.compile("|".join(patterns)) if patterns else None

    def rank(self, value: object) -> int | None:
        """The rank of a text among them, 0 first; None where it is none of them. A unit behind it does not count."""
        forms = _forms(folded(value))
        for form in forms:
            if form in self._exact:
                return self._exact[form]
        if self._any_pattern is None or not any(self._any_pattern.fullmatch(form) for form in forms):
            return None
        found = [rank for pattern, rank in self._patterns if any(pattern.fullmatch(form) for form in forms)]
        return min(found, default=None)

    def __contains__(self, value: object) -> bool:
        return self.rank(value) is not None


@lru_cache(maxsize=65_536)
def _forms(text: str) -> tuple[str, ...]:
    """A heading as it stands, without a unit behind it, and without a number or 其中 before it."""
    bare = heading(text)[0]
    return tuple(dict.fromkeys((text, bare, without_numbering(bare)[0])))


def _is_pattern(word: str) -> bool:
    return "*" in word or "#" in word


def regex(word: str) -> str:
    """The regular expression of a text with `*` and `#`."""
    return re.escape(folded(word)).replace(r"\*", ".*").replace(r"\#", "[0-9]+")


def without_numbering(label: str) -> tuple[str, bool]:
    """A label without 一、 (1) 2. and 其中, and whether it had 其中; both may stand before each other."""
    text, of_which = plain(label).replace("：", ":"), False
    while True:
        shorter = _NUMBERING.sub("", text).strip()
        if found := _OF_WHICH.match(shorter):
            of_which, shorter = True, shorter[found.end() :].strip()
        if shorter == text:
            return text, of_which
        text = shorter


def indent_of(label: str) -> int:
    """How far a label is pushed in, in half characters."""
    bare = label.lstrip(" \u3000\u00a0\t")
    return sum(2 if sign in "\u3000\t" else 1 for sign in label[: len(label) - len(bare)])


def periods_in(text: object) -> list[Period]:
    """The spans of months that a text names, in the order in which they stand; dates of a day are none."""
    flat = re.sub(r"\s+", "", plain(text))
    found = dict[int, Period]()
    for pattern, read in ((_MONTHS, _of_months), (_MONTH, _of_month), (_QUARTER, _of_quarter), (_DIGITS, _of_month)):
        for match in pattern.finditer(flat):
            period = read(match)
            if period is not None and not any(start <= match.start() < start + 5 for start in found):
                found[match.start()] = period
    if not found:
        found = {match.start(): year_to_date(int(match[1]), _LAST_MONTH[match[2]]) for match in _PART.finditer(flat)}
    return [found[start] for start in sorted(found)]


def _of_months(found: re.Match[str]) -> Period | None:
    first, last = int(found[2]), int(found[3])
    if not 1 <= first <= last <= 12:
        return None
    start = Period.month(int(found[1]), first).start
    return Period(start, Period.month(int(found[1]), last).end)


def _of_month(found: re.Match[str]) -> Period | None:
    return Period.month(int(found[1]), int(found[2])) if 1 <= int(found[2]) <= 12 else None


def _of_quarter(found: re.Match[str]) -> Period:
    quarter = _ORDINALS[found[2]] if found[2] in _ORDINALS else int(found[2])
    return Period(Period.month(int(found[1]), 3 * quarter - 2).start, Period.month(int(found[1]), 3 * quarter).end)


def period_of_column(table: Period, accumulation: Accumulation, years_back: int) -> tuple[Period, Accumulation]:
    """The period that a column of a table about `table` is about, and how it accumulates.

    A table about January and February has no month of its own: both count as one.
    """
    months = table.months()
    year, last = months[-1].start.year - years_back, months[-1].start.month
    if accumulation is Accumulation.MONTH and len(months) == 2 and months[0].start.month == 1:
        return year_to_date(year, 2), Accumulation.JANUARY_FEBRUARY
    spans = {
        Accumulation.MONTH: lambda: Period.month(year, last),
        Accumulation.YEAR_TO_DATE: lambda: year_to_date(year, last),
        Accumulation.JANUARY_FEBRUARY: lambda: year_to_date(year, 2),
        Accumulation.QUARTER: lambda: Period(Period.month(year, 3 * ((last + 2) // 3) - 2).start, _end(year, last)),
        Accumulation.YEAR: lambda: Period.year(year),
    }
    return spans[accumulation](), accumulation


def _end(year: int, last: int) -> date:
    return Period.month(year, 3 * ((last + 2) // 3)).end


def closest(text: str, known: Iterable[str], most: int = 3) -> Sequence[str]:
    """Known texts that share the most letters with this one; a short text is compared by letters, not by order."""
    signs = set(folded(text))
    ranked = sorted(known, key=lambda other: -len(signs & set(folded(other))) / max(1, len(signs | set(folded(other)))))
    return [other for other in ranked if signs & set(folded(other))][:most]
