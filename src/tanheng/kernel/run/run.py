"""Running a method: rows, sums at every level, findings and a receipt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tanheng.kernel.fact import nothing_in
from tanheng.kernel.faults import Finding, Refusal, Severity, blockers
from tanheng.kernel.pack import PackSet
from tanheng.kernel.period import Period
from tanheng.kernel.run.activity import (
    MONTH,
    Gap,
    allowed,
    calendar,
    gap_findings,
    gaps_in,
    periods_known,
    selected,
    with_amounts,
)
from tanheng.kernel.run.beside import with_beside
from tanheng.kernel.run.fills import fill_findings, with_gaps_and_fills
from tanheng.kernel.run.inputs import Inputs, Parameters
from tanheng.kernel.run.line import Line
from tanheng.kernel.run.location import as_table
from tanheng.kernel.run.plan import Plan
from tanheng.kernel.run.receipt import Receipt, not_expressed, receipt_of
from tanheng.kernel.run.to_date import check_to_date, gaps_to_date
from tanheng.kernel.subject import Stay
from tanheng.kernel.table import Table, roll_up, total

_LARGEST_AMOUNT = 1e11  # in the units of the carriers: more than the world uses, and at 40 tonnes a unit below 2^62 g
_LARGEST_SUM = 2.0**62


@dataclass(frozen=True)
class Result:
    """Figures with what is missing beside them, everything found on the way, and the receipt.

    `figures` has one row per (level, subject, period): each result of the method on its integer grid, with
    `<result>_missing` (base rows without a value), `<result>_unverified`, `rows` (base rows in all) and `filled`
    (base rows whose amount was filled). `gaps` are all months that were owed and not reported, filled or not. A method
    that reads year-to-dates has figures and gaps for the whole period only.
    """

    figures: Table
    findings: tuple[Finding, ...]
    gaps: tuple[Gap, ...]
    receipt: Receipt


def run_rows(method_id: str, packs: PackSet, inputs: Inputs, parameters: Parameters) -> Result:
    """Computes a method over rows in a period, for every facility and every area above it, by month and as a whole.

    Reads    inputs.observations (OBSERVATION_COLUMNS) and inputs.directory, as of parameters.log_position.
    Gives    a Result; data problems are in its findings and leave their cells empty.
    Refuses  definition-missing, scheme-unknown, factor-not-for-scheme, period-not-months, no-activity-data,
             observed-twice, observed-not-month, unit-mismatch, sum-too-large, result-too-large, relations-overlap,
             located-in-itself; of year-to-dates period-not-from-january, fill-needs-months.
    """
    plan = Plan.of(method_id, packs, parameters)
    if not parameters.period.is_whole_months():
        raise Refusal("period-not-months", period=str(parameters.period))
    if plan.definition.reads_to_date:
        check_to_date(plan)
    located = inputs.directory.stays(parameters.period)
    rows, found = allowed(selected(inputs, plan, period=parameters.period), plan)
    if not rows.height():
        known = periods_known(inputs, plan)
        raise nothing_in(parameters.period, method=method_id, known_on=parameters.known_on, known=known)
    owing = gaps_to_date if plan.definition.reads_to_date else gaps_in
    gaps = owing(rows, plan, inputs, _by_facility(located))
    trace = plan.new_trace()
    rows, fills = with_gaps_and_fills(rows, gaps, inputs, plan)
    rows, barred = with_beside(rows, inputs, plan, trace)
    _refuse_odd_periods(rows, plan)
    rows = with_amounts(rows, plan, trace)
    _refuse_overflow(rows, ["amount"], _LARGEST_AMOUNT)
    accounts = plan.method(rows, carriers_of=plan.carriers_of, factors=plan.factors, trace=trace)
    complete = not blockers(trace.findings) and not rows.has_empty("amount")
    months = total(accounts, ["facility", "period_start"], plan.definition.results, complete=complete).collected()
    figures, unlocated = _figures(months, located, plan)
    open_gaps = gap_findings(gap for gap in gaps if gap not in fills)
    of_rows = (*found, *barred, *open_gaps, *fill_findings(fills.values()), *_left_out(rows, accounts, plan))
    findings = (*of_rows, *trace.distinct_findings, *unlocated, *not_expressed(plan.definition))
    receipt = receipt_of(plan.definition, plan.packs, parameters, inputs, trace.lookups, figures)
    return Result(figures, findings, tuple(gaps), receipt)


def _by_facility(located: Iterable[Stay]) -> dict[str, list[Stay]]:
    found: dict[str, list[Stay]] = {}
    for stay in located:
        found.setdefault(stay.facility, []).append(stay)
    return found


def _figures(months: Table, located: Sequence[Stay], plan: Plan) -> tuple[Table, list[Finding]]:
    """Sums level by level, from the facility months: every wider sum is made over a narrower one.

    The start of a month stands for the month until the end, since no two periods of the rows start on one day.
    """
    results, levels = plan.definition.results, plan.area_levels
    _refuse_overflow(months, results, _LARGEST_SUM)
    placed = place(months, located, plan).collected()
    areas = roll_up(placed, [*levels, "period_start"], results).collected()
    monthly = {"facility": months}
    monthly |= {level: roll_up(areas.where_present(level), [level, "period_start"], results) for level in levels}
    by_month = [_level(table, level) for level, table in monthly.items()]
    spans = plan.spans(plan.parameters.period)
    figures = by_month[0].stack(*by_month[1:]).join_exact(calendar(spans), on=["period_start"])
    if len(spans) > 1:  # the whole of one month is that month, and stands there already
        figures = figures.stack(*(_level(_whole(table, level, plan), level) for level, table in monthly.items()))
    return figures.keyed("level", "subject", *MONTH).collected(), _unlocated(placed, plan)


def place(months: Table, located: Sequence[Stay], plan: Plan) -> Table:
    """Adds the areas in which a facility lay at the start of each month, or in which it opened in that month.

    A year-to-date counts where its last month does: where the facility lies when it states it.
    """
    present = set(months.values("facility"))
    stays = [stay for stay in located if stay.facility in present]
    where = as_table(stays, plan.area_levels, kind=months.kinds(["facility"])["facility"])
    if not plan.definition.reads_to_date:
        return months.join_valid(where, on=["facility"], day="period_start", start="stay_start", end="stay_end")
    months = months.with_constant(last_month=plan.parameters.period.months()[-1].start)
    placed = months.join_valid(where, on=["facility"], day="last_month", start="stay_start", end="stay_end")
    return placed.without("last_month")


def _level(table: Table, level: str) -> Table:
    return table.as_text(level).rename(**{level: "subject"}).with_constant(level=level)


def _whole(monthly: Table, level: str, plan: Plan) -> Table:
    summed, period = roll_up(monthly, [level], plan.definition.results), plan.parameters.period
    return summed.with_constant(period_start=period.start, period_end=period.end)


def _refuse_odd_periods(rows: Table, plan: Plan) -> None:
    """Rows are whole months, or the one year-to-date: anything else would be counted beside what it overlaps."""
    spans = {(span.start, span.end) for span in plan.spans(plan.parameters.period)}
    for start, end in rows.distinct(MONTH):
        if (start, end) not in spans:
            raise Refusal("observed-not-month", method=plan.definition.id, period=str(Period(start, end)))


def _unlocated(placed: Table, plan: Plan) -> list[Finding]:
    """A facility that lies in no area of a level is missing from that level's sums: named, never spread."""
    found = []
    for level in plan.area_levels:
        for (facility,) in placed.where_absent(level).distinct(["facility"]):
            fields = {"subject": facility, "period": str(plan.parameters.period), "level": level}
            found.append(Finding("not-located", f"{facility}:{level}", fields))
    return found


def _left_out(rows: Table, accounts: Table, plan: Plan) -> list[Finding]:
    """A line that the method has no steps for is in no sum: named, so that nobody takes it for counted."""
    lines = set(rows.distinct(plan.line)) - set(accounts.distinct(plan.line))
    if not lines:
        return []
    counts = {tuple(row[column] for column in plan.line): row["count"] for row in rows.count(plan.line).rows()}
    left_out = {str(Line.of(dict(zip(plan.line, line, strict=True)))): counts[line] for line in lines}
    return [
        Finding(
            "carrier-left-out",
            f"carrier={line}",
            {"carrier": line, "rows": count, "method": plan.definition.id},
            Severity.WARNING,
        )
        for line, count in sorted(left_out.items())
    ]


def _refuse_overflow(table: Table, columns: Sequence[str], limit: float) -> None:
    """A sum that leaves its integers would wrap around in silence, so it is refused before it is made."""
    for column, size in table.magnitude(columns).items():
        if not size < limit:  # nor is what is no number at all
            raise Refusal("sum-too-large", column=column)
