"""Running a method: rows, sums at every level, findings and a receipt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tanheng import __version__
from tanheng.kernel.faults import Finding, Refusal
from tanheng.kernel.pack import Choice, PackSet
from tanheng.kernel.period import Period
from tanheng.kernel.run.activity import MONTH, Gap, allowed, gap_findings, gaps_in, selected, with_amounts, with_gaps
from tanheng.kernel.run.inputs import Inputs, Parameters
from tanheng.kernel.run.location import as_table
from tanheng.kernel.run.plan import Plan
from tanheng.kernel.run.receipt import Receipt
from tanheng.kernel.subject import Stay
from tanheng.kernel.table import Table, digest, roll_up, total
from tanheng.kernel.trace import Trace

_LARGEST_AMOUNT = 1e12  # in the unit of a carrier: more than the world uses, and safely on any grid
_LARGEST_SUM = 2.0**62


@dataclass(frozen=True)
class Result:
    """Figures with what is missing beside them, everything found on the way, and the receipt.

    `figures` has one row per (level, subject, period): each result of the method on its integer grid, with
    `<result>_missing` (base rows without a value), `<result>_unverified`, and `rows` (base rows in all).
    """

    figures: Table
    findings: tuple[Finding, ...]
    gaps: tuple[Gap, ...]
    receipt: Receipt


def run(method_id: str, packs: PackSet, inputs: Inputs, parameters: Parameters) -> Result:
    """Computes a method over a period, for every facility and every area above it, by month and as a whole.

    Reads    inputs.observations (OBSERVATION_COLUMNS) and inputs.directory, as of parameters.log_position.
    Gives    a Result; data problems are in its findings and leave their cells empty.
    Refuses  definition-missing, scheme-unknown, factor-not-for-scheme, no-activity-data, observed-twice,
             unit-mismatch, sum-too-large.
    """
    plan = Plan.of(method_id, packs, parameters)
    located = inputs.directory.stays(parameters.period)
    rows, found = allowed(selected(inputs, plan, period=parameters.period), plan)
    if not rows.height():
        fields = {"method": method_id, "period": str(parameters.period), "known_on": parameters.known_on}
        raise Refusal("no-activity-data", **fields)
    _refuse_overflow(rows, ["stated_amount"], _LARGEST_AMOUNT)
    gaps = gaps_in(rows, parameters.period.months(), _by_facility(located))
    trace = plan.new_trace()
    rows = with_gaps(rows, gaps, packs.carriers).with_combinations("carrier", "unit", *MONTH)
    rows = with_amounts(rows, plan, trace)
    accounts = plan.method(rows, carriers_of=plan.carriers_of, factors=plan.factors, trace=trace)
    figures, unlocated = _figures(accounts, located, plan)
    findings = (*found, *gap_findings(gaps), *trace.findings, *unlocated)
    return Result(figures, findings, tuple(gaps), _receipt(plan, inputs, trace, figures))


def _by_facility(located: Iterable[Stay]) -> dict[str, list[Stay]]:
    found: dict[str, list[Stay]] = {}
    for stay in located:
        found.setdefault(stay.facility, []).append(stay)
    return found


def _figures(accounts: Table, located: Sequence[Stay], plan: Plan) -> tuple[Table, list[Finding]]:
    """Sums level by level: facility months once over all rows, every wider sum over the narrower one."""
    results = plan.definition.results
    months = total(accounts, ["facility", *MONTH], results).collected()
    _refuse_overflow(months, results, _LARGEST_SUM)
    placed = place(months, located, plan).collected()
    whole = plan.parameters.period
    levels = []
    for level in plan.definition.levels:
        monthly = roll_up(placed.where_present(level), [level, *MONTH], results) if level != "facility" else months
        levels += [_level(monthly, level), _level(_whole(monthly, level, whole, results), level)]
    figures = levels[0].stack(*levels[1:]).keyed("level", "subject", *MONTH).collected()
    return figures, _unlocated(placed, plan)


def place(months: Table, located: Sequence[Stay], plan: Plan) -> Table:
    """Adds the areas in which a facility lay at the start of each month."""
    where = as_table(located, plan.area_levels, kind=months.kinds(["facility"])["facility"])
    return months.join_valid(where, on=["facility"], day="period_start", start="stay_start", end="stay_end")


def _level(table: Table, level: str) -> Table:
    return table.as_text(level).rename(**{level: "subject"}).with_constant(level=level)


def _whole(monthly: Table, level: str, whole: Period, results: Sequence[str]) -> Table:
    summed = roll_up(monthly, [level], results)
    return summed.with_constant(period_start=whole.start, period_end=whole.end)


def _unlocated(placed: Table, plan: Plan) -> list[Finding]:
    """A facility that lies in no area of a level is missing from that level's sums: named, never spread."""
    found = []
    for level in plan.area_levels:
        for (facility,) in placed.where_absent(level).distinct(["facility"]):
            fields = {"subject": facility, "period": str(plan.parameters.period), "level": level}
            found.append(Finding("not-located", f"{facility}:{level}", fields))
    return found


def _refuse_overflow(table: Table, columns: Sequence[str], limit: float) -> None:
    """A sum that leaves its integers would wrap around in silence, so it is refused before it is made."""
    for column, size in table.magnitude(columns).items():
        if size >= limit:
            raise Refusal("sum-too-large", column=column)


def _receipt(plan: Plan, inputs: Inputs, trace: Trace, figures: Table) -> Receipt:
    entries: dict[str, set[str]] = {}
    for lookup in trace.lookups:
        for answer in lookup.answers.values():
            if isinstance(answer, Choice):
                entries.setdefault(lookup.factor, set()).update(used.entry.id for used in answer.used)
    return Receipt(
        engine=__version__,
        method=plan.definition.id,
        method_version=plan.definition.version,
        parameters=plan.parameters,
        packs=plan.packs.hashes,
        inputs=inputs.digests,
        entries={factor: tuple(sorted(ids)) for factor, ids in entries.items()},
        figures=digest(figures),
    )
