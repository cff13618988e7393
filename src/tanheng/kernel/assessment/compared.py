"""Targets beside results, as an assessment sees them: by how much each is met, and how much of it is fulfilled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from tanheng.kernel.account import Account
from tanheng.kernel.assessment.scoring import ANNUAL, CUMULATIVE, met
from tanheng.kernel.obligation.aim import FLOOR, Aim, actuals, aims
from tanheng.kernel.obligation.result import Actual, Reach
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import Formula, name, number, size_of
from tanheng.kernel.trace import Address, Cell

GAP, FULFILLED = "target_gap", "target_completion"
CLAUSE = "assessment-practice#annual-assessment"
_PER_CENT, _STEPS = number("100", "%"), number("1000000000", "10^-9")
_NONE_DEMANDED = number("0", "%")


@dataclass(frozen=True)
class Compared:
    """One measure of a subject and year: gap and completion, of the year and since the base year; as cells.

    What is not demanded, or has no result, is a gap in the sense of the paper: it is in no score.
    """

    cells: Mapping[tuple[str, Reach], Cell]
    made: Mapping[Reach, str]

    def of(self, quantity: str, reach: Literal["annual", "cumulative"]) -> Cell:
        """A gap of the year or since the base year; completion of the reach that is asked for."""
        spans: Mapping[str, Reach] = {ANNUAL: "annual", CUMULATIVE: "cumulative"}
        span = spans[quantity] if quantity in spans else reach
        return self.cells[GAP if quantity in spans else FULFILLED, span]


@dataclass
class Comparisons:
    """All comparisons of one account; the targets of a year are brought together once."""

    account: Account
    _aims: dict[Period, dict[tuple[str, str], Aim]] = field(default_factory=dict)
    _found: dict[tuple[str, str, Period], Compared] = field(default_factory=dict)

    def of(self, subject: str, measure: str, year: Period) -> Compared | None:
        """The comparison of a measure; None where nothing is demanded of the subject by it.

        gap = actual - demanded, of a fall in points; of an amount (demanded - actual) / |demanded|, in per cent
        completion = actual / demanded of a fall, demanded / actual of a cap, in per cent

        Reads    setting made: which results may count, in order. The floor counts, never the stretch.
        Gives    where nothing is demanded (0, or a rise is allowed) completion is 100 or 0 per cent: met or not.
        """
        known = self._by_subject(year)
        if (subject, measure) not in known:
            return None
        key = (subject, measure, year)
        if key not in self._found:
            self._found[key] = self._compared(known[subject, measure], year)
        return self._found[key]

    def subjects(self, year: Period) -> set[str]:
        """Everybody of whom something is demanded in a year."""
        return {subject for subject, _ in self._by_subject(year)}

    def _by_subject(self, year: Period) -> Mapping[tuple[str, str], Aim]:
        if year not in self._aims:
            found = [aim for aim in aims(self.account, year) if aim.tier == FLOOR]
            self._aims[year] = {(aim.subject, aim.measure.id): aim for aim in found}
        return self._aims[year]

    def _compared(self, aim: Aim, year: Period) -> Compared:
        cells: dict[tuple[str, Reach], Cell] = {}
        made: dict[Reach, str] = {}
        reaches: tuple[tuple[Reach, Cell | None], ...] = (("annual", aim.annual), ("cumulative", aim.cumulative))
        for reach, demanded in reaches:
            result = self._result(aim, reach)
            if demanded is None or demanded.value is None or result is None:
                cells |= {(column, reach): self._absent(column, aim, year, reach) for column in (GAP, FULFILLED)}
                continue
            made[reach] = result.made
            inputs = {"demanded": demanded, "actual": result.cell}
            gap = self._put(GAP, aim, year, reach, _gap(aim, inputs), inputs)
            fulfilled, inputs = _fulfilled(aim, inputs, gap)
            cells[GAP, reach] = gap
            cells[FULFILLED, reach] = self._put(FULFILLED, aim, year, reach, fulfilled, inputs)
        return Compared(cells, made)

    def _result(self, aim: Aim, reach: Reach) -> Actual | None:
        """The first result, in the order of the setting, that has a number."""
        order = [made.strip() for made in self.account.setting("made").split(",")]
        found = [item for item in actuals(self.account, aim, reach) if item.cell.value is not None]
        return min((one for one in found if one.made in order), key=lambda one: order.index(one.made), default=None)

    def _put(
        self, column: str, aim: Aim, year: Period, reach: Reach, formula: Formula, inputs: Mapping[str, Cell]
    ) -> Cell:
        return self.account.paper.result(_at(column, aim, year, reach), formula, inputs, clause=CLAUSE)

    def _absent(self, column: str, aim: Aim, year: Period, reach: Reach) -> Cell:
        at = _at(column, aim, year, reach)
        return self.account.paper.given(at, None, self.account.paper.grids[column].step, f"gap:{at}")


def _at(column: str, aim: Aim, year: Period, reach: Reach) -> Address:
    return Address(column, aim.subject, year, f"{aim.measure.id}/{reach}")


def _gap(aim: Aim, inputs: Mapping[str, Cell]) -> Formula:
    """How far beyond the target: in points, or in per cent of it; where nothing is demanded, of the result."""
    demanded, actual = name("demanded"), name("actual")
    if aim.direction == "fall":
        return (actual / _STEPS - demanded / _STEPS) * _PER_CENT
    ahead = demanded - actual if aim.direction == "cap" else actual - demanded
    if inputs["demanded"].value != 0:
        return ahead / size_of(demanded) * _PER_CENT
    return _NONE_DEMANDED if inputs["actual"].value == 0 else ahead / size_of(actual) * _PER_CENT


def _fulfilled(aim: Aim, inputs: dict[str, Cell], gap: Cell) -> tuple[Formula, dict[str, Cell]]:
    demanded, actual = inputs["demanded"].value, inputs["actual"].value
    least = actual if aim.direction == "cap" else demanded
    if demanded is None or least is None or demanded <= 0 or least <= 0:
        return met("gap") * _PER_CENT, {"gap": gap}
    over = ("demanded", "actual") if aim.direction == "cap" else ("actual", "demanded")
    return name(over[0]) / name(over[1]) * _PER_CENT, inputs
