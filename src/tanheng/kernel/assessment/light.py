"""One light as cells: where each colour begins, the level, the gap, and the distance to the next colour in tonnes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, partial

from tanheng.kernel.account import Account, RuleValue
from tanheng.kernel.assessment import light_formulas as formulas
from tanheng.kernel.assessment.barometer_grade import following_level
from tanheng.kernel.assessment.light_formulas import FINE, RATE
from tanheng.kernel.obligation.aim import Aim, amount_behind
from tanheng.kernel.pack import BarometerLevel, BarometerRule, Reach
from tanheng.kernel.quantity import Formula, Unit
from tanheng.kernel.trace import Address, Cell

CLAUSE = "barometer-practice#lights"
DISTANCE = "barometer-practice#distance"
LEVEL = "light_level"


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
        cut_unit = "%" if reach.by != "actual" or unit == RATE else unit
        label = (level.label.zh, level.label.en)
        rule = RuleValue(self.rule.id, level.colour, reach.limit, cut_unit, self.rule.clause, level.status, label)
        inputs = {"target": self.demanded, "base": self.base, "cut": self.account.ruled(rule)}
        formula = self._limit_formula(reach, cut_unit)
        used = {key: cell for key, cell in inputs.items() if key in _NEEDED[reach.by]}
        at = Address("light_limit", self.subject, self.aim.period, level.colour)
        return self.account.paper.step(at, formula, used, unit=unit, clause=self.rule.clause)

    def _limit_formula(self, reach: Reach, cut_unit: str) -> Formula:
        if reach.by == "completion":
            return formulas.begins_by_completion()
        if reach.by == "actual":
            return formulas.begins_at_cut(in_steps=self.demanded.unit.text != cut_unit)
        return formulas.begins_by_gap(capped=self._capped)

    def _level(self) -> Cell:
        limits = {f"begins_{level.level}": self.limits[level.level] for level, _ in self.rule.steps}
        steps = tuple((level.level, reach.beyond) for level, reach in self.rule.steps)
        unit = self.demanded.unit.text
        formula = formulas.level_reached(self.rule.lowest.level, steps, unit, capped=self._capped)
        return self.account.paper.result(
            self._at(LEVEL), formula, {"actual": self.actual, **limits}, clause=self.rule.clause
        )

    # ---- what stands beside it
    def _gap(self) -> None:
        inputs = {"target": self.demanded, "actual": self.actual, "base": self.base}
        formula = formulas.gap(capped=self._capped)
        self.account.paper.result(self._at("light_gap"), formula, inputs, clause=self.rule.clause)

    def _shown(self, what: str, cell: Cell) -> None:
        """The two figures in the columns of their kind: a rate, energy, CO2; other kinds stand in the steps alone."""
        column = self._column(f"light_{what}", cell.unit)
        if column is not None:
            formula = formulas.shown(what, cell.unit, self.account.paper.grids[column].unit)
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
        if self.demanded.unit.text != RATE:
            self._saved(formulas.amount_to_save, inputs, self.demanded.unit)
            return
        amount = amount_behind(self.account, self.aim, self.aim.period)
        if amount is not None and self._is_something_left():
            share = partial(formulas.energy_to_save, capped=self._capped)
            self._saved(share, inputs | {"amount": amount}, amount.unit)

    def _is_something_left(self) -> bool:
        """Whether there is energy to be saved: a decline of 100 % leaves none, and growth of -100 % does."""
        rate = self.actual.value
        return rate is not None and (rate > -FINE if self._capped else rate < FINE)

    def _saved(self, formula: Callable[[Unit, Unit], Formula], inputs: dict[str, Cell], unit: Unit) -> None:
        column = self._column("light_distance", unit)
        if column is not None and self.aim.direction != "rise":
            whole = formula(unit, self.account.paper.grids[column].unit)
            self.account.paper.result(self._at(column), whole, inputs, clause=DISTANCE)

    def _column(self, start: str, unit: Unit) -> str | None:
        """The result of a kind that can hold a unit."""
        grids = self.account.paper.grids
        return next((id for id in _kinds(start) if id in grids and grids[id].unit.powers == unit.powers), None)

    def _at(self, column: str) -> Address:
        return Address(column, self.subject, self.aim.period)


_NEEDED = {"gap": ("target", "base", "cut"), "completion": ("target", "cut"), "actual": ("cut",)}


def _kinds(start: str) -> Iterable[str]:
    return (f"{start}_{kind}" for kind in ("rate", "energy", "energy_calorific", "co2"))
