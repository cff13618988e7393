"""Whether a unit's figure can be true: against the city, against its industry, against itself a year before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log10

from tanheng.kernel.account.account import Account
from tanheng.kernel.account.comparison import said, year_before
from tanheng.kernel.fact import Fact
from tanheng.kernel.faults import Severity, Worded
from tanheng.kernel.pack import IndicatorShape, Reads
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import Formula, Unit, name, number, worded_unit
from tanheng.kernel.trace import Address, Cell

CLAUSE = "assessment-practice#plausibility"
SHARE, PEERS, LAST_YEAR = "times_the_city", "times_its_peers", "times_last_year"
COMPUTED = "computed"
_TEN_THOUSAND = 4


def plausibility(account: Account) -> None:
    """How many times a unit's energy is the city's, the median of its industry, and its own of a year before.

    Reads    comprehensive_energy of units as stated, or (setting `of` = computed) the figures of the method over units;
             energy_total of the cities, of the last year known; the industry of a unit among its codes (`peer_code`).
    Gives    three ratios per unit, and a finding for each that passes its threshold (settings), with the place, the
             value, and the reading that would be plausible: another unit, or a shifted decimal point.
    Refuses  no-activity-data.
    Leaves out  individual statistical returns: their use class keeps them from every explanation.
    Source   assessment-practice#plausibility
    """
    stated = _computed(account) if account.setting("of") == COMPUTED else _stated(account)
    if not stated:
        raise account.nothing()
    check = _Check(account, {figure.unit: figure for figure in stated})
    for figure in stated:
        check.against_the_city(figure)
        check.against_peers(figure)
        check.against_last_year(figure)


@dataclass(frozen=True)
class _Figure:
    """A unit's figure, as it is compared (tce) and as it was written."""

    unit: str
    cell: Cell
    before: Cell | None
    indicator: str
    written: str
    written_unit: str
    source: str


