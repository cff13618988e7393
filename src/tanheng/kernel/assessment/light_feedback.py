"""What makes the difference between our own figure and the city's feedback: energy, GDP, and what neither explains."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tanheng.kernel.account import Account
from tanheng.kernel.account.comparison import said, subject_words
from tanheng.kernel.faults import Severity
from tanheng.kernel.pack import MethodDefinition
from tanheng.kernel.period import Accumulation, Period
from tanheng.kernel.quantity import Formula, name, number
from tanheng.kernel.trace import Address, Cell

CLAUSE = "barometer-practice#feedback"
FEEDBACK = "district_feedback"
_ONE, _HUNDRED = number("1"), number("100", "%")
_GROWTH = ("quarterly_estimate", "energy_estimate_growth")
_STEPS = number("1000000000", "10^-9")


@dataclass(frozen=True)
class Difference:
    """Of one light: `ours` and `theirs` are rates on the 10^-9 grid; `subject` is that of the light by feedback.

    decline = 1 - (1 + growth of energy) / (1 + growth of GDP)

    The part of energy is what their growth of energy changes in our decline, the part of GDP what their GDP changes
    after that, and the rest what their own decline differs by from their own growth.
    """

    account: Account
    subject: str
    area: str
    period: Period
    ours: Cell
    theirs: Cell

    def write(self, *, decline: bool) -> None:
        """The difference, and for a decline its parts where both growths of both sides are known."""
        whole = self._whole(
            "light_difference", name("theirs") - name("ours"), {"ours": self.ours, "theirs": self.theirs}
        )
        parts = self._parts() if decline else None
        if parts is not None:
            rest = name("difference") - name("of_energy") - name("of_gdp")
            self._whole("light_difference_rest", rest, {"difference": whole, **parts})
        self._say(whole, parts)

    def _parts(self) -> dict[str, Cell] | None:
        growths = self._growths()
        if growths is None:
            return None
        ours, mixed, theirs = (
            _decline(*pair) for pair in (("energy", "gdp"), ("energy_fed", "gdp"), ("energy_fed", "gdp_fed"))
        )
        of_energy = self._result("light_difference_of_energy", mixed - ours, growths)
        of_gdp = self._result("light_difference_of_gdp", theirs - mixed, growths)
        return {"of_energy": of_energy, "of_gdp": of_gdp}

    def _growths(self) -> dict[str, Cell] | None:
        method, column = _GROWTH
        level = self.account.directory.level_of(self.area)
        if method not in self.account.use.builds_on or level is None:
            return None
        figures = self.account.figures(method, column, self.period, level=level)
        if self.area not in figures or column not in self.account.packs.get(MethodDefinition, method).results:
            return None
        found = {"energy": self._as_percent(figures[self.area]), "gdp": self._told("gdp_growth", "region")}
        found |= {f"{id}_fed": self._told(f"{id}_growth", FEEDBACK) for id in ("energy", "gdp")}
        return found if all(cell.value is not None for cell in found.values()) else None

    def _as_percent(self, rate: Cell) -> Cell:
        at = Address("energy_growth_of_estimate", self.subject, self.period)
        formula = name("rate") / _STEPS * _HUNDRED
        return self.account.paper.step(at, formula, {"rate": rate}, unit="%", clause=CLAUSE)

    def _told(self, indicator: str, coverage: str) -> Cell:
        reads = self.account.reads(indicator, Accumulation.YEAR_TO_DATE, coverage)
        return self.account.observed(reads, self.area, self.period, unit="%", severity=None)

    def _result(self, column: str, formula: Formula, inputs: Mapping[str, Cell]) -> Cell:
        at = Address(column, self.subject, self.period)
        return self.account.paper.result(at, formula * _HUNDRED, inputs, clause=CLAUSE)

    def _whole(self, column: str, formula: Formula, inputs: Mapping[str, Cell]) -> Cell:
        return self.account.paper.whole(Address(column, self.subject, self.period), formula, inputs, clause=CLAUSE)

    def _say(self, whole: Cell, parts: Mapping[str, Cell] | None) -> None:
        if whole.value is None or self.period != self.account.period:
            return
        code = "light-feedback-differs" if parts is None else "light-feedback-explained"
        fields: dict[str, object] = {key: _points(cell) for key, cell in (parts or {}).items()}
        where = self.area
        fields |= {"light": self.subject, "which": subject_words(self.account, self.subject)}
        said(self.account, code, where, Severity.NOTE, self.period, points=_points(whole), **fields)


def _decline(energy: str, gdp: str) -> Formula:
    return _ONE - (_ONE + name(energy) / _HUNDRED) / (_ONE + name(gdp) / _HUNDRED)


def _points(cell: Cell) -> float:
    """A rate on its grid in percentage points, for a sentence."""
    return round((cell.value or 0) / 10**7, 2)
