"""Paragraphs to demands: carries indicators, periods and verbs from piece to piece, and leaves out what is history."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from tanheng.policy.demand import Demand
from tanheng.policy.figures import Figures
from tanheng.policy.periods import Periods, year_before
from tanheng.policy.phrases import Phrases
from tanheng.policy.proposals import Operator
from tanheng.policy.quantities import Quantities
from tanheng.policy.segments import Cutter, Segment
from tanheng.policy.spanned import Spanned
from tanheng.policy.states import States, bare_of_periods
from tanheng.policy.words import Lexicon, any_of

_CHANGES = {Operator.DOWN, Operator.DOWN_AT_LEAST, Operator.UP, Operator.CHANGE}
_ACCORDING = re.compile(r"按照|按|根据|依据")
_WISHED = {
    Operator.DOWN: Operator.DOWN,
    Operator.DOWN_AT_LEAST: Operator.DOWN,
    Operator.UP: Operator.UP,
    Operator.AT_MOST: Operator.AT_MOST,
}
_BRACKETS = re.compile(r"（[^（）]*）")
_INCREMENT = re.compile(r"增量|增幅|增速")
_YEAR = re.compile(r"(?:19|20)\d{2}(?=年|度)")


@dataclass(frozen=True)
class Surroundings:
    """What the document and the place say about a text: the year of the plan, and the words at the head of a row."""

    default_period: str | None = None
    first_year: int | None = None
    head: str = ""


@dataclass
class _Carried:
    indicator: str = ""
    topic: str = ""
    before: str = ""
    verb: str = ""
    part: int = -1
    sentence: int = 0
    last: Demand | None = None
    names: tuple[str, ...] = ()
    whole: str = ""


class Grammar:
    """Reads the demands of one text after another."""

    def __init__(self, lexicon: Lexicon, periods: Periods) -> None:
        self._lexicon = lexicon
        self.phrases = Phrases(lexicon)
        self.quantities = Quantities(lexicon)
        self._cutter = Cutter(lexicon, periods)
        self._figures = Figures(lexicon, self.quantities, self.phrases)
        self._states = States(lexicon, self.phrases)
        self._nested = re.compile(any_of(lexicon.operators.nested))
        self._looks_back = re.compile(any_of(lexicon.manner.looking_back))
        self._alike = re.compile(f"(?<![年月日人户平]){any_of(lexicon.operators.alike)}")
        self._past = re.compile(any_of(lexicon.manner.past))

    def demands(self, text: Spanned, around: Surroundings) -> list[Demand]:
        """The demands of a paragraph or a cell, in order."""
        carried, found = _Carried(around.head), list[Demand]()
        told = -1
        for segment in self._cutter.segments(text):
            if segment.sentence != carried.sentence:
                carried = _Carried(around.head, sentence=segment.sentence)
            if self._looks_back.search(segment.text.text):
                told = segment.sentence
            if (told == segment.sentence and not segment.whens) or self._is_history(segment, around):
                continue
            topic = self.phrases.bare(_ACCORDING.split(segment.text.text)[0]).removesuffix("指标")
            if self.phrases.is_indicator(topic):
                carried.topic = topic
            carried.whole = carried.indicator
            together = self._named_as_before(list(self._of_segment(segment)), segment, carried)
            for demand in together:
                dated = self._dated(self._completed(demand, segment, carried, around), segment, around)
                if dated.indicator:
                    found.append(dated)
            if together:
                carried.names = tuple(demand.indicator for demand in together)
            spoken_of = self.phrases.bare(_BRACKETS.sub("", bare_of_periods(segment)))
            carried.before = spoken_of or carried.before
        return _paired(found)

    def _named_as_before(self, demands: list[Demand], segment: Segment, carried: _Carried) -> list[Demand]:
        """力争分别下降3.5%和4.2%, 力争均下降4%: figures without names are of the things before them, in their order."""
        names = carried.names
        if len(names) < 2 or not demands or any(demand.indicator for demand in demands):
            return demands
        if len(demands) == len(names):
            return [replace(demand, indicator=name) for demand, name in zip(demands, names, strict=True)]
        alike = len(demands) == 1 and self._alike.search(segment.text.text)
        return [replace(demands[0], indicator=name) for name in names] if alike else demands

    def _of_segment(self, segment: Segment) -> Iterator[Demand]:
        demands, limits = self._figures.found(segment)
        if demands:
            yield from demands
            return
        states = self._states.found(segment)
        if states:
            yield from (self._figures.limited(state, "；".join(limits), limits) for state in states)
        elif limits:
            yield from self._figures.threshold(segment)

    def _completed(self, demand: Demand, segment: Segment, carried: _Carried, around: Surroundings) -> Demand:
        """A demand without a name goes on about the last thing; a thing without a verb takes that of the list."""
        name = demand.indicator
        same_part = carried.part == segment.part
        if not name and same_part and not segment.whens:
            demand = _like_before(demand, carried.last)
        if not name or (
            name in self._lexicon.nouns.classes
            and carried.indicator
            and demand.quantity is not None
            and demand.quantity.kind in {"share", "bare"}
        ):
            subject = name or demand.subject
            name = carried.indicator or carried.topic
            if demand.operator is Operator.COMPLETE:
                name = carried.before
            demand = replace(demand, indicator=name, subject=subject)
        elif (
            demand.quantity is not None
            and demand.quantity.kind == "share"
            and self._no_indicator(name)
            and same_part
            and carried.indicator
        ):
            demand = replace(demand, indicator=carried.indicator, subject=name)
            name = carried.indicator
        elif name in self._lexicon.nouns.generic and carried.before:
            topic = re.sub("(?:任务|建设)$", "", carried.before)
            demand = replace(demand, indicator=topic if topic.endswith(name) else f"{topic}{name}")
        elif same_part and carried.verb and not demand.verb and self._takes_verb(name, segment):
            demand = replace(demand, indicator=f"{carried.verb}{name}")
        if demand.indicator in self._lexicon.nouns.vague:
            demand = replace(demand, about=carried.before)
        if self._nested.match(segment.text.text) and carried.whole and demand.quantity is not None:
            part = f"其中：{carried.whole}"
            demand = replace(demand, condition="；".join(filter(None, (demand.condition, part))))
        carried.indicator, carried.last = demand.indicator, demand
        carried.verb, carried.part = demand.verb or (carried.verb if same_part else ""), segment.part
        return demand

    def _takes_verb(self, name: str, segment: Segment) -> bool:
        """新建林地 7 万亩，绿地 1200 公顷: a bare noun at the beginning of its piece goes on with the verb."""
        own = name.startswith(self._lexicon.nouns.own_verbs) or not segment.text.text.startswith(name[:2])
        return len(name) <= 4 and not own and not self.phrases.is_indicator(name)

    def _no_indicator(self, name: str) -> bool:
        return name.startswith(("其他", "其余", "其它")) and not self.phrases.is_indicator(name)

    def _dated(self, demand: Demand, segment: Segment, around: Surroundings) -> Demand:
        period = segment.period or around.default_period
        base = segment.base
        changes = (
            demand.changes
            or demand.operator in _CHANGES
            or bool(_INCREMENT.search(demand.indicator))
            or demand.operator is Operator.QUALITATIVE
        )
        if base is None and period and changes and (len(period) == 4 or ".." in period) and not period.endswith(".."):
            base = year_before(period) if len(period) > 4 or period == around.default_period else None
        return replace(demand, period=period, base=base)

    def _is_history(self, segment: Segment, around: Surroundings) -> bool:
        """Whether a piece tells what was: a word of the past, or a year before the plan begins."""
        text = segment.text.text
        if self._past.search(text):
            return True
        if around.first_year is None:
            return False
        if (
            segment.period
            and int(segment.period[-4:] if segment.period[-4:].isdigit() else segment.period[:4]) < around.first_year
            and not segment.period.endswith("..")
        ):
            return True
        bases = {(when.start, when.end) for when in segment.bases}
        years = [
            found for found in _YEAR.finditer(text) if not any(start <= found.start() < end for start, end in bases)
        ]
        figures = self.quantities.find(text)
        return bool(figures) and any(
            int(found[0]) < around.first_year
            and found.start() < figures[0].start
            and not _is_start(segment, found.start())
            for found in years
        )


def _like_before(demand: Demand, last: Demand | None) -> Demand:
    """下降3%，力争4%: the wish is meant like the demand before it."""
    if last is None or demand.operator is not Operator.REACH or demand.unit != last.unit:
        return demand
    meant = _WISHED[last.operator] if last.operator in _WISHED else demand.operator
    return replace(demand, operator=meant, changes=last.changes)


def _is_start(segment: Segment, at: int) -> bool:
    return any(when.start <= at < when.end and when.period.endswith("..") for when in segment.whens)


def _paired(demands: list[Demand]) -> list[Demand]:
    """控制在450以内，力争控制在350: the first of a pair is the floor."""
    found = list(demands)
    for i, (first, second) in enumerate(pairwise(demands)):
        same = first.indicator == second.indicator and first.unit == second.unit and first.period == second.period
        if (
            same
            and first.tier is None
            and second.tier == "stretch"
            and first.value is not None
            and second.value is not None
        ):
            found[i] = replace(first, tier="floor")
    return found
