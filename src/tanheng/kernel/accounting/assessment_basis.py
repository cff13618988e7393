"""Energy on the basis on which an area is assessed (考核口径), step by step, for the year and the year before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tanheng.kernel.account.account import Account
from tanheng.kernel.account.comparison import (
    at_constant_prices,
    gdp_growing,
    percent_change,
    percent_fall,
    said,
    whole_year,
)
from tanheng.kernel.accounting.assessment_scope import STATISTICS, UNITS, Raw
from tanheng.kernel.accounting.claims import Claims, settled_claims
from tanheng.kernel.accounting.deductions import Deducting
from tanheng.kernel.faults import Finding, Severity, Worded
from tanheng.kernel.pack import Deduction, DeductionSet, Status, governing_set
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import name, number
from tanheng.kernel.trace import Address, Cell

CLAUSE = "assessment-practice#assessed-energy"
_STAGES: Mapping[str, tuple[str, ...]] = {
    "after_feedstock": ("feedstock",),
    "after_non_fossil": ("new_renewable", "non_fossil", "green_power"),
    "assessed": ("green_certificate",),
}
_BASES = ("total", "intensity")


def assessment_basis(account: Account) -> None:
    """The assessed energy of areas: raw, less feedstock, less non-fossil energy, less certificates; then intensity.

    E_assess(y) = E_eq(y) - E_feed(y) - E_nonfossil(y) - certificates(y), each by the deduction set that governs the
    level and the report year, the total and the intensity apart; the same rule and the same list of units for the
    comparison year.

    Reads    energy_total [10^4 tce, coal equivalent] of a year, or (setting `form` = units) the figures of the units in
             scope; feedstock_energy, non_fossil_energy [10^4 tce]; non_fossil_electricity, green_electricity,
             green_certificates [MWh] by origin; energy_saving_needed [10^4 tce] for the cap; gdp at comparable prices.
    Gives    for both years every step as a result on one grid; growth, intensity and its decline for the report year.
    Refuses  period-not-year; no-activity-data: nothing is stated for any area.
    Source   assessment-practice#assessed-energy; the clauses of the deduction set stand at its steps
    """
    year = whole_year(account)
    report, before = Period.year(year), Period.year(year - 1)
    raw = Raw(account, report, account.setting("form"))
    areas = list(_areas(account, raw, (report, before)))
    claims = settled_claims(account, {id for area, _ in areas for id in (area, *raw.units_of(area, report))})
    for area, level in areas:
        rules = _governing(account, area, level, report)
        if rules is not None:
            _Assessment(account, raw, claims, area, rules, report, before).write()


@dataclass(frozen=True)
class _Assessment:
    """One area under one deduction set."""

    account: Account
    raw: Raw
    claims: Claims
    area: str
    rules: DeductionSet
    report: Period
    before: Period

    def write(self) -> None:
        """Both years, then what compares them."""
        for year in (self.before, self.report):
            self._year(year)
        self._compare()

    def _year(self, year: Period) -> None:
        listed = self.raw.over_list(self.area, year)
        units = self.raw.units_of(self.area, self.report)
        deducting = Deducting(self.account, self.claims, self.area, units, self.report)
        amounts = {item: (item.item, deducting.amount(item, year)) for item in self.rules.deducts}
        found = {rule: cell for rule, (_, cell) in amounts.items() if cell is not None}
        for basis in _BASES:
            self._steps(basis, year, listed, {rule: cell for rule, cell in found.items() if basis in rule.from_})

    def _steps(self, basis: str, year: Period, listed: Cell, amounts: Mapping[Deduction, Cell]) -> None:
        paper, reached = self.account.paper, listed
        for stage, items in _STAGES.items():
            formula, inputs = name("before"), {"before": reached}
            here = [(rule, cell) for rule, cell in amounts.items() if rule.item in items]
            for rule, cell in here:
                formula, inputs = formula - name(rule.item), {**inputs, rule.item: cell}
            clause = here[0][0].clause if here else self.rules.clause
            reached = paper.whole(Address(f"{basis}_{stage}", self.area, year), formula, inputs, clause=clause)
        taken = list(amounts.values())
        if taken:
            paper.total(Address(f"deducted_from_{basis}", self.area, year), taken, clause=CLAUSE)

    def _compare(self) -> None:
        paper, account = self.account.paper, self.account
        now, before = (self._of("total_assessed", year) for year in (self.report, self.before))
        at = Address("assessed_growth", self.area, self.report)
        paper.result(at, percent_change(), {"now": now, "before": before}, clause=CLAUSE)
        for year, other in ((self.report, self.before), (self.before, self.report)):
            gdp = at_constant_prices(account, "gdp", self.area, year, other)
            self._intensity(year, self._of("intensity_assessed", year), gdp)
        growing, inputs = gdp_growing(account, self.area, self.report, self.before)
        inputs["energy_now"] = self._of("intensity_assessed", self.report)
        inputs["energy_before"] = self._of("intensity_assessed", self.before)
        formula = percent_fall(name("energy_now") / name("energy_before"), growing)
        at = Address("assessed_intensity_decline", self.area, self.report)
        paper.result(at, formula, inputs, clause=CLAUSE)

    def _intensity(self, year: Period, energy: Cell, gdp: Cell) -> None:
        formula = name("energy") / number("1000000", "gce[coal_equivalent]/tce[coal_equivalent]") / name("gdp")
        at = Address("assessed_intensity", self.area, year)
        self.account.paper.result(at, formula, {"energy": energy, "gdp": gdp}, clause=CLAUSE)

    def _of(self, column: str, year: Period) -> Cell:
        return self.account.paper.workings[Address(column, self.area, year)].cell


def _areas(account: Account, raw: Raw, years: Sequence[Period]) -> Iterable[tuple[str, str]]:
    """The areas that have an energy to assess: a stated total of any year, or units on a list of either year."""
    levels, found = account.definition.levels, []
    stated = {fact.subject for fact in account.facts_of("energy_total")}
    for area in account.directory.areas:
        listed = raw.form == UNITS and any(raw.units_of(area.id, year) for year in years)
        if area.level in levels and (listed or (raw.form == STATISTICS and area.id in stated)):
            found.append((area.id, area.level))
    if not found:
        raise account.nothing()
    return found


def _governing(account: Account, area: str, level: str, report: Period) -> DeductionSet | None:
    """The one set that holds for the level of an area and the report year, with what must be said about it."""
    asked = account.setting("level_of_town") if level == "town" else level
    sets = account.packs.all(DeductionSet)
    found = governing_set(sets, asked, report, account.facts.known_on)
    if len(found) != 1:
        names = ", ".join(item.id for item in found) or "-"
        said(account, "deduction-set-open", area, Severity.BLOCKER, report, level=asked, count=len(found), sets=names)
        return None
    _remark(account, found[0])
    return found[0]


def _remark(account: Account, rules: DeductionSet) -> None:
    findings = [
        Finding("deduction-not-expressed", rules.id, {"set": rules.id, "what": Worded(what.zh, what.en)})
        for what in rules.not_expressed
    ]
    findings += [
        Finding(
            "set-unverified", rules.id, {"set": rules.id, "item": item.item, "clause": item.clause}, Severity.WARNING
        )
        for item in rules.deducts
        if item.status is Status.UNVERIFIED
    ]
    account.paper.findings += [finding for finding in findings if finding not in account.paper.findings]
