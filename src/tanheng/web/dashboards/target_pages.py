"""What the page of a target shows: its way, its parts, its clause, what lies ahead of it. Reads only."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext

from tanheng.kernel.pack import IndicatorShape, MethodDefinition
from tanheng.kernel.period import Period
from tanheng.kernel.subject import LOCATED_IN
from tanheng.kernel.trace import Address
from tanheng.records.computing import open_result
from tanheng.records.standing_obligations import kept_reading
from tanheng.reports.stored_board import light_addresses
from tanheng.store.packs_in_use import packs_in_use
from tanheng.web.dashboards.demands import Demanded, demand_of, demands_of, lights_of
from tanheng.web.dashboards.lights import LightLine, LightReader, reader_of, tier_said
from tanheng.web.dashboards.quarters import quarter_name
from tanheng.web.dashboards.target_ahead import (
    CaseShown,
    ServingTask,
    schedule_chart,
    serving_tasks,
    year_end_cases,
)
from tanheng.web.dashboards.target_cells import Cell, indicator_said, place_said, target_cell
from tanheng.web.dashboards.target_tree import Node, names, tree_below
from tanheng.web.directory.scope import Scope
from tanheng.web.obligations.split_start import is_open
from tanheng.web.obligations.splits import split_list
from tanheng.web.results.figures import figure_of
from tanheng.web.results.heads import Column, ResultHead
from tanheng.web.results.stored_runs import stored_runs
from tanheng.web.ui.charts import Dot, LineChart, Series
from tanheng.web.ui.figure import Figure
from tanheng.web.ui.words import said

_KINDS = ("rate", "energy", "co2")


@dataclass(frozen=True)
class TargetPage:
    """One target."""

    cell: Cell
    label: str
    indicator: str
    place: str
    year: str
    force: str
    baseline: str
    lead: str
    document: str
    clause: str
    quote: str
    line: LightLine | None
    chart: LineChart | None
    progress: Sequence[tuple[str, Figure]]
    above: Sequence[tuple[str, Cell]]
    parts: Sequence[Node]
    findings: Sequence[Mapping[str, object]]
    is_checked: bool
    schedule: LineChart | None
    cases: Sequence[CaseShown]
    tasks: Sequence[ServingTask]
    task_count: int
    may_split: bool
    splits: Sequence[tuple[str, str, str]]


def target_page(scope: Scope, id: str) -> TargetPage:
    """One target in reach.

    Refuses  obligation-unknown; blob-not-found.
    """
    item, packs = demand_of(scope, id), packs_in_use()
    every = [other for other in demands_of(scope) if _alike(other, item)]
    lights = lights_of(scope, item.year)
    cell, inside = target_cell(item, lights), _inside(scope)
    every_check, is_checked = _findings(scope)
    checks = [each for each in every_check if names(each, item)]
    tasks, task_count = serving_tasks(item, scope)

    def named(other: Demanded) -> tuple[str, Cell]:
        return place_said(other.subject, scope, packs), target_cell(other, lights)

    target, instrument = item.target, item.recorded.instrument
    return TargetPage(
        cell=cell,
        label=said(target.label),
        indicator=indicator_said(target.indicator, packs),
        place=place_said(item.subject, scope, packs),
        year=item.year,
        force=target.force or "",
        baseline=item.since,
        lead="、".join(target.lead_parties),
        document=f"{instrument.title} {instrument.number}".strip(),
        clause=target.clause.partition("#")[2],
        quote=_quote(item),
        line=cell.line,
        chart=_chart(item, every, lights),
        progress=_progress(item, scope),
        above=[
            (place_said(other.subject, scope, packs), target_cell(other, lights))
            for other in every
            if _lies_in(item, other, inside)
        ],
        parts=tree_below(item, every, every_check, scope, named),
        findings=checks,
        is_checked=is_checked,
        schedule=schedule_chart(item, packs, scope),
        cases=year_end_cases(item, scope),
        tasks=tasks,
        task_count=task_count,
        may_split=scope.may("split") and item.recorded.counts and is_open(item.target, scope),
        splits=[(line.href, line.label, line.state) for line in split_list(scope) if line.target == target.id],
    )


def _alike(other: Demanded, item: Demanded) -> bool:
    """Whether two targets demand the same of different subjects or in different tiers: one indicator, one span."""
    keys = ((each.target.indicator, each.year, each.since) for each in (other, item))
    return len(set(keys)) == 1 and other is not item


def _lies_in(inner: Demanded, outer: Demanded, inside: Collection[tuple[str, str]]) -> bool:
    """Whether a target is about a field of another's area, or an area directly in it, in the same tier."""
    if inner.tier != outer.tier or "#" in outer.subject or inner.subject == outer.subject:
        return False
    place, _, line = inner.subject.partition("#")
    return place == outer.subject if line else (inner.subject, outer.subject) in inside


