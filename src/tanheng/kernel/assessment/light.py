"""One light as cells: where each colour begins, the level, the gap, and the distance to the next colour in tonnes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from tanheng.kernel.account import Account, RuleValue
from tanheng.kernel.assessment.barometer_grade import following_level
from tanheng.kernel.obligation.aim import Aim, amount_behind
from tanheng.kernel.pack import BarometerLevel, BarometerRule, Reach
from tanheng.kernel.quantity import Formula, Unit, greatest_of, least_of, name, number, size_of
from tanheng.kernel.trace import Address, Cell

CLAUSE = "barometer-practice#lights"
DISTANCE = "barometer-practice#distance"
LEVEL = "light_level"
_RATE = "10^-9"
_WHOLE_RATE = number("1000000000", _RATE)
_HUNDRED = number("100", "%")
_FINE = 10**9


@dataclass(frozen=True)
class Light:
    """A target set beside one figure, made in one way; `subject` names all of these.

    Level = lowest + the levels that are reached, each 1 or 0 by whole steps, so that anybody can evaluate the formula.
    Whoever reaches a better level reaches those below it.
    """

    account: Account
    aim: Aim
    rule: BarometerRule
    made: str
    demanded: Cell
    actual: Cell

    @property
    def subject(self) -> str:
        """`<target>#<tier>/<made>`, with a variant behind it where the figure is made in several."""
        return f"{self.aim.target.id}#{self.aim.tier}/{self.made}"

    def write(self) -> Cell:
        """Writes all cells of the light; the level is a gap where the figure is one."""
        level = self._level()
        self._shown("target", self.demanded)
        self._shown("actual", self.actual)
        if self.base.value:
            self._gap()
        if level.value is not None:
            self._distance(int(level.value))
        return level

    @cached_property
    def base(self) -> Cell:
        """What the gap is a share of: the target, or by the setting the whole that is demanded by its due year."""
        plan = self.aim.plan
        if self.account.setting("gap_base") == "target" or plan is None or self.aim.is_growth:
            return self.demanded
        whole = plan.whole()
        return whole if whole.unit == self.demanded.unit else self.demanded

    @cached_property
    def limits(self) -> dict[int, Cell]:
        """By level, the figure at which it begins."""
        return {level.level: self._limit(level, reach) for level, reach in self.rule.steps}

    @property
    def _capped(self) -> bool:
        return self.aim.direction == "cap"

    # ---- level
    def _limit(self, level: BarometerLevel, reach: Reach) -> Cell:
        unit = self.demanded.unit.text
        cut_unit = "%" if reach.by != "actual" or unit == _RATE else unit
        label = (level.label.zh, level.label.en)
        rule = RuleValue(self.rule.id, level.colour, reach.limit, cut_unit, self.rule.clause, level.status, label)
        inputs = {"target": self.demanded, "base": self.base, "cut": self.account.ruled(rule)}
        formula = self._limit_formula(reach, cut_unit)
        used = {key: cell for key, cell in inputs.items() if key in _NEEDED[reach.by]}
        at = Address("light_limit", self.subject, self.aim.period, level.colour)
        return self.account.paper.step(at, formula, used, unit=unit, clause=self.rule.clause)

    def _limit_formula(self, reach: Reach, cut_unit: str) -> Formula:
        if reach.by == "completion":
            return name("target") * name("cut") / _HUNDRED
        if reach.by == "actual":
            steps = number("10000000", f"{_RATE}/%")
            return name("cut") * steps if self.demanded.unit.text != cut_unit else name("cut")
        allowed = size_of(name("base")) * name("cut") / _HUNDRED
        return name("target") + allowed if self._capped else name("target") - allowed

    def _level(self) -> Cell:
        inputs = {"actual": self.actual}
        formula, best = number(str(self.rule.lowest.level)), None
        for level, reach in self.rule.steps:
            limit = f"begins_{level.level}"
            inputs[limit] = self.limits[level.level]
            here = self._reached(name(limit), reach)
            best = here if best is None else greatest_of(best, here)
            formula = formula + best
        return self.account.paper.result(self._at(LEVEL), formula, inputs, clause=self.rule.clause)

    def _reached(self, limit: Formula, reach: Reach) -> Formula:
        """1 where the figure has come to a limit, else 0."""
        beyond = limit - name("actual") if self._capped else name("actual") - limit
        unit = self.demanded.unit.text
        steps = (beyond / number("1", unit)).rounded(1 if unit == _RATE else _FINE)
        counted = steps if reach.beyond else steps + number("1")
        return least_of(greatest_of(counted, number("0")), number("1"))

    # ---- what stands beside it
    def _gap(self) -> None:
        missed = name("actual") - name("target") if self._capped else name("target") - name("actual")
        inputs = {"target": self.demanded, "actual": self.actual, "base": self.base}
        formula = missed / size_of(name("base")) * _HUNDRED
        self.account.paper.result(self._at("light_gap"), formula, inputs, clause=self.rule.clause)

    def _shown(self, what: str, cell: Cell) -> None:
        """The two figures in the columns of their kind: a rate, energy, CO2; other kinds stand in the steps alone."""
        column = self._column(f"light_{what}", cell.unit)
        if column is not None:
            formula = name(what) * self._factor(cell.unit, column)
            self.account.paper.result(self._at(column), formula, {what: cell}, clause=CLAUSE)

    def _distance(self, level: int) -> None:
        """What must still be saved to reach the next better colour; below zero, what is left before the best one falls.

        A decline at the GDP of the period: amount x (limit - actual) / (1 - actual). Growth under a cap: amount x
        (actual - limit) / (1 + actual). An amount: actual - limit.
        """
        begins = {each: cell.value for each, cell in self.limits.items() if cell.value is not None}
        following, better = following_level(self.rule, self.aim.direction, level, begins)
        limit = self.limits[following.level if better else self.rule.levels[0].level]
        inputs = {"limit": limit, "actual": self.actual}
        if self.demanded.unit.text != _RATE:
            self._saved(name("actual") - name("limit"), inputs, self.demanded.unit)
            return
        amount = amount_behind(self.account, self.aim, self.aim.period)
        if amount is None or not self._is_something_left():
            return
        if self._capped:
            share = (name("actual") - name("limit")) / (_WHOLE_RATE + name("actual"))
        else:
            share = (name("limit") - name("actual")) / (_WHOLE_RATE - name("actual"))
        self._saved(name("amount") * share, inputs | {"amount": amount}, amount.unit)

    def _is_something_left(self) -> bool:
        """Whether there is energy to be saved: a decline of 100 % leaves none, and growth of -100 % does."""
        rate = self.actual.value
        return rate is not None and (rate > -_FINE if self._capped else rate < _FINE)

    def _saved(self, formula: Formula, inputs: dict[str, Cell], unit: Unit) -> None:
        column = self._column("light_distance", unit)
        if column is not None and self.aim.direction != "rise":
            whole = formula * self._factor(unit, column)
            self.account.paper.result(self._at(column), whole, inputs, clause=DISTANCE)

    def _column(self, start: str, unit: Unit) -> str | None:
        """The result of a kind that can hold a unit."""
        grids = self.account.paper.grids
        return next((id for id in _kinds(start) if id in grids and grids[id].unit.powers == unit.powers), None)

    def _factor(self, unit: Unit, column: str) -> Formula:
        wanted = self.account.paper.grids[column].unit
        ratio = unit.ratio_to(wanted, what=column)
        factor = number(str(ratio.numerator), f"{wanted.text}/{unit.text}")
        return factor if ratio.denominator == 1 else factor / number(str(ratio.denominator))

    def _at(self, column: str) -> Address:
        return Address(column, self.subject, self.aim.period)


_NEEDED = {"gap": ("target", "base", "cut"), "completion": ("target", "cut"), "actual": ("cut",)}


def _kinds(start: str) -> Iterable[str]:
    return (f"{start}_{kind}" for kind in ("rate", "energy", "energy_calorific", "co2"))
