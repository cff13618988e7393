"""One kind of problem, with its sentences."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Code:
    """One kind of problem: what is said (`zh`, `en`) and what to do next (`do_zh`, `do_en`)."""

    id: str
    zh: str
    en: str
    do_zh: str
    do_en: str

    def message(self, lang: str) -> str:
        """The template of the message in a language; Chinese unless English is asked for."""
        return self.en if lang == "en" else self.zh

    def next_step(self, lang: str) -> str:
        """The template of the next step in a language."""
        return self.do_en if lang == "en" else self.do_zh
