"""What single units expect for their year (全年预计), carrier by carrier, in tce."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from tanheng.kernel.account import Account
from tanheng.kernel.account.comparison import said
from tanheng.kernel.account.references import sum_of
from tanheng.kernel.assessment.unit_years import CLAUSE, UnitYears
from tanheng.kernel.fact import Fact
from tanheng.kernel.faults import Severity
from tanheng.kernel.quantity import Unit, name, number
from tanheng.kernel.trace import Address, Cell

FORECAST, SUPPLIED = "energy_forecast", "energy_supplied"
_GRAMS = 1_000_000  # gce in a tce


@dataclass(frozen=True)
class UnitForecasts:
    """The forecasts of units that can stand for their year.

    forecast = sum(forecast of a carrier x coal equivalent factor)

    One below what was used already is not believed; one of a unit that supplies energy is another coverage.
    """

    account: Account
    years: UnitYears

    @cached_property
    def cells(self) -> Mapping[str, Cell]:
        """By unit the forecast as a cell on the grid of the result."""
        found = {}
        for unit, facts in self._stated.items():
            cell = self._forecast(unit, facts)
            if cell is not None:
                found[unit] = cell
        return found

    @cached_property
    def _stated(self) -> Mapping[str, list[Fact]]:
        found: dict[str, list[Fact]] = {}
        for fact in self.account.facts_of(FORECAST, within=self.years.year):
            if fact.period == self.years.year and fact.carrier is not None:
                found.setdefault(fact.subject, []).append(fact)
        return found

    @cached_property
    def _supplying(self) -> frozenset[str]:
        return frozenset(fact.subject for fact in self.account.facts_of(SUPPLIED, within=self.years.period))

    def _forecast(self, unit: str, facts: list[Fact]) -> Cell | None:
        amounts = self.years.over(self.years.period)
        if unit not in amounts or len({fact.carrier for fact in facts}) != len(facts):
            return None
        if unit in self._supplying:
            said(self.account, "forecast-not-comparable", unit, Severity.NOTE, self.years.year)
            return None
        cell = self._sum(unit, facts)
        if cell.value is not None and cell.value < amounts[unit]:
            fields = {"forecast": f"{cell.value / _GRAMS:.1f}", "actual": f"{amounts[unit] / _GRAMS:.1f}"}
            said(self.account, "forecast-below-actual", unit, Severity.WARNING, self.years.year, **fields)
            return None
        return cell if cell.value is not None else None

    def _sum(self, unit: str, facts: list[Fact]) -> Cell:
        inputs: dict[str, Cell] = {}
        for place, fact in enumerate(facts, 1):
            inputs[f"amount_{place}"] = self._amount(fact)
            carrier = fact.carrier or ""
            inputs[f"factor_{place}"] = self.account.factor("coal_equivalent_factor", fact.period, carrier=carrier)
        formula = sum_of([name(f"amount_{place}") * name(f"factor_{place}") for place in range(1, len(facts) + 1)])
        at = Address("year_end_energy", unit, self.years.year)
        return self.account.paper.result(at, formula, inputs, clause=CLAUSE)

    def _amount(self, fact: Fact) -> Cell:
        """The amount in the unit of its carrier."""
        wanted, own = Unit.parse("carrier_unit"), self.account.packs.carriers[fact.carrier or ""].unit
        at = Address(FORECAST, fact.subject, fact.period, fact.carrier)
        ratio = fact.unit.ratio_to(own, what=fact.indicator)
        if ratio == 1:
            return self.account.paper.given(at, fact.value, wanted, f"cell:{fact.source}")
        stated = self.account.paper.given(at, fact.value, fact.unit, f"cell:{fact.source}")
        formula = name("stated") * number(str(ratio.numerator), f"carrier_unit/{fact.unit.text}")
        formula = formula / number(str(ratio.denominator))
        converted = Address(f"{FORECAST}_converted", fact.subject, fact.period, fact.carrier)
        return self.account.paper.step(converted, formula, {"stated": stated}, unit="carrier_unit", clause="")