@dataclass(frozen=True)
class _Check:
    """All units of a run."""

    account: Account
    figures: Mapping[str, _Figure]

    def against_the_city(self, figure: _Figure) -> None:
        """energy / total of the city; the two bases are of one size, which is all that matters here."""
        city = self._city()
        if city is None:
            return
        formula = name("energy") * number("1", "tce[coal_equivalent]/tce[calorific_value]")
        formula = formula / (name("city") * number("10000", "tce[coal_equivalent]/10^4 tce[coal_equivalent]"))
        times = self._ratio(SHARE, figure, formula, {"energy": figure.cell, "city": city})
        limit = self._number("share_of_city")
        if times is not None and times > limit:
            self._say("implausible-share", figure, times, self._times_off(times / limit, figure, above_only=True))

    def against_peers(self, figure: _Figure) -> None:
        """energy / median of the other units of its industry, where there are enough of them."""
        industry = self._industry(figure.unit)
        peers = [other.cell for other in self._peers(figure.unit, industry) if other.cell.value]
        if industry is None or len(peers) < self._number("fewest_peers"):
            return
        middle = sorted(peers, key=_by_value)[(len(peers) - 1) // 2]
        formula = name("energy") / name("median")
        times = self._ratio(PEERS, figure, formula, {"energy": figure.cell, "median": middle})
        if times is not None and self._passes(times, "times_peers"):
            suggestion = self._times_off(times, figure)
            self._say("implausible-against-peers", figure, times, suggestion, industry=industry)

    def against_last_year(self, figure: _Figure) -> None:
        """energy / energy of the same months of the year before."""
        if figure.before is None or figure.before.value is None:
            return
        inputs = {"energy": figure.cell, "before": figure.before}
        times = self._ratio(LAST_YEAR, figure, name("energy") / name("before"), inputs)
        if times is not None and self._passes(times, "times_last_year"):
            self._say("implausible-against-last-year", figure, times, self._times_off(times, figure))

    def _ratio(self, column: str, figure: _Figure, formula: Formula, inputs: Mapping[str, Cell]) -> float | None:
        at = Address(column, figure.unit, self.account.period)
        cell = self.account.paper.result(at, formula, inputs, clause=CLAUSE)
        return None if cell.value is None else cell.value / self.account.paper.grids[column].per_unit

    def _passes(self, times: float, setting: str) -> bool:
        limit = self._number(setting)
        return times >= limit or 0 <= times <= 1 / limit

    def _city(self) -> Cell | None:
        """The total of the largest area with a statement, of the last year that has one."""
        year = self.account.period.start.year
        facts = [
            fact
            for fact in self.account.facts_of("energy_total")
            if year - self._number("years_back") <= fact.period.start.year <= year
        ]
        latest = [fact for fact in facts if fact.period.start == max(other.period.start for other in facts)]
        largest = max(latest, key=lambda fact: fact.value, default=None)
        return None if largest is None else self.account.cell_of(largest, Unit.parse("10^4 tce[coal_equivalent]"))

    def _industry(self, unit: str) -> str | None:
        code = self.account.setting("peer_code")
        found = next((item for item in self.account.directory.facilities if item.id == unit), None)
        return found.codes[code] if found is not None and code in found.codes else None

    def _peers(self, unit: str, industry: str | None) -> Iterable[_Figure]:
        return (figure for other, figure in self.figures.items() if other != unit and self._industry(other) == industry)

    def _number(self, id: str) -> float:
        value = self.account.set_number(id).value
        if value is None:
            raise ValueError(f"the setting {id} has no value")
        return value

    def _say(self, code: str, figure: _Figure, times: float, suggestion: Worded, **fields: object) -> None:
        shape = self.account.packs.get(IndicatorShape, figure.indicator)
        about = {
            "indicator": Worded(shape.label.zh, shape.label.en), "value": figure.written,
            "unit": worded_unit(figure.written_unit),
            "times": f"{times:.4g}", "suggestion": suggestion, "source": figure.source,
        }  # fmt: skip
        said(self.account, code, figure.unit, Severity.WARNING, self.account.period, **about, **fields)

    def _times_off(self, times: float, figure: _Figure, *, above_only: bool = False) -> Worded:
        """The reading that would be plausible: without the 10^4 of its unit, or with the decimal point moved."""
        unit, ten_thousand = figure.written_unit, figure.written_unit.startswith("10^4 ")
        power = round(log10(times)) if times > 0 else 0
        if ten_thousand and (above_only or power == _TEN_THOUSAND):
            plain = unit.removeprefix("10^4 ")
            said = worded_unit(plain)
            return Worded(
                f"单位多半应为{said:zh}：{figure.written} {said:zh}。", f"Read it as {figure.written} {said:en}."
            )
        if power and not above_only and abs(log10(times) - power) < self._number("slip_tolerance"):
            step = f"10^{abs(power)}" if abs(power) > 1 else "10"
            zh, en = ("大", "large") if power > 0 else ("小", "small")
            return Worded(
                f"疑似小数点错位，偏{zh} {step} 倍。", f"Probably {step} times too {en}: a shifted decimal point."
            )
        return Worded("请核对数值与单位。", "Check value and unit.")


def _by_value(cell: Cell) -> tuple[float, str]:
    return (float("inf") if cell.value is None else cell.value, str(cell.address))


def _stated(account: Account) -> list[_Figure]:
    """What units state in the period, in whichever accumulation and coverage the definition reads it."""
    period, found = account.period, dict[str, _Figure]()
    for reads in account.definition.reads:
        if reads.indicator != account.setting("indicator"):
            continue
        before = {fact.subject: fact for fact in _facts(account, reads, year_before(period))}
        for fact in _facts(account, reads, period):
            if fact.subject not in found:
                found[fact.subject] = _figure(account, fact, before[fact.subject] if fact.subject in before else None)
    return list(found.values())


def _facts(account: Account, reads: Reads, period: Period) -> list[Fact]:
    return [fact for fact in account.facts_of(reads, within=period) if fact.period == period]


def _figure(account: Account, fact: Fact, before: Fact | None) -> _Figure:
    tce = Unit.parse("tce[calorific_value]")
    return _Figure(
        unit=fact.subject,
        cell=account.cell_of(fact, tce),
        before=None if before is None else account.cell_of(before, tce),
        indicator=fact.indicator,
        written=f"{fact.value:.12g}",
        written_unit=fact.unit.text,
        source=fact.source.partition("/")[2],
    )


def _computed(account: Account) -> list[_Figure]:
    """The figures of the method over units, in tce."""
    ((method, _),) = account.use.builds_on.items()
    column = account.setting("unit_column")
    now, before = (account.figures(method, column, each) for each in (account.period, year_before(account.period)))
    found = []
    for unit, cell in now.items():
        tce = _in_tce(account, cell)
        then = _in_tce(account, before[unit]) if unit in before else None
        written = "-" if tce.value is None else f"{tce.value:.12g}"
        found.append(_Figure(unit, tce, then, column, written, tce.unit.text, str(cell.address)))
    return found


def _in_tce(account: Account, cell: Cell) -> Cell:
    at = Address(f"{cell.address.column}_in_tce", cell.address.subject, cell.address.period)
    formula = name("figure") / number("1000000", "gce[calorific_value]/tce[calorific_value]")
    return account.paper.step(at, formula, {"figure": cell}, unit="tce[calorific_value]", clause=CLAUSE)
