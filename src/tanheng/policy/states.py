"""Demands without a figure: coverage, prohibitions, assigned targets, milestones, direction in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from tanheng.policy.demand import Demand
from tanheng.policy.phrases import Phrases
from tanheng.policy.proposals import Operator
from tanheng.policy.segments import Segment
from tanheng.policy.tiers import Tiers
from tanheng.policy.words import Lexicon, any_of

_ZERO, _ALL = Decimal(0), Decimal(100)


class States:
    """Finds the demands of a segment that carry no figure."""

    def __init__(self, lexicon: Lexicon, phrases: Phrases) -> None:
        self._lexicon, self._phrases, self._tiers = lexicon, phrases, Tiers(lexicon)

    def found(self, segment: Segment) -> list[Demand]:
        """The demands of a segment, by the first kind of wording that it has."""
        for kind in (
            self._standard,
            self._formula,
            self._peak,
            self._assigned,
            self._limits,
            self._covered,
            self._moved,
            self._marked,
        ):
            if demands := list(kind(segment)):
                return demands
        return []

    def _standard(self, segment: Segment) -> Iterator[Demand]:
        """Buildings above a size 达到…标准, 按照…标准建设: all that are above it."""
        text = bare_of_periods(segment)
        found = re.match(r"^(?P<who>.+?)(?:达到|执行|按照|符合)(?P<what>[^，、]{2,30}?标准)(?:建设|执行)?$", text)
        if found and self._sized.search(found["who"]):
            name = f"{self._phrases.bare(self._sized.sub('', found['who']))}达到{found['what']}"
            yield self._state(segment, name, Operator.COVER_ALL, "coverage", _ALL, unit="%")

    @cached_property
    def _sized(self) -> re.Pattern[str]:
        measured = any_of(self._lexicon.nouns.attributes)
        return re.compile(rf"(?:单体)?(?:{measured})?\d[\d.]*[^\d，、]{{1,6}}?(?:及)?以上")

    @cached_property
    def _given(self) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
        operators = self._lexicon.operators
        verb, giver = any_of(operators.assigned_verbs), any_of(operators.assigned_by)
        noun = any_of(operators.assigned_nouns)
        behind = re.compile(f"^(?P<name>.*?){verb}{giver}(?:考核|规定|确定)?(?:的)?{noun}(?:值)?(?:[（、].*)?$")
        front = re.compile(f"^.*?{verb}{giver}(?:[^，的]{{0,4}})?下达的(?P<name>.+?)(?:目标任务|任务|目标|指标)?$")
        alone = re.compile(
            f"^.*?(?:确保|全面)?完成(?P<name>[^，]+?(?:{any_of(self._lexicon.nouns.heads)}|减排))(?:年度)?目标(?:任务)?$"
        )
        return behind, front, alone

    def _assigned(self, segment: Segment) -> Iterator[Demand]:
        text = bare_of_periods(segment)
        for pattern in self._given:
            if found := pattern.match(text):
                name = self._phrases.bare(found["name"])
                names = self._phrases.listed(name) if "、" in name and self._phrases.is_indicator(name) else [name]
                if len(names) > 1 and not self._phrases._shared(re.split(r"、|和", name)):
                    names = [name]
                yield from (self._state(segment, each, Operator.ASSIGNED, "assigned") for each in names)
                return

    def _formula(self, segment: Segment) -> Iterator[Demand]:
        text = segment.text.text
        marks = list(re.finditer(any_of(self._lexicon.operators.formula), text))
        start, name = 0, ""
        for mark in marks:
            piece = text[start : mark.end()]
            if not name:
                name = self._phrases.bare(re.split(r"按照|按|以", piece)[0])
            yield self._state(segment, name, Operator.FORMULA, "formula", piece=(start, mark.end()), condition=piece)
            start = mark.end() + (text[mark.end() : mark.end() + 1] in {"、", "，"})

    def _peak(self, segment: Segment) -> Iterator[Demand]:
        if segment.before and segment.whens and re.search(any_of(self._lexicon.operators.peak), segment.text.text):
            year = Decimal(segment.whens[-1].period[:4])
            yield self._state(segment, "碳达峰", Operator.BEFORE, "milestone", year, unit="年")

    def _limits(self, segment: Segment) -> Iterator[Demand]:
        operators = self._lexicon.operators
        text = segment.text.text
        if any(word in text for word in self._lexicon.nouns.not_indicators):
            return
        for words, operator, kind in (
            (operators.no_increase, Operator.NO_INCREASE, "cap"),
            (operators.no_decrease, Operator.NO_DECREASE, "cap"),
        ):
            if found := re.search(any_of(words), text):
                name = self._phrases.bare(bare_of_periods(segment, found.start()))
                if self._phrases.is_indicator(name):
                    yield self._state(segment, name, operator, kind, _ZERO)
                    return
        if found := re.search(f"^(?P<who>.{{0,40}}?)(?P<word>{any_of(operators.forbid)})(?P<what>.+)$", text):
            yield self._state(
                segment,
                self._phrases.bare(found["what"]),
                Operator.FORBID,
                "prohibition",
                _ZERO,
                subject=self._phrases.bare(found["who"]),
            )

    @cached_property
    def _cover(self) -> re.Pattern[str]:
        operators = self._lexicon.operators
        governed = f"{any_of(operators.achieving)}(?P<what>[^，、]{{0,12}}?){any_of(operators.cover_governed)}"
        return re.compile(
            f"(?P<zero>{any_of(operators.zero)})|{governed}|{any_of((*operators.cover_all, *operators.cover_state))}"
        )

    def _covered(self, segment: Segment) -> Iterator[Demand]:
        text = segment.text.text
        start = 0
        marks = list(self._cover.finditer(text))
        for found in [mark for mark in marks if mark["zero"]] or marks:
            cut = max(text.rfind("、", start, found.start()), start - 1) + 1 if start else 0
            front = bare_of_periods(segment, found.start())[cut:] if not start else text[cut : found.start()]
            name = self._covered_name(front, found, text[found.end() :])
            if (not name and found["what"] is None) or any(word in name for word in self._lexicon.nouns.not_indicators):
                continue
            piece = (cut, len(text) if not self._cover.search(text, found.end()) else found.end())
            if found["zero"]:
                yield self._state(segment, f"{name}{found[0]}", Operator.AT_MOST, "cap", _ZERO, unit="%", piece=piece)
            else:
                yield self._state(segment, name, Operator.COVER_ALL, "coverage", _ALL, unit="%", piece=piece)
            start = found.end()

    def _covered_name(self, front: str, found: re.Match[str], behind: str) -> str:
        word = found[0]
        if found["what"] is not None:
            return self._phrases.bare(found["what"]) or self._phrases.bare(front)
        front = self._phrases.bare(front)
        front = re.sub(f"{any_of(self._lexicon.operators.achieving)}$", "", front)
        behind = re.sub(r"^的|[）。]$", "", behind)
        state = word.removeprefix("全部").removeprefix("全面")
        if word in self._lexicon.operators.cover_state or word.startswith(("全部", "全面")):
            return self._phrases.bare(f"{front}{state}{behind}")
        return self._phrases.bare(f"{front}{behind}") if front else self._phrases.bare(f"{word}{behind}")

    @cached_property
    def _doubled(self) -> re.Pattern[str]:
        return re.compile(any_of(self._lexicon.operators.doubled))

    def _moved(self, segment: Segment) -> Iterator[Demand]:
        """翻一番, 持平, 有所下降: a change in words."""
        text, operators = segment.text.text, self._lexicon.operators
        if found := self._doubled.search(text):
            name = self._phrases.bare(bare_of_periods(segment, found.start()))
            value = operators.doubled[found[0]]
            yield self._state(segment, name, Operator.MULTIPLY, "relative", value, unit="倍")
            return
        flat = re.search(any_of(operators.flat), text)
        if flat and self._phrases.is_indicator(
            name := self._phrases.bare(re.sub(r"与(?:上年|去年)$", "", bare_of_periods(segment, flat.start())))
        ):
            yield self._state(segment, name, Operator.CHANGE, "numeric", _ZERO, unit="%", piece=(0, flat.end()))
            if rest := re.search(any_of(operators.qualitative), text[flat.end() :]):
                yield self._state(
                    segment, name, Operator.QUALITATIVE, "qualitative", piece=(flat.end(), flat.end() + rest.end())
                )
            return
        yield from self._directions(segment)

    def _directions(self, segment: Segment) -> Iterator[Demand]:
        text, operators = segment.text.text, self._lexicon.operators
        words = any_of((*operators.qualitative, *operators.qualitative_weak))
        found = re.search(f"{words}(?:$|(?=（))", text)
        if found:
            kept = "总量" if found[0].startswith("总量") else ""
            name = self._phrases.bare(bare_of_periods(segment, found.start()) + kept)
            if self._phrases.is_indicator(name) or not name:
                weak = "" if found[0] in operators.qualitative else "weak"
                for each in self._phrases.listed(name):
                    yield replace(self._state(segment, each, Operator.QUALITATIVE, "qualitative"), verb=weak)
            return
        opening = re.match(f"^.{{0,14}}?{any_of(operators.qualitative_opening)}(?P<name>.+)$", text)
        if opening and self._phrases.is_indicator(self._phrases.bare(opening["name"])):
            yield replace(
                self._state(segment, self._phrases.bare(opening["name"]), Operator.QUALITATIVE, "qualitative"),
                verb="weak",
            )
        elif (better := re.search(any_of(self._lexicon.operators.better_than), text)) and better.start():
            yield self._state(segment, self._phrases.bare(text[: better.start()]), Operator.QUALITATIVE, "qualitative")

    def _marked(self, segment: Segment) -> Iterator[Demand]:
        """Milestones: 启动首批…, 基本建成…, …全面上线, 编制…清单, 完成…升级改造."""
        text, operators = segment.text.text, self._lexicon.operators
        if found := re.search(f"{any_of(operators.start)}(?P<what>.+)", text):
            yield self._state(segment, self._phrases.bare(found["what"]), Operator.START, "milestone")
        elif found := re.search(any_of(operators.complete), text):
            name = self._phrases.bare(bare_of_periods(segment, found.start())) or self._phrases.bare(
                text[found.end() :]
            )
            name = "" if re.fullmatch(r"[并和及]?(?:投入运行|投用|投产)?", name) else name
            if not name or re.search(any_of(self._lexicon.nouns.works), name):
                yield self._state(segment, name, Operator.COMPLETE, "milestone", _ALL, unit="%")
        elif found := re.match(
            r"^(?:确保|力争|年内|全面)*(?:完成|编制)(?P<what>[^，]*?(?:升级改造|提标改造|清单|清单编制))$", text
        ):
            yield self._state(
                segment, self._phrases.bare(found["what"]), Operator.COMPLETE, "milestone", _ALL, unit="%"
            )

    def _state(  # noqa: PLR0913  (a demand has as many sides as it has)
        self, segment: Segment, name: str, operator: Operator, kind: str, value: Decimal | None = None, *,
        unit: str | None = None, piece: tuple[int, int] | None = None, condition: str = "", subject: str = "",
    ) -> Demand:  # fmt: skip
        start, end = piece or (0, len(segment.text))
        tier = self._tiers.of(segment.text.text[start:end])
        return Demand(
            name,
            operator,
            segment.text.span(start, end),
            kind,
            value,
            unit=unit,
            condition=condition,
            tier=tier,
            subject=subject,
        )


def bare_of_periods(segment: Segment, end: int | None = None) -> str:
    """The words of a segment without its periods and base years."""
    text = segment.text.text
    last = len(text) if end is None else end
    gone = {i for when in (*segment.whens, *segment.bases) for i in range(when.start, when.end)}
    return "".join(text[i] for i in range(last) if i not in gone)
