"""What the amount of a row in long form is, and of what: its indicator, breakdown and unit."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from tanheng.kernel.pack import Carrier, IndicatorShape, Layout, LayoutItem, PackSet
from tanheng.kernel.quantity import Unit


@dataclass(frozen=True)
class About:
    """One kind of amount: the item of the form, its carrier where it has one, and the unit in which it is counted."""

    item: LayoutItem
    carrier: Carrier | None
    unit: str
    name: str
    label: str

    @property
    def dimensions(self) -> tuple[tuple[str, str], ...]:
        """The breakdown of an observation of it."""
        if self.carrier is None:
            return (("item", self.item.item),)
        return (("carrier", self.carrier.id),)


@dataclass(frozen=True)
class Abouts:
    """What the rows of one sheet are about; each is worked out once, since there are few of them and many rows."""

    layout: Layout
    pack_set: PackSet
    known: dict[tuple[str, str, str], About] = field(default_factory=dict)

    def of(self, item: LayoutItem, carrier: Carrier | None) -> About:
        """The amount that an item of the form and a carrier name; one with a breakdown of its own has no carrier."""
        key = (item.indicator, item.item, carrier.id if carrier else "")
        if key not in self.known:
            self.known[key] = self._made(item, None if item.item else carrier)
        return self.known[key]

    def _made(self, item: LayoutItem, carrier: Carrier | None) -> About:
        unit = self.pack_set.get(IndicatorShape, item.indicator).unit
        counted = unit if carrier is None else unit.of_row(carrier_unit=carrier.unit.text)
        usual = item == self.layout.usual_item
        names = [*([] if usual else item.names[:1]), *([carrier.id] if carrier else [])]
        labels = [*([] if usual else item.names[:1]), *([carrier.label["zh"]] if carrier else [])]
        return About(item, carrier, counted.text, " ".join(names), " ".join(labels))


@lru_cache(maxsize=4096)
def ratio_of(unit: str, counted_in: str, what: str) -> Fraction:
    """How many units of an amount one stated unit is. A workbook has few units and many rows.

    Refuses  unit-mismatch.
    """
    return Unit.parse(unit).ratio_to(Unit.parse(counted_in), what=what)
