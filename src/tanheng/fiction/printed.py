"""What several tables print alike: a unit's name and place, a rounded figure, a growth."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

from tanheng.fiction.city import Unit
from tanheng.kernel.period import Period

Row = dict[str, object]


def named(unit: Unit, month: Period) -> Row:
    """How a table names a unit; `unit` is for whoever writes the manifest and is never printed."""
    return {
        "unit": unit.id,
        "name": unit.label.zh,
        "code": unit.code,
        "industry": unit.sector.industry,
        "industry_name": unit.sector.label.zh,
        "place": unit.town_on(month.start).label.zh,
    }


def rounded(value: Decimal | None, digits: int) -> Decimal | None:
    """A figure in so many decimals, half to even."""
    return None if value is None else value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN)


def growth(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    """By how many per cent something grew; nothing where there is nothing to compare with."""
    return None if now is None or not before else rounded((now / before - 1) * 100, 1)
