"""The lines of a run over rows: which series within a unit a row belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tanheng.kernel.pack import Classification, IndicatorShape, PackSet

_MARK = ":"
SEVERAL = ("indicator", "carrier", "item")


@dataclass(frozen=True)
class Line:
    """A series of monthly amounts of one unit, written as the fourth part of an address.

    `diesel` where the method reads one indicator. Where it reads several, the indicator comes first, then the carrier,
    then the item where there is one: `energy_supplied:heat`, `green_electricity:electricity:inter_provincial`. A part
    that the series does not have stays empty between its marks: `green_electricity::inter_provincial`. The line of an
    account, `coking/coke`, is read as one part, and put into words name by name.
    """

    carrier: str | None
    indicator: str | None = None
    item: str | None = None

    @staticmethod
    def of(row: Mapping[str, Any]) -> Line:
        """The line of a row; rows of a method that reads one indicator carry neither indicator nor item."""
        indicator, carrier, item = (_text(row[name]) if name in row else None for name in SEVERAL)
        return Line(carrier, indicator, item)

    @staticmethod
    def parse(text: str) -> Line:
        """Reads what `str` writes."""
        if _MARK not in text:
            return Line(text)
        indicator, carrier, *item = text.split(_MARK, 2)
        return Line(carrier or None, indicator, item[0] if item else None)

    def __str__(self) -> str:
        if self.indicator is None:
            return self.carrier or ""
        parts = (self.indicator, self.carrier or "", *([self.item] if self.item else []))
        return _MARK.join(parts)

    def label(self, packs: PackSet) -> dict[str, str]:
        """The line in words: indicator, carrier and item, as far as it names them and the packs know them."""
        return {lang: " · ".join(self._words(packs, lang)) for lang in ("zh", "en")}

    def _words(self, packs: PackSet, lang: str) -> list[str]:
        indicators = {item.id: item.label for item in packs.all(IndicatorShape)} if self.indicator else {}
        carriers = {id: carrier.label for id, carrier in packs.carriers.items()}
        named = ((self.indicator, indicators), (self.carrier, carriers), (self.item, _items(packs, self.item)))
        return [
            "/".join(labels[id][lang] if id in labels else id for id in ids.split("/")) for ids, labels in named if ids
        ]


def _items(packs: PackSet, item: str | None) -> dict[str, Any]:
    """What the classifications call an item; none where two of them use its code for different things."""
    lists = [codes for codes in packs.all(Classification) if codes.names == "item"]
    found = [codes.by_code[item].label for codes in lists if item in codes.by_code] if item else []
    return {item: found[0]} if item and len(found) == 1 else {}


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
