"""How far each target is met: of the year, since its base year, what is left, and what stands apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tanheng.kernel.account import Account
from tanheng.kernel.account.comparison import subject_words
from tanheng.kernel.faults import Finding, Refusal, Severity, Worded
from tanheng.kernel.obligation.aim import STRETCH, Aim, actual, actuals, aims
from tanheng.kernel.obligation.apart import Apart
from tanheng.kernel.obligation.demanded import Claim, told
from tanheng.kernel.obligation.path import equal_rate_left, linear_progress, logarithmic_progress, next_cut
from tanheng.kernel.obligation.result import CLAUSE, pure, results_of
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import Formula, name, number
from tanheng.kernel.trace import Address, Cell

_WHOLE = 10**9
_ONE, _PERCENT = number("1"), number("100", "%")
_NOTHING = Worded("没有要求降低，谈不上完成比例", "nothing is demanded, so no share of it can be done")
_ALL = Worded("降低率达到或超过 100%，对数进度没有意义", "a cut of 100 % or more has no logarithmic progress")
_NO_CAP = Worded("上限不大于零，谈不上用去的比例", "a cap of zero or less has no share that is used")


def target_progress(account: Account) -> None:
    """Every target that runs in the period beside its result: of the year, since the base year, and what is left.

    progress = ln(prod(1 - r)) / ln(1 - R); linear beside it: (1 - prod(1 - r)) / R
    rate left = 1 - ((1 - R) / prod(1 - r)) ^ (1 / m); rate to schedule = 1 - (1 - S next year) / prod(1 - r)

    Reads    the targets that count on the knowledge date; the results that their measures name.
    Gives    figures about the id of the target: rates on 10^-9, amounts of energy and CO2; other ways in which a result
             was made as lines of it. An amount has lines for exempted and municipally managed energy where they are
             stated, and a decline stands beside itself without them.
    Findings whatever `aims` names; target-without-result, target-year-missing, target-progress-undefined.
    Refuses  period-not-to-date: neither a whole year nor a period to date; targets-missing: none runs in the period.
    Source   assessment-practice#target-progress, #target-path
    """
    period = account.period
    if period.start.month != 1 or not period.is_whole_months() or len(period.months()) > len(_year(period).months()):
        raise Refusal("period-not-to-date", method=account.definition.id, period=str(period))
    found = aims(account, period)
    if not found and not account.paper.findings:
        raise Refusal("targets-missing", period=str(period), known_on=account.facts.known_on)
    for aim in found:
        _Progress(account, aim).write()


def _year(period: Period) -> Period:
    return Period.year(period.start.year)


@dataclass(frozen=True)
class _Progress:
    """One aim."""

    account: Account
    aim: Aim

    def write(self) -> None:
        """Its year, and the whole way where it has one."""
        if not self._can_be_told:
            return
        year = actual(self.account, self.aim)
        if year is None:
            self._say("target-without-result", Severity.WARNING)
        self._of_year(None if year is None else year.cell)
        self._other_ways()
        if self.aim.plan is not None and self.aim.cumulative is not None:
            self._since_base(self.aim.plan, self.aim.cumulative)

    @property
    def _rates(self) -> bool:
        return self.aim.measure.reckoned == "decline" or self.aim.is_growth

    @property
    def _can_be_told(self) -> bool:
        """Rates always; amounts where there is a column in their unit."""
        return self._rates or self._amounts is not None

    @property
    def _amounts(self) -> str | None:
        kind = self.aim.measure.kind
        grids = self.account.paper.grids
        column = f"{kind}_demanded"
        fits = column in grids and grids[column].unit.powers == self.aim.measure.unit.powers
        return kind if fits else None

    # ---- the year
    def _of_year(self, result: Cell | None) -> None:
        demanded, claim = self.aim.annual, self.aim.year_claim or self.aim.plan
        if demanded is None or claim is None:
            return
        if self._rates:
            told_demand = self._copied("target_of_year", claim, demanded)
            if result is not None:
                reached = self._copied("result_of_year", claim, result)
                self._beyond(claim, told_demand, reached)
                self._apart_from(claim, reached)
            return
        self._amount_of_year(claim, demanded, result)

    def _beyond(self, claim: Claim, demanded: Cell, reached: Cell) -> None:
        """Above zero where the result is better than what is demanded."""
        inputs = {"demanded": demanded, "reached": reached}
        better = name("demanded") - name("reached") if self.aim.is_growth else name("reached") - name("demanded")
        self.account.paper.whole(self._at("result_beyond", claim), better, inputs, clause=CLAUSE)

    def _amount_of_year(self, claim: Claim, demanded: Cell, result: Cell | None) -> None:
        cap = self._amount("demanded", claim, demanded)
        if result is None:
            return
        reached = self._counted(claim, result)
        inputs = {"cap": cap, "reached": reached}
        left = name("reached") - name("cap") if self.aim.direction == "rise" else name("cap") - name("reached")
        self.account.paper.whole(self._at(f"{self._amounts}_left", claim), left, inputs, clause=CLAUSE)
        if cap.value is None or cap.value <= 0:
            self._undefined(claim, _NO_CAP)
            return
        used = name("reached") / name("cap") * _PERCENT
        self.account.paper.result(self._at("cap_used", claim), used, inputs, clause=CLAUSE)

    def _counted(self, claim: Claim, result: Cell) -> Cell:
        """The result without what stands apart, each part a line of its own."""
        column = f"{self._amounts}_reached"
        lines = {
            line: self._amount("reached", claim, cell, line)
            for line, cell in Apart(self.account, self.aim).amounts().items()
        }
        if not lines:
            return self._amount("reached", claim, result)
        stated = self._amount("reached", claim, result, "stated")
        formula = name("stated")
        for line in lines:
            formula = formula - name(line)
        return self.account.paper.whole(self._at(column, claim), formula, {"stated": stated, **lines}, clause=CLAUSE)

    def _apart_from(self, claim: Claim, reached: Cell) -> None:
        """The decline of what is left once energy that stands apart is taken out of both years."""
        found = Apart(self.account, self.aim).decline(reached)
        if found is not None:
            formula, inputs = found
            self.account.paper.result(self._at("result_apart", claim), formula, inputs, clause=CLAUSE)

    def _other_ways(self) -> None:
        """Results that were made in another way, as lines beside the one that counts."""
        claim = self.aim.year_claim or self.aim.plan
        if not self._rates or claim is None or self.aim.annual is None:
            return
        for other in actuals(self.account, self.aim)[1:]:
            line = "/".join(part for part in (other.made, other.variant) if part)
            at = self._at("result_of_year", claim, line)
            if at not in self.account.paper.workings:
                self.account.paper.whole(at, name("result"), {"result": other.cell}, clause=CLAUSE)

    # ---- since the base year
    def _since_base(self, plan: Claim, due: Cell) -> None:
        result = actual(self.account, self.aim, "cumulative")
        if result is None:
            self._say("target-year-missing", Severity.WARNING, years=", ".join(self._years_without(plan)))
            return
        if self.aim.measure.reckoned != "decline":
            self._amount_since_base(plan, due, result.cell)
            return
        reached = self._copied("result_since_base", plan, result.cell)
        self._copied("due_since_base", plan, due)
        whole = plan.whole()
        self._share_done(plan, reached, whole)
        self._left(plan, reached, whole)

    def _years_without(self, plan: Claim) -> list[str]:
        """The years since the base of which there is no result; of amounts the base year, which is compared with."""
        last = self.aim.period.start.year
        base = last if plan.span.base is None else plan.span.base
        if self.aim.measure.reckoned != "decline":
            return [str(base), str(last)]
        measure, subject = self.aim.measure, self.aim.subject
        known = {
            year
            for year in range(base + 1, last + 1)
            for found in results_of(self.account, measure, subject, Period.year(year), None, "annual")
            if found.cell.value is not None
        }
        return [str(year) for year in range(base + 1, last + 1) if year not in known]

    def _amount_since_base(self, plan: Claim, due: Cell, result: Cell) -> None:
        """An increment over several years; a level is the same since any base and stands in the year's columns."""
        if self.aim.measure.reckoned != "increment":
            return
        kind = self._amounts
        inputs = {
            "due": self._result(f"{kind}_due_since_base", plan, name("due"), {"due": due}),
            "reached": self._result(f"{kind}_since_base", plan, name("reached"), {"reached": result}),
        }
        left = name("due") - name("reached")
        self.account.paper.whole(self._at(f"{kind}_left_since_base", plan), left, inputs, clause=CLAUSE)

    def _share_done(self, plan: Claim, reached: Cell, whole: Cell) -> None:
        if whole.value == 0:
            self._undefined(plan, _NOTHING)
            return
        inputs = {"reached": reached, "whole": whole}
        cut, left = pure("whole"), _ONE - pure("reached")
        self._result("target_progress_linear", plan, linear_progress(left, cut) * _PERCENT, inputs)
        if whole.value is None or whole.value >= _WHOLE or reached.value is None or reached.value >= _WHOLE:
            self._undefined(plan, _ALL)
            return
        self._result("target_progress", plan, logarithmic_progress(left, cut) * _PERCENT, inputs)

    def _left(self, plan: Claim, reached: Cell, whole: Cell) -> None:
        """Of a whole year: the equal rate of the years that are left, and the rate that returns to the schedule."""
        year, years = self.aim.period.start.year, plan.span.due - self.aim.period.start.year
        if years < 1 or self.aim.period != _year(self.aim.period) or reached.value is None or reached.value >= _WHOLE:
            return
        remaining = _ONE - pure("reached")
        inputs = {"reached": reached, "whole": whole}
        if whole.value is not None and whole.value < _WHOLE:
            rate = equal_rate_left(remaining, pure("whole"), years) * _PERCENT
            self._result("rate_left", plan, rate, inputs)
        due = plan.by(year + 1)
        if due is not None:
            rate = next_cut(remaining, pure("due")) * _PERCENT
            self._result("rate_to_schedule", plan, rate, {"reached": reached, "due": due})

    # ---- all of these
    def _copied(self, column: str, claim: Claim, cell: Cell) -> Cell:
        """A rate that stands on the grid already, under the name of the target."""
        return self.account.paper.whole(self._at(column, claim), name("stated"), {"stated": cell}, clause=CLAUSE)

    def _amount(self, column: str, claim: Claim, cell: Cell, line: str | None = None) -> Cell:
        at = self._at(f"{self._amounts}_{column}", claim, line)
        return self.account.paper.result(at, name("amount"), {"amount": cell}, clause=CLAUSE)

    def _result(self, column: str, claim: Claim, formula: Formula, inputs: Mapping[str, Cell]) -> Cell:
        return self.account.paper.result(self._at(column, claim), formula, inputs, clause=CLAUSE)

    def _at(self, column: str, claim: Claim, line: str | None = None) -> Address:
        target = claim.target
        beside = claim.tier == STRETCH and target.tier != STRETCH  # the other end of a range
        subject = f"{target.id}#{STRETCH}" if beside else target.id
        return Address(column, subject, self.aim.period, line)

    def _undefined(self, claim: Claim, problem: Worded) -> None:
        fields = {**told(claim.target), "cut": claim.value, "problem": problem}
        place = f"target:{claim.target.id}"
        self.account.paper.findings.append(Finding("target-progress-undefined", place, fields, Severity.NOTE))

    def _say(self, code: str, severity: Severity, **fields: object) -> None:
        label = self.aim.measure.label
        about = {
            "subject": subject_words(self.account, self.aim.subject),
            "measure": Worded(label.zh, label.en),
            "period": str(self.aim.period),
        }
        finding = Finding(code, f"target:{self.aim.target.id}", {**about, **fields}, severity)
        if finding not in self.account.paper.findings:
            self.account.paper.findings.append(finding)
