"""Targets beside results, as an assessment sees them: by how much each is met, and how much of it is fulfilled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

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


@dataclass
class Compared:
    """One measure of a subject and year: gap and completion, of the year and since the base year; as cells.

    What is not demanded, or has no result, is a gap in the sense of the paper: it is in no score. A reach is worked
    out when it is asked for: what nobody scores is not computed.
    """

    account: Account
    aim: Aim
    year: Period
    incomplete: bool = False
    _cells: dict[Reach, tuple[Cell, Cell]] = field(default_factory=dict)

    def of(self, quantity: str, reach: Reach) -> Cell:
        """A gap of the year or since the base year; completion of the reach that is asked for."""
        spans: Mapping[str, Reach] = {ANNUAL: "annual", CUMULATIVE: "cumulative"}
        if quantity in spans:
            return self._of(spans[quantity])[0]
        return self._of(reach)[1]

    def _of(self, reach: Reach) -> tuple[Cell, Cell]:
        if reach not in self._cells:
            self._cells[reach] = self._compare(reach)
        return self._cells[reach]

    def _compare(self, reach: Reach) -> tuple[Cell, Cell]:
        demanded = self.aim.annual if reach == "annual" else self.aim.cumulative
        result = None if demanded is None or demanded.value is None else self._result(reach)
        if demanded is None or result is None:
            return self._absent(GAP, reach), self._absent(FULFILLED, reach)
        inputs = {"demanded": demanded, "actual": result.cell}
        gap = self._put(GAP, reach, _gap(self.aim, inputs), inputs)
        fulfilled, beside = _fulfilled(self.aim, inputs, gap)
        return gap, self._put(FULFILLED, reach, fulfilled, beside)

    def _result(self, reach: Reach) -> Actual | None:
        """The first result, in the order of the setting, that has a whole number: less than all keeps any cap."""
        order = [made.strip() for made in self.account.setting("made").split(",")]
        known = [item for item in actuals(self.account, self.aim, reach) if item.cell.value is not None]
        found = [item for item in known if not item.cell.absent]
        self.incomplete = self.incomplete or (bool(known) and not found)
        return min((one for one in found if one.made in order), key=lambda one: order.index(one.made), default=None)

    def _put(self, column: str, reach: Reach, formula: Formula, inputs: Mapping[str, Cell]) -> Cell:
        return self.account.paper.result(self._at(column, reach), formula, inputs, clause=CLAUSE)

    def _absent(self, column: str, reach: Reach) -> Cell:
        at = self._at(column, reach)
        return self.account.paper.given(at, None, self.account.paper.grids[column].step, f"gap:{at}")

    def _at(self, column: str, reach: Reach) -> Address:
        return Address(column, self.aim.subject, self.year, f"{self.aim.measure.id}/{reach}")


@dataclass
class Comparisons:
    """All comparisons of one account; the targets of a year are brought together once."""

    account: Account
    _found: dict[Period, dict[tuple[str, str], Compared]] = field(default_factory=dict)

    def of(self, subject: str, measure: str, year: Period) -> Compared | None:
        """The comparison of a measure; None where nothing is demanded of the subject by it.

        gap = actual - demanded, of a fall in points; of an amount (demanded - actual) / |demanded|, in per cent
        completion = actual / demanded of a fall, demanded / actual of a cap, in per cent

        Reads    setting made: which results may count, in order. The floor counts, never the stretch.
        Gives    where nothing is demanded (0, or a rise is allowed) completion is 100 or 0 per cent: met or not.
        """
        known = self._by_subject(year)
        return known[subject, measure] if (subject, measure) in known else None

    def subjects(self, year: Period) -> set[str]:
        """Everybody of whom something is demanded in a year."""
        return {subject for subject, _ in self._by_subject(year)}

    def _by_subject(self, year: Period) -> Mapping[tuple[str, str], Compared]:
        if year not in self._found:
            found = [aim for aim in aims(self.account, year) if aim.tier == FLOOR]
            made = {(aim.subject, aim.measure.id): Compared(self.account, aim, year) for aim in found}
            self._found[year] = made
        return self._found[year]


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
