"""Numbers as people write them: digits, Chinese numerals, fractions."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_GROUPS = {"万": 10_000, "亿": 100_000_000}
CHINESE = "零〇一二两三四五六七八九十百千万亿"
_FRACTION = re.compile(r"^([^分]+)分之([^分]+)$")
_FOUR_PLACES = Decimal("0.0001")


def chinese_number(text: str) -> Decimal | None:
    """The value of a Chinese numeral such as 三百二十 or 一万二千; None for what is none. 三点五 is 3.5."""
    whole, point, places = text.partition("点")
    value = _whole(whole)
    if value is None:
        return None
    if not point:
        return Decimal(value)
    if not places or any(sign not in _DIGITS for sign in places):
        return None
    return Decimal(f"{value}.{''.join(str(_DIGITS[sign]) for sign in places)}")


def _whole(text: str) -> int | None:
    if not text or any(sign not in CHINESE for sign in text):
        return None
    total = group = digit = 0
    for sign in text:
        if sign in _DIGITS:
            digit = digit * 10 + _DIGITS[sign] if digit and len(text) > 1 else _DIGITS[sign]
        elif sign in _TENS:
            group += (digit or 1) * _TENS[sign]
            digit = 0
        else:
            total = (total + group + digit or 1) * _GROUPS[sign]
            group = digit = 0
    return total + group + digit


def fraction(text: str) -> Decimal | None:
    """三分之二 and 2/3 as 0.6667; None for what is no fraction."""
    if found := _FRACTION.match(text):
        below, above = chinese_number(found[1]), chinese_number(found[2])
    elif re.fullmatch(r"\d+/\d+", text):
        first, _, last = text.partition("/")
        above, below = Decimal(first), Decimal(last)
    else:
        return None
    if not below or above is None:
        return None
    return (above / below).quantize(_FOUR_PLACES, ROUND_HALF_UP)
