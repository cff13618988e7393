"""One district month by month: who reports, what the area as a whole uses, and what it earns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from tanheng.fiction.city import City, Unit
from tanheng.fiction.directory import units_seen
from tanheng.fiction.history import ENERGY, Histories, History
from tanheng.kernel.pack.shape import Label
from tanheng.kernel.period import Period

_ENERGY = (ENERGY, "", "")
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class District:
    """A district of a made-up city with the histories of its units; the figures of the area follow from them.

    `measured` holds what the utilities measured, by carrier, line and month, once it has been worked out.
    """

    city: City
    id: str
    months: tuple[Period, ...]
    measured: dict[tuple[str, str, Period], Decimal] = field(default_factory=dict)
    _histories: dict[str, History] = field(default_factory=dict)

    @cached_property
    def label(self) -> Label:
        """The name of the district."""
        return self.city.district_labels[self.id]

    @cached_property
    def weight(self) -> int:
        """How large the district is beside the others."""
        return next(item.weight for item in self.city.recipe.districts if item.id == self.id)

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """Every unit that ever lies in the district."""
        return tuple(units_seen(self.city, self.id))

    @cached_property
    def histories(self) -> Histories:
        """What makes the histories."""
        return Histories(self.city, self.months)

    def history(self, unit: Unit) -> History:
        """The true figures of a unit."""
        if unit.id not in self._histories:
            self._histories[unit.id] = self.histories.of(unit)
        return self._histories[unit.id]

    def reported(self, month: Period, *, above_scale: bool | None = None) -> list[Unit]:
        """The units of the district in scope in a month; of one kind, if asked."""
        return [
            unit
            for unit in self.units
            if unit.in_scope_on(month.start)
            and unit.district_on(month.start) == self.id
            and above_scale in (None, unit.sector.above_scale)
        ]

    def to_date(self, month: Period, years_back: int = 0) -> tuple[Period, ...]:
        """January to a month, of the same year or of an earlier one."""
        year = month.start.year - years_back
        return tuple(Period.month(year, number) for number in range(1, month.start.month + 1))

    def sum_of(
        self, units: Sequence[Unit], months: tuple[Period, ...], line: tuple[str, str, str] = _ENERGY
    ) -> Decimal:
        """The sum of a line over units and months; units without such a line do not take part."""
        totals = (self.history(unit).total(line, months) for unit in units)
        return sum((total for total in totals if total is not None), Decimal(0))

    def rest(self, month: Period, name: str, base: float, season: str) -> Decimal:
        """What everybody else in the district uses of something in a month: `base` a year per unit of weight."""
        recipe, chance = self.city.recipe, self.city.chance("rest", self.id, name, month.start)
        level = base * self.weight / 12 * recipe.seasons[season][month.start.month - 1] * recipe.years[month.start.year]
        return Decimal(int(level * chance.around_one(0.03) * 100)) * _CENT

    # ---- what the district earns, and its energy as a whole
    def gdp(self, year: int) -> float:
        """GDP of a year at the prices of the first year [10^4 CNY]."""
        value = self.city.recipe.economy.gdp_of_weight * self.weight
        for past in sorted(self.city.recipe.growth):
            if past <= year:
                own = self.city.chance("gdp", self.id, past).between(-0.008, 0.008)
                value *= 1 + self.city.recipe.growth[past] + own
        return value

    def gdp_to_date(self, month: Period, years_back: int = 0) -> float:
        """GDP from January to the end of a quarter."""
        quarters = self.city.recipe.economy.quarters[: month.start.month // 3]
        return self.gdp(month.start.year - years_back) * sum(quarters)

    def energy_to_date(self, month: Period, years_back: int = 0) -> Decimal:
        """Energy of the whole district from January on [tce]: its units and a share of everybody else.

        The enterprises that the city manages are its own to answer for, wherever they lie.
        """
        months = self.to_date(month, years_back)
        here = [unit for unit in self.units if unit.district_on(month.start) == self.id]
        units = [unit for unit in here if not unit.municipal]
        base = self.city.recipe.economy.other_tce_of_weight
        other = sum((self.rest(each, "energy", base, "even") for each in months), Decimal(0))
        return self.sum_of(units, months) + other


def districts_of(city: City, months: tuple[Period, ...], only: str | None) -> Mapping[str, District]:
    """The districts of a city, or the one that is asked for."""
    chosen = [item.id for item in city.recipe.districts if only in (None, item.id)]
    return {id: District(city, id, months) for id in chosen}
