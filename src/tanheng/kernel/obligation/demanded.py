"""What a target demands of one year: as it stands, or by the schedule of a target of several years; each as a cell."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tanheng.kernel.account import Account
from tanheng.kernel.account.references import unit_change
from tanheng.kernel.demand import Target
from tanheng.kernel.faults import Finding, Severity, Worded
from tanheng.kernel.obligation.path import (
    has_logarithmic_path,
    level_at_equal_rate,
    level_between,
    linear_schedule,
    logarithmic_schedule,
    yearly_part,
)
from tanheng.kernel.obligation.reading import Of, Span
from tanheng.kernel.obligation.result import RATE, level_behind, on_rate_grid, pure, step_once
from tanheng.kernel.pack.measure import Measure
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import Formula, Unit, name, number
from tanheng.kernel.trace import Address, Cell

CLAUSE = "assessment-practice#target-path"
LOGARITHMIC, LINEAR, TABLE, NONE = "logarithmic", "linear", "table", "none"
_PERCENT = Unit.parse("%")
_HUNDRED = number("100", "%")
_STATED_RATE = on_rate_grid(name("stated") / _HUNDRED)
_BEYOND = Worded("降低率达到或超过 100%，没有逐年相等的降低率", "a cut of 100 % or more has no equal yearly rate")
_NO_LEVEL = Worded("基期和目标都大于零才有逐年相等的变化率", "only levels above zero change by an equal rate")
_NO_BASE = Worded("基期水平未知", "the level of the base year is not known")
_INCREMENT = Worded("增量没有逐年相等的变化率", "increments have no equal rate")


@dataclass(frozen=True)
class Claim:
    """One number that a target demands of a subject: its floor, or its stretch."""

    account: Account
    target: Target
    measure: Measure
    subject: str
    tier: str
    value: Decimal
    of: Of
    span: Span

    @property
    def form(self) -> str:
        """How it is spread over its years."""
        return self.measure.path if self.target.path is None else self.target.path.form

    # ---- the whole of it
    def whole(self) -> Cell:
        """What is demanded by the due year: a cut on the 10^-9 grid, or an amount in the unit of the measure."""
        return self._put(self.value, self.span.due, "demanded")

    def _put(self, value: Decimal, year: int, column: str) -> Cell:
        unit = self._unit()
        cell = self.account.demanded(self.target, unit.text, value=value)
        at = self._at(column, year)
        if self.measure.reckoned == "decline":
            return step_once(self.account, at, _STATED_RATE, {"stated": cell}, RATE, CLAUSE)
        if self.of == "base":
            return self._of_base(cell, at)
        formula = unit_change(unit.ratio_to(self.measure.unit, what=self.target.id), unit, self.measure.unit)
        if unit == self.measure.unit:
            return cell
        return step_once(self.account, at, formula, {"stated": cell}, self.measure.unit.text, CLAUSE)

    def _of_base(self, change: Cell, at: Address) -> Cell:
        """base x (1 + change): a gap where the level of the base year is not known."""
        base = self._base()
        formula = name("base") * (number("1") + name("change") / _HUNDRED)
        inputs = {"base": base, "change": change}
        return step_once(self.account, at, formula, inputs, self.measure.unit.text, CLAUSE)

    def _unit(self) -> Unit:
        return unit_of(self.target, self.measure, self.of) or _PERCENT

    def _base(self) -> Cell:
        year = self.span.due - 1 if self.span.base is None else self.span.base
        level = level_behind(self.account, self.measure, self.subject, Period.year(year))
        at = self._at("base_level", year)
        return level if level is not None else self.account.paper.given(at, None, self.measure.unit, f"gap:{at}")

    def is_growth_of(self, year: int) -> bool:
        """Whether it is itself put as growth on the year before: then no level is needed to compare it with growth."""
        return self.of == "base" and self.span.due == year and self.span.base in (None, year - 1)

    def growth(self) -> Cell:
        """The growth that is demanded, on the 10^-9 grid."""
        stated = self.account.demanded(self.target, self._unit().text, value=self.value)
        at = self._at("demanded_change", self.span.due)
        return step_once(self.account, at, _STATED_RATE, {"stated": stated}, RATE, CLAUSE)

    # ---- a year of it
    def by(self, year: int) -> Cell | None:
        """What is due by the end of a year since the base year; None where its schedule does not say."""
        if year == self.span.due or self.span.onwards:
            return self.whole()
        if self.form == TABLE:
            return self._tabled(year)
        if self.form == NONE or self.span.base is None:
            return None
        match self.measure.reckoned:
            case "decline":
                return self._scheduled(year)
            case "increment":
                return self._part_of_increment(year)
        return self._level(year)

    def of_year(self, year: int) -> Cell | None:
        """What is due in one year alone: the part of its schedule; the level itself where amounts are demanded."""
        now = self.by(year)
        first = self.span.base is None or year == self.span.base + 1
        if now is None or first or self.measure.reckoned == "amount":
            return now
        before = self.by(year - 1)
        if before is None:
            return None
        inputs, at = {"now": now, "before": before}, self._at("demanded_of_year", year)
        if self.measure.reckoned == "increment":
            rest = name("now") - name("before")
            return step_once(self.account, at, rest, inputs, self.measure.unit.text, CLAUSE)
        if before.value is not None and before.value >= 10**9:
            return None  # nothing is left that could fall
        part = on_rate_grid(yearly_part(pure("now"), pure("before")))
        return step_once(self.account, at, part, inputs, RATE, CLAUSE)

    def _tabled(self, year: int) -> Cell | None:
        table = {} if self.target.path is None else self.target.path.table
        return self._put(table[str(year)], year, "scheduled") if str(year) in table else None

    def _scheduled(self, year: int) -> Cell | None:
        passed, years = self._way(year)
        if self.form == LOGARITHMIC and not has_logarithmic_path(self.value):
            return self._unusable(_BEYOND)
        schedule = logarithmic_schedule if self.form == LOGARITHMIC else linear_schedule
        formula = on_rate_grid(schedule(pure("whole"), passed, years))
        return step_once(self.account, self._at("scheduled", year), formula, {"whole": self.whole()}, RATE, CLAUSE)

    def _part_of_increment(self, year: int) -> Cell | None:
        if self.form == LOGARITHMIC:
            return self._unusable(_INCREMENT)
        passed, years = self._way(year)
        return self._amount(year, linear_schedule(name("whole"), passed, years), {"whole": self.whole()})

    def _level(self, year: int) -> Cell | None:
        base, whole = self._base(), self.whole()
        if base.value is None or whole.value is None:
            return self._unusable(_NO_BASE)
        if self.form == LOGARITHMIC and min(base.value, whole.value) <= 0:
            return self._unusable(_NO_LEVEL)
        between = level_at_equal_rate if self.form == LOGARITHMIC else level_between
        formula = between(name("base"), name("whole"), *self._way(year))
        return self._amount(year, formula, {"base": base, "whole": whole})

    def _amount(self, year: int, formula: Formula, inputs: dict[str, Cell]) -> Cell:
        at = self._at("scheduled", year)
        return step_once(self.account, at, formula, inputs, self.measure.unit.text, CLAUSE)

    def _way(self, year: int) -> tuple[int, int]:
        base = self.span.due if self.span.base is None else self.span.base
        return year - base, self.span.due - base

    def _unusable(self, problem: Worded) -> Cell | None:
        """No cell, and a finding that says why."""
        fields = {**told(self.target), "form": self.form, "problem": problem}
        finding = Finding("target-path-unusable", f"target:{self.target.id}", fields, Severity.WARNING)
        if finding not in self.account.paper.findings:
            self.account.paper.findings.append(finding)
        return None

    def _at(self, column: str, year: int) -> Address:
        return Address(column, self.target.id, Period.year(year), self.tier)


def told(target: Target) -> dict[str, object]:
    """A target as findings name it."""
    return {"target": Worded(target.label.zh, target.label.en), "id": target.id}


def unit_of(target: Target, measure: Measure, of: Of) -> Unit | None:
    """The unit in which a target's number stands; None where it does not convert to that of its measure."""
    printed = target.demand.unit_norm or target.demand.unit
    if printed in measure.demand_units:
        return measure.demand_units[printed]
    wanted = _PERCENT if of == "base" else measure.unit
    if target.demand.operator in ("no_increase", "multiply", "cover_all"):
        return wanted
    if not Unit.is_known(printed) or Unit.parse(printed).powers != wanted.powers:
        return None
    return Unit.parse(printed)
