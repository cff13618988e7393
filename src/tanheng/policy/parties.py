"""Lists of parties as documents print them, split into names; who leads and who supports."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tanheng.policy.party_directory import PartyDirectory
from tanheng.policy.proposals import Span
from tanheng.policy.spanned import Spanned, joined
from tanheng.policy.words import Lexicon, any_of

_SPLIT = re.compile(r"[、，；;/]|以及|(?<=[局委办厅府部])和(?=[省市区县各])|(?<=[局委办厅府部])与(?=[省市区县各])")
_OPEN = "（"
_CLOSE = "）"
_SHORTEST_LEFT = 3


@dataclass(frozen=True)
class Misprint:
    """A party whose printed name is not the one that is meant, or two names without a sign between them."""

    printed: str
    likely: str
    span: Span
    run_together: bool = False


@dataclass(frozen=True)
class Parties:
    """Who is named: leads, supporters, whether the list goes on (等), and the misprints in it."""

    lead: tuple[str, ...] = ()
    supporting: tuple[str, ...] = ()
    open_list: bool = False
    misprints: tuple[Misprint, ...] = ()


@dataclass
class PartyReader:
    """Reads lists of parties of one document; `seen` are the names that the document uses."""

    lexicon: Lexicon
    directory: PartyDirectory
    seen: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        furniture = self.lexicon.furniture
        self._leads = any_of(furniture.lead_marks)
        self._supports = any_of(furniture.supporting_marks)
        beside = any_of((*furniture.columns["schedule"], *furniture.not_party_marks))
        self._timed = re.compile(f"(?:^|[；，])(?:{beside})[：:][^；]*")
        self._close = re.compile(f"{any_of(furniture.open_list)}?，?{any_of(furniture.responsible_close)}。?$")
        self._etc = re.compile(f"{any_of(furniture.open_list)}$")
        both = any_of(word for word in furniture.responsible_open if word not in furniture.lead_marks)
        self._marked = re.compile(f"(?:(?P<lead>{self._leads})|(?P<support>{self._supports})|(?P<both>{both}))[：:]")
        self._protected = re.compile(any_of(name for name in self.lexicon.party_names.groups if "、" in name))
        self._said = re.compile(
            "(?P<who>[^；。]+?)(?:(?P<lead>(?:负责)?牵头(?:负责)?)|(?P<support>(?:负责)?(?:配合|参与|协同)))(?:[，；、]|$)"
        )

    def learn(self, cells: Iterable[Spanned]) -> None:
        """Notes the names of lists, so that a misprint can be known from the names around it."""
        for cell in cells:
            for name, _ in self._split(cell):
                self.seen[name] += 1

    def is_list(self, text: Spanned) -> bool:
        """Whether a cell holds parties and nothing else."""
        names = [name for name, _ in self._split(text)]
        fitting = [name for name in names if self.directory.looks_like(name)]
        return bool(names) and len(fitting) >= 0.6 * len(names) and max(map(len, names)) <= 24

    def read(self, text: Spanned, *, first_leads: bool = False) -> Parties:
        """A list without roles: all of them lead, or the first one where the document says so."""
        names, open_list, misprints = self._names(text)
        cut = 1 if first_leads else len(names)
        return Parties(tuple(names[:cut]), tuple(names[cut:]), open_list, tuple(misprints))

    def read_roles(self, text: Spanned, *, first_leads: bool = False) -> Parties:
        """A list that may say who leads: 牵头单位：甲；配合单位：乙, or 甲牵头，乙、丙配合."""
        text = self._without_close(self._without_schedule(text))
        parts = self._by_marks(text) or self._by_verbs(text)
        if not parts:
            return self.read(text, first_leads=first_leads)
        lead, supporting, open_list, misprints = list[str](), list[str](), False, list[Misprint]()
        for leads, part in parts:
            names, is_open, wrong = self._names(part)
            (lead if leads else supporting).extend(names)
            open_list, misprints = open_list or is_open, misprints + wrong
        return Parties(tuple(lead), tuple(supporting), open_list, tuple(misprints))

    def _without_schedule(self, text: Spanned) -> Spanned:
        """A list without 完成时限：… and the like, which stand among the parties and name none."""
        found = self._timed.search(text.text)
        while found:
            text = joined([text.cut(0, found.start()), text.cut(found.end(), len(text))])
            found = self._timed.search(text.text)
        return text

    def _without_close(self, text: Spanned) -> Spanned:
        found = self._close.search(text.text)
        if not found or self._said.fullmatch(text.text):
            return text
        keep = found.start() + (1 if found[0].startswith("等") else 0)
        return text.cut(0, keep)

    def _by_marks(self, text: Spanned) -> list[tuple[bool, Spanned]]:
        marks = list(self._marked.finditer(text.text))
        if not marks:
            return []
        ends = [mark.start() for mark in marks[1:]] + [len(text)]
        led = any(mark["lead"] for mark in marks)
        parts = [
            (bool(mark["lead"]) or (bool(mark["both"]) and not led), text.cut(mark.end(), end))
            for mark, end in zip(marks, ends, strict=True)
        ]
        if marks[0].start() > 0:
            return [(True, text.cut(0, marks[0].start())), *parts]
        return parts

    def _by_verbs(self, text: Spanned) -> list[tuple[bool, Spanned]]:
        found = list(self._said.finditer(text.text))
        if not found or not any(match["lead"] for match in found):
            return []
        return [(match["support"] is None, text.cut(match.start("who"), match.end("who"))) for match in found]

    def _names(self, text: Spanned) -> tuple[list[str], bool, list[Misprint]]:
        names, misprints, open_list = list[str](), list[Misprint](), False
        for piece in self._pieces(text):
            bare = (
                self._etc.sub("", piece.text)
                if piece.text not in self.seen or piece.text.endswith("等")
                else piece.text
            )
            open_list = open_list or bare != piece.text
            if not bare or bare in self.lexicon.furniture.not_parties:
                continue
            several = self.directory.run_together(bare)
            if len(several) > 1:
                misprints.append(Misprint(bare, "、".join(several), piece.span(), run_together=True))
            names += [self._mended(name, piece, misprints) for name in several]
            if (slip := self.lexicon.slip_of.get(bare)) is not None:
                misprints.append(Misprint(bare, slip.likely, piece.span()))
        return list(dict.fromkeys(names)), open_list, misprints

    def _split(self, text: Spanned) -> list[tuple[str, Span]]:
        pieces = [(self._etc.sub("", piece.text), piece.span()) for piece in self._pieces(self._without_close(text))]
        return [(name, span) for name, span in pieces if name]

    def _pieces(self, text: Spanned) -> list[Spanned]:
        """The names between the signs of a list; a blank parts two names only where both sides are names."""
        pieces = list[Spanned]()
        ends = "。；，、：" if text.text.startswith("（") else "。；，、：（"
        for part in _outside_brackets(text.stripped(ends), self._protected):
            pieces += self._at_blanks(part.stripped("。；：[]"))
        return [piece for piece in pieces if piece.text]

    def _at_blanks(self, text: Spanned) -> list[Spanned]:
        for i in range(_SHORTEST_LEFT, len(text) - 1):
            if text.at[i] - text.at[i - 1] > 1:
                left, right = text.cut(0, i), text.cut(i, len(text))
                if self._stands_alone(left.text) and self.directory.looks_like(right.text):
                    return [left, *self._at_blanks(right)]
        return [text]

    def _stands_alone(self, name: str) -> bool:
        return len(name) >= _SHORTEST_LEFT and self.directory.looks_like(name)

    def _mended(self, name: str, piece: Spanned, misprints: list[Misprint]) -> str:
        if self.directory.find(name) is not None or self.seen[name] > 1:
            return name
        meant = self.directory.meant(name, [other for other, count in self.seen.items() if count > 1 and other != name])
        if meant is None or meant == name:
            return name
        misprints.append(Misprint(name, meant, piece.span()))
        return meant


def _outside_brackets(text: Spanned, whole: re.Pattern[str]) -> list[Spanned]:
    """The pieces between separators that stand neither in brackets nor inside the name of a group."""
    depth, last, pieces = 0, 0, list[Spanned]()
    kept = {i for found in whole.finditer(text.text) for i in range(*found.span())}
    ends = {found.start(): found.end() for found in _SPLIT.finditer(text.text)}
    for i, sign in enumerate(text.text):
        depth += (sign == _OPEN) - (sign == _CLOSE)
        if depth == 0 and i in ends and i >= last and i not in kept:
            pieces.append(text.cut(last, i))
            last = ends[i]
    pieces.append(text.cut(last, len(text)))
    return pieces
