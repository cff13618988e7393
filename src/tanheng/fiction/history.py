"""What truly happened in a made-up city: every unit's energy and output in every month, in whole printed digits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from tanheng.fiction.chance import Chance
from tanheng.fiction.city import City, Unit
from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import Factor
from tanheng.kernel.pack.recipe import RecipeCarrier
from tanheng.kernel.period import Period

USE, INDUSTRIAL, FEEDSTOCK, OTHER_USE, TRANSPORT = (
    "energy_consumption",
    "industrial_energy_use",
    "energy_feedstock_use",
    "non_industrial_energy_use",
    "transport_energy_use",
)
PURCHASE, OUTSIDE, COST = "energy_purchase", "energy_purchase_outside_province", "energy_purchase_cost"
STOCK_START, STOCK_END = "energy_stock_start", "energy_stock_end"
INPUT, OUTPUT, RECOVERED = "transformation_input", "transformation_output", "energy_recovered"
OUTPUT_VALUE, ENERGY, PRODUCT = "output_value", "comprehensive_energy", "product_output"
_ROAD = ("diesel", "gasoline")
Line = tuple[str, str, str]  # indicator, carrier, item


@dataclass(frozen=True)
class History:
    """A unit's true figures: whole numbers of the last printed digit, by line, one for every month from the first."""

    first: Period
    lines: Mapping[Line, tuple[int, ...]]
    decimals: Mapping[Line, int]

    def at(self, line: Line, month: Period) -> Decimal | None:
        """The figure of a month; None where the unit has no such line."""
        if line not in self.lines:
            return None
        return Decimal(self.lines[line][months_apart(self.first, month)]).scaleb(-self.decimals[line])

    def total(self, line: Line, months: tuple[Period, ...]) -> Decimal | None:
        """The sum over months; None where the unit has no such line."""
        if line not in self.lines:
            return None
        numbers = [self.lines[line][months_apart(self.first, month)] for month in months]
        return Decimal(sum(numbers)).scaleb(-self.decimals[line])

    def carriers_of(self, indicator: str) -> Iterator[tuple[str, str]]:
        """The carriers and items under which the unit has an indicator."""
        return ((carrier, item) for name, carrier, item in self.lines if name == indicator)


def months_apart(first: Period, later: Period) -> int:
    """How many months lie between the beginnings of two periods."""
    return 12 * (later.start.year - first.start.year) + later.start.month - first.start.month