def _inside(scope: Scope) -> Collection[tuple[str, str]]:
    """What lies directly in what today."""
    relations = (each for each in scope.ground.directory.relations if each.kind == LOCATED_IN)
    return {(each.child, each.parent) for each in relations if each.holds_on(scope.day)}


def _quote(item: Demanded) -> str:
    """The passage of the document in which the target stands."""
    start, end = item.recorded.row.span
    return str(kept_reading(item.recorded.instrument)["text"])[start:end].strip()


def _findings(scope: Scope) -> tuple[Sequence[Mapping[str, object]], bool]:
    """What the last check of a decomposition found, and whether any was run at all."""
    runs = stored_runs("decomposition_check", scope)
    return (open_result(runs[0].id).findings, True) if runs else ([], False)


def _progress(item: Demanded, scope: Scope) -> Sequence[tuple[str, Figure]]:
    """The figures of its progress: of the year and since the base year, as last computed for that year."""
    runs = [run for run in stored_runs("target_progress", scope) if str(run.period.start.year) == item.year]
    if not runs:
        return []
    head = ResultHead(open_result(max(runs, key=lambda run: (run.period.end, run.known_on)).id))
    rows = head.stored.figures.where(subject=item.target.id).rows()
    if not rows:
        return []
    row, packs, shown = rows[0], head.packs, []
    for id in packs.get(MethodDefinition, head.stored.receipt["method"]).results:
        if row[id] is not None:
            shape = packs.get(IndicatorShape, id)
            column = Column(id, said(shape.label), shape)
            address = Address(column.id, item.target.id, Period(row["period_start"], row["period_end"]))
            shown.append((column.label, figure_of(head, column, address, row, said_label=said(item.target.label))))
    return shown


# ---- the way: eight quarters of actual and demanded, with the other tier
def _chart(
    item: Demanded, every: Sequence[Demanded], lights: Mapping[tuple[str, str], tuple[str, object]]
) -> LineChart | None:
    found = lights.get((item.target.id, item.tier))
    if found is None:
        return None
    id, light = found
    reader = reader_of(id)
    addresses = light_addresses(id)[(light.subject, light.measure, light.tier)]
    kind = next((kind for kind in _KINDS if _drawn(reader, addresses, f"light_target_{kind}")), None)
    if kind is None:
        return None
    series = [
        _series(gettext("actual"), "actual", reader, addresses, f"light_actual_{kind}"),
        _series(
            tier_said(item.tier),
            "stretch" if item.tier == "stretch" else "floor",
            reader,
            addresses,
            f"light_target_{kind}",
        ),
    ]
    other = next((each for each in every if each.subject == item.subject and each.tier != item.tier), None)
    beside = lights.get((other.target.id, other.tier)) if other else None
    if other is not None and beside is not None and beside[0] == id:
        theirs = light_addresses(id)[(beside[1].subject, beside[1].measure, beside[1].tier)]
        form = "stretch" if other.tier == "stretch" else "floor"
        series.append(_series(tier_said(other.tier), form, reader, theirs, f"light_target_{kind}"))
    unit = next((dot.figure.unit for line in series for dot in line.dots if dot.figure), "")
    places = [quarter_name(period) for period, _ in addresses]
    return LineChart("way", said(light.measure_label), unit, places, series)


Addresses = Sequence[tuple[Period, Address | None]]


def _series(name: str, form: str, reader: LightReader, addresses: Addresses, column: str) -> Series:
    return Series(name, form, [_dot(reader, address, column) for _, address in addresses])


def _dot(reader: LightReader, address: Address | None, column: str) -> Dot:
    row = None if address is None else reader.rows.get((address.subject, address.period))
    if address is None or row is None or column not in row or row[column] is None:
        return Dot(None, None)
    shape = reader.columns[column]
    shown = figure_of(reader.head, shape, replace(address, column=column), row, said_label="")
    return Dot(shape.indicator.on_grid.exact(row[column]), shown)


def _drawn(reader: LightReader, addresses: Addresses, column: str) -> bool:
    return any(_dot(reader, address, column).value is not None for _, address in addresses)
