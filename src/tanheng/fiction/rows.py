"""The rows of tables about a district's units, by the name of the table: what is printed before anything goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from tanheng.fiction import area_rows, register_rows, unit_rows
from tanheng.fiction.city import Unit
from tanheng.fiction.district import District
from tanheng.fiction.history import ENERGY, OUTPUT_VALUE, USE
from tanheng.fiction.printed import Row, growth, named, rounded
from tanheng.kernel.pack.recipe import FictionForm
from tanheng.kernel.period import Period

_ENERGY, _WORTH = (ENERGY, "", ""), (OUTPUT_VALUE, "", "")


def rows_of(form: FictionForm, district: District, month: Period) -> list[Row]:
    """The rows of a form for a district and the month it closes with."""
    return [{"number": number, **row} for number, row in enumerate(_TABLES[form.rows](form, district, month), 1)]


def rows_of_unit(form: FictionForm, district: District, unit: Unit, month: Period) -> list[Row]:
    """The rows of a form that one unit sends; none where it has nothing to report in it."""
    return list(_UNIT_TABLES[form.rows](district, unit, month))


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


def _unit_reports(form: FictionForm, district: District, month: Period) -> Iterator[Row]:
    """节能月报: what each unit reports to the energy authority of every carrier it uses."""
    for unit in district.reported(month):
        yield from _report(district, unit, month)


def _entry_reports(form: FictionForm, district: District, month: Period) -> Iterator[Row]:
    """入库补报: what units that enter the list in a month used in the year before and up to their entry."""
    known = district.histories.months
    for unit in district.reported(month):
        if unit.enters is not None and month.start <= unit.enters < month.end:
            before = [each for each in known if month.start.year - 1 <= each.start.year and each.end <= month.start]
            for each in before:
                yield from _report(district, unit, each)


def _report(district: District, unit: Unit, month: Period) -> Iterator[Row]:
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
    "unit_reports": _unit_reports,
    "entry_reports": _entry_reports,
    "tree": area_rows.tree,
    "economy": area_rows.economy,
    "census": area_rows.census,
    "feedback": area_rows.feedback,
    "key_units": register_rows.key_units,
    "reviews": register_rows.reviews,
    "certificates": register_rows.certificates,
    "monitoring": register_rows.monitoring,
    "lines": register_rows.lines,
}
_UNIT_TABLES: Mapping[str, Callable[[District, Unit, Period], Iterator[Row]]] = {
    "purchases": unit_rows.purchases,
    "transformations": unit_rows.transformations,
    "products": unit_rows.products,
    "non_industrial": unit_rows.non_industrial,
    "output_and_sales": unit_rows.output_and_sales,
    "monthly_report": unit_rows.monthly_report,
}
