"""Growth against a table's own comparison (上年同期) beside growth against last year's publication: 口径调整."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tanheng.kernel.account.account import Account
from tanheng.kernel.account.comparison import percent_change, said, year_before
from tanheng.kernel.fact import Fact
from tanheng.kernel.faults import Refusal, Severity, Worded
from tanheng.kernel.pack import IndicatorShape, Reads
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import Formula, name
from tanheng.kernel.trace import Address, Cell

CLAUSE = "assessment-practice#coverage-adjustment"
Line = tuple[str | None, str | None]


def coverage_adjustment(account: Account) -> None:
    """growth in the table = now / its own comparison - 1; on publication = now / last year's - 1; their difference.

    January and February are one period: neither is compared by itself.

    Reads    the indicator of the setting `indicator`, in every accumulation in which the definition reads it; the
             indicator that is a comparison of it; the same indicator a year earlier, of equal coverage.
    Gives    per subject growth_in_table, growth_on_publication and coverage_adjustment in points; as lines of the last
             the amounts behind it. What is missing in one of them leaves that growth out.
    Refuses  period-not-to-date: January or February by itself; no-activity-data.
    Source   assessment-practice#coverage-adjustment
    """
    if account.period.is_month() and account.period.start.month <= 2:
        raise Refusal("period-not-to-date", method=account.definition.id, period=str(account.period))
    indicator = account.setting("indicator")
    (printed,) = [shape.id for shape in account.packs.all(IndicatorShape) if shape.comparison_of == indicator] or [""]
    readings = [reads for reads in account.definition.reads if reads.indicator == indicator]
    stated = [reads for reads in readings if _facts(account, reads, account.period)]
    if not printed or not stated:
        raise account.nothing(readings)
    reads = stated[0]
    compared = account.reads(printed, reads.accumulation)
    for subject in sorted({fact.subject for fact in _facts(account, reads, account.period)}):
        _Adjustment(account, subject, reads, compared).write()


@dataclass(frozen=True)
class _Adjustment:
    """One subject."""

    account: Account
    subject: str
    now: Reads
    printed: Reads

    def write(self) -> None:
        """The three amounts, both growths, and what lies between them."""
        period, before = self.account.period, year_before(self.account.period)
        now = self._amount("amount_now", self.now, period)
        printed = self._amount("amount_in_table", self.printed, before)
        published = self._amount("amount_published", self.now, before)
        growths = {
            "in_table": self._growth("growth_in_table", now, printed),
            "on_publication": self._growth("growth_on_publication", now, published),
        }
        formula = name("in_table") - name("on_publication")
        self.account.paper.whole(self._at("coverage_adjustment", period), formula, growths, clause=CLAUSE)
        inputs = {"printed": printed, "published": published}
        at, formula = self._at("amount_adjustment", before), name("printed") - name("published")
        self.account.paper.step(at, formula, inputs, unit=printed.unit.text, clause=CLAUSE)

    def _growth(self, column: str, now: Cell, before: Cell) -> Cell:
        inputs = {"now": now, "before": before}
        return self.account.paper.result(self._at(column, self.account.period), percent_change(), inputs, clause=CLAUSE)

    def _amount(self, column: str, reads: Reads, period: Period) -> Cell:
        """The sum over all lines that this year's table has; one that is not there leaves none."""
        lines = {(fact.carrier, fact.item) for fact in self._mine(self.now, self.account.period)}
        cells = self._cells(reads, period, sorted(lines, key=str))
        formula, unit = _sum_of(cells), self.account.packs.get(IndicatorShape, self.now.indicator).unit.text
        return self.account.paper.step(self._at(column, period), formula, cells, unit=unit, clause=CLAUSE)

    def _cells(self, reads: Reads, period: Period, lines: Iterable[Line]) -> Mapping[str, Cell]:
        found = {}
        for place, (carrier, item) in enumerate(lines, 1):
            cell = self.account.observed(
                reads, self.subject, period, carrier=carrier, item=item, severity=Severity.NOTE
            )
            if cell.value is None:
                self._other_coverage(reads, period)
            found[f"part_{place}"] = cell
        return found

    def _other_coverage(self, reads: Reads, period: Period) -> None:
        wanted = reads.coverage or self.account.use.coverage
        others = self.account.facts.coverages_of(reads.indicator, self.subject, period)
        if others and wanted not in others:
            shape = self.account.packs.get(IndicatorShape, reads.indicator)
            label = Worded(shape.label.zh, shape.label.en)
            fields = {"indicator": label, "found": ", ".join(others), "expected": wanted}
            said(self.account, "coverage-unequal", self.subject, Severity.BLOCKER, period, **fields)

    def _mine(self, reads: Reads, period: Period) -> list[Fact]:
        return [fact for fact in _facts(self.account, reads, period) if fact.subject == self.subject]

    def _at(self, column: str, period: Period) -> Address:
        return Address(column, self.subject, period)


def _facts(account: Account, reads: Reads, period: Period) -> list[Fact]:
    return [fact for fact in account.facts_of(reads, within=period) if fact.period == period]


def _sum_of(cells: Mapping[str, Cell]) -> Formula:
    first, *others = cells
    formula = name(first)
    for each in others:
        formula = formula + name(each)
    return formula
