"""Who is responsible in prose: （责任单位：…）, （牵头单位：…；配合单位：…）, （…按职责分工负责）."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tanheng.policy.parties import Parties, PartyReader
from tanheng.policy.spanned import Spanned, joined
from tanheng.policy.words import Lexicon, any_of


@dataclass(frozen=True)
class Charged:
    """A text without the words on who is responsible, and who that is."""

    text: Spanned
    parties: Parties
    stated: bool


class Responsibility:
    """Takes the list of those responsible out of a paragraph."""

    def __init__(self, lexicon: Lexicon, parties: PartyReader) -> None:
        furniture = lexicon.furniture
        opened = f"{any_of((*furniture.responsible_open, *furniture.lead_marks))}[：:]"
        closed = any_of(furniture.responsible_close)
        acting = any_of(furniture.responsible_verbs)
        self._bracketed = re.compile(
            f"（(?P<who>(?:{opened}).*?|[^（）]*(?:（[^（）]*）[^（）]*)*?{closed}|[^（）]+?{acting})[）)](?=$|[。；，]|（|[\u4e00-\u9fff]|\\d)"
        )
        self._open_to_end = re.compile(f"（(?P<who>{opened}.*)$")
        self._plain = re.compile(f"(?:^|(?<=。))(?P<who>{opened}[^。]+)。?$")
        self._mark = re.compile(
            f"^{any_of([word for word in furniture.responsible_open if word not in furniture.lead_marks])}[：:]"
        )
        self._parties = parties

    def learn(self, text: Spanned) -> None:
        """Notes the names that a paragraph uses."""
        for found in self._found(text):
            self._parties.learn([self._names(text, found)])

    def _found(self, text: Spanned) -> list[re.Match[str]]:
        found = list(self._bracketed.finditer(text.text))
        if not found:
            found = [match for match in (self._open_to_end.search(text.text), self._plain.search(text.text)) if match][
                :1
            ]
        return found

    def _names(self, text: Spanned, found: re.Match[str]) -> Spanned:
        who = text.cut(found.start("who"), found.end("who"))
        mark = self._mark.match(who.text)
        return who.cut(mark.end() if mark else 0, len(who)).stripped("）。 ")

    def charged(self, text: Spanned, *, first_leads: bool = False) -> list[Charged]:
        """The parts of a paragraph, each with those responsible for it; the last part may have none."""
        parts, last = list[Charged](), 0
        for found in self._found(text):
            parties = self._parties.read_roles(self._names(text, found), first_leads=first_leads)
            parts.append(Charged(text.cut(last, found.start()), parties, stated=True))
            last = found.end()
        rest = text.cut(last, len(text)) if last == 0 else text.cut(last, len(text)).stripped("。；， ")
        if rest.text.strip("。；， "):
            parts.append(Charged(rest, Parties(), stated=False))
        return parts


def whole(paragraphs: Sequence[Spanned]) -> Spanned:
    """The paragraphs of a place as one text."""
    return joined(paragraphs)
