"""Values observed beside the amounts: a measured calorific value that takes the place of a default."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from tanheng.kernel.accounting import BESIDE
from tanheng.kernel.faults import Finding, Refusal
from tanheng.kernel.pack import IndicatorShape, Reads
from tanheng.kernel.period import Accumulation, Period
from tanheng.kernel.quantity import Unit, name
from tanheng.kernel.run.activity import MONTH, UnitRatio, allowed, selected
from tanheng.kernel.run.inputs import Inputs
from tanheng.kernel.run.line import Line
from tanheng.kernel.run.plan import Plan
from tanheng.kernel.table import DAY, NUMBER, Table
from tanheng.kernel.trace import Lookup, Trace

_KEY = ("facility", "carrier", "period_start")
_SPAN = ("facility", "carrier", "span_start")
_SAID = (*_KEY, "period_end", "indicator", "accumulation", "coverage")
# the first day of the span in which a day lies: what was measured for a year holds for each of its months
_SPANS: Mapping[Accumulation, Callable[[date], date]] = {
    Accumulation.MONTH: lambda day: day,
    Accumulation.QUARTER: lambda day: day.replace(month=day.month - (day.month - 1) % 3),
    Accumulation.YEAR: lambda day: day.replace(month=1),
    Accumulation.YEAR_TO_DATE: lambda day: day,
}


def with_beside(
    rows: Table,
    inputs: Inputs,
    plan: Plan,
    trace: Trace,
    *,
    facilities: Iterable[str] | None = None,
    keep: Sequence[str] = (),
) -> tuple[Table, list[Finding]]:
    """The rows with the value that their unit measured of their carrier, where it did.

    Reads    the observations that the method's definition names under `beside`, in that order: the first one known for
             a facility, carrier and month is taken. A value of a quarter or a year holds for its months, one of a
             year-to-date for the rows of exactly that one.
    Gives    in a row that has one: `beside`, which indicator it is, and a column of that name in the unit of the row's
             carrier. `keep` are columns of the observation to carry along, as `<indicator>_<column>`. The table knows
             the combinations of line, unit, month and measured value that factors are looked up by.
    Refuses  observed-twice: one facility, carrier and period in more rows than one; unit-mismatch.
    """
    asked_by = (*plan.line, "unit", *MONTH)
    if not plan.definition.beside:
        return rows.with_combinations(*asked_by), []
    said, findings = _said(inputs, plan, facilities, keep)
    if not said.height():
        return rows.with_combinations(*asked_by), findings
    tables = list[Table]()
    for reads in plan.definition.beside:
        tables.append(_without(_by_month(said, reads, plan, keep), tables))
    found = tables[0].stack(*tables[1:]).collected()
    for indicator in plan.measured:
        found = _in_units_of_carriers(found, indicator, plan, trace)
    near, far = rows.parted("facility", [id for (id,) in found.distinct(["facility"])])
    units = [_unit(indicator) for indicator in plan.measured]
    rows = far.stack(near.join_exact(found, on=_KEY)).collected()
    return rows.with_combinations(*asked_by, BESIDE, *units), findings


def _said(
    inputs: Inputs, plan: Plan, facilities: Iterable[str] | None, keep: Sequence[str]
) -> tuple[Table, list[Finding]]:
    """All that is known of the indicators, in the years that the period of the run touches."""
    whole = plan.parameters.period
    years = Period(whole.start.replace(month=1), whole.end.replace(year=whole.end.year + 1, month=1))
    asked = selected(inputs, plan, period=years, facilities=facilities, reads=plan.definition.beside)
    return allowed(asked, plan, by=_SAID, keep=keep)


def _by_month(said: Table, reads: Reads, plan: Plan, keep: Sequence[str]) -> Table:
    """What is known by one reading: a row per (facility, carrier, month)."""
    id, span, whole = reads.indicator, _SPANS[reads.accumulation], plan.parameters.period
    rows = said.where(indicator=id, accumulation=reads.accumulation.value, coverage=plan.coverage_of(reads))
    if reads.accumulation is Accumulation.YEAR_TO_DATE:
        rows = rows.where(period_start=whole.start, period_end=whole.end)
    if not rows.has_key(_KEY):
        fields = {"facility": "-", "carrier": id, "period": str(whole)}
        raise Refusal("observed-twice", **fields)
    names = {"period_start": "span_start", "stated_amount": f"stated_{id}", "unit": _unit(id)}
    rows = rows.rename(**names, **{column: f"{id}_{column}" for column in keep})
    rows = rows.select([*_SPAN, f"stated_{id}", _unit(id), *(f"{id}_{column}" for column in keep)])
    starts = [row.start for row in plan.spans(whole)]
    months = {"period_start": (DAY, starts), "span_start": (DAY, [span(day) for day in starts])}
    spread = Table.of_columns(months, keys=["period_start"]).join_exact(rows, on=["span_start"])
    return spread.where_present("facility").with_constant(**{BESIDE: id}).keyed(*_KEY)


def _without(table: Table, earlier: Iterable[Table]) -> Table:
    """The rows of a table that no earlier one has."""
    for other in earlier:
        marked = other.select([*_KEY, BESIDE]).rename(**{BESIDE: "taken"})
        table = table.join_exact(marked, on=_KEY).where_absent("taken").without("taken")
    return table


def _in_units_of_carriers(found: Table, indicator: str, plan: Plan, trace: Trace) -> Table:
    """Adds the indicator as a column in the unit of each carrier: value = stated x units in one stated unit."""
    unit, by = plan.packs.get(IndicatorShape, indicator).unit, ("carrier", _unit(indicator))
    ratios = {
        (carrier, stated): UnitRatio.between(stated, plan.unit_of(Line(str(carrier)), indicator), what=indicator)
        for carrier, stated in found.distinct(by)
        if stated is not None
    }
    column, stated = f"units_per_stated_{indicator}", name(f"stated_{indicator}")
    trace.units[f"stated_{indicator}"] = unit
    if all(ratio.exact == 1 for ratio in ratios.values()):
        return trace.step(found, indicator, stated, unit=unit.text, clause="")
    trace.looked_up(Lookup("", column, "unit", Unit.parse("1"), by, ratios))
    told = [{"carrier": key[0], by[1]: key[1], column: ratio.number} for key, ratio in ratios.items()]
    found = found.look_up([Table.of_rows(told, {**found.kinds(by), column: NUMBER}, keys=by)])
    return trace.step(found, indicator, stated * name(column), unit=unit.text, clause="")


def _unit(indicator: str) -> str:
    """The column in which the unit of a value beside stands, as it was stated."""
    return f"{indicator}_unit"
