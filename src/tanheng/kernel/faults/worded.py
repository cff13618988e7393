"""A word of ours inside a message, in the language of the message."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Worded:
    """A word that a message gives in its own language: `{kind:zh}`."""

    zh: str
    en: str

    def __format__(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh

    def __str__(self) -> str:
        return self.en
