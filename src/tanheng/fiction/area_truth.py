"""What is true of areas from January on, in whole units: a district by its units, the city by its districts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from tanheng.fiction.city import City, Unit
from tanheng.fiction.district import District
from tanheng.fiction.history import FEEDSTOCK, INPUT, OUTPUT, USE
from tanheng.fiction.register_rows import green_power
from tanheng.kernel.period import Period

Amounts = Mapping[tuple[str, str], int]
INDUSTRY, SERVICES, OTHERS, INTO, OUT_OF, MATERIAL = "industry", "services", "others", "input", "output", "material"
USES = (INDUSTRY, SERVICES, OTHERS, INTO)


@dataclass(frozen=True)
class AreaTruth:
    """An area from January to a month: tce where nothing else is said, GDP in 10^4 CNY of 2020, electricity in MWh.

    `energy` is what the area answers for, without the enterprises that the city manages (`municipal`); `other` the part
    of it that no unit uses; `industry` all above-scale firms that lie in it. `flows` are tce by process and carrier.
    """

    energy: int
    municipal: int
    other: int
    industry: int
    feedstock: int
    gdp: int
    flows: Amounts
    green: Amounts

    def __add__(self, further: AreaTruth) -> AreaTruth:
        """Two areas taken together."""
        return AreaTruth(
            energy=self.energy + further.energy,
            municipal=self.municipal + further.municipal,
            other=self.other + further.other,
            industry=self.industry + further.industry,
            feedstock=self.feedstock + further.feedstock,
            gdp=self.gdp + further.gdp,
            flows=_added(self.flows, further.flows),
            green=_added(self.green, further.green),
        )

    def flow(self, process: str, carrier: str) -> int:
        """What a process takes or gives of a carrier; one that has none has no part in anything."""
        return self.flows[process, carrier] if (process, carrier) in self.flows else 0

    def used(self, *carriers: str) -> int:
        """What is used of some carriers, transformed or not."""
        return sum(self.flow(process, carrier) for process in USES for carrier in carriers)


def _added(first: Amounts, second: Amounts) -> Amounts:
    keys = dict.fromkeys((*first, *second))
    return {key: sum(each[key] for each in (first, second) if key in each) for key in keys}


def truth_of_district(district: District, month: Period) -> AreaTruth:
    """What is true of a district from January to the end of a month."""
    months = district.to_date(month)
    units = [unit for unit in district.units if unit.district_on(month.start) == district.id]
    municipal = [unit for unit in units if unit.municipal]
    firms = [unit for unit in units if unit.sector.above_scale]
    total, city_managed = district.energy_to_date(month), district.sum_of(municipal, months)
    other = total - district.sum_of([unit for unit in units if not unit.municipal], months)
    return AreaTruth(
        energy=_whole(total),
        municipal=_whole(city_managed),
        other=_whole(other),
        industry=_whole(district.sum_of(firms, months)),
        feedstock=_whole(_tce(district, (unit for unit in units if not unit.municipal), months, FEEDSTOCK)),
        gdp=gdp_of(district, month),
        flows=_flows(district, units, months, _whole(other)),
        green=_green(district, units, months),
    )


def gdp_of(district: District, month: Period) -> int:
    """GDP from January on at prices of 2020, before any census restated it [10^4 CNY]."""
    return int(district.gdp_to_date(month) * (1 + district.city.recipe.economy.price))


def truth_of_city(city: City, districts: AreaTruth) -> AreaTruth:
    """The city: its districts taken together, the enterprises it manages, and the lines that belong to no district."""
    between = sum(lines_between(city, districts).values())
    return replace(districts, energy=districts.energy + between, municipal=0)


def lines_between(city: City, districts: AreaTruth) -> Mapping[str, int]:
    """The lines between a city and its districts taken together; the last one is what no line explains."""
    accounts = city.recipe.accounts
    shares = {line: int(districts.energy * share) for line, share in accounts.between.items()}
    return {"municipal_enterprises": districts.municipal, **shares, "": int(districts.energy * accounts.unexplained)}


def _whole(amount: Decimal) -> int:
    return int(amount.to_integral_value())


def _tce(district: District, units: Iterable[Unit], months: tuple[Period, ...], indicator: str) -> Decimal:
    return sum((amount for unit in units for _, amount in _by_carrier(district, unit, months, indicator)), Decimal(0))


def _by_carrier(
    district: District, unit: Unit, months: tuple[Period, ...], indicator: str
) -> Iterable[tuple[str, Decimal]]:
    """tce of each carrier that a unit has under an indicator."""
    history = district.history(unit)
    for carrier, item in history.carriers_of(indicator):
        amount = history.total((indicator, carrier, item), months)
        if amount is not None:
            decimals = district.city.recipe.carriers[carrier].decimals
            yield carrier, amount * Decimal(district.histories.digit_grams[carrier]).scaleb(decimals - 6)


def _flows(district: District, units: Iterable[Unit], months: tuple[Period, ...], other: int) -> Amounts:
    found: dict[tuple[str, str], Decimal] = {}
    for unit in units:
        process = INDUSTRY if unit.sector.above_scale else SERVICES
        for indicator, entries in _entries(process):
            for carrier, amount in _by_carrier(district, unit, months, indicator):
                for name, sign in entries:
                    found.setdefault((name, carrier), Decimal(0))
                    found[name, carrier] += sign * amount
    whole = {key: _whole(amount) for key, amount in found.items()}
    shares = district.city.recipe.accounts.others
    return whole | {(OTHERS, carrier): int(other * share) for carrier, share in shares.items()}


def _entries(process: str) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
    """Under which flows a unit's lines are entered: what is transformed is taken out of its own use."""
    return (
        (USE, ((process, 1),)),
        (INPUT, ((process, -1), (INTO, 1))),
        (OUTPUT, ((OUT_OF, 1),)),
        (FEEDSTOCK, ((MATERIAL, 1),)),
    )


def _green(district: District, units: Iterable[Unit], months: tuple[Period, ...]) -> Amounts:
    """Green electricity of the logbooks, by where it comes from [MWh]."""
    found: dict[tuple[str, str], int] = {}
    forms = [form for form in district.city.forms.values() if form.rows == "certificates"]
    reporting = [(unit, month) for month in months for unit in units if unit.in_scope_on(month.start)]
    for form in forms:
        for unit, month in reporting:
            line, count = green_power(form, district, unit, month)
            if count:
                found.setdefault(("", line["code"]), 0)
                found["", line["code"]] += count
    return found
