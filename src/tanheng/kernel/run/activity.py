"""From observations to activity data: which statements count, in which unit, and what is not there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from tanheng.kernel.faults import Finding, Refusal, Severity
from tanheng.kernel.pack import Carrier
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import Unit, name
from tanheng.kernel.run.inputs import Inputs
from tanheng.kernel.run.plan import Plan
from tanheng.kernel.subject import Stay
from tanheng.kernel.table import BOOLEAN, DAY, FILLED, NUMBER, Table
from tanheng.kernel.trace import Lookup, Trace

MONTH = ["period_start", "period_end"]
ROW = ("facility", "carrier", *MONTH)


@dataclass(frozen=True)
class Gap:
    """A month for which a carrier that the facility otherwise reports was not reported."""

    facility: str
    carrier: str
    period: Period


def calendar(period: Period) -> Table:
    """The months of a period as a table: period_start, period_end."""
    months = period.months()
    starts, ends = [month.start for month in months], [month.end for month in months]
    return Table.of_columns({"period_start": (DAY, starts), "period_end": (DAY, ends)}, keys=MONTH)


def selected(inputs: Inputs, plan: Plan, *, period: Period, facilities: Iterable[str] | None = None) -> Table:
    """The observations that the method reads in a period, as known on the knowledge date.

    Gives    one row per (facility, carrier, month); the columns of the observation beside stated_amount and unit.
    """
    (reads,), use = plan.definition.reads, plan.use
    rows = inputs.observations
    if facilities is not None:  # few rows: found once by their subject, then asked everything else
        rows = rows.where_in("subject", facilities).where_inside(period.start, period.end).collected()
    rows = rows.where(indicator=reads.indicator, accumulation=reads.accumulation.value, coverage=use.coverage)
    rows = rows.where_inside(period.start, period.end)
    return rows.where_valid(plan.parameters.known_on, start="known_from", end="known_to")


def allowed(rows: Table, plan: Plan, *, keep: Sequence[str] = ()) -> tuple[Table, list[Finding]]:
    """The rows whose use class the scheme may use, and a finding for each class left out.

    Gives    the columns of ROW, stated_amount, unit and those to `keep`, held in memory for all that follows.
    """
    rows = rows.rename(subject="facility").select([*ROW, "stated_amount", "unit", "use_class", *keep])
    rows = rows.keyed(*ROW).collected()
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
    """Adds `amount` in the unit of the carrier: amount = stated_amount x carrier units in one stated unit.

    Where every sender already wrote the unit of the carrier, amount = stated_amount.

    Refuses  unit-mismatch: a stated unit of another kind than the carrier's.
    """
    found = rows.distinct(["carrier", "unit"])
    ratios = {(id, unit): UnitRatio.between(unit, plan.carrier(id)) for id, unit in found if unit is not None}
    if all(ratio.exact == 1 for ratio in ratios.values()):
        return trace.step(rows, "amount", name("stated_amount"), unit="carrier_unit", clause="")
    unit = Unit.parse("carrier_unit/stated_unit")
    trace.units["stated_amount"] = Unit.parse("stated_unit")
    trace.looked_up(Lookup("", "units_per_stated_unit", "unit", unit, ("carrier", "unit"), ratios))
    columns = {**rows.kinds(["carrier", "unit"]), "units_per_stated_unit": NUMBER}
    answers = [
        {"carrier": carrier, "unit": stated, "units_per_stated_unit": ratio.number}
        for (carrier, stated), ratio in ratios.items()
    ]
    rows = rows.look_up([Table.of_rows(answers, columns, keys=("carrier", "unit"))])
    amount = name("stated_amount") * name("units_per_stated_unit")
    return trace.step(rows, "amount", amount, unit="carrier_unit", clause="")


@dataclass(frozen=True)
class UnitRatio:
    """How many units of the carrier one stated unit is."""

    stated: str
    unit: str
    exact: Fraction
    unverified: bool = False

    @property
    def number(self) -> float:
        """The ratio as a double."""
        return float(self.exact)

    @staticmethod
    def between(stated: str, carrier: Carrier) -> UnitRatio:
        """The ratio of a stated unit to the unit of a carrier.

        Refuses  unit-mismatch, unit-unknown.
        """
        ratio = Unit.parse(stated).ratio_to(carrier.unit, what=carrier.id)
        return UnitRatio(stated, carrier.unit.text, ratio)


def gaps_in(rows: Table, months: Sequence[Period], located: Mapping[str, Sequence[Stay]]) -> list[Gap]:
    """The months that a facility owes: of each carrier it reports at all in the period, while it lies anywhere.

    A carrier that a facility never reports in the period is not owed; who owes what is the reporting calendar's.

    Refuses  observed-twice: one facility, carrier and month in more rows than one.
    """
    suspects = _suspects(rows, len(months))
    if not suspects:
        return []
    present = _months_present(rows, {row["facility"] for row in suspects})
    gaps = []
    for row in suspects:
        facility, carrier = row["facility"], row["carrier"]
        found = present[facility, carrier]
        if len(found) != len(set(found)):
            fields = {"facility": facility, "carrier": carrier, "period": str(months[0])}
            raise Refusal("observed-twice", **fields)
        stays = located[facility] if facility in located else ()
        owed = [month for month in months if any(stay.within(month) for stay in stays)]
        gaps += [Gap(facility, carrier, month) for month in owed if month.start not in found]
    return sorted(gaps, key=lambda gap: (gap.facility, gap.carrier, gap.period))


def _suspects(rows: Table, months: int) -> list[dict[str, Any]]:
    """The facilities and carriers that do not have every month exactly once."""
    by = ["facility", "carrier"]
    counts = rows.count(by).collected()
    if rows.runs(by, rising="period_start") == counts.height():  # as a snapshot keeps them: no month stands twice
        return counts.where_any_differs(["count"], months).rows()
    counts = rows.count(by, different="period_start")
    return counts.where_any_differs(["count", "different"], months).rows()


def _months_present(rows: Table, facilities: set[str]) -> dict[tuple[str, str], list[date]]:
    present: dict[tuple[str, str], list[date]] = {}
    columns = ["facility", "carrier", "period_start"]
    for row in rows.where_in("facility", facilities).select(columns).rows():
        present.setdefault((row["facility"], row["carrier"]), []).append(row["period_start"])
    return present


def with_gaps(rows: Table, gaps: Sequence[Gap], amounts: Mapping[Gap, tuple[float, str]]) -> Table:
    """The rows with one more row for each gap, so that every sum above it counts it as missing or as filled.

    Reads    amounts: the amount and unit by which a gap is filled.
    Gives    in the row of any other gap neither amount nor unit: nobody stated any. `filled` marks the filled ones.
    """
    if not gaps:
        return rows
    columns: dict[str, Any] = {**rows.kinds([*ROW, "stated_amount", "unit"]), FILLED: BOOLEAN}
    empty = [
        {
            "facility": gap.facility,
            "carrier": gap.carrier,
            "period_start": gap.period.start,
            "period_end": gap.period.end,
            "stated_amount": amounts[gap][0] if gap in amounts else None,
            "unit": amounts[gap][1] if gap in amounts else None,
            FILLED: gap in amounts,
        }
        for gap in gaps
    ]
    return rows.stack(Table.of_rows(empty, columns, keys=rows.keys))


def gap_findings(gaps: Iterable[Gap]) -> list[Finding]:
    """One finding per facility and carrier, naming all its missing months."""
    months: dict[tuple[str, str], list[Period]] = {}
    for gap in gaps:
        months.setdefault((gap.facility, gap.carrier), []).append(gap.period)
    return [
        Finding(
            "gap",
            f"{facility}:{carrier}",
            {"subject": facility, "carrier": carrier, "periods": ", ".join(map(str, periods))},
        )
        for (facility, carrier), periods in months.items()
    ]
