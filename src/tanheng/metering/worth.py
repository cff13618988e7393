"""What one step of metered energy is worth: coal equivalent and CO2 as exact fractions, from the factors of a scheme.

The same factors by the same lookup as the accounts use, so that a rolled-up figure and an account of it agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np

from tanheng.kernel.faults import Finding
from tanheng.kernel.pack import Choice, Factor, PackSet
from tanheng.kernel.pack.choice import Chooser
from tanheng.kernel.pack.metering_grids import MeteringGrids
from tanheng.kernel.period import Period

METHOD = "unit_energy_and_co2"
KINDS = ("gce", "gce_equivalent", "co2")
_GRAMS_PER_TONNE = 10**6
_CO2_PER_CARBON = Fraction(44, 12)
_OF_FUEL = ("net_calorific_value", "carbon_content", "oxidation_rate")


@dataclass(frozen=True)
class Worth:
    """For a carrier and a month: grams in one step of its grid by kind, the entries used, and what was not found."""

    carrier: str
    month: str
    grams: Mapping[str, Fraction]
    used: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Rates:
    """The factors of a scheme as known on a date, and the grids of the carriers."""

    packs: PackSet
    scheme: str
    known_on: date

    def of(self, carrier: str, month: str) -> Worth:
        """What a step of a carrier is worth in a month.

        gce = coal_equivalent_factor;  gce_equivalent = the rate of electricity, gce of anything else
        co2 = electricity_emission_factor, or net_calorific_value x carbon_content x oxidation_rate x 44/12

        Gives    the fractions that have all their factors; a finding for each factor that is missing. Heat has no CO2
                 here, as in the method of the accounts.
        Refuses  definition-missing: no such carrier.
        """
        definition = self.packs.carriers[carrier]
        (grids,) = self.packs.all(MeteringGrids)
        grid = grids.of(definition.unit.text)
        roles = {"gce": ["coal_equivalent_factor"], "gce_equivalent": ["coal_equivalent_factor"]}
        if definition.kind == "electricity":
            roles |= {"gce_equivalent": ["electricity_coal_equivalent_rate"], "co2": ["electricity_emission_factor"]}
        elif definition.kind == "fuel":
            roles |= {"co2": list(_OF_FUEL)}
        chosen = {
            role: self._choose(role, carrier, month) for role in sorted({r for each in roles.values() for r in each})
        }
        found = {role: choice for role, choice in chosen.items() if isinstance(choice, Choice)}
        grams = {} if grid is None else {
            kind: _product(found[role] for role in each) * _GRAMS_PER_TONNE / grid[1]
            * (_CO2_PER_CARBON if kind == "co2" and definition.kind == "fuel" else 1)
            for kind, each in roles.items() if all(role in found for role in each)
        }  # fmt: skip
        used = tuple(f"{choice.factor}#{used.entry.id}" for choice in found.values() for used in choice.used)
        missing = tuple(answer for answer in chosen.values() if isinstance(answer, Finding))
        return Worth(carrier, month, grams, tuple(sorted(set(used))), missing)

    def _choose(self, role: str, carrier: str, month: str) -> Choice | Finding:
        use = self.packs.method_use(METHOD, self.scheme)
        factor = self.packs.get(Factor, use.factors[role])
        keys = {key: use.given[key] if key in use.given else carrier for key in factor.keys}
        return Chooser(factor, scheme=self.scheme, known_on=self.known_on).choose(keys, Period.parse(month))


def _product(choices: Iterable[Choice]) -> Fraction:
    result = Fraction(1)
    for choice in choices:
        result *= Fraction(choice.value)
    return result


def as_columns(worths: Sequence[Worth], carriers: Sequence[str]) -> Mapping[str, Any]:
    """The fractions as the table `factors` of the definition: numerator and denominator, empty where one is missing."""
    columns: dict[str, Any] = {
        "carrier": np.array([carriers.index(worth.carrier) for worth in worths], dtype=np.int64),
        "month": np.array([int(worth.month.replace("-", "")) for worth in worths], dtype=np.int64),
    }
    for kind in KINDS:
        known = [kind in worth.grams for worth in worths]
        fractions = [worth.grams[kind] if has else Fraction(1) for worth, has in zip(worths, known, strict=True)]
        hidden = ~np.array(known, dtype=bool)
        columns[f"{kind}_num"] = np.ma.array([each.numerator for each in fractions], dtype=np.int64, mask=hidden)
        columns[f"{kind}_den"] = np.ma.array([each.denominator for each in fractions], dtype=np.int64, mask=hidden)
    return columns
