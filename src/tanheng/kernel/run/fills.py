"""Named fills: an amount put where none was reported, by a cited method that somebody asked for by name.

Nothing is filled unless the parameters name a method. A filled amount is a step like any other: it shows the
cells it was made from, the figures above it count how many amounts were filled, and a finding says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tanheng.kernel.fact.sources import source_ref
from tanheng.kernel.faults import Finding, Refusal, Severity
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import Formula, name, number
from tanheng.kernel.quantity.formula import names_in, text_of, value_of
from tanheng.kernel.run.activity import Gap, allowed, selected, with_gaps
from tanheng.kernel.run.inputs import Inputs
from tanheng.kernel.run.line import Line
from tanheng.kernel.run.plan import Plan
from tanheng.kernel.table import Table

Json = dict[str, Any]


@dataclass(frozen=True)
class FillMethod:
    """A way to fill a month from its neighbours: a formula over `before` and `after`, and what allows it."""

    id: str
    formula: Formula
    clause: str


_ADJACENT_MEAN = FillMethod(
    "adjacent_mean", (name("before") + name("after")) / number("2"), "tanheng-settings#adjacent-mean-fill"
)
FILLS: Mapping[str, FillMethod] = {method.id: method for method in (_ADJACENT_MEAN,)}


@dataclass(frozen=True)
class Neighbour:
    """The amount of the month before or after a gap, as stated, and its cell."""

    amount: float
    unit: str
    source: str


@dataclass(frozen=True)
class Fill:
    """A gap with the amount that stands in it."""

    gap: Gap
    method: FillMethod
    before: Neighbour
    after: Neighbour

    @property
    def unit(self) -> str:
        """The unit of the amount: that of both neighbours."""
        return self.before.unit

    @property
    def amount(self) -> float:
        """The amount by the method's formula."""
        return value_of(self.method.formula, {"before": self.before.amount, "after": self.after.amount})

    def step(self, address: str) -> Json:
        """The fill as a step of an explanation."""
        beside = {"before": self.before, "after": self.after}
        inputs = {
            side: {"value": beside[side].amount, "unit": self.unit, "ref": source_ref(beside[side].source)}
            for side in names_in(self.method.formula)
        }
        return {
            "id": address,
            "column": "stated_amount",
            "formula": text_of(self.method.formula),
            "inputs": inputs,
            "value": self.amount,
            "unit": self.unit,
            "clause": self.method.clause,
        }

    def as_json(self) -> Json:
        """What the explain contract tells of a fill beside the gap itself."""
        return {
            "method": self.method.id,
            "clause": self.method.clause,
            "value": self.amount,
            "unit": self.unit,
        }


def fills_of(inputs: Inputs, plan: Plan, gaps: Iterable[Gap]) -> list[Fill]:
    """The gaps that the named method can fill.

    adjacent_mean: amount = (before + after) / 2, the months before and after, both reported in one unit

    Gives    one Fill per gap with both neighbours inside the period of the run; the other gaps stay gaps.
    Refuses  fill-unknown: the parameters name a method that does not exist.
    """
    asked = plan.parameters.fill
    if asked is None:
        return []
    gaps = list(gaps)
    if asked not in FILLS:
        raise Refusal("fill-unknown", fill=asked, known=", ".join(FILLS))
    stated = _stated(inputs, plan, {gap.facility for gap in gaps}) if gaps else {}
    found = []
    for gap in gaps:
        before = stated.get((gap.facility, gap.line, "end", gap.period.start))
        after = stated.get((gap.facility, gap.line, "start", gap.period.end))
        if before and after and before.unit == after.unit:
            found.append(Fill(gap, FILLS[asked], before, after))
    return found


def with_gaps_and_fills(
    rows: Table, gaps: Sequence[Gap], inputs: Inputs, plan: Plan
) -> tuple[Table, Mapping[Gap, Fill]]:
    """The rows with one more row for each gap, filled where the parameters name a method that can, and the fills."""
    fills = {fill.gap: fill for fill in fills_of(inputs, plan, gaps)}
    amounts = {gap: (fill.amount, fill.unit) for gap, fill in fills.items()}
    return with_gaps(rows, gaps, amounts), fills


def fill_findings(fills: Iterable[Fill]) -> list[Finding]:
    """One finding per facility and line, naming the months that were filled and how."""
    months: dict[tuple[str, Line, str], list[Period]] = {}
    for fill in fills:
        months.setdefault((fill.gap.facility, fill.gap.line, fill.method.id), []).append(fill.gap.period)
    return [
        Finding(
            "gap-filled",
            f"{facility}:{line}",
            {
                "subject": facility,
                "carrier": str(line),
                "periods": ", ".join(map(str, periods)),
                "fill": method,
                "clause": FILLS[method].clause,
            },
            Severity.WARNING,
        )
        for (facility, line, method), periods in months.items()
    ]


def _stated(inputs: Inputs, plan: Plan, facilities: set[str]) -> dict[tuple[Any, ...], Neighbour]:
    """What some facilities reported in the period of the run, findable by the day a month starts and by its end."""
    asked = selected(inputs, plan, period=plan.parameters.period, facilities=facilities)
    rows, _ = allowed(asked, plan, keep=["source"])
    found: dict[tuple[Any, ...], Neighbour] = {}
    for row in rows.rows():
        neighbour = Neighbour(row["stated_amount"], row["unit"], row["source"])
        series = (str(row["facility"]), Line.of(row))
        found[*series, "start", row["period_start"]] = neighbour
        found[*series, "end", row["period_end"]] = neighbour
    return found
