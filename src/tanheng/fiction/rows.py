"""The rows of senders' tables, by the name of the table: what is printed, before anything goes wrong in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from tanheng.fiction import area_rows, register_rows
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
from tanheng.fiction.printed import Row, growth, named, rounded
from tanheng.kernel.pack.recipe import FictionForm
from tanheng.kernel.period import Period

_ENERGY, _WORTH = (ENERGY, "", ""), (OUTPUT_VALUE, "", "")


def rows_of(form: FictionForm, district: District, month: Period) -> list[Row]:
    """The rows of a form for a district and the month it closes with."""
    return [{"number": number, **row} for number, row in enumerate(_TABLES[form.rows](form, district, month), 1)]


def _above_scale(form: FictionForm, district: District, month: Period) -> Iterator[Row]:
    """规上工业: energy and output of each firm, this month, to date, and a year earlier at this year's coverage."""
    now, before = district.to_date(month), district.to_date(month, 1)
    for unit in district.reported(month, above_scale=True):
        history = district.history(unit)
        energy, last = (rounded(history.total(_ENERGY, months), 2) for months in (now, before))
        worth, worth_last = (history.total(_WORTH, months) for months in (now, before))
        per = energy / worth if energy is not None and worth else None
        per_last = last / worth_last if last is not None and worth_last else None
        yield {
            **named(unit, month),
            "energy": rounded(history.at(_ENERGY, month), 2),
            "energy_to_date": energy,
            "energy_last": last,
            "energy_growth": growth(energy, last),
            "output": history.at(_WORTH, month),
            "output_to_date": worth,
            "output_last": worth_last,
            "output_growth": growth(worth, worth_last),
            "intensity_change": growth(per, per_last),
        }


def _purchases(form: FictionForm, district: District, month: Period) -> Iterator[Row]:
    """205-1: purchase, use and stock of each carrier of each firm."""
    for unit in district.reported(month, above_scale=True):
        yield from _energy_rows(district, unit, month)


def _energy_rows(district: District, unit: Unit, month: Period) -> Iterator[Row]:
    history, carriers = district.history(unit), district.city.packs.carriers
    for carrier, _ in history.carriers_of(USE):
        row = {name: history.at((name, carrier, ""), month) for name in _PURCHASES}
        tce = Decimal(district.histories.digit_grams[carrier]).scaleb(
            district.city.recipe.carriers[carrier].decimals - 6
        )
        used = row[USE] or Decimal(0)
        yield {
            **named(unit, month),
            "carrier": carriers[carrier].label.zh,
            "unit_printed": district.city.recipe.carriers[carrier].printed,
            "carrier_code": next(iter(carriers[carrier].codes.values()), ""),
            **row,
            "factor": tce.normalize(),
            "factor_reference": tce.normalize(),
            "tce": rounded(used * tce, 2),
        }


_PURCHASES = (PURCHASE, OUTSIDE, COST, USE, INDUSTRIAL, FEEDSTOCK, OTHER_USE, TRANSPORT, STOCK_START, STOCK_END)


def _non_industrial(form: FictionForm, district: District, month: Period) -> Iterator[Row]:
    """205-5: carriers of the key units that are no industry."""
    for unit in district.reported(month, above_scale=False):
        if unit.is_key:
            yield from _energy_rows(district, unit, month)


def _transformations(form: FictionForm, district: District, month: Period) -> Iterator[Row]:
    """205-2: input by kind of transformation, output and recovery of each carrier."""
    for unit in district.reported(month, above_scale=True):
        history, plan = district.history(unit), unit.sector.transformation
        carriers = dict.fromkeys(
            carrier for name in (INPUT, OUTPUT, RECOVERED) for carrier, _ in history.carriers_of(name)
        )
        for carrier in carriers:
            kind = plan.kind if plan else ""
            put_in = history.at((INPUT, carrier, kind), month)
            yield {
                **named(unit, month),
                "carrier": district.city.packs.carriers[carrier].label.zh,
                "unit_printed": district.city.recipe.carriers[carrier].printed,
                f"input_{kind}": put_in,
                "input": put_in,
                "output": history.at((OUTPUT, carrier, kind), month),
                "recovered": history.at((RECOVERED, carrier, ""), month),
            }


def _products(form: FictionForm, district: District, month: Period) -> Iterator[Row]:
    """205-3: energy per product, this year and a year earlier."""
    now, before = district.to_date(month), district.to_date(month, 1)
    for unit in district.reported(month, above_scale=True):
        product, history = unit.sector.product, district.history(unit)
        if product is None:
            continue
        row: Row = {
            "indicator": f"单位{product.label.zh}综合能耗",
            "unit_printed": f"千克标准煤/{unit.sector.product_unit}",
        }
        for suffix, months in (("", now), ("_last", before)):
            made = history.total((PRODUCT, "", product.id), months)
            energy = rounded(history.total(_ENERGY, months), 2)
            per = rounded(energy * 1000 / made, 2) if energy is not None and made else None
            row |= {f"per_product{suffix}": per, f"product_energy{suffix}": energy, f"made{suffix}": made}
        yield {**named(unit, month), "product": product.label.zh, **row}


def _unit_reports(form: FictionForm, district: District, month: Period) -> Iterator[Row]:
    """节能月报: what each unit reports to the energy authority of every carrier it uses."""
    for unit in district.reported(month):
        history = district.history(unit)
        for carrier, _ in history.carriers_of(USE):
            yield {
                **named(unit, month),
                "period": f"{month.start:%Y-%m}",
                "carrier": district.city.packs.carriers[carrier].label.zh,
                "carrier_id": carrier,
                "unit_printed": district.city.recipe.carriers[carrier].printed,
                "amount": history.at((USE, carrier, ""), month),
                "note": "",
            }


_Table = Callable[[FictionForm, District, Period], Iterator[Row]]
_TABLES: Mapping[str, _Table] = {
    "above_scale": _above_scale,
    "output_value": _above_scale,
    "purchases": _purchases,
    "transformations": _transformations,
    "products": _products,
    "non_industrial": _non_industrial,
    "unit_reports": _unit_reports,
    "tree": area_rows.tree,
    "economy": area_rows.economy,
    "feedback": area_rows.feedback,
    "key_units": register_rows.key_units,
    "reviews": register_rows.reviews,
    "certificates": register_rows.certificates,
    "monitoring": register_rows.monitoring,
    "lines": register_rows.lines,
}
