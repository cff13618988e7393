"""What lies between a city's energy and that of its districts, line by line, with the difference beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from tanheng.kernel.account.account import Account
from tanheng.kernel.account.comparison import in_10k, said
from tanheng.kernel.faults import Severity
from tanheng.kernel.pack import Reads
from tanheng.kernel.period import Accumulation, Period
from tanheng.kernel.quantity import name
from tanheng.kernel.subject import areas_within, scope_on
from tanheng.kernel.trace import Address, Cell

CLAUSE = "assessment-practice#city-reconciliation"
LINE, TOTAL = "reconciliation_line", "energy_total"


def city_reconciliation(account: Account) -> None:
    """city - districts = municipal enterprises + grid losses + transformation + aviation and shipping + difference.

    Districts are never summed to be the city: their sum stands here only to be taken off.

    Reads    energy_total [10^4 tce, coal equivalent] of the city and of each district in it (setting `districts`: the
             coverage of theirs), of a year or to date; reconciliation_line by line (setting `lines`). Municipal
             enterprises that are not stated are built up from the units in scope of the city itself.
    Gives    districts_together, city_less_districts, one reconciled line each, reconciled_together, city_difference.
             A line that is not known stays in the difference, which says so; a district that is not known leaves none.
    Refuses  no-activity-data: no area with districts has a total in the period.
    Source   assessment-practice#city-reconciliation
    """
    within = account.period
    reads = _reads(account, TOTAL, None)
    stated = {fact.subject for fact in account.facts_of(reads, within=within) if fact.period == within}
    cities = [area.id for area in account.directory.areas if area.id in stated and _parts(account, area.id)]
    if not cities:
        raise account.nothing()
    for city in cities:
        _Reconciliation(account, city, within).write()


@dataclass(frozen=True)
class _Reconciliation:
    """One city."""

    account: Account
    city: str
    period: Period

    def write(self) -> None:
        """The gap between city and districts, its named lines, and what they leave."""
        paper = self.account.paper
        whole = self._total(self.city, None)
        districts = [self._total(area, self.account.setting("districts")) for area in _parts(self.account, self.city)]
        names = [f"district_{place}" for place in range(1, len(districts) + 1)]
        formula = name(names[0])
        for each in names[1:]:
            formula = formula + name(each)
        # a formula and no total: a district without a number must not look like a district of nothing
        together = paper.whole(self._at("districts_together"), formula, dict(zip(names, districts, strict=True)))
        inputs = {"city": whole, "districts": together}
        gap = paper.whole(self._at("city_less_districts"), name("city") - name("districts"), inputs, clause=CLAUSE)
        lines = [self._line(line) for line in self.account.setting("lines").split(",")]
        known = paper.total(self._at("reconciled_together"), lines, clause=CLAUSE)
        if known.value is None:
            paper.whole(self._at("city_difference"), name("gap"), {"gap": gap}, clause=CLAUSE)
        else:
            inputs = {"gap": gap, "reconciled": known}
            paper.whole(self._at("city_difference"), name("gap") - name("reconciled"), inputs, clause=CLAUSE)

    def _total(self, area: str, coverage: str | None) -> Cell:
        stated = self.account.observed(_reads(self.account, TOTAL, coverage), area, self.period)
        at = Address("energy_reconciled", area, self.period)
        return self.account.paper.result(at, name("stated"), {"stated": stated}, clause=CLAUSE)

    def _line(self, line: str) -> Cell:
        reads = _reads(self.account, LINE, None)
        stated = self.account.observed(reads, self.city, self.period, item=line, severity=None)
        if stated.value is None and line == self.account.setting("municipal_line"):
            units = self._municipal()
            if units:
                total = self.account.paper.total(self._at("municipal_energy"), units, clause=CLAUSE)
                inputs = {"units": total}
                return self.account.paper.result(
                    self._at("reconciled", line), in_10k(name("units")), inputs, clause=CLAUSE
                )
        if stated.value is None:
            said(self.account, "reconciliation-line-missing", self.city, Severity.WARNING, self.period, line=line)
        return self.account.paper.result(
            self._at("reconciled", line), name("stated"), {"stated": stated}, clause=CLAUSE
        )

    def _municipal(self) -> list[Cell]:
        """The figures of the units that belong to the city itself and to none of its districts."""
        direct = scope_on(self.account.directory, self.city, self.period.end - timedelta(days=1)).direct
        if not direct:
            return []
        (method,) = self.account.use.builds_on
        cells = self.account.figures(method, self.account.setting("unit_column"), self.period)
        for unit in sorted(direct - set(cells)):
            said(self.account, "unit-without-energy", unit, Severity.WARNING, self.period)
        return [cells[unit] for unit in sorted(direct & set(cells))]

    def _at(self, column: str, line: str | None = None) -> Address:
        return Address(column, self.city, self.period, line)


def _parts(account: Account, area: str) -> tuple[str, ...]:
    """The districts of a city on the last day of the period."""
    last = account.period.end - timedelta(days=1)
    within = areas_within(account.directory, area, last)
    return tuple(part for part in within if account.directory.level_of(part) == account.setting("level"))


def _reads(account: Account, indicator: str, coverage: str | None) -> Reads:
    whole_year = account.period == Period.year(account.period.start.year)
    accumulation = Accumulation.YEAR if whole_year else Accumulation.YEAR_TO_DATE
    return account.reads(indicator, accumulation, coverage or account.use.coverage)
