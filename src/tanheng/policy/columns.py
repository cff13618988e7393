"""Which column of a table holds what: from its headings, and from what stands in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tanheng.policy.blocks import Row
from tanheng.policy.parties import PartyReader
from tanheng.policy.spanned import Spanned
from tanheng.policy.words import Lexicon, any_of

_YEAR = re.compile(r"(?:19|20)\d{2}年|(?:19|20)\d{2}$")
_CHINESE = re.compile(r"^[一二三四五六七八九十]{1,3}$")
_DIGITS = re.compile(r"^\d{1,3}$")
_AMOUNT = re.compile(r"^[≥≤<>约]?\d[\d.，]*(?:[-至]\d[\d.]*)?[^\d，。；]{0,8}$")
_VALUE = re.compile(r"^[\[（(〔【]?[≥≤<>+-]?\d[\d.，]*(?:%|％)?[\]）)〕】]?$")
_FITS = {
    "number": {"digits": 3.0, "numeral": 1.0, "empty": 0.2},
    "category": {"numeral": 1.0, "short": 2.0, "empty": 0.8, "long": 0.1, "party": 0.2},
    "text": {"long": 3.0, "short": 1.0},
    "schedule": {"schedule": 4.0},
    "lead": {"party": 3.0, "empty": 0.3, "short": 0.2},
    "supporting": {"party": 3.0, "empty": 0.5, "long": 0.2},
    "responsible": {"party": 3.0, "empty": 0.5, "long": 0.2},
    "objective": {"long": 2.0, "short": 1.5, "value": 1.5, "party": 0.1},
    "indicator": {"long": 2.0, "short": 2.0},
    "unit": {"unit": 4.0, "empty": 0.3},
    "party": {"party": 2.5, "short": 2.0, "long": 1.0},
    "force": {"short": 2.0, "empty": 0.5},
    "note": {"long": 1.0, "short": 1.0, "empty": 1.0},
    "year": {"value": 3.0, "short": 1.0, "empty": 0.3, "long": 0.5},
    "value": {"value": 3.0, "short": 1.0, "long": 0.4, "empty": 0.1},
}


@dataclass(frozen=True)
class Column:
    """One column: its role, its heading, and what its cells mostly are."""

    role: str
    heading: str
    kinds: Counter[str]
    width: float


class ColumnReader:
    """Finds the heading of a table and gives every column a role."""

    def __init__(self, lexicon: Lexicon, parties: PartyReader) -> None:
        self._lexicon, self._parties = lexicon, parties
        self._schedule = re.compile(
            f"^(?:{any_of(lexicon.manner.schedules)}|.*(?:年底前|月底前|月前|季度|全年|年内|长期|持续).{{0,6}}|(?:19|20)\\d{{2}}年?(?:\\d{{1,2}}月)?(?:底)?前?(?:完成)?|\\d{{1,2}}月底?前?)$"
        )
        self._demanded = re.compile(any_of(lexicon.operators.assigned_verbs))
        self._patterns = (
            ("digits", _DIGITS),
            ("numeral", _CHINESE),
            ("schedule", self._schedule),
            ("value", _VALUE),
            ("value", _AMOUNT),
        )
        self._units = frozenset(lexicon.unit_by_print)
        self._roles = sorted(
            ((word.replace(" ", ""), role) for role, words in lexicon.furniture.columns.items() for word in words),
            key=lambda pair: -len(pair[0]),
        )
        self.kind = lru_cache(maxsize=8192)(self._kind)

    def role_of(self, heading: str) -> str | None:
        """What a heading says about its column; the longest word that it is or ends with."""
        plain = re.sub(r"[（(].*?[）)]", "", heading)
        exact = next((role for word, role in self._roles if word in {heading, plain}), None)
        if exact:
            return exact
        if _YEAR.search(plain):
            return "year"
        return next(
            (
                role
                for word, role in self._roles
                if len(word) >= 2
                and plain.endswith(word)
                and len(plain) <= len(word) + 6
                and not self._demanded.match(plain)
            ),
            None,
        )

    def is_heading(self, row: Row, *, first: bool = False) -> bool:
        """Whether a row is one of headings: short words, half of them for columns; in the first row one is enough."""
        filled = [cell.text for cell in row.cells if cell.text]
        known = [text for text in filled if self.role_of(text)]
        if len(filled) < 2 or not known or max(map(len, filled)) > 24 or any(_VALUE.match(text) for text in filled):
            return False
        return first or len(known) * 2 >= len(filled)

    def _kind(self, text: str) -> str:
        if not text:
            return "empty"
        for kind, pattern in self._patterns:
            if pattern.match(text):
                return kind
        if text in self._units or text.strip("（）") in self._units:
            return "unit"
        if self._parties.is_list(Spanned(text, tuple(range(len(text))))):
            return "party"
        return "short" if len(text) <= 12 else "long"

    def columns(self, heading: Row | None, rows: Sequence[Row]) -> list[Column]:
        """The columns of a table, its heading laid over the cells so that each fits best."""
        count = _usual_width(rows)
        kinds = [Counter(self.kind(row.cells[i].text) for row in rows if i < len(row.cells)) for i in range(count)]
        widths = [_mean_width([row.cells[i].text for row in rows if i < len(row.cells)]) for i in range(count)]
        while count > 1 and set(kinds[count - 1]) <= {"empty"}:
            count -= 1
        heads = [cell.text for cell in heading.cells] if heading else []
        named = self._laid(heads, kinds[:count], count)
        return [Column(role, head, kinds[i], widths[i]) for i, (role, head) in enumerate(named)]

    def _laid(self, heads: list[str], kinds: list[Counter[str]], count: int) -> list[tuple[str, str]]:
        plain = [self._role(head, kinds[i] if i < len(kinds) else Counter()) for i, head in enumerate(heads[:count])]
        straight = [(role, head) for role, head in zip(plain, heads, strict=False)] + [("", "")] * (count - len(plain))
        filled = [head for head in heads if head]
        if len(filled) >= count or not filled:
            return self._guessed(straight, kinds)
        best = max(self._shifted(filled, kinds, count), key=lambda names: self._score(names, kinds), default=straight)
        straight = self._guessed(straight, kinds)
        return best if self._score(best, kinds) > self._score(straight, kinds) else straight

    def _role(self, head: str, kinds: Counter[str]) -> str:
        role = self.role_of(head) if head else ""
        if head and not role:
            names = kinds["party"] + kinds["short"] + kinds["long"]
            return "party" if names > kinds["value"] and names * 2 > kinds.total() else "value"
        if role == "unit" and kinds["unit"] < 0.3 * max(1, kinds.total() - kinds["empty"]):
            return "party"
        return role or ("value" if head else "")

    def _shifted(self, filled: list[str], kinds: list[Counter[str]], count: int) -> list[list[tuple[str, str]]]:
        """Every way to lay the headings over the columns in order, headings spread over the columns behind them."""
        ways = list[list[tuple[str, str]]]()

        def lay(names: list[tuple[str, str]], left: list[str]) -> None:
            if len(names) == count:
                if not left:
                    ways.append(self._guessed(names, kinds))
                return
            if left:
                lay([*names, (self._role(left[0], kinds[len(names)]), left[0])], left[1:])
            if count - len(names) > len(left):
                lay([*names, ("", "")], left)

        if count <= 10:
            lay([], filled)
        return ways

    @staticmethod
    def _guessed(names: list[tuple[str, str]], kinds: list[Counter[str]]) -> list[tuple[str, str]]:
        """A column without a heading: numbers, or more of the column before it."""
        found = list[tuple[str, str]]()
        for i, (role, head) in enumerate(names):
            kind = kinds[i].most_common(1)[0][0] if i < len(kinds) and kinds[i] else "empty"
            filled = {name: n for name, n in (kinds[i] if i < len(kinds) else Counter()).items() if name != "empty"}
            top = max(filled, key=lambda name: filled[name]) if filled else kind
            following = found[-1][0] if found else ""
            found.append(
                (
                    role
                    or (
                        "number"
                        if top == "digits"
                        else following
                        if following in {"category", "supporting"}
                        else "category"
                        if not found
                        else following
                    ),
                    head,
                )
            )
        return found

    @staticmethod
    def _score(names: Sequence[tuple[str, str]], kinds: Sequence[Counter[str]]) -> float:
        total = 0.0
        for (role, _), column in zip(names, kinds, strict=False):
            fits = _FITS[role] if role in _FITS else {}
            total += sum((fits[kind] if kind in fits else -0.5) * n for kind, n in column.items()) / max(
                1, column.total()
            )
        return total


def _usual_width(rows: Sequence[Row]) -> int:
    return Counter(len(row.cells) for row in rows).most_common(1)[0][0] if rows else 0


def _mean_width(texts: Sequence[str]) -> float:
    filled = [len(text) for text in texts if text]
    return sum(filled) / len(filled) if filled else 0.0


def fit(role: str, kind: str) -> float:
    """How well a cell of a kind sits in a column of a role."""
    fits = _FITS[role] if role in _FITS else {}
    return fits[kind] if kind in fits else -0.7