@dataclass(frozen=True)
class Histories:
    """Makes the history of each unit of a city, up to a last month, on demand and always the same."""

    city: City
    months: tuple[Period, ...]

    @cached_property
    def tce(self) -> Mapping[str, Fraction]:
        """tce (calorific value) of one printed unit of each carrier, by the coal equivalent factor of the packs."""
        entries = self.city.packs.get(Factor, "coal_equivalent_factor").entries
        values = {entry.keys["carrier"]: Fraction(entry.value) for entry in entries}
        return {
            id: values[id] * how.unit.ratio_to(self.city.packs.carriers[id].unit, what=id)
            for id, how in self.city.recipe.carriers.items()
        }

    @cached_property
    def digit_grams(self) -> Mapping[str, int]:
        """gce of one last printed digit of each carrier: whole, so that true sums need no rounding.

        Refuses  recipe-digits-too-fine: a carrier is printed in more decimals than that.
        """
        found = {}
        for id, tce in self.tce.items():
            grams = tce * 10**6 / 10 ** self.city.recipe.carriers[id].decimals
            if grams.denominator != 1:
                raise Refusal("recipe-digits-too-fine", carrier=id, decimals=self.city.recipe.carriers[id].decimals)
            found[id] = int(grams)
        return found

    def of(self, unit: Unit) -> History:
        """Every line of a unit; comprehensive energy is industrial use less what was made and recovered [tce]."""
        lines = _Lines(self.city.recipe.carriers)
        chance = self.city.chance("history", unit.id)
        burnt = self._burnt(unit, chance)
        made = self._made(unit, burnt, lines)
        for carrier in {**burnt, **made}:
            amounts = burnt[carrier] if carrier in burnt else tuple(0 for _ in self.months)
            own = made[carrier] if carrier in made else tuple(0 for _ in self.months)
            self._account(unit, carrier, amounts, own, lines, chance)
        self._totals(unit, lines, chance)
        return History(self.months[0], lines.numbers, lines.decimals)

    def _burnt(self, unit: Unit, chance: Chance) -> dict[str, tuple[int, ...]]:
        """What is bought and used of each carrier, month by month."""
        recipe, sector = self.city.recipe, unit.sector
        levels = []
        for month in self.months:
            year = month.start.year
            level = unit.annual_tce / 12 * recipe.years[year] * recipe.seasons[sector.season][month.start.month - 1]
            for _ in range(min(recipe.years), year):
                level *= 1 + sector.growth
            levels.append(level * chance.around_one(recipe.shares.spread))
        found = {}
        for carrier, share in sector.carriers.items():
            own_share = (
                share * chance.around_one(0.2) * 10 ** recipe.carriers[carrier].decimals / float(self.tce[carrier])
            )
            found[carrier] = tuple(int(level * own_share * chance.around_one(recipe.shares.spread)) for level in levels)
        return found

    def _made(self, unit: Unit, burnt: Mapping[str, tuple[int, ...]], lines: _Lines) -> dict[str, tuple[int, ...]]:
        """What a unit makes of its energy and uses itself, by carrier; input and output become lines."""
        plan = unit.sector.transformation
        if plan is None:
            return {}
        put_in = {
            carrier: tuple(int(amount * share) for amount in burnt[carrier]) for carrier, share in plan.inputs.items()
        }
        for carrier, amounts in put_in.items():
            lines.add((INPUT, carrier, plan.kind), amounts)
        heat = [
            sum(amounts[n] * self._digit_tce(id) for id, amounts in put_in.items()) for n in range(len(self.months))
        ]
        own = {}
        for carrier, share in plan.outputs.items():
            made = tuple(int(tce * share / self._digit_tce(carrier)) for tce in heat)
            lines.add((OUTPUT, carrier, plan.kind), made)
            own[carrier] = tuple(int(amount * plan.own_use) for amount in made)
        return own

    def _digit_tce(self, carrier: str) -> float:
        """tce of one last printed digit of a carrier."""
        return self.digit_grams[carrier] / 10**6

    def _account(
        self, unit: Unit, carrier: str, amounts: tuple[int, ...], own: tuple[int, ...], lines: _Lines, chance: Chance
    ) -> None:
        how, industrial = self.city.recipe.carriers[carrier], unit.sector.above_scale
        shares = self.city.recipe.shares
        used = tuple(amount + made for amount, made in zip(amounts, own, strict=True))
        aside = tuple(int(amount * shares.not_industrial) if industrial else amount for amount in amounts)
        lines.add((USE, carrier, ""), used)
        lines.add((OTHER_USE, carrier, ""), aside)
        lines.add((INDUSTRIAL, carrier, ""), tuple(all_ - part for all_, part in zip(used, aside, strict=True)))
        if carrier in unit.sector.feedstock:
            share = unit.sector.feedstock[carrier]
            lines.add((FEEDSTOCK, carrier, ""), tuple(int(amount * share) for amount in amounts))
        if carrier in _ROAD:
            lines.add((TRANSPORT, carrier, ""), tuple(int(amount * shares.on_roads) for amount in amounts))
        if carrier in unit.sector.recovery:
            share = unit.sector.recovery[carrier]
            lines.add((RECOVERED, carrier, ""), tuple(int(amount * share) for amount in amounts))
        self._buy(carrier, amounts, how, lines, chance)

    def _buy(self, carrier: str, amounts: tuple[int, ...], how: RecipeCarrier, lines: _Lines, chance: Chance) -> None:
        """Purchases are what was used and what the stock grew by; the stock is a share of a month's use."""
        stock = [
            int(amount * chance.between(*self.city.recipe.shares.stock)) if how.stored else 0
            for amount in (amounts[0], *amounts)
        ]
        bought = tuple(amount + stock[n + 1] - stock[n] for n, amount in enumerate(amounts))
        lines.add((PURCHASE, carrier, ""), bought)
        if how.stored:
            lines.add((STOCK_START, carrier, ""), tuple(stock[:-1]))
            lines.add((STOCK_END, carrier, ""), tuple(stock[1:]))
        if how.outside:
            lines.add((OUTSIDE, carrier, ""), tuple(int(amount * how.outside) for amount in bought))
        cost = tuple(int(amount / 10**how.decimals * how.price * chance.around_one(0.03) * 100) for amount in bought)
        lines.add((COST, carrier, ""), cost, 2)

    def _totals(self, unit: Unit, lines: _Lines, chance: Chance) -> None:
        grams = [self._grams(unit, lines, number) for number in range(len(self.months))]
        lines.add((ENERGY, "", ""), tuple(grams), 6)
        sector, value = unit.sector, []
        for month, gram in zip(self.months, grams, strict=True):
            worth = max(gram, 0) / 10**6 * sector.output_per_tce * chance.around_one(0.08)
            value.append(int(worth * (1 + 0.01 * (month.start.year - self.months[0].start.year))))
        if sector.output_per_tce:
            lines.add((OUTPUT_VALUE, "", ""), tuple(value), 0)
        if sector.product:
            made = tuple(int(max(gram, 0) / 10**6 * sector.product_per_tce * chance.around_one(0.03)) for gram in grams)
            lines.add((PRODUCT, "", sector.product.id), made, 0)

    def _grams(self, unit: Unit, lines: _Lines, number: int) -> int:
        """Industrial use, or all use of a unit that is no industry, less output of transformation and recovery [g]."""
        signs = {INDUSTRIAL if unit.sector.above_scale else USE: 1, OUTPUT: -1, RECOVERED: -1}
        return sum(
            signs[indicator] * numbers[number] * self.digit_grams[carrier]
            for (indicator, carrier, _), numbers in lines.numbers.items()
            if indicator in signs
        )


class _Lines:
    """The lines of one unit while they are made."""

    def __init__(self, carriers: Mapping[str, RecipeCarrier]) -> None:
        self.carriers = carriers
        self.numbers: dict[Line, tuple[int, ...]] = {}
        self.decimals: dict[Line, int] = {}

    def add(self, line: Line, numbers: tuple[int, ...], decimals: int | None = None) -> None:
        """Puts a line; its digits are those of the carrier unless given."""
        self.numbers[line] = numbers
        self.decimals[line] = self.carriers[line[1]].decimals if decimals is None else decimals
