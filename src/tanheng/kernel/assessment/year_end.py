"""The end of the year: growth, what the targets allow, what remains to be saved and with whom; for any way to foretell.

The three ways (units' own forecasts, the season of past years, a fitted model) differ in how a year is foretold, and
in nothing else. All of them speak of the energy that units report; a target is put on that footing by its growth.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tanheng.kernel.account import Account
from tanheng.kernel.account.comparison import percent_change, said
from tanheng.kernel.assessment.reported_units import METHOD
from tanheng.kernel.assessment.unit_years import UnitYears
from tanheng.kernel.faults import Severity, Worded
from tanheng.kernel.obligation.aim import Aim, aims
from tanheng.kernel.obligation.result import pure
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import Formula, Unit, name, number
from tanheng.kernel.trace import Address, Cell

CLAUSE, TARGET = "assessment-practice#year-end", "assessment-practice#year-end-target"
YEAR_END, GROWTH = "year_end_energy", "year_end_growth"
ALLOWED, TO_SAVE = "year_end_allowed", "year_end_to_save"


@dataclass
class YearEnd:
    """What follows from a year foretold.

    allowed = last year x (1 + growth of GDP) x (1 - decline demanded), or last year x (1 + growth demanded)
    to save = year foretold - allowed: below zero there is room
    """

    account: Account
    years: UnitYears

    def write(self, subject: str, year: Cell, forecasts: Mapping[str, Cell] | None = None) -> None:
        """The growth of a subject over its year, and for each of its targets what remains.

        Reads    forecasts: what units themselves expect; all others go on by their season.
        """
        if year.value is None:
            return
        last = self.years.sum(subject, self.years.last_year)
        at = Address(GROWTH, subject, self.years.year)
        self.account.paper.result(at, percent_change(), {"now": year, "before": last}, clause=CLAUSE)
        for aim in self._aims[subject] if subject in self._aims else ():
            rate = self._allowed_growth(aim)
            if rate is not None and rate.value is not None:
                self._against(aim, year, last, rate)
                self._named(aim, rate, year, forecasts or {})

    @cached_property
    def _aims(self) -> Mapping[str, Sequence[Aim]]:
        """The targets for energy that count, by subject."""
        found: dict[str, list[Aim]] = {}
        for aim in aims(self.account, self.years.period):
            if aim.measure.kind == "energy" and aim.measure.direction in ("fall", "cap"):
                found.setdefault(aim.subject, []).append(aim)
        return found

    def _allowed_growth(self, aim: Aim) -> Cell | None:
        """The growth of energy that a target allows, as a pure number; None where it says nothing of the year."""
        asked = aim.annual
        if asked is None:
            return None
        at = Address("year_end_allowed_rate", aim.subject, self.years.year, _line(aim))
        if aim.is_growth:
            return self.account.paper.step(at, pure("asked"), {"asked": asked}, unit="1", clause=TARGET)
        if aim.measure.reckoned != "decline":
            return None
        growth = self._gdp_growth(aim.subject)
        if growth is None:
            return None
        grown = number("1") + name("gdp_growth") / number("100", "%")
        formula = grown * (number("1") - pure("asked")) - number("1")
        return self.account.paper.step(at, formula, {"gdp_growth": growth, "asked": asked}, unit="1", clause=TARGET)

    def _against(self, aim: Aim, year: Cell, last: Cell, rate: Cell) -> None:
        paper, line = self.account.paper, _line(aim)
        at = Address(ALLOWED, aim.subject, self.years.year, line)
        formula = in_tce(name("last") * (number("1") + name("rate")))
        allowed = paper.result(at, formula, {"last": last, "rate": rate}, clause=TARGET)
        at = Address(TO_SAVE, aim.subject, self.years.year, line)
        paper.whole(at, name("expected") - name("allowed"), {"expected": year, "allowed": allowed}, clause=TARGET)

    def _named(self, aim: Aim, rate: Cell, year: Cell, forecasts: Mapping[str, Cell]) -> None:
        """The units that are expected farthest above last year x (1 + rate), each with how far."""
        before, share = self.years.over(self.years.last_year), 1 + float(rate.value or 0)
        expected = self._expected(aim.subject, year, forecasts)
        above = {unit: used - (before[unit] * share if unit in before else 0.0) for unit, used in expected.items()}
        first = sorted((unit for unit in above if above[unit] > 0), key=lambda unit: (-above[unit], unit))
        for unit in first[: self._most]:
            self._over_share(aim, unit, rate, year, forecasts)

    def _expected(self, subject: str, year: Cell, forecasts: Mapping[str, Cell]) -> dict[str, float]:
        """What each unit is expected to use: its forecast, its own season of last year, else that of the subject."""
        now, same = self.years.over(self.years.period), self.years.over(self._same_months)
        whole, found = self.years.over(self.years.last_year), dict[str, float]()
        to_date = self.years.sum(subject, self.years.period).value
        for unit in (state.unit for state in self.years.members[subject] if state.unit in now):
            if unit in forecasts:
                found[unit] = float(forecasts[unit].value or 0)
            elif unit in same and same[unit] > 0:
                found[unit] = now[unit] * whole[unit] / same[unit]
            elif to_date:
                found[unit] = now[unit] * float(year.value or 0) / to_date
        return found

    def _over_share(self, aim: Aim, unit: str, rate: Cell, year: Cell, forecasts: Mapping[str, Cell]) -> None:
        expected = forecasts[unit] if unit in forecasts else self._by_season(aim.subject, unit, year)
        at = Address(TO_SAVE, aim.subject, self.years.year, f"{_line(aim)}/{unit}")
        if unit not in self.years.over(self.years.last_year):
            self.account.paper.whole(at, name("expected"), {"expected": expected}, clause=TARGET)
            return
        inputs = {"expected": expected, "last": self.years.unit(unit, self.years.last_year), "rate": rate}
        formula = in_tce(name("expected") - name("last") * (number("1") + name("rate")))
        self.account.paper.result(at, formula, inputs, clause=TARGET)

    def _by_season(self, subject: str, unit: str, year: Cell) -> Cell:
        """to date x last year / its same months; of a unit without them, those of the subject."""
        at = Address(YEAR_END, subject, self.years.year, unit)
        if at in self.account.paper.workings:
            return self.account.paper.workings[at].cell
        same, inputs = self.years.over(self._same_months), {"now": self.years.unit(unit, self.years.period)}
        if unit in same and same[unit] > 0:
            inputs["whole"] = self.years.unit(unit, self.years.last_year)
            inputs["same_months"] = self.years.unit(unit, self._same_months)
        else:
            inputs |= {"whole": year, "same_months": self.years.sum(subject, self.years.period)}
        formula = in_tce(name("now") * (name("whole") / name("same_months")))
        return self.account.paper.result(at, formula, inputs, clause=CLAUSE)

    @property
    def _same_months(self) -> Period:
        return self.years.same_months(self.years.last_year)

    def _gdp_growth(self, subject: str) -> Cell | None:
        """The growth of GDP that is set for the year, or the last one published within it; a field takes its area's."""
        area, year = subject.partition("#")[0], self.years.year
        if self.account.setting("gdp_growth"):
            return self.account.set_number("gdp_growth")
        facts = self.account.facts_of("gdp_growth", within=year, subjects=[area])
        if facts:
            return self.account.cell_of(max(facts, key=lambda fact: fact.period.end), Unit.parse("%"))
        said(self.account, "year-end-needs-gdp", area, Severity.NOTE, year)
        return None

    @cached_property
    def _most(self) -> int:
        value = self.account.set_number("units_named").value
        return 0 if value is None else max(0, int(value))


