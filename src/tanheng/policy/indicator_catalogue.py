"""Which indicator of the catalogue a phrase means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property, lru_cache

from tanheng.kernel.pack.policy_shapes import PolicyIndicator
from tanheng.policy.words import Lexicon

_BRACKETS = re.compile(r"（[^（）]*）")
_SHORTEST_ENDING = 4


class IndicatorCatalogue:
    """The indicators of the packs by their names, and by the words that make one."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._indicators = lexicon.indicators
        self.match = lru_cache(maxsize=4096)(self._match)

    @cached_property
    def _by_name(self) -> Mapping[str, PolicyIndicator]:
        return {name: indicator for indicator in self._indicators for name in (indicator.zh, *indicator.aliases)}

    @cached_property
    def _endings(self) -> list[tuple[str, PolicyIndicator]]:
        listed = [(name, indicator) for name, indicator in self._by_name.items() if len(name) >= _SHORTEST_ENDING]
        return sorted(listed, key=lambda pair: -len(pair[0]))

    def _match(self, phrase: str, head: str = "") -> PolicyIndicator | None:
        """The indicator that a phrase means: by its whole name, by the longest name it ends with, by its words.

        `head` is what stands at the head of the row, where the phrase alone says too little.
        """
        plain = _BRACKETS.sub("", phrase)
        if plain in self._by_name:
            return self._by_name[plain]
        if phrase in self._by_name:
            return self._by_name[phrase]
        worded = self._by_words(f"{head}{phrase}" if head and head not in phrase else phrase)
        ending = next(((name, indicator) for name, indicator in self._endings if plain.endswith(name)), None)
        if ending and (worded is None or len(ending[0]) >= len("".join(worded.all))):
            return ending[1]
        return worded

    def _by_words(self, phrase: str) -> PolicyIndicator | None:
        """The indicator all of whose words stand in the phrase; the one with the most signs in its words."""
        fitting = [
            indicator
            for indicator in self._indicators
            if indicator.all
            and all(word in phrase for word in indicator.all)
            and not any(word in phrase for word in indicator.never)
        ]
        return max(fitting, key=lambda indicator: len("".join(indicator.all)), default=None)
