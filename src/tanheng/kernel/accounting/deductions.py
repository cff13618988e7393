"""What a deduction set subtracts of an area in a year, item by item, each with its origin."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from tanheng.kernel.account.account import Account
from tanheng.kernel.account.comparison import in_10k, said
from tanheng.kernel.accounting.assessment_scope import UNITS
from tanheng.kernel.accounting.claims import CERTIFICATES, GREEN, NON_FOSSIL, Claim, Claims, facts_read
from tanheng.kernel.fact import Fact
from tanheng.kernel.faults import Severity
from tanheng.kernel.pack import Deduction, Status
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import Formula, Unit, greatest_of, least_of, name, number, worded_unit
from tanheng.kernel.trace import Address, Cell

AMOUNT = "deduction"
RENEWABLE = "renewable_electricity"
FEEDSTOCK, DIRECT, SAVING = "feedstock_energy", "non_fossil_energy", "energy_saving_needed"


@dataclass(frozen=True)
class Deducting:
    """The subtractions of one area: its statements, or, where it has none, those of the units on its list."""

    account: Account
    claims: Claims
    area: str
    units: frozenset[str]
    report: Period

    def amount(self, deduction: Deduction, year: Period) -> Cell | None:
        """What is subtracted in a year, on the grid of the results.

        Gives    None where the base of the deduction leaves the year out, or where nothing is stated at all: no claim,
                 no deduction (setting `unstated`); a gap where only the other year is stated.
        """
        if not self._applies(deduction, year):
            return None
        lines = _LINES[deduction.item](self, deduction, year)
        if lines is not None:
            return lines
        return self._unstated(deduction, year)

    # ---- the items
    def feedstock(self, deduction: Deduction, year: Period) -> Cell | None:
        """Energy used as material: as stated in coal equivalent, else of the units that make up the area."""
        lines = self._direct(deduction, FEEDSTOCK, year) or self._of_units(deduction, year)
        return self._sum(deduction.item, year, lines)

    def non_fossil(self, deduction: Deduction, year: Period) -> Cell | None:
        """Electricity of origins that the level may count, and what else is stated in coal equivalent."""
        lines = self._direct(deduction, DIRECT, year)
        if deduction.conversion is not None:
            lines += self._converted(deduction, self._counted(deduction, NON_FOSSIL, year), year)
        return self._sum(deduction.item, year, lines)

    def green_power(self, deduction: Deduction, year: Period) -> Cell | None:
        """Green electricity bought as such."""
        return self._sum(deduction.item, year, self._converted(deduction, self._counted(deduction, GREEN, year), year))

    def new_renewable(self, deduction: Deduction, year: Period) -> Cell | None:
        """max(renewable electricity - that of the year before, 0) x conversion."""
        before = Period.year(year.start.year - 1)
        now, then = (self._renewable(deduction, each) for each in (year, before))
        if now is None:
            return None
        if then is None:
            said(self.account, "deduction-one-sided", self.area, Severity.BLOCKER, before, item=deduction.item)
            address = Address(RENEWABLE, self.area, before)
            then = self.account.paper.given(address, None, now.unit, f"gap:{address}")
        increment = greatest_of(name("now") - name("before"), number("0", "kWh")) / number("1000", "kWh/MWh")
        inputs = {"now": now, "before": then, "conversion": self._conversion(deduction, year)}
        formula = _coal_equivalent(increment)
        return self.account.paper.result(self._at(deduction.item, year), formula, inputs, clause=deduction.clause)

    def green_certificate(self, deduction: Deduction, year: Period) -> Cell | None:
        """Certificates bought across provinces less those sold, up to the cap."""
        claims = self._counted(deduction, CERTIFICATES, year)
        inputs: dict[str, Cell] = {}
        for side in ("bought", "sold"):
            lines = self._converted(
                deduction, [claim for claim in claims if claim.sold == (side == "sold")], year, side
            )
            total = self._sum(f"{deduction.item}/{side}", year, lines)
            inputs |= {} if total is None else {side: total}
        if not inputs:
            return None
        at = self._at(f"{deduction.item}/net", year)
        net = self.account.paper.whole(at, _NET[tuple(inputs)], inputs, clause=deduction.clause)
        return self._capped(deduction, year, net)

    # ---- how an item is put together
    def _capped(self, deduction: Deduction, year: Period, net: Cell) -> Cell:
        paper, address = self.account.paper, self._at(deduction.item, year)
        if deduction.cap is None or net.value is None or net.value <= 0:
            return paper.whole(address, name("net"), {"net": net}, clause=deduction.clause)
        cap = deduction.cap
        saving = self.account.observed(SAVING, self.area, year, severity=Severity.BLOCKER)
        saving = replace(saving, unverified=saving.unverified or cap.status is Status.UNVERIFIED)
        formula = least_of(in_10k(name("net")), name("saving_needed") * number(str(cap.share)))
        cell = paper.result(address, formula, {"net": net, "saving_needed": saving}, clause=cap.clause)
        if cell.value is not None and cell.value < net.value:
            said(self.account, "certificate-cap-reached", self.area, Severity.WARNING, year)
        return cell

    def _renewable(self, deduction: Deduction, year: Period) -> Cell | None:
        """The renewable electricity of a year, of the origins that the setting names; other origins are named apart."""
        at = Address(RENEWABLE, self.area, year)
        if at in self.account.paper.workings:
            return self.account.paper.workings[at].cell
        allowed = self.account.setting("renewable_origins").split(",")
        claims = self._kept(self._counted(deduction, NON_FOSSIL, year), year, lambda claim: claim.origin in allowed)
        lines = [self._line(RENEWABLE, (), claim.fact, year, "MWh", deduction) for claim in claims]
        return self.account.paper.total(at, lines, clause=deduction.clause) if lines else None

    def _counted(self, deduction: Deduction, indicator: str, year: Period) -> list[Claim]:
        """The claims of a year that the level may count.

        A certificate counts only where it was traded alone and across provinces, whatever the set excludes besides.
        """

        def may_count(claim: Claim) -> bool:
            alone = indicator != CERTIFICATES or claim.origin == "cross_province"
            return alone and claim.excluded_as not in deduction.excludes

        return self._kept(self._mine(indicator, year), year, may_count)

    def _kept(self, claims: Iterable[Claim], year: Period, counts: Callable[[Claim], bool]) -> list[Claim]:
        """The claims that count; each that does not is named in a finding."""
        kept = []
        for claim in claims:
            if counts(claim):
                kept.append(claim)
                continue
            fields = {"item": claim.fact.item, "amount": claim.fact.value, "unit": worded_unit(claim.fact.unit.text)}
            said(self.account, "deduction-excluded", claim.fact.subject, Severity.NOTE, year, **fields)
        return kept

    def _mine(self, indicator: str, year: Period) -> list[Claim]:
        """The area's own statements, else those of its units; a year's statement, else those of its months."""
        found = self._inside(indicator, [self.area], year) or self._inside(indicator, self.units, year)
        whole = {claim.fact.subject for claim in found if claim.fact.period == year}
        return [claim for claim in found if claim.fact.subject not in whole or claim.fact.period == year]

    def _inside(self, indicator: str, subjects: Iterable[str], year: Period) -> list[Claim]:
        return [claim for claim in self.claims.of(indicator, subjects) if year.covers(claim.fact.period)]

    def _of_units(self, deduction: Deduction, year: Period) -> list[Cell]:
        """Feedstock of the units of an area that is built up from them: of fuels both bases are one."""
        ((method, _),) = self.account.use.builds_on.items()
        if self.account.setting("form") != UNITS:
            return []
        formula = in_10k(name("feedstock"), "calorific_value")
        formula = formula * number("1", "tce[coal_equivalent]/tce[calorific_value]")
        found = self.account.figures(method, self.account.setting("feedstock_column"), year)
        return [
            self.account.paper.result(
                self._at(f"{deduction.item}/{unit}", year), formula, {"feedstock": cell}, clause=deduction.clause
            )
            for unit, cell in found.items()
            if unit in self.units
        ]

    def _direct(self, deduction: Deduction, indicator: str, year: Period) -> list[Cell]:
        """What is stated in coal equivalent already, as lines of the item."""
        unit = self.account.paper.grids[AMOUNT].unit.text
        return [
            self._line(AMOUNT, (deduction.item,), fact, year, unit, deduction) for fact in self._facts(indicator, year)
        ]

    def _facts(self, indicator: str, year: Period) -> list[Fact]:
        own = [fact for fact in facts_read(self.account, indicator, [self.area]) if fact.period == year]
        if own or not self.units:
            return own
        return [fact for fact in facts_read(self.account, indicator, self.units) if fact.period == year]

    def _converted(self, deduction: Deduction, claims: Sequence[Claim], year: Period, *side: str) -> list[Cell]:
        if not claims:
            return []
        given, prefix = {"conversion": self._conversion(deduction, year)}, (deduction.item, *side)
        return [self._line(AMOUNT, prefix, claim.fact, year, "MWh", deduction, given) for claim in claims]

    def _line(
        self,
        column: str,
        prefix: tuple[str, ...],
        fact: Fact,
        year: Period,
        unit: str,
        deduction: Deduction,
        conversion: Mapping[str, Cell] = MappingProxyType({}),
    ) -> Cell:
        """One statement as a line, `deduction@area@2024@item/indicator/origin`; its unit stands in between, if any."""
        of_unit = (fact.subject,) if fact.subject != self.area else ()
        of_month = (str(fact.period),) if fact.period != year else ()
        of_coverage = (fact.coverage,) if fact.coverage != self.account.use.coverage else ()
        line = "/".join((*prefix, *of_unit, fact.indicator, *filter(None, (fact.item,)), *of_month, *of_coverage))
        stated = self.account.cell_of(fact, Unit.parse(unit))
        # a rule that nobody verified marks every figure that it takes something from
        stated = replace(stated, unverified=stated.unverified or deduction.status is Status.UNVERIFIED)
        inputs = {"stated": stated, **conversion}
        formula = _coal_equivalent(name("stated")) if conversion else name("stated")
        return self.account.paper.result(
            Address(column, self.area, year, line), formula, inputs, clause=deduction.clause
        )

    def _sum(self, item: str, year: Period, lines: Sequence[Cell]) -> Cell | None:
        return self.account.paper.total(self._at(item, year), lines) if lines else None

    def _conversion(self, deduction: Deduction, year: Period) -> Cell:
        """The coal equivalent of a MWh in a year: which factor is a setting, `of_the_set` by default."""
        chosen = self.account.setting("conversion")
        named = deduction.conversion if chosen == "of_the_set" else chosen
        if named is None:
            raise ValueError(f"{deduction.item} names no conversion")
        return self.account.factor_named(named, year)

    # ---- of which years
    def _applies(self, deduction: Deduction, year: Period) -> bool:
        if deduction.base == "both_years":
            return True
        after_base = deduction.base_year is None or year.start.year > deduction.base_year
        return year == self.report and after_base

    def _unstated(self, deduction: Deduction, year: Period) -> Cell | None:
        other = Period.year(self.report.start.year - 1 if year == self.report else self.report.start.year)
        fields = {"item": deduction.item}
        if self.account.setting("unstated") == "not_claimed" and not self._stated(deduction, other):
            said(self.account, "deduction-not-stated", self.area, Severity.WARNING, year, **fields)
            return None
        said(self.account, "deduction-one-sided", self.area, Severity.BLOCKER, year, **fields)
        address = self._at(deduction.item, year)
        return self.account.paper.given(address, None, self.account.paper.grids[AMOUNT].step, f"gap:{address}")

    def _stated(self, deduction: Deduction, year: Period) -> bool:
        """Whether anything is stated for another year that the deduction applies to."""
        if not self._applies(deduction, year):
            return False
        direct, claimed = _STATED_AS[deduction.item]
        return any(self._facts(id, year) for id in direct) or any(self._mine(id, year) for id in claimed)

    def _at(self, item: str, year: Period) -> Address:
        return Address(AMOUNT, self.area, year, item)


def _coal_equivalent(electricity: Formula) -> Formula:
    """Electricity x conversion, in 10^4 tce."""
    basis = "tce[coal_equivalent]"
    return electricity * name("conversion") / number("10000", f"{basis}/10^4 {basis}")


_LINES: Mapping[str, Callable[[Deducting, Deduction, Period], Cell | None]] = {
    "feedstock": Deducting.feedstock,
    "new_renewable": Deducting.new_renewable,
    "non_fossil": Deducting.non_fossil,
    "green_power": Deducting.green_power,
    "green_certificate": Deducting.green_certificate,
}
_STATED_AS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "feedstock": ((FEEDSTOCK,), ()),
    "new_renewable": ((), (NON_FOSSIL,)),
    "non_fossil": ((DIRECT,), (NON_FOSSIL,)),
    "green_power": ((), (GREEN,)),
    "green_certificate": ((), (CERTIFICATES,)),
}
_NET: Mapping[tuple[str, ...], Formula] = {
    ("bought",): name("bought"),
    ("sold",): name("sold") - name("sold") - name("sold"),
    ("bought", "sold"): name("bought") - name("sold"),
}
