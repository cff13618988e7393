"""Statements of several indicators, and the unit methods that read them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from tanheng.kernel.pack import PackSet
from tanheng.kernel.period import Period
from tanheng.kernel.run import Inputs, Parameters, Result, run
from tests.kernel.world import NOW, YEAR, asked, inputs, packs, stated

STATISTICAL, REPORTING, CO2 = "unit_energy_statistical", "unit_energy_reported", "unit_co2"
SCHEMES = {STATISTICAL: "energy_statistics", REPORTING: "energy_reporting", CO2: "city_inventory"}


def said(indicator: str, facility: str, carrier: str | None, month: str | Period, amount: float | None, **other: Any):
    """One statement about an indicator, in the unit of the carrier unless another is named."""
    row = stated(facility, carrier or "", month, amount, indicator=indicator)
    return row | {"carrier": carrier} | other


def in_form(indicator: str, facility: str, carrier: str, month: str | Period, amount: float | None, **other: Any):
    """The same in a statistical form, which serves statistics only."""
    form = {"coverage": "above_scale_industry", "use_class": "individual_statistics"}
    return said(indicator, facility, carrier, month, amount, **form | other)


def green(facility: str, month: str, amount: float, item: str = "inter_provincial", **other: Any):
    """Green electricity, a part of the electricity that the unit states beside it."""
    return said("green_electricity", facility, None, month, amount, **{"unit": "MWh", "item": item} | other)


def all_year(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What was said of one month said of every month of the year."""
    months = [{"period_start": month.start, "period_end": month.end} for month in YEAR.months()]
    return [{**row, **month} for row in rows for month in months]


def by(
    method: str, given: Inputs | Iterable[Mapping[str, Any]], period: str | Period = YEAR, *, known_on: date = NOW,
    scheme: str | None = None, use: PackSet | None = None,
) -> Result:  # fmt: skip
    """A method run over some rows under its usual scheme."""
    given = given if isinstance(given, Inputs) else inputs(given)
    return run(method, use or packs(), given, parameters(method, period, known_on=known_on, scheme=scheme))


def parameters(
    method: str, period: str | Period = YEAR, *, known_on: date = NOW, scheme: str | None = None
) -> Parameters:
    """What is asked of a method."""
    return asked(known_on, period, scheme or SCHEMES[method])
