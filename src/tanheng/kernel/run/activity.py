"""From observations to activity data: which statements count, in which unit, and what is not there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from tanheng.kernel.faults import Finding, Refusal, Severity
from tanheng.kernel.pack import Reads
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import Unit, name
from tanheng.kernel.run.inputs import Inputs
from tanheng.kernel.run.line import SEVERAL, Line
from tanheng.kernel.run.plan import Plan
from tanheng.kernel.subject import Stay
from tanheng.kernel.table import BOOLEAN, DAY, FILLED, NUMBER, Table
from tanheng.kernel.trace import Lookup, Trace

MONTH = ["period_start", "period_end"]
_FEW = 4


@dataclass(frozen=True)
class Gap:
    """A month, or a year-to-date, for which a line that the facility otherwise reports was not reported."""

    facility: str
    line: Line
    period: Period


def calendar(spans: Sequence[Period]) -> Table:
    """The periods of rows as a table: period_start, period_end."""
    starts, ends = [span.start for span in spans], [span.end for span in spans]
    return Table.of_columns({"period_start": (DAY, starts), "period_end": (DAY, ends)}, keys=MONTH)


def selected(
    inputs: Inputs,
    plan: Plan,
    *,
    period: Period,
    facilities: Iterable[str] | None = None,
    reads: Sequence[Reads] | None = None,
) -> Table:
    """The observations that the method reads in a period, as known on the knowledge date.

    Reads    reads: which of them (default: the amounts that its definition reads; year-to-dates only where they are
             of the period itself).
    Gives    the columns of the observations.
    """
    wanted = reads or plan.definition.reads
    rows = inputs.shelf.of(*(read.indicator for read in wanted))
    if facilities is not None:  # few rows: found once by their subject, then asked everything else
        rows = _of_subjects(inputs, rows, wanted, frozenset(facilities), period)
    rows = rows.where_inside(period.start, period.end)
    rows = _known(rows, plan, wanted)
    if reads is None and plan.definition.reads_to_date:
        rows = rows.where(period_start=period.start, period_end=period.end)
    return rows


def _of_subjects(
    inputs: Inputs, rows: Table, reads: Sequence[Reads], facilities: frozenset[str], period: Period
) -> Table:
    """The rows of some facilities. Those of a few are kept until others are asked for: an explanation asks three times
    for the same ones, and the next page mostly for another month of them.
    """
    if len(facilities) > _FEW:
        return rows.where_in("subject", facilities).where_inside(period.start, period.end).collected()
    asked = (facilities, frozenset(read.indicator for read in reads))
    held: tuple[object, Table] | None = inputs.memory.get("rows of a few")
    if held is None or held[0] != asked:
        held = (asked, rows.where_in("subject", facilities).collected())
        inputs.memory["rows of a few"] = held
    return held[1]


def periods_known(inputs: Inputs, plan: Plan) -> list[Period]:
    """The periods of whatever the method could read, as known on the knowledge date."""
    wanted = plan.definition.reads
    rows = _known(inputs.shelf.of(*(read.indicator for read in wanted)), plan, wanted)
    known = rows.where_in("use_class", plan.use.use_classes).distinct(["period_start", "period_end"])
    return [Period(start, end) for start, end in known]


def _known(rows: Table, plan: Plan, reads: Iterable[Reads]) -> Table:
    rows = rows.where_valid(plan.parameters.known_on, start="known_from", end="known_to")
    return rows.where_any(_alternatives(reads, plan))


def _alternatives(reads: Iterable[Reads], plan: Plan) -> list[dict[str, list[str]]]:
    """What rows are read, the indicators of one accumulation and coverage together."""
    found: dict[tuple[str, str], list[str]] = {}
    for read in reads:
        found.setdefault((read.accumulation.value, plan.coverage_of(read)), []).append(read.indicator)
    return [
        {"indicator": indicators, "accumulation": [accumulation], "coverage": [coverage]}
        for (accumulation, coverage), indicators in found.items()
    ]


def allowed(
    rows: Table, plan: Plan, *, keep: Sequence[str] = (), by: Sequence[str] | None = None
) -> tuple[Table, list[Finding]]:
    """The rows whose use class the scheme may use, and a finding for each class left out.

    Reads    by: the columns that tell the rows apart (default: those of a row of the run).
    Gives    those columns, stated_amount, unit and those to `keep`, held in memory for all that follows.
    """
    by = by or plan.row
    rows = rows.rename(subject="facility").select([*by, "stated_amount", "unit", "use_class", *keep])
    rows = rows.keyed(*by).collected()
    classes = [value for (value,) in rows.distinct(["use_class"])]
    barred = [value for value in classes if value not in plan.use.use_classes]
    findings = [
        Finding(
            "use-class-not-allowed",
            f"use_class={value}",
            {"use_class": value, "rows": rows.where(use_class=value).height(), "method": plan.definition.id},
            Severity.WARNING,
        )
        for value in barred
    ]
    rows = rows.where_in("use_class", plan.use.use_classes) if barred else rows
    return rows, findings


def with_amounts(rows: Table, plan: Plan, trace: Trace) -> Table:
    """Adds `amount` in the unit of the line: amount = stated_amount x units of the line in one stated unit.

    The unit of a line is that of its indicator, which mostly is that of its carrier. Where every sender already wrote
    it, amount = stated_amount.

    Refuses  unit-mismatch: a stated unit of another kind than the line's.
    """
    by = (*(column for column in plan.line if column != "item"), "unit")
    found = [dict(zip(by, values, strict=True)) for values in rows.distinct(by)]
    answers = [(row, UnitRatio.between(row["unit"], plan.unit_of(Line.of(row)), what=str(Line.of(row))))
               for row in found if row["unit"] is not None]  # fmt: skip
    if all(ratio.exact == 1 for _, ratio in answers):
        return trace.step(rows, "amount", name("stated_amount"), unit="carrier_unit", clause="")
    unit = Unit.parse("carrier_unit/stated_unit")
    trace.units["stated_amount"] = Unit.parse("stated_unit")
    ratios = {tuple(row[column] for column in by): ratio for row, ratio in answers}
    trace.looked_up(Lookup("", "units_per_stated_unit", "unit", unit, by, ratios))
    columns = {**rows.kinds(by), "units_per_stated_unit": NUMBER}
    told = [{**row, "units_per_stated_unit": ratio.number} for row, ratio in answers]
    rows = rows.look_up([Table.of_rows(told, columns, keys=by)], empty_keys=any(row["carrier"] is None for row in told))
    amount = name("stated_amount") * name("units_per_stated_unit")
    return trace.step(rows, "amount", amount, unit="carrier_unit", clause="")


@dataclass(frozen=True)
class UnitRatio:
    """How many units of a line one stated unit is."""

    stated: str
    unit: str
    exact: Fraction
    unverified: bool = False

    @property
    def number(self) -> float:
        """The ratio as a double."""
        return float(self.exact)

    @property
    def text(self) -> str:
        """The unit of the ratio itself."""
        return f"({self.unit})/({self.stated})" if "/" in self.unit + self.stated else f"{self.unit}/{self.stated}"

    @staticmethod
    def between(stated: str, unit: Unit, *, what: str) -> UnitRatio:
        """The ratio of a stated unit to the unit of a line.

        Refuses  unit-mismatch, unit-unknown.
        """
        return UnitRatio(stated, unit.text, Unit.parse(stated).ratio_to(unit, what=what))


def gaps_in(rows: Table, plan: Plan, inputs: Inputs, located: Mapping[str, Sequence[Stay]]) -> list[Gap]:
    """The months that a facility owes: of each line it reports at all in the period, while it lies anywhere.

    A line that a facility never reports in the period is not owed; who owes what is the reporting calendar's.

    Refuses  observed-twice: one facility, line and month in more rows than one.
    """
    by, months = ["facility", *plan.line], plan.parameters.period.months()
    suspects = _suspects(rows, by, len(months))
    if not suspects:
        return []
    asked = {(str(row["facility"]), Line.of(row)) for row in suspects}
    present = {key: days for key, days in _months_present(rows, by, suspects).items() if key in asked}
    gaps, owed = list[Gap](), dict[str, Sequence[Period]]()
    for facility, text, line in sorted((facility, str(line), line) for facility, line in present):
        found = present[facility, line]
        if len(found) != len(set(found)):
            raise Refusal("observed-twice", facility=facility, carrier=text, period=str(months[0]))
        if facility not in owed:
            owed[facility] = _owed(months, located[facility] if facility in located else ())
        gaps += [Gap(facility, line, month) for month in owed[facility] if month.start not in found]
    return gaps


def _owed(months: Sequence[Period], stays: Sequence[Stay]) -> Sequence[Period]:
    """The months in which a facility lies anywhere, in their order."""
    return [month for month in months if any(stay.within(month) for stay in stays)]


def _suspects(rows: Table, by: Sequence[str], months: int) -> list[dict[str, Any]]:
    """The facilities and lines that do not have every month exactly once."""
    runs = rows.runs(by, rising="period_start")
    if runs is not None and runs.has_key(by):  # as a snapshot keeps them: no month stands twice
        return runs.where_any_differs(["count"], months).rows()
    counts = rows.count(by, different="period_start")
    return counts.where_any_differs(["count", "different"], months).rows()


def _months_present(
    rows: Table, by: Sequence[str], suspects: Sequence[Mapping[str, Any]]
) -> dict[tuple[str, Line], list[date]]:
    """The months that each line of the suspected facilities has."""
    asked = rows.where_in("facility", {row["facility"] for row in suspects}).select([*by, "period_start"]).collected()
    columns = [asked.values(name) for name in (*by, "period_start")]
    present: dict[tuple[Any, ...], list[date]] = {}
    for *key, start in zip(*columns, strict=True):
        present.setdefault(tuple(key), []).append(start)
    return {(str(key[0]), Line.of(dict(zip(by, key, strict=True)))): days for key, days in present.items()}


def with_gaps(rows: Table, gaps: Sequence[Gap], amounts: Mapping[Gap, tuple[float, str]]) -> Table:
    """The rows with one more row for each gap, so that every sum above it counts it as missing or as filled.

    Reads    amounts: the amount and unit by which a gap is filled.
    Gives    in the row of any other gap neither amount nor unit: nobody stated any. `filled` marks the filled ones.
    """
    if not gaps:
        return rows
    of_line = [name for name in SEVERAL if name in rows.keys]
    columns: dict[str, Any] = {**rows.kinds([*rows.keys, "stated_amount", "unit"]), FILLED: BOOLEAN}
    put = [amounts[gap] if gap in amounts else None for gap in gaps] if amounts else [None] * len(gaps)
    told: dict[str, list[Any]] = {
        "facility": [gap.facility for gap in gaps],
        **{name: [getattr(gap.line, name) for gap in gaps] for name in of_line},
        "period_start": [gap.period.start for gap in gaps],
        "period_end": [gap.period.end for gap in gaps],
        "stated_amount": [amount and amount[0] for amount in put],
        "unit": [amount and amount[1] for amount in put],
        FILLED: [amount is not None for amount in put],
    }
    return rows.stack(Table.of_columns({name: (columns[name], told[name]) for name in columns}, keys=rows.keys))


def gap_findings(gaps: Iterable[Gap]) -> list[Finding]:
    """One finding per facility and line, naming all its missing months."""
    months: dict[tuple[str, Line], list[Period]] = {}
    for gap in gaps:
        months.setdefault((gap.facility, gap.line), []).append(gap.period)
    return [
        Finding(
            "gap",
            f"{facility}:{line}",
            {"subject": facility, "carrier": str(line), "periods": ", ".join(map(str, periods))},
        )
        for (facility, line), periods in months.items()
    ]
