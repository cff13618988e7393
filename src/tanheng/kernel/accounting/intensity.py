"""Intensity at comparable prices, its decline, and how far it is on the way to a target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import mul

from tanheng.kernel.account.account import Account
from tanheng.kernel.account.comparable import Pair, Series
from tanheng.kernel.account.comparison import subject_words
from tanheng.kernel.fact import Fact
from tanheng.kernel.faults import Finding, Refusal, Severity
from tanheng.kernel.period import Accumulation, Period
from tanheng.kernel.quantity import Formula, Unit, exponential, name, natural_log, number
from tanheng.kernel.trace import Address, Cell

CLAUSE = "intensity-accounting"
_ONE, _PER_CENT = number("1"), number("100", "%")
_STEPS = number("1000000000", "10^-9")  # a rate on its grid, as a pure number
_RATES = ("published_first", "recomputed")


@dataclass(frozen=True)
class Columns:
    """The indicators of one kind of intensity: what is put in relation to GDP, and the names of what comes out.

    `level` begins the names of the results that hold the level itself: one for each price year.
    """

    amount: str
    amount_growth: str
    change: str
    level: str
    growth: str
    decline: str
    published: str
    elasticity: str


def intensity_account(account: Account, columns: Columns) -> None:
    """Writes the intensity of every area and year of the run, and the run's years as a whole.

    Where the run's period is no whole years it is taken from January on, and compared with the same months.
    """
    whole = account.period.start.month == account.period.end.month == 1
    accumulation = Accumulation.YEAR if whole else Accumulation.YEAR_TO_DATE
    ids = (columns.amount, columns.amount_growth, "gdp", "gdp_growth", columns.change)
    series = {id: Series(account, account.reads(id, accumulation)) for id in ids}
    first, last = account.period.start.year, account.period.end.year
    years = [Period.year(year) for year in range(first, last)] if whole else [account.period]
    subjects = _subjects(series, years)
    if not subjects:
        fields = {"method": account.definition.id, "period": str(account.period), "known_on": account.facts.known_on}
        account.paper.findings.append(Finding("intensity-without-data", str(account.period), fields))
    for subject in subjects:
        declines = [_Year(account, columns, series, subject, year).write() for year in years]
        _Progress(account, subject).write(declines)


@dataclass(frozen=True)
class Declines:
    """The rates of decline of one year: as published, and as recomputed; None where there is none to be had."""

    year: Period
    published: Cell | None
    recomputed: Cell | None


def _subjects(series: Mapping[str, Series], years: Sequence[Period]) -> list[str]:
    """Every area of which anything is stated for one of the years."""
    told = (statement.fact for one in series.values() for of in one.by_subject.values() for statement in of)
    return sorted({fact.subject for fact in told if fact.period in years})


@dataclass
class _Year:
    """One area and year."""

    account: Account
    columns: Columns
    series: Mapping[str, Series]
    subject: str
    period: Period

    def write(self) -> Declines:
        """Writes level, growth, decline, elasticity and the identity of growth, as far as there are figures."""
        self._level()
        amount = self._ratio(self.columns.amount, self.columns.amount_growth, "amount_ratio", self.columns.growth)
        gdp = self._ratio("gdp", "gdp_growth", "gdp_ratio", "gdp_growth")
        published, recomputed = self._published(), None
        if amount is not None and gdp is not None:
            ratios = {"amount_ratio": amount, "gdp_ratio": gdp}
            fall = (_ONE - name("amount_ratio") / name("gdp_ratio")) * _PER_CENT
            recomputed = self._result(self.columns.decline, fall, ratios, "decline")
            elastic = (name("amount_ratio") - _ONE) / (name("gdp_ratio") - _ONE)
            self._result(self.columns.elasticity, elastic, ratios, "elasticity")
        elif gdp is None:
            self._note("gdp-missing", Severity.NOTE)
        self._identity(published)
        self._compare(published, recomputed)
        return Declines(self.period, published, recomputed)

    # ---- the level
    def _level(self) -> None:
        amount, gdp = self._known(self.columns.amount), self._known("gdp")
        if amount is None or gdp is None:
            return
        column = self._column_at_prices_of(gdp)
        if column is None:
            self._note("price-year-differs", Severity.WARNING, unit=gdp.unit.text)
            return
        units = self.account.paper.grids[column].unit.text.split("/")
        inputs = {
            "amount": self.account.cell_of(amount, Unit.parse(units[0])),
            "gdp": self.account.cell_of(gdp, Unit.parse(units[1])),
        }
        self._result(column, name("amount") / name("gdp"), inputs, "level")

    def _column_at_prices_of(self, gdp: Fact) -> str | None:
        """The level that is declared at the prices of a GDP: its unit says of which year they are."""
        grids = self.account.paper.grids.items()
        levels = {id: grid.unit.text.partition("/")[2] for id, grid in grids if id.startswith(self.columns.level)}
        return next((id for id, unit in levels.items() if Unit.parse(unit).powers == gdp.unit.powers), None)

    # ---- ratios to the year before
    def _ratio(self, indicator: str, stated_growth: str, column: str, result: str) -> Cell | None:
        """This year over last: from the figures of both, else from the growth that is stated."""
        pair = self.series[indicator].pair(self.subject, self.period)
        if pair is not None and pair.now.unit.powers != pair.before.unit.powers:
            self._note("price-year-differs", Severity.WARNING, unit=f"{pair.before.unit.text}, {pair.now.unit.text}")
            pair = None
        address = Address(column, self.subject, self.period)
        if pair is not None:
            ratio = self._of_levels(address, pair)
        elif (growth := self._known(stated_growth)) is not None:
            formula = _ONE + name("growth") / _PER_CENT
            inputs = {"growth": self.account.cell_of(growth, Unit.parse("%"))}
            ratio = self.account.paper.step(address, formula, inputs, unit="1", clause=f"{CLAUSE}#growth")
        else:
            return None
        self._result(result, (name("ratio") - _ONE) * _PER_CENT, {"ratio": ratio}, "growth")
        return ratio

    def _of_levels(self, address: Address, pair: Pair) -> Cell:
        inputs = {
            "this_year": self.account.cell_of(pair.now),
            "last_year": self.account.cell_of(pair.before, pair.now.unit),
        }
        formula = name("this_year") / name("last_year")
        return self.account.paper.step(address, formula, inputs, unit="1", clause=f"{CLAUSE}#growth")

    # ---- what was published
    def _published(self) -> Cell | None:
        change = self._known(self.columns.change)
        if change is None:
            return None
        inputs = {"published_change": self.account.cell_of(change, Unit.parse("%"))}
        return self._result(self.columns.published, number("0", "%") - name("published_change"), inputs, "published")

    def _identity(self, published: Cell | None) -> None:
        """(1 + growth of the amount) = (1 + change of intensity)(1 + growth of GDP), with the rates as stated."""
        growth, gdp = self._known(self.columns.amount_growth), self._known("gdp_growth")
        if published is None or growth is None or gdp is None:
            return
        inputs = {
            "growth": self.account.cell_of(growth, Unit.parse("%")),
            "published": published,
            "gdp_growth": self.account.cell_of(gdp, Unit.parse("%")),
        }
        product = (_ONE - name("published") / _STEPS) * (_ONE + name("gdp_growth") / _PER_CENT)
        left_over = (_ONE + name("growth") / _PER_CENT - product) * _PER_CENT
        cell = self._result("growth_identity_residual", left_over, inputs, "identity")
        self._beyond(cell, "identity_tolerance", "growth-identity-broken")

    def _compare(self, published: Cell | None, recomputed: Cell | None) -> None:
        if published is None or recomputed is None or published.value is None or recomputed.value is None:
            return
        address = Address("published_difference", self.subject, self.period)
        formula = (name("recomputed") / _STEPS - name("published") / _STEPS) * _PER_CENT
        inputs = {"recomputed": recomputed, "published": published}
        cell = self.account.paper.step(address, formula, inputs, unit="%", clause=f"{CLAUSE}#published")
        self._beyond(cell, "published_tolerance", "published-rate-differs")

    def _beyond(self, cell: Cell, setting: str, code: str) -> None:
        tolerance = self.account.set_number(setting)
        if cell.value is None or tolerance.value is None:
            return
        points = cell.value / 10**7 if cell.unit.text == "10^-9" else cell.value
        if abs(points) > tolerance.value:
            self._note(code, Severity.WARNING, difference=points, tolerance=tolerance.value)

    # ---- all of these
    def _known(self, indicator: str) -> Fact | None:
        return self.series[indicator].at(self.subject, self.period)

    def _result(self, column: str, formula: Formula, inputs: Mapping[str, Cell], about: str) -> Cell:
        address = Address(column, self.subject, self.period)
        return self.account.paper.result(address, formula, inputs, clause=f"{CLAUSE}#{about}")

    def _note(self, code: str, severity: Severity, **fields: object) -> None:
        place = f"{self.columns.level}@{self.subject}@{self.period}"
        about = {"subject": subject_words(self.account, self.subject), "period": str(self.period), **fields}
        self.account.paper.findings.append(Finding(code, place, about, severity))


@dataclass
class _Progress:
    """The years of a run taken together: rates are chained, levels never are."""

    account: Account
    subject: str

    def write(self, declines: Sequence[Declines]) -> None:
        """Writes the decline of all years together, both ways, and how much of the target that is."""
        rates = self.account.setting("rates")
        if rates not in _RATES:
            raise Refusal("setting-not-allowed", name="rates", value=rates, allowed=", ".join(_RATES))
        recomputed = [year.recomputed for year in declines]
        first = [year.published or year.recomputed for year in declines]
        chain = recomputed if rates == "recomputed" else first
        lacking = [str(year.year) for year, cell in zip(declines, chain, strict=True) if cell is None]
        self._chained("cumulative_decline_recomputed", recomputed)
        kept = self._chained("cumulative_decline", chain)
        if lacking:
            fields = {"subject": subject_words(self.account, self.subject), "years": ", ".join(lacking)}
            place = f"cumulative_decline@{self.subject}@{self.account.period}"
            self.account.paper.findings.append(Finding("rate-missing", place, fields, Severity.NOTE))
        self._target(kept)

    def _chained(self, column: str, cells: Sequence[Cell | None]) -> Cell | None:
        """1 - (1 - d)(1 - d)…; none where a year has no rate: a chain with a link missing holds nothing."""
        first = self.account.period.start.year
        links = {f"decline_{year}": cell for year, cell in enumerate(cells, first) if cell is not None}
        if len(links) < len(cells):
            return None
        remains = reduce(mul, [_ONE - name(link) / _STEPS for link in links])
        return self._result(column, (_ONE - remains) * _PER_CENT, links, "cumulative")

    def _target(self, cumulative: Cell | None) -> None:
        """Progress towards a fall of `target` in `target_years`, in logarithms and linear; the equal rate of a year."""
        if not self.account.setting("target"):
            return
        target, years = self.account.set_number("target"), self.account.set_number("target_years")
        remains = _ONE - name("target") / _PER_CENT
        equal = (_ONE - exponential(natural_log(remains) / name("years"))) * _PER_CENT
        self._result("equal_annual_decline", equal, {"target": target, "years": years}, "target")
        if cumulative is None:
            return
        reached = {"cumulative": cumulative, "target": target}
        logarithmic = natural_log(_ONE - name("cumulative") / _STEPS) / natural_log(remains) * _PER_CENT
        self._result("target_progress", logarithmic, reached, "target")
        linear = name("cumulative") / _STEPS / (name("target") / _PER_CENT) * _PER_CENT
        self._result("target_progress_linear", linear, reached, "target")

    def _result(self, column: str, formula: Formula, inputs: Mapping[str, Cell], about: str) -> Cell:
        address = Address(column, self.subject, self.account.period)
        return self.account.paper.result(address, formula, inputs, clause=f"{CLAUSE}#{about}")
