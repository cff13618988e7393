"""The words by which plans are compared and drafted, of all packs in use together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from tanheng.kernel.faults import Refusal, Worded
from tanheng.kernel.pack import PackSet
from tanheng.kernel.pack.planning_shapes import OfficialLayout, PolicyComparing, PolicyDrafting
from tanheng.papers.layout import layout_for
from tanheng.policy.party_directory import PartyDirectory
from tanheng.policy.proposals import Instrument
from tanheng.policy.words import Kind, Lexicon

_WORDS = Worded("计划用语", "words of plans")


@dataclass(frozen=True)
class PlanWords:
    """The lexicon of a reading, and what comparing and drafting need besides."""

    lexicon: Lexicon
    comparing: PolicyComparing
    drafting: PolicyDrafting
    layout: OfficialLayout

    @staticmethod
    def of(packs: PackSet) -> PlanWords:
        """The words of the packs in use; of two packs that bring a kind of word, the later one counts.

        Refuses  definition-missing.
        """
        comparing, drafting = _last(packs, PolicyComparing), _last(packs, PolicyDrafting)
        return PlanWords(Lexicon.of(packs), comparing, drafting, layout_for(packs, "document"))

    @cached_property
    def directory(self) -> PartyDirectory:
        """The departments by all their names."""
        return PartyDirectory(self.lexicon)

    def level_of(self, instrument: Instrument) -> str:
        """Whether a city or a district issued a document, by title or issuer; empty where neither says."""
        for text in (instrument.title, instrument.issuer):
            for level, signs in (
                ("district", self.comparing.district_signs),
                ("city", self.comparing.city_signs),
            ):
                if any(
                    re.search(rf"[\u4e00-\u9fff]{{1,6}}{sign}(?![级]|[\u4e00-\u9fff]*部门)", text) for sign in signs
                ):
                    return level
        return ""


def _last(packs: PackSet, kind: type[Kind]) -> Kind:
    found = packs.all(kind)
    if not found:
        raise Refusal("definition-missing", kind=_WORDS, id=kind.__name__, nearest="-")
    return found[-1]
