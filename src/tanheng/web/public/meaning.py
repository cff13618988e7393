"""What an indicator means in plain words, said from its definition and from that of the method that computed it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext, gettext_noop

from tanheng.kernel.pack import IndicatorShape, PackSet
from tanheng.web.ui.words import said, unit_words

_ADDS = {
    "flow": gettext_noop("An amount over a period: the months add up to the year, the areas inside to the whole."),
    "stock": gettext_noop("What there was at the end of a period: areas add up, periods do not."),
    "ratio": gettext_noop(
        "A ratio: it adds up over neither time nor area; that of a wider area is computed anew from both its parts."
    ),
}
_BASES = {
    "calorific_value": gettext_noop(
        "Every carrier counts by the heat it holds; electricity by the heat of its current."
    ),
    "coal_equivalent": gettext_noop(
        "Electricity counts by the coal that power stations burn for it, more than the heat it holds."
    ),
}


def meaning_of(indicator: IndicatorShape, packs: PackSet) -> Sequence[str]:
    """The sentences: its unit and basis, how it adds up, what it is part of, and what a gap means."""
    unit = unit_words(indicator.unit.text)
    told = [gettext("Counted in %(unit)s.") % {"unit": unit}] if unit else []
    told += [gettext(text) for basis, text in _BASES.items() if f"[{basis}]" in indicator.unit.text]
    told.append(gettext(_ADDS[indicator.adds]))
    if indicator.part_of:
        whole = said(packs.get(IndicatorShape, indicator.part_of).label)
        told.append(gettext("It is contained in %(whole)s and never added to it.") % {"whole": whole})
    if indicator.comparison_of:
        told.append(gettext("It is what the sender printed beside this year's figure for comparison."))
    return [*told, gettext("What nobody reported stays a gap, and is never counted as zero.")]
