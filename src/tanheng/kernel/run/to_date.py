"""Runs over year-to-dates (1-本月): what may be asked of them, and what a facility owes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tanheng.kernel.run.activity import Gap, allowed, selected
from tanheng.kernel.run.inputs import Inputs
from tanheng.kernel.run.line import Line
from tanheng.kernel.run.plan import Plan
from tanheng.kernel.subject import Stay
from tanheng.kernel.table import Table


def check_to_date(plan: Plan) -> None:
    """Confirms that year-to-dates can answer what is asked.

    Refuses  period-not-from-january: a period that does not run from January on within one year; fill-needs-months: a
             filling from neighbouring months, which a year-to-date does not have.
    """
    period, method = plan.parameters.period, plan.definition.id
    from_january = Period(period.months()[-1].start.replace(month=1), period.end)
    if period != from_january:
        raise Refusal("period-not-from-january", method=method, period=str(period), nearest=str(from_january))
    if plan.parameters.fill is not None:
        raise Refusal("fill-needs-months", method=method, fill=plan.parameters.fill)


def gaps_to_date(rows: Table, plan: Plan, inputs: Inputs, located: Mapping[str, Sequence[Stay]]) -> list[Gap]:
    """What a facility owes: each line that it stated in another year-to-date of the year, while it still lies anywhere.

    What was once used in a year stands in every later year-to-date of it, so a line that fell out was not reported. A
    line that is stated from a later one on may have begun then; that nothing was used before is for its sender to say.

    Refuses  observed-twice: one facility and line in more rows than one.
    """
    by, period = ["facility", *plan.line], plan.parameters.period
    for row in rows.count(by).where_any_differs(["count"], 1).rows():
        fields = {"facility": str(row["facility"]), "carrier": str(Line.of(row)), "period": str(period)}
        raise Refusal("observed-twice", **fields)
    year = Period.year(period.start.year)
    others, _ = allowed(selected(inputs, plan, period=year, reads=plan.definition.reads), plan)
    owed = set(others.distinct(by)) - set(rows.distinct(by))
    found = [(str(row[0]), Line.of(dict(zip(by, row, strict=True)))) for row in owed]
    last = period.months()[-1]
    return [
        Gap(facility, line, period)
        for facility, line in sorted(found, key=lambda item: (item[0], str(item[1])))
        if facility in located and any(stay.within(last) for stay in located[facility])
    ]
