"""When: years, five-year plans by name, and the earlier year that a change is counted from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tanheng.policy.words import Lexicon, any_of

_QUOTE = '[“"]?'
_UNQUOTE = '[”"]?'


@dataclass(frozen=True)
class When:
    """A period named in a text: `period` as the kernel reads it (`2022..` for 2022年起), `base` for 比2020年."""

    start: int
    end: int
    period: str
    base: bool = False
    before: bool = False


class Periods:
    """Finds periods in a text. `year` is the year a plan of one year is for."""

    def __init__(self, lexicon: Lexicon, year: int | None = None) -> None:
        self._lexicon, self.year = lexicon, year

    @cached_property
    def _plan(self) -> re.Pattern[str]:
        name = f"{_QUOTE}({any_of(self._lexicon.manner.plans)}){_UNQUOTE}"
        return re.compile(f"{name}(?:[和与、至到及-]{name})?(?:期间|时期|末|期末|规划期)?(?:，)?")

    @cached_property
    def _year(self) -> re.Pattern[str]:
        return re.compile(
            r"(?P<from>[到至在从自]?)(?P<first>(?:19|20)\d{2})年?(?:[-至到](?P<last>(?:19|20)\d{2}))?年"
            r"(?P<tail>度?(?:底|末|年底)?(?:之?前|起|以前|以来|后|期间)?)"
        )

    @cached_property
    def _base(self) -> re.Pattern[str]:
        plain = any_of(self._lexicon.operators.previous_year)
        dated = r"(?:比|较|在|与|同|以)(?P<year>(?:19|20)\d{2})年(?:度)?(?:的)?(?:基础上|水平|相比|为基准|为基期)?"
        risen = r"(?:从|由)(?P<risen>(?:19|20)\d{2})年的?(?=\d)"
        return re.compile(f"{dated}|{risen}|(?P<last>{plain})")

    @cached_property
    def _this_year(self) -> re.Pattern[str]:
        return re.compile(any_of(self._lexicon.manner.within_year))

    def bases(self, text: str) -> Iterator[When]:
        """比2020年, 比上年, 同比: what a change is counted from."""
        for found in self._base.finditer(text):
            if found["risen"]:
                yield When(*found.span(), found["risen"], base=True)
            elif found["year"]:
                if found[0].startswith("在") and not found[0].endswith(("基础上", "水平")):
                    continue
                yield When(*found.span(), found["year"], base=True)
            else:
                yield When(*found.span(), str(self.year - 1) if self.year else "", base=True)

    def targets(self, text: str) -> Iterator[When]:
        """到2025年, “十四五”期间, 2022年起, 2030年前, 年内: what a demand is for."""
        taken = [(when.start, when.end) for when in self.bases(text)]
        found = [*self._plans(text), *self._years(text), *self._within(text)]
        for when in sorted(found, key=lambda when: (when.start, -when.end)):
            if not any(start < when.end and when.start < end for start, end in taken):
                taken.append((when.start, when.end))
                yield when

    def _plans(self, text: str) -> Iterator[When]:
        plans = self._lexicon.manner.plans
        for found in self._plan.finditer(text):
            if found[0].strip("，") in plans and text[found.end() : found.end() + 1] not in {"，", "期"}:
                continue  # a plan that is only named, without quotes or 期间
            first, last = plans[found[1]], plans[found[2] or found[1]]
            yield When(*found.span(), f"{first.partition('..')[0]}..{last.partition('..')[2]}")

    def _years(self, text: str) -> Iterator[When]:
        for found in self._year.finditer(text):
            first, last, tail = found["first"], found["last"], found["tail"]
            period = f"{first}..{last}" if last else f"{first}.." if tail.endswith("起") else first
            yield When(*found.span(), period, before="前" in tail)

    def _within(self, text: str) -> Iterator[When]:
        if self.year:
            for found in self._this_year.finditer(text):
                yield When(*found.span(), str(self.year))


def year_before(period: str) -> str:
    """The year before a period: what a change inside it is counted from where nothing is said."""
    return str(int(period[:4]) - 1)
