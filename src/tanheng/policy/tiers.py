"""Floor or stretch, binding or anticipatory: how firmly something is demanded."""

from __future__ import annotations

import re

from tanheng.policy.words import Lexicon, any_of


class Tiers:
    """Reads 确保 and 力争, 约束性 and 预期性."""

    def __init__(self, lexicon: Lexicon) -> None:
        manner = lexicon.manner
        self._tier = re.compile(f"(?P<floor>{any_of(manner.floor)})|(?P<stretch>{any_of(manner.stretch)})")
        self._force = re.compile(
            f"(?P<binding>{any_of(manner.binding)})|(?P<anticipatory>{any_of(manner.anticipatory)})"
        )

    def of(self, text: str) -> str | None:
        """`floor` or `stretch`: the last word of the kind in a text."""
        found = list(self._tier.finditer(text))
        return found[-1].lastgroup if found else None

    def force(self, text: str) -> str | None:
        """`binding` or `anticipatory` where a text says so."""
        found = self._force.search(text)
        return found.lastgroup if found else None