def can_be_foretold(years: UnitYears) -> bool:
    """Whether any unit can; where none can, the widest areas say so.

    Refuses  no-activity-data: no unit reported anything in the period.
    """
    if not years.members:
        if not years.units.states:
            years.account.figures_of(METHOD, years.period)  # its refusal names the periods that hold something
        for area in years.areas.levels:
            if area not in years.areas.parents:
                no_history(years, area, "没有一户上年各月齐全", "no unit has every month of last year")
    for area in years.areas.levels:
        if area in years.members and years.areas.within(area):
            _said_of_few(years, area)
    return bool(years.members)


def _said_of_few(years: UnitYears, area: str) -> None:
    """What a few units have left to save would pass for what the area has."""
    states, foretold = years.units.by_area[area], years.members[area]
    least = years.account.set_number("foretold_share_least").value
    whole, known = (sum(state.size for state in some) for some in (states, foretold))
    if least is None or known * 100 >= whole * least:
        return
    fields = {"count": str(len(foretold)), "of": str(len(states)), "least": f"{least:g}"}
    fields["share"] = f"{known / whole * 100:.1f}"
    said(years.account, "forecast-of-few", area, Severity.BLOCKER, years.year, **fields)


def in_tce(grams: Formula) -> Formula:
    """Grams of coal equivalent as tonnes, before they are put on their grid."""
    return grams / number("1000000", "gce[calorific_value]/tce[calorific_value]")


def no_history(years: UnitYears, subject: str, zh: str, en: str) -> None:
    """Says that an area cannot be foretold, and what is missing; of its fields and towns it goes without saying."""
    if "#" in subject or not years.areas.within(subject):
        return
    said(years.account, "forecast-without-history", subject, Severity.NOTE, years.year, need=Worded(zh, en))


def _line(aim: Aim) -> str:
    return f"{aim.measure.id}/{aim.tier}"
