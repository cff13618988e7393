"""What the pages of targets show: the matrix of a year, and one target with its way, its parts and its clause."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext

from tanheng.kernel.pack import Fields, IndicatorShape, MethodDefinition, PackSet
from tanheng.kernel.pack.measure import Measure
from tanheng.kernel.period import Period
from tanheng.kernel.subject import LOCATED_IN
from tanheng.kernel.trace import Address
from tanheng.records.computing import open_result
from tanheng.records.standing_obligations import kept_reading
from tanheng.reports.demand_words import demand_said
from tanheng.reports.stored_board import light_addresses
from tanheng.store.packs_in_use import packs_in_use
from tanheng.web.dashboards.demands import Demanded, demand_of, demands_of, lights_of
from tanheng.web.dashboards.lights import LightLine, LightReader, reader_of, tier_said
from tanheng.web.dashboards.quarters import quarter_name
from tanheng.web.directory.scope import Scope
from tanheng.web.results.figures import figure_of
from tanheng.web.results.heads import Column, ResultHead
from tanheng.web.results.selectors import Choice
from tanheng.web.results.stored_runs import stored_runs
from tanheng.web.ui.charts import Dot, LineChart, Series
from tanheng.web.ui.figure import Figure
from tanheng.web.ui.words import language, said

TRACKS = ("area", "field", "unit")
_KINDS = ("rate", "energy", "co2")


@dataclass(frozen=True)
class Cell:
    """What is demanded of one subject by one indicator in one tier, with its light."""

    id: str
    href: str
    tier: str
    demand: str
    since: str
    line: LightLine | None


@dataclass(frozen=True)
class Row:
    """The targets of one subject, a list of cells for each column."""

    place: str
    cells: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class MatrixPage:
    """The targets of a year: subjects down, indicators across, the tiers within a cell."""

    year: str
    years: Sequence[Choice]
    tracks: Sequence[Choice]
    columns: Sequence[str]
    rows: Sequence[Row]
    count: int


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
    parts: Sequence[tuple[str, Cell]]
    findings: Sequence[Mapping[str, object]]
    is_checked: bool


def matrix_page(scope: Scope, year: str, track: str) -> MatrixPage:
    """The targets in reach that are due in a year (default: the latest), of areas, fields or units."""
    every, packs = demands_of(scope), packs_in_use()
    years = sorted({item.year for item in every if item.year}, reverse=True)
    chosen = year if year in years else _usual(years, str(scope.day.year))
    mine = [item for item in every if item.year == chosen]
    known = [each for each in TRACKS if any(_track(item, scope) == each for item in mine)]
    shown = track if track in known else known[0] if known else ""
    mine = [item for item in mine if _track(item, scope) == shown]
    return MatrixPage(
        year=chosen,
        years=[Choice(each, f"?year={each}", each == chosen) for each in years],
        tracks=[Choice(_track_said(each), f"?year={chosen}&track={each}", each == shown) for each in known],
        columns=[_indicator(id, packs) for id in dict.fromkeys(item.target.indicator for item in mine)],
        rows=_rows(mine, scope, chosen, packs),
        count=len(mine),
    )


def _usual(years: Sequence[str], now: str) -> str:
    """This year, else the last one before it, else the next: targets reach as far as the middle of the century."""
    return next((year for year in years if year <= now), years[-1] if years else "")


def target_page(scope: Scope, id: str) -> TargetPage:
    """One target in reach.

    Refuses  obligation-unknown; blob-not-found.
    """
    item, packs = demand_of(scope, id), packs_in_use()
    every = [other for other in demands_of(scope) if _alike(other, item)]
    lights = lights_of(scope, item.year)
    cell, inside = _cell(item, lights), _inside(scope)
    checks, is_checked = _findings(item, scope)
    target, instrument = item.target, item.recorded.instrument
    return TargetPage(
        cell=cell,
        label=said(target.label),
        indicator=_indicator(target.indicator, packs),
        place=_place(item.subject, scope, packs),
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
            (_place(other.subject, scope, packs), _cell(other, lights))
            for other in every
            if _lies_in(item, other, inside)
        ],
        parts=[
            (_place(other.subject, scope, packs), _cell(other, lights))
            for other in every
            if _lies_in(other, item, inside)
        ],
        findings=checks,
        is_checked=is_checked,
    )


def _rows(mine: Sequence[Demanded], scope: Scope, year: str, packs: PackSet) -> Sequence[Row]:
    indicators = list(dict.fromkeys(item.target.indicator for item in mine))
    lights = lights_of(scope, year)
    found = []
    for subject in dict.fromkeys(item.subject for item in mine):
        own = [item for item in mine if item.subject == subject]
        cells = [[_cell(item, lights) for item in own if item.target.indicator == id] for id in indicators]
        found.append(Row(_place(subject, scope, packs), cells))
    return found


def _cell(item: Demanded, lights: Mapping[tuple[str, str], tuple[str, object]]) -> Cell:
    found = lights.get((item.target.id, item.tier))
    line = None if found is None else reader_of(found[0]).line(found[1])
    href, demand = reverse("target", args=[item.target.id]), demand_said(replace(item.target, tier=""), language())
    return Cell(item.target.id, href, tier_said(item.tier), demand, item.since, line)


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


def _findings(item: Demanded, scope: Scope) -> tuple[Sequence[Mapping[str, object]], bool]:
    """What the checks of decompositions found about a target, and whether any was run at all."""
    runs = stored_runs("decomposition_check", scope)
    if not runs:
        return [], False
    found = [finding for run in runs[:1] for finding in open_result(run.id).findings]
    return [each for each in found if item.target.id in str(each["place"]) or item.subject in str(each["place"])], True


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


# ---- names
def _track(item: Demanded, scope: Scope) -> str:
    if "#" in item.subject:
        return "field"
    return "area" if scope.ground.directory.level_of(item.subject) is not None else "unit"


def _track_said(track: str) -> str:
    return {"area": gettext("Areas (块)"), "field": gettext("Fields (条)"), "unit": gettext("Units")}[track]


def _indicator(id: str, packs: PackSet) -> str:
    """An indicator by its name, or by that of the measure that grades it; its id where no pack has either."""
    named = [shape.label for shape in packs.all(IndicatorShape) if shape.id == id]
    named += [measure.label for measure in packs.all(Measure) if measure.indicator == id]
    return said(named[0]) if named else id


def _place(subject: str, scope: Scope, packs: PackSet) -> str:
    area, _, code = subject.partition("#")
    name = scope.ground.directory.label_of(area, language())
    fields = (field for group in packs.all(Fields) for field in group.entries)
    return (
        f"{name} · {next((field.label[language()] for field in fields if field.code == code), code)}" if code else name
    )
