"""Demands with a figure: what is counted, how the figure is meant, and under which condition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from tanheng.policy.bounds import Bounds
from tanheng.policy.demand import Demand
from tanheng.policy.limits import GOING_ON, Limits, Placed
from tanheng.policy.phrases import Phrases
from tanheng.policy.proposals import Operator
from tanheng.policy.quantities import Quantities, Quantity
from tanheng.policy.segments import Segment
from tanheng.policy.tiers import Tiers
from tanheng.policy.words import Lexicon, any_of

_CONNECTORS = "、和及与并"
_OF = re.compile(r"(?P<what>.+?)(?:达到|达|占到|占)(?P<whole>.+?)的$")
_EACH = re.compile(r"(?<![年人月户平])均$")
_COUNTED = {Operator.REACH, Operator.AT_LEAST, Operator.ABOUT, Operator.RANGE}
_BRACKETS = re.compile(r"（[^（）]*）")


class Figures:
    """Finds the demands of a segment that carry a figure."""

    def __init__(self, lexicon: Lexicon, quantities: Quantities, phrases: Phrases) -> None:
        self._lexicon, self._quantities, self._phrases = lexicon, quantities, phrases
        self._bounds = Bounds(lexicon)
        self._limits = Limits(lexicon, self._bounds)
        self._tiers = Tiers(lexicon)

    @cached_property
    def _respectively(self) -> re.Pattern[str]:
        return re.compile(any_of(self._lexicon.operators.respectively))

    @cached_property
    def _rates(self) -> re.Pattern[str]:
        return re.compile(f"{any_of(self._lexicon.manner.rates)}(?!{any_of(self._lexicon.nouns.heads)})")

    @cached_property
    def _of_the_whole(self) -> re.Pattern[str]:
        operators = self._lexicon.operators
        return re.compile(f"{any_of((*operators.at_most.before, *operators.at_least.before))}[^，、]{{1,6}}$")

    @cached_property
    def _forbids(self) -> re.Pattern[str]:
        return re.compile(f"^.*?{any_of(self._lexicon.operators.forbid)}")

    def found(self, segment: Segment) -> tuple[list[Demand], list[str]]:
        """The demands of a segment, and its limits in words where nothing else uses them."""
        text = segment.text.text
        whole = self._limits.placed(text, self._quantities.find(text))
        outcomes = [placed for placed in whole if not placed.limit and placed.bracket is None]
        inner = [placed for placed in whole if placed.bracket is not None]
        limits = [self._limit_text(text, placed) for placed in whole if placed.limit]
        demands = list(self._outside(segment, outcomes, inner)) if outcomes else list(self._inside(segment, inner))
        condition = "；".join(limits)
        if demands and condition:
            demands = [self.limited(item, condition, limits) for item in demands]
            limits = []
        return [item for item in demands if self._is_demand(item)], limits

    def limited(self, demand: Demand, condition: str, limits: Sequence[str]) -> Demand:
        """A demand under its limits; they leave the name of what is counted."""
        name = demand.indicator
        for limit in limits:
            name = name.replace(limit, "").removeprefix("的")
        joined = "；".join(filter(None, (demand.condition, condition)))
        return replace(demand, condition=joined, indicator=self._phrases.bare(name) or demand.indicator)

    def threshold(self, segment: Segment) -> Iterator[Demand]:
        """A limit without any other demand in its piece: from which size on something applies."""
        text = segment.text.text
        for placed in self._limits.placed(text, self._quantities.find(text)):
            if placed.limit:
                quantity = placed.quantity
                rest = text[placed.end :].removeprefix("范围内").removeprefix("的")
                left = self._bounds.before(text[: self._limit_start(text, placed)]).rest
                name = self._phrases.bare(left + rest)
                span = segment.text.span()
                yield Demand(
                    name, Operator.THRESHOLD, span, "threshold", quantity.value, quantity.high, quantity, quantity.unit
                )

    def _limit_start(self, text: str, placed: Placed) -> int:
        """Where the words of a limit begin: behind the verb or the sign in front of its attribute."""
        start = max(text.rfind(sign, 0, placed.quantity.start) for sign in "，、的为于对") + 1
        start += sum(len(found[0]) for found in self._forbids.finditer(text[start : placed.quantity.start]))
        piece = text[start : placed.quantity.start]
        bare = self._phrases.bare(piece)
        verb = _opening_verb(bare, self._lexicon.nouns.keep_verbs)
        return start + piece.rfind(bare) + len(verb) if bare else start

    def _limit_text(self, text: str, placed: Placed) -> str:
        start = self._limit_start(text, placed)
        return self._phrases.bare(text[start : placed.end]) or text[placed.quantity.start : placed.end]

    def _outside(self, segment: Segment, outcomes: list[Placed], inner: list[Placed]) -> Iterator[Demand]:
        text = segment.text.text
        if len(outcomes) > 1 and self._respectively.search(text[: outcomes[0].quantity.start]):
            yield from self._one_by_one(segment, outcomes)
            return
        starts = self._starts(text, outcomes)
        ends = [*starts[1:], len(text)]
        verb = ""
        for placed, start, end in zip(outcomes, starts, ends, strict=True):
            parts = [
                item for item in inner if item.bracket and start <= item.bracket[0] < end and self._is_part(text, item)
            ]
            inner = [item for item in inner if item not in parts]
            notes = [
                text[item.bracket[0] + 1 : item.bracket[1] - 1]
                for item in inner
                if item.bracket and start <= item.bracket[0] < end
            ]
            for demand in self._one(segment, placed, start, end, "；".join(notes)):
                yield self._with_verb(demand, verb) if verb and not demand.verb else demand
                verb = demand.verb or verb
            for item in parts:
                yield from self._part(segment, item, demand.indicator)

    def _is_part(self, text: str, placed: Placed) -> bool:
        """（其中国土绿化2万亩）: a part of the figure in front of the bracket."""
        start = placed.bracket[0] + 1 if placed.bracket else 0
        return text.startswith(self._lexicon.operators.nested, start)

    def _part(self, segment: Segment, placed: Placed, whole: str) -> Iterator[Demand]:
        start, end = placed.bracket or (0, 0)
        for demand in self._one(segment, placed, start + 1, end - 1, ""):
            yield replace(demand, condition=f"其中：{whole}")

    @cached_property
    def _verbs(self) -> tuple[str, ...]:
        nouns = self._lexicon.nouns
        return (*nouns.keep_verbs, *nouns.drop_verbs, *nouns.own_verbs)

    def _with_verb(self, demand: Demand, verb: str) -> Demand:
        """新增光伏装机 300、风电装机 150: the verb of the first goes for the second."""
        own = demand.indicator.startswith((verb, *self._verbs))
        goes_on = demand.indicator and not own and demand.operator in _COUNTED
        return replace(demand, indicator=f"{verb}{demand.indicator}", verb=verb) if goes_on else demand

    def _inside(self, segment: Segment, inner: list[Placed]) -> Iterator[Demand]:
        """A figure that stands in brackets only: 比例逐步提高（≥15%）, or a demand of its own in brackets."""
        text = segment.text.text
        for placed in inner:
            start, end = placed.bracket or (0, 0)
            left = text[start + 1 : placed.quantity.start]
            before = self._bounds.before(left)
            if self._phrases.is_indicator(self._phrases.bare(before.rest)):
                yield from self._one(segment, placed, start + 1, end - 1, "", outer=text[:start])
            elif not self._phrases.bare(before.rest) and placed.quantity.kind != "bare":
                name = self._phrases.bare(self._bounds.before(text[:start]).rest)
                operator = self._bounds.operator(
                    replace(before, direction=""), placed.sense, placed.quantity.high is not None
                )
                yield self._demand(segment, placed, name, operator, "", 0, end)

    def _starts(self, text: str, outcomes: Sequence[Placed]) -> list[int]:
        """Where the words of each figure begin: at the connector behind the figure before it, else at the last one."""
        starts = [0]
        for last, placed in pairwise(outcomes):
            between = text[last.end : placed.quantity.start]
            if between[:1] in {*_CONNECTORS} and between:
                starts.append(last.end + 1)
                continue
            cut = max(between.rfind(sign) for sign in _CONNECTORS)
            starts.append(last.end + cut + 1 if cut >= 0 else last.end)
        return starts

    def _one(
        self, segment: Segment, placed: Placed, start: int, end: int, note: str, outer: str = ""
    ) -> Iterator[Demand]:
        text, quantity = segment.text.text, placed.quantity
        left = _without(text, start, quantity.start, segment)
        right = text[placed.end : end]
        if closing := _BRACKETS.match(right):
            inner = closing[0][1:-1]
            note, right = "；".join(filter(None, (note, inner if inner not in note else ""))), right[closing.end() :]
        if rate := self._rates.search(left):
            note = "；".join(filter(None, (rate[0], note)))
            left = self._rates.sub("", left)
        before = self._bounds.before(left, counted=quantity.kind == "count")
        if not quantity.unit and (of := self._of_the_whole.search(left)):
            before = self._bounds.before(left[: of.start()] + _bound_of(of[0], self._lexicon))
        operator = self._bounds.operator(before, placed.sense, quantity.high is not None)
        for name, verb in self._named(left, before.rest, right, quantity, before.direction):
            demand = self._demand(segment, placed, name, operator, note, start, end)
            subject = self._phrases.subject_in(outer) or self._listed_subject(before.rest, right)
            yield replace(demand, verb=verb, changes=bool(before.direction) and not before.level, subject=subject)

    def _listed_subject(self, rest: str, right: str) -> str:
        """华新工业园、佘山工业园 in front of 两个重点区域: those are meant."""
        front = self._phrases.bare(rest)
        return front if right and "、" in front and not self._phrases.is_indicator(front) else ""

    def _named(self, left: str, rest: str, right: str, quantity: Quantity, direction: str) -> Iterator[tuple[str, str]]:
        """The names of what is counted, and the verb before them: 新增 goes on to the next thing in a list."""
        right = right.rstrip(_CONNECTORS + "，")
        shared = not quantity.unit and bool(self._of_the_whole.search(left))
        behind = "" if GOING_ON.match(right) else self._phrases.object_of(right.removeprefix("的"))
        rest = _BRACKETS.sub(
            lambda found: (
                ""
                if any(sign.isdigit() for sign in found[0])
                and not any(sign.isalpha() and sign.isascii() for sign in found[0])
                else found[0]
            ),
            rest,
        )
        if quantity.kind == "share" and (part := _OF.match(rest)) and self._phrases.is_indicator(part["what"]):
            rest, right, behind = f"{part['what']}占{part['whole']}", "", ""
        each = bool(_EACH.search(rest))
        front = self._phrases.bare(rest)
        verb = self._phrases.kept_verb(rest)
        if behind and shared:
            yield behind, ""
        elif behind and front.endswith("中") and quantity.kind == "share":
            yield f"{front}{behind}", ""
        elif (
            behind
            and not self._phrases.is_indicator(front)
            and (quantity.kind != "share" or not front or direction == "")
        ):
            keep = verb if front.endswith(verb) else ""
            yield f"{keep}{behind}", verb
        else:
            for name in self._phrases.listed(front, respectively=each):
                yield name, verb or _opening_verb(front, self._lexicon.nouns.keep_verbs)

    def _one_by_one(self, segment: Segment, outcomes: list[Placed]) -> Iterator[Demand]:
        text = segment.text.text
        left = _without(text, 0, outcomes[0].quantity.start, segment)
        before = self._bounds.before(left)
        names = self._phrases.listed(self._phrases.bare(before.rest), respectively=True)
        if len(names) != len(outcomes):
            names = [names[0]] * len(outcomes) if len(names) == 1 else names
        for name, placed in zip(names, outcomes, strict=False):
            operator = self._bounds.operator(before, placed.sense, placed.quantity.high is not None)
            demand = self._demand(segment, placed, name, operator, "", 0, len(text))
            yield replace(demand, changes=bool(before.direction) and not before.level)

    def _demand(
        self, segment: Segment, placed: Placed, name: str, operator: Operator, note: str, start: int, end: int
    ) -> Demand:
        quantity, text = placed.quantity, segment.text
        unit = quantity.unit or "1"
        tier = self._tiers.of(text.text[:end])
        span = text.span(start, max(end if text.text[placed.end : end] else placed.end, placed.end))
        return Demand(name, operator, span, "numeric", quantity.value, quantity.high, quantity, unit, note, tier)

    def _is_demand(self, demand: Demand) -> bool:
        """A bare number is a demand only with a bound or an indicator that has no unit; a counted verb is none."""
        quantity = demand.quantity
        if quantity is None or any(word in demand.indicator for word in self._lexicon.nouns.not_indicators):
            return False
        if quantity.kind != "bare":
            return True
        if demand.indicator in self._lexicon.nouns.classes:
            return demand.operator is not Operator.REACH and quantity.value % 1 != 0
        fraction = quantity.value % 1 != 0 and quantity.value < Decimal(1)
        return fraction or (demand.operator is not Operator.REACH and self._phrases.is_indicator(demand.indicator))


def _bound_of(words: str, lexicon: Lexicon) -> str:
    """The bound that words begin with: 不超过 of 不超过原规模."""
    operators = lexicon.operators
    bounds = sorted((*operators.at_most.before, *operators.at_least.before), key=len, reverse=True)
    return next((bound for bound in bounds if words.startswith(bound)), "")


def _opening_verb(phrase: str, verbs: Sequence[str]) -> str:
    return next((verb for verb in sorted(verbs, key=len, reverse=True) if phrase.startswith(verb)), "")


def _without(text: str, start: int, end: int, segment: Segment) -> str:
    """The words in front of a figure, without the periods and the years it is compared with."""
    kept = list(text[start:end])
    for when in (*segment.whens, *segment.bases):
        for i in range(max(when.start, start), min(when.end, end)):
            kept[i - start] = ""
    return "".join(kept)
