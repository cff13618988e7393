"""The words that name an indicator: what is counted, of whom, without the verbs and adverbs around them."""

from __future__ import annotations

import re
from functools import cached_property

from tanheng.policy.words import Lexicon, any_of

_LIST = re.compile(r"、|(?<=[率量耗重比度积])和(?!国)|以及")


class Phrases:
    """Cleans phrases and takes them apart."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    @cached_property
    def _lead_in(self) -> re.Pattern[str]:
        manner, nouns, operators = self._lexicon.manner, self._lexicon.nouns, self._lexicon.operators
        hedges = [
            word for word in manner.hedges if len(word) > 1 and word not in {"年度", "累计", "年均", "平均", "全面"}
        ]
        words = (*hedges, *manner.floor, *manner.stretch, *manner.within_year, *nouns.drop_verbs, *operators.nested)
        whole_words = any_of((*nouns.using_verbs, *nouns.keep_verbs))
        return re.compile(f"^(?!{whole_words})(?:{any_of(words)}|[并且及，：；的、])")

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        return re.compile(f"^{any_of((*self._lexicon.nouns.whole, *self._lexicon.nouns.leading))}(?!域)(?:的)?")

    @cached_property
    def _tail(self) -> re.Pattern[str]:
        manner = self._lexicon.manner
        words = [
            word
            for word in (*manner.hedges, *manner.floor, *manner.stretch)
            if word not in {"年度", "年", "均", "共", "可", "平均"}
        ]
        return re.compile(f"(?:{any_of(words)}|(?<![年人月户平])均|[的，、：])$")

    @cached_property
    def _trailing(self) -> re.Pattern[str]:
        return self._lexicon.tail(self._lexicon.nouns.trailing)

    @cached_property
    def _next_verb(self) -> re.Pattern[str]:
        """和建设一批…: another deed begins."""
        nouns = self._lexicon.nouns
        verbs = [verb for verb in (*nouns.drop_verbs, *nouns.keep_verbs) if len(verb) > 1]
        return re.compile(f"(?<=.)(?:和|并|及|以及|，){any_of(verbs)}.*$")

    @cached_property
    def _heads(self) -> re.Pattern[str]:
        return re.compile(f"{any_of(self._lexicon.nouns.heads)}(?:（[^）]*）)?$")

    @cached_property
    def _classes(self) -> re.Pattern[str]:
        return re.compile(any_of(self._lexicon.nouns.classes))

    @cached_property
    def _long_classes(self) -> re.Pattern[str]:
        return re.compile(any_of(name for name in self._lexicon.nouns.classes if len(name) >= 4))

    @cached_property
    def _kept(self) -> re.Pattern[str]:
        return self._lexicon.tail(self._lexicon.nouns.keep_verbs)

    @cached_property
    def _handed_down(self) -> re.Pattern[str]:
        return re.compile(f"^{any_of(self._lexicon.operators.assigned_by)}下达的?(?=.)")

    @cached_property
    def _infix(self) -> re.Pattern[str]:
        return re.compile(any_of(self._lexicon.nouns.infix))

    @cached_property
    def _caliber(self) -> re.Pattern[str]:
        return re.compile(r"^(?:考核口径|统计口径)")

    def bare(self, phrase: str) -> str:
        """A phrase without the verbs, adverbs, tiers and whole-city words around the thing that is counted."""
        last = None
        phrase = self._infix.sub("", phrase)
        while phrase != last:
            last = phrase
            phrase = self._handed_down.sub("", phrase)
            phrase = self._caliber.sub("", self._whole.sub("", self._lead_in.sub("", phrase)))
            phrase = self._tail.sub("", phrase)
            if phrase.startswith("）"):
                phrase = phrase[1:]
        return phrase.strip("，、：；。 ")

    def object_of(self, phrase: str) -> str:
        """What is counted behind a figure: 座加氢站建设 counts 加氢站."""
        phrase = self._next_verb.sub("", self.bare(phrase) or phrase)
        shorter = self._trailing.sub("", phrase)
        return shorter or phrase

    def kept_verb(self, phrase: str) -> str:
        """The verb of change in front of a figure that belongs to the name of what is counted: 新增, 打造."""
        found = self._kept.search(phrase)
        return found[0] if found else ""

    def is_indicator(self, phrase: str) -> bool:
        """Whether a phrase names an indicator by itself."""
        return bool(self._heads.search(phrase))

    def subject_in(self, phrase: str) -> str:
        """The class of subjects that a phrase speaks of: the one that stands first, the longest of those."""
        found = self._classes.match(phrase) or self._long_classes.search(phrase)
        return found[0] if found else ""

    def listed(self, phrase: str, *, respectively: bool = False) -> list[str]:
        """The indicators that share one value or are given values one by one; a single one where it is no such list.

        A list counts where each part is an indicator by itself, or where substances share the head of the last one.
        """
        parts = [part for part in _LIST.split(_closed(phrase)) if part]
        parts = [part.replace("\u0001", "、") for part in parts]
        if len(parts) < 2:
            parts = [part for part in re.split(r"、|和|及", phrase) if part]
        if len(parts) < 2:
            return [phrase]
        if shared := self._shared(parts):
            return shared
        if all(self.is_indicator(part) for part in parts):
            return parts
        return self._with_last_head(parts) if respectively else [phrase]

    def _shared(self, parts: list[str]) -> list[str]:
        """氮氧化物、化学需氧量和氨氮工程减排量: one indicator for each substance."""
        names = any_of(self._lexicon.nouns.substances)
        first = re.search(f"({names}(?:（[^）]*）)?)$", parts[0])
        last = re.match(f"({names}(?:（[^）]*）)?)(.+)$", parts[-1])
        middle = all(re.fullmatch(f"{names}(?:（[^）]*）)?", part) for part in parts[1:-1])
        if not (first and last and middle):
            return []
        return [f"{name}{last[2]}" for name in (first[1], *parts[1:-1], last[1])]

    def _with_last_head(self, parts: list[str]) -> list[str]:
        head = self._heads.search(parts[-1])
        if not head:
            return parts
        first, last = parts[0], parts[-1]
        rest = last[len(first) :] if len(last) > len(first) + 2 else head[0]
        return [part if self.is_indicator(part) else f"{part}{rest}" for part in parts]


def _closed(phrase: str) -> str:
    """Commas of enumeration inside brackets do not part the list around them."""
    depth, signs = 0, list[str]()
    for sign in phrase:
        depth += (sign == "（") - (sign == "）")
        signs.append("\u0001" if sign == "、" and depth else sign)
    return "".join(signs)
