"""The rows of tables about an area as a whole: electricity and gas by user, what it earns, what the city feeds back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from tanheng.fiction.district import District
from tanheng.fiction.history import USE
from tanheng.fiction.printed import Row, growth, rounded
from tanheng.kernel.pack.recipe import FictionForm
from tanheng.kernel.period import Period


def tree(form: FictionForm, district: District, month: Period) -> Iterator[Row]:
    """用电分类表, 燃气表: a leaf is what an industry's units and everybody else beside them use; the rest are sums.

    Utilities measure everybody, in scope or not: a year earlier is what they measured then.
    """
    lines = {line["code"]: line for line in form.lines}
    now, before = district.to_date(month), district.to_date(month, 1)
    for line in form.lines:
        this, last = (_value(lines, line["code"], district, each) for each in (month, before[-1]))
        to_date, last_to_date = (
            sum((_value(lines, line["code"], district, each) for each in months), Decimal(0))
            for months in (now, before)
        )
        users = int(float(line["users"]) * district.weight) if "users" in line else None
        yield {
            "label": line["label"],
            "item": line["code"],
            "amount": this,
            "last": last,
            "to_date": to_date,
            "last_to_date": last_to_date,
            "growth": growth(to_date, last_to_date),
            "users": users,
            "capacity": None if users is None else users * 12,
        }


def _value(lines: Mapping[str, Mapping[str, str]], code: str, district: District, month: Period) -> Decimal:
    key = (lines[code]["carrier"], code, month)
    if key not in district.measured:
        parts = [line["code"] for line in lines.values() if line.get("parent") == code]
        district.measured[key] = (
            sum((_value(lines, part, district, month) for part in parts), Decimal(0))
            if parts
            else _leaf(lines[code], district, month)
        )
    return district.measured[key]


def _leaf(line: Mapping[str, str], district: District, month: Period) -> Decimal:
    units = [unit for unit in district.units if unit.district_on(month.start) == district.id]
    industries = line["industries"].split() if "industries" in line else []
    mine = [unit for unit in units if unit.sector.industry in industries]
    used = district.sum_of(mine, (month,), (USE, line["carrier"], ""))
    rest = district.rest(month, f"{line['carrier']} {line['code']}", float(line["base"]), line["season"])
    return (rounded(used, 2) or Decimal(0)) + rest


def economy(form: FictionForm, district: District, month: Period) -> Iterator[Row]:
    """地区生产总值: to date at current prices and its growth at comparable ones, by the shares of the form's lines."""
    known = [item.change for item in district.city.recipe.census if item.published <= month.end]
    yield from _economy(form, district, month, 1 + sum(known))


def census(form: FictionForm, district: District, month: Period) -> Iterator[Row]:
    """The year that an economic census restates, as the bureau sends it out again; nothing for other years."""
    for item in district.city.recipe.census:
        if item.year == month.start.year:
            yield from _economy(form, district, month, 1 + item.change)


def _economy(form: FictionForm, district: District, month: Period, level: float) -> Iterator[Row]:
    now, before = district.gdp_to_date(month), district.gdp_to_date(month, 1)
    for line in form.lines:
        share = Decimal(line["share"])
        price = 1 + district.city.recipe.economy.price * (month.start.year - min(district.city.recipe.years))
        tilt = float(line["tilt"]) if "tilt" in line else 0.0
        yield {
            "label": line["label"],
            "item": line["code"],
            "current": rounded(Decimal(now * price * level) * share, 0),
            "comparable": rounded(Decimal(now * level) * share, 0),
            "growth": rounded(Decimal((now / before - 1 + tilt) * 100), 1),
        }


def feedback(form: FictionForm, district: District, month: Period) -> Iterator[Row]:
    """分区能耗反馈表: what the city says of a district: total, growth, GDP growth, decline of intensity, progress."""
    yield feedback_row(district, month)


def feedback_row(district: District, month: Period) -> Row:
    """One district's line of the feedback table."""
    energy, before = district.energy_to_date(month), district.energy_to_date(month, 1)
    gdp, gdp_before = district.gdp_to_date(month), district.gdp_to_date(month, 1)
    change = (float(energy) / gdp) / (float(before) / gdp_before) - 1
    return {
        "place": district.label.zh,
        "total": rounded(energy / 10_000, 2),
        "growth": growth(energy, before),
        "gdp_growth": rounded(Decimal((gdp / gdp_before - 1) * 100), 1),
        "decline": rounded(Decimal(-change * 100), 2),
        "progress": rounded(Decimal(-change * 100) / Decimal(district.city.recipe.economy.yearly_decline) * 100, 1),
    }
