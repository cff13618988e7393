"""A formula for reading: the ASCII text that Python evaluates, printed with × and ÷, once in names, once in numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext

_TOKEN = re.compile(r"\s*(?:(?P<name>[A-Za-z_]\w*)|(?P<number>\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)|(?P<sign>\S))")
_SIGNS = {"*": " × ", "/": " ÷ ", "+": " + ", "-": " − ", ",": ", "}
_FUNCTIONS = ("abs", "exp", "log", "max", "min")
_DIGITS = 10


@dataclass(frozen=True)
class Token:
    """A piece of a printed formula; `href` leads to where the piece comes from."""

    kind: str
    text: str
    href: str = ""


def in_names(formula: str, label_of: Callable[[str], str], hrefs: Mapping[str, str]) -> list[Token]:
    """The formula with each input by its name."""
    return [_printed(kind, text, label_of, hrefs) for kind, text in _tokens(formula)]


def in_numbers(formula: str, values: Mapping[str, object], hrefs: Mapping[str, str]) -> list[Token]:
    """The formula with each input by its value."""
    return [_printed(kind, text, lambda name: readable_number(values[name]), hrefs) for kind, text in _tokens(formula)]


def readable_number(value: object) -> str:
    """A number with thousands separators and at most ten significant digits; the exact one stands in the JSON."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    whole = number == number.to_integral_value()
    if not whole:
        places = max(0, _DIGITS - max(number.adjusted() + 1, 1))
        number = round(number, places).normalize()
    return f"{number:,f}" if not whole else f"{int(number):,}"


def _tokens(formula: str) -> Iterator[tuple[str, str]]:
    for match in _TOKEN.finditer(formula):
        kind = str(match.lastgroup)
        yield kind, match[kind]


def _printed(kind: str, text: str, name_of: Callable[[str], str], hrefs: Mapping[str, str]) -> Token:
    if kind == "name" and text == "round":
        return Token("word", gettext("round"))
    if kind == "name" and text in _FUNCTIONS:
        return Token("word", text)
    if kind == "name":
        return Token("input", name_of(text), hrefs[text] if text in hrefs else "")
    if kind == "number":
        return Token("number", readable_number(text))
    return Token("sign", _SIGNS[text] if text in _SIGNS else text)
