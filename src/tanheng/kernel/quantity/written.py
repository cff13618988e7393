"""A number as a person types it on a command line or into a sheet."""

from __future__ import annotations

import re
from decimal import Decimal

_NUMBER = re.compile(r"[+-]?(\d+([.．]\d*)?|[.．]\d+)([eE][+-]?\d{1,2})?")
_TOO_MUCH = Decimal(10) ** 18  # beyond the integers a grid holds; whoever writes more means something else


def written_number(text: str) -> Decimal | None:
    """The number somebody wrote, in digits of either width.

    Reads    blanks around it do not count; `1_0`, which Python takes for ten, is no number here: it is a slip for 1.0.
    Gives    none for what is no number, is not finite or is too large to mean anything.
    """
    said = text.strip()
    if not _NUMBER.fullmatch(said):
        return None
    value = Decimal(said.replace("．", "."))
    return value if abs(value) < _TOO_MUCH else None
