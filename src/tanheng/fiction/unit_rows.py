"""The rows of the forms that a unit fills in about itself: 205-1, -2, -3, -5, B204-1 and the monthly report."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tanheng.fiction.city import Unit
from tanheng.fiction.district import District
from tanheng.fiction.history import (
    COST,
    ENERGY,
    FEEDSTOCK,
    INDUSTRIAL,
    INPUT,
    OTHER_USE,
    OUTPUT,
    OUTPUT_VALUE,
    OUTSIDE,
    PRODUCT,
    PURCHASE,
    RECOVERED,
    STOCK_END,
    STOCK_START,
    TRANSPORT,
    USE,
)
from tanheng.fiction.printed import Row, rounded
from tanheng.kernel.period import Period

_ENERGY, _WORTH = (ENERGY, "", ""), (OUTPUT_VALUE, "", "")
_FLOWS = (PURCHASE, OUTSIDE, COST, USE, INDUSTRIAL, FEEDSTOCK, OTHER_USE, TRANSPORT)


def purchases(district: District, unit: Unit, month: Period) -> Iterator[Row]:
    """205-1: each carrier from January on, the stocks at both ends, and 能源合计 in tce."""
    if not unit.sector.above_scale:
        return
    history, months, total = district.history(unit), district.to_date(month), Decimal(0)
    for carrier, _ in history.carriers_of(USE):
        row: Row = {name: history.total((name, carrier, ""), months) for name in _FLOWS}
        used, factor = history.total((USE, carrier, ""), months), _tce(district, carrier)
        total += Decimal(0) if used is None else used * factor
        yield {
            **_carrier(district, carrier),
            **row,
            STOCK_START: history.at((STOCK_START, carrier, ""), months[0]),
            STOCK_END: history.at((STOCK_END, carrier, ""), month),
            "factor": factor,
            "factor_reference": factor,
        }
    words = district.city.recipe.words
    yield {"carrier": words.energy_total, "unit_printed": words.tce, USE: rounded(total, 2)}


def transformations(district: District, unit: Unit, month: Period) -> Iterator[Row]:
    """205-2: what went into the kind of transformation, what came out, what was recovered, from January on."""
    plan, history, months = unit.sector.transformation, district.history(unit), district.to_date(month)
    names = (INPUT, OUTPUT, RECOVERED)
    for carrier in dict.fromkeys(carrier for name in names for carrier, _ in history.carriers_of(name)):
        kind = plan.kind if plan else ""
        put_in = history.total((INPUT, carrier, kind), months)
        yield {
            **_carrier(district, carrier),
            "input": put_in,
            f"input_{kind}": put_in,
            "output": history.total((OUTPUT, carrier, kind), months),
            "recovered": history.total((RECOVERED, carrier, ""), months),
        }


def products(district: District, unit: Unit, month: Period) -> Iterator[Row]:
    """205-3: energy per product, from January on and over the same span a year earlier."""
    product, history = unit.sector.product, district.history(unit)
    if product is None:
        return
    row: Row = {"product": product.label.zh, "product_unit": unit.sector.product_unit}
    for suffix, years in (("", 0), ("_last", 1)):
        months = district.to_date(month, years)
        made, energy = history.total((PRODUCT, "", product.id), months), rounded(history.total(_ENERGY, months), 2)
        per = rounded(energy * 1000 / made, 2) if energy is not None and made else None
        row |= {f"per_product{suffix}": per, f"product_energy{suffix}": energy, f"made{suffix}": made}
    yield {**row, "unit_printed": f"{district.city.recipe.words.kgce_per}{unit.sector.product_unit}"}


def non_industrial(district: District, unit: Unit, month: Period) -> Iterator[Row]:
    """205-5: each carrier of a key unit that is no industry, from January on, with its tce."""
    if unit.sector.above_scale:
        return
    history, months = district.history(unit), district.to_date(month)
    for carrier, _ in history.carriers_of(USE):
        used = history.total((USE, carrier, ""), months)
        tce = None if used is None else rounded(used * _tce(district, carrier), 2)
        yield {**_carrier(district, carrier), USE: used, "tce": tce}


def output_and_sales(district: District, unit: Unit, month: Period) -> Iterator[Row]:
    """B204-1: output and sales value, this month and to date, this year and last."""
    history = district.history(unit)
    if _WORTH not in history.lines:
        return
    spans = {
        "month": (month,),
        "to_date": district.to_date(month),
        "month_last": district.to_date(month, 1)[-1:],
        "to_date_last": district.to_date(month, 1),
    }
    words, sold = district.city.recipe.words, Decimal(district.city.recipe.shares.sold)
    for label, share in ((words.output, Decimal(1)), (words.sales, sold)):
        values = {name: history.total(_WORTH, months) for name, months in spans.items()}
        yield {
            "label": label,
            "unit_printed": words.money,
            **{name: None if value is None else rounded(value * share, 0) for name, value in values.items()},
        }


def monthly_report(district: District, unit: Unit, month: Period) -> Iterator[Row]:
    """节能月报: each carrier this month, to date and as expected for the year; output, energy, and what happened."""
    history, months = district.history(unit), district.to_date(month)
    for carrier, _ in history.carriers_of(USE):
        line = (USE, carrier, "")
        yield {**_carrier(district, carrier), **_expected(history.at(line, month), history.total(line, months), month)}
    words = district.city.recipe.words
    lines = [(words.energy, words.tce, _ENERGY), (words.output, words.money, _WORTH)]
    for label, unit_printed, line in lines:
        now, to_date = (rounded(value, 2) for value in (history.at(line, month), history.total(line, months)))
        if now is not None:
            yield {"carrier": label, "unit_printed": unit_printed, **_expected(now, to_date, month)}
    chance = district.city.chance("overhaul", unit.id, month.start)
    if chance.happens(district.city.recipe.shares.overhaul):
        days = str(3 + chance.below(9))
        note = words.overhaul_note.replace("{month}", str(month.start.month)).replace("{days}", days)
        yield {"carrier": words.overhaul, "note": note}


def _expected(now: Decimal | None, to_date: Decimal | None, month: Period) -> Row:
    year = None if to_date is None else rounded(to_date * 12 / month.start.month, 2)
    return {"month": now, "to_date": to_date, "year": year}


def _carrier(district: District, carrier: str) -> Row:
    return {
        "carrier": district.city.packs.carriers[carrier].label.zh,
        "unit_printed": district.city.recipe.carriers[carrier].printed,
    }


def _tce(district: District, carrier: str) -> Decimal:
    """tce of one printed unit of a carrier."""
    decimals = district.city.recipe.carriers[carrier].decimals
    return Decimal(district.histories.digit_grams[carrier]).scaleb(decimals - 6).normalize()
