"""Large amounts as officials say them: 14.64万吨, 1.2亿元; in English thousands and millions. For reading only."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext

from tanheng.web.ui.words import language, unit_words

_SIZES = {"zh": ((10**8, "亿"), (10**4, "万")), "en": ((10**6, " million "), (10**4, ""))}
_DIGITS = 4


def in_round_words(value: str | None, unit: str) -> str:
    """An amount of ten thousand or more in four digits with 万 or 亿; empty for a smaller one, for rates, and for units
    that carry their size already.
    """
    if value is None or "/" in unit or unit.startswith(("10^", "%")) or unit == "1":
        return ""
    try:
        number = Decimal(value.replace(",", ""))
    except InvalidOperation:
        return ""
    size, word = next((pair for pair in _SIZES[language()] if abs(number) >= pair[0]), (0, ""))
    if not word:
        return ""
    places = max(0, _DIGITS - (number / size).adjusted() - 1)
    said = f"{round(number / size, places):,f}"
    return gettext("about %(amount)s") % {"amount": f"{said}{word}{unit_words(unit)}"}
