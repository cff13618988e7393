"""What accounts that compare two periods share: the year before, a change in per cent, energy on its grid."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from tanheng.kernel.account.account import Account
from tanheng.kernel.faults import Finding, Refusal, Severity, Worded
from tanheng.kernel.pack import Fields, IndicatorShape, Reads
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import Formula, name, number, worded_unit
from tanheng.kernel.trace import Cell

_CHANGE = (name("now") / name("before") - number("1")) * number("100", "%")
GCE_IN_10K = "10000000000"
"""How many gce make 10^4 tce."""


def whole_year(account: Account) -> int:
    """The year that the run asks for.

    Refuses  period-not-year.
    """
    year = account.period.start.year
    if account.period != Period.year(year):
        raise Refusal("period-not-year", method=account.definition.id, period=str(account.period))
    return year


def to_date(account: Account) -> Period:
    """The period to date that the run asks for: January to some month of the same year, at least to February.

    Refuses  period-not-to-date.
    """
    period = account.period
    months = len(period.months())
    if not period.is_whole_months() or period.start.month != 1 or not 2 <= months <= 12:
        raise Refusal("period-not-to-date", method=account.definition.id, period=str(period))
    return period


def year_before(period: Period) -> Period:
    """The same months a year earlier."""
    return Period(_earlier(period.start), _earlier(period.end))


def percent_change() -> Formula:
    """(now / before - 1) x 100 %."""
    return _CHANGE


def percent_fall(now: Formula, before: Formula) -> Formula:
    """(1 - now / before) x 100 %: positive where it fell."""
    return (number("1") - now / before) * number("100", "%")


def in_10k(quantity: Formula, basis: str = "coal_equivalent") -> Formula:
    """Grams of coal equivalent as 10^4 tce."""
    return quantity / number(GCE_IN_10K, f"gce[{basis}]/10^4 tce[{basis}]")


def subject_words(account: Account, subject: str) -> Worded:
    """The name of a subject in both languages."""
    return Worded(*(account.directory.label_of(subject, lang) for lang in ("zh", "en")))


def field_words(account: Account, code: str) -> Worded:
    """The name of a field or sector in both languages, where the packs have one; else its code."""
    entries = (entry for group in account.packs.all(Fields) for entry in group.entries if entry.code == code)
    found = next(entries, None)
    return Worded(code, code) if found is None else Worded(found.label.zh, found.label.en)


def said(account: Account, code: str, subject: str, severity: Severity, period: Period, **fields: object) -> None:
    """Adds a finding about a subject and a period, once."""
    about = {"subject": subject_words(account, subject), "period": str(period)}
    finding = Finding(code, f"{account.definition.id}@{subject}@{period}", {**about, **fields}, severity)
    if finding not in account.paper.findings:
        account.paper.findings.append(finding)


def at_constant_prices(account: Account, indicator: str, subject: str, period: Period, beside: Period) -> Cell:
    """A figure at the prices that its indicator declares; late is normal, another price year is no comparison.

    Reads    beside: the period it is compared with, which must be of the same coverage.
    Gives    a gap and a note where it is not known; a gap and a blocking finding where its price year differs.
    """
    reads = _of_equal_coverage(account, indicator, subject, (period, beside))
    shape = account.packs.get(IndicatorShape, indicator)
    found = [fact for fact in account.facts_of(reads, within=period, subjects=[subject]) if fact.period == period]
    odd = [fact for fact in found if fact.unit.powers != shape.unit.powers]
    if not odd:
        return account.observed(reads, subject, period, severity=Severity.NOTE)
    label = Worded(shape.label.zh, shape.label.en)
    fields = {"indicator": label, "actual": worded_unit(odd[0].unit.text), "expected": worded_unit(shape.unit.text)}
    said(account, "price-base-differs", subject, Severity.BLOCKER, period, **fields)
    address = account.cell_of(odd[0]).address
    return account.paper.given(address, None, shape.unit, f"gap:{address}")


def _of_equal_coverage(account: Account, indicator: str, subject: str, periods: tuple[Period, ...]) -> Reads:
    """The first reading of an indicator in which all periods are known; else the first."""
    readings = [reads for reads in account.definition.reads if reads.indicator == indicator]
    for reads in readings:
        known = {fact.period for fact in account.facts_of(reads, subjects=[subject])}
        if known >= set(periods):
            return reads
    return readings[0]


def gdp_growing(account: Account, subject: str, now: Period, before: Period) -> tuple[Formula, dict[str, Cell]]:
    """How many times the GDP of the period before this one is, at comparable prices.

    gdp now / gdp before; where one of them is not known, 1 + the growth that is published for the year (gdp_growth).

    Gives    the formula and its inputs; a gap among them, and a note, where neither is known.
    """
    inputs = {
        "gdp_now": at_constant_prices(account, "gdp", subject, now, before),
        "gdp_before": at_constant_prices(account, "gdp", subject, before, now),
    }
    if all(cell.value is not None for cell in inputs.values()) or year_before(now) != before:
        return name("gdp_now") / name("gdp_before"), inputs
    growth = account.observed("gdp_growth", subject, now, severity=None)
    if growth.value is None:
        return name("gdp_now") / name("gdp_before"), inputs
    return number("1") + name("gdp_growth") / number("100", "%"), {"gdp_growth": growth}


def _earlier(day: date) -> date:
    return date(day.year - 1, day.month, 1)


def said_summed(account: Account, area: str, period: Period, indicator: str, absent: Collection[str]) -> None:
    """Says that an area has no table of its own and the areas in it are added up.

    Without some of them it is no sum of the area, whatever it looks like: nothing that rests on it is published.
    """
    shape = account.packs.get(IndicatorShape, indicator).label
    fields: dict[str, object] = {"indicator": Worded(shape.zh, shape.en)}
    if not absent:
        said(account, "dispatch-summed", area, Severity.NOTE, period, **fields)
        return
    label = account.directory.label_of
    fields["absent"] = Worded(
        "、".join(label(part, "zh") for part in absent), ", ".join(label(part, "en") for part in absent)
    )
    said(account, "dispatch-summed-in-part", area, Severity.BLOCKER, period, **fields)
