"""What stands in a line of a paper: words, strong words, figures, lights; and how a figure is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

MISSING = "—"
Colour = Literal["red", "orange", "yellow", "green", "blue", "grey"]
# A sign for each colour: a light must be told apart on a page printed in grey.
SIGNS: dict[str, str] = {"red": "■", "orange": "◆", "yellow": "▲", "green": "●", "blue": "★", "grey": "○"}


@dataclass(frozen=True)
class Figure:
    """A figure with its unit, the places it is shown with, and the reference it is explained by.

    `value` is the exact value: it is rounded where it is shown and nowhere else. None is a figure that is missing.
    """

    value: Decimal | int | None
    unit: str = ""
    places: int = 1
    ref: str = ""

    def __str__(self) -> str:
        """The figure in a sentence: 12.3万吨标准煤."""
        return f"{shown(self.value, self.places)}{self.unit if self.value is not None else ''}"


@dataclass(frozen=True)
class Strong:
    """Words that stand out, in the face of headings."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Light:
    """A light: its colour for the eye and its word for the reader; the sign before the word differs for each colour."""

    colour: Colour
    word: str

    def __str__(self) -> str:
        return f"{SIGNS[self.colour]}{self.word}"


Run = str | Figure | Strong | Light
Text = str | Sequence[Run]
Cell = str | Decimal | int | Figure | Light | None


def shown(value: Decimal | int | None, places: int, *, separated: bool = False) -> str:
    """A number for people, rounded half to even as everywhere in the system; a dash where there is none.

    `separated` puts a comma before every third digit, as tables have it.
    """
    if value is None:
        return MISSING
    text = f"{Decimal(value):{',' if separated else ''}.{places}f}"
    return text[1:] if text.startswith("-") and not text.strip("-0.,") else text


def plain(text: Text) -> str:
    """A text without its faces."""
    return text if isinstance(text, str) else "".join(map(str, text))


def runs(text: Text) -> tuple[Run, ...]:
    """A text as its parts."""
    return (text,) if isinstance(text, str) else tuple(text)
