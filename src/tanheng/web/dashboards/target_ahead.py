"""What lies ahead of a target: the years of its way, the end of the year, the tasks that serve it. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from tanheng.kernel.faults import Refusal
from tanheng.kernel.obligation.tracking import Tracked
from tanheng.kernel.obligation.way import LINEAR, LOGARITHMIC, way_to
from tanheng.kernel.pack import PackSet
from tanheng.kernel.pack.measure import Measure
from tanheng.kernel.period import Period
from tanheng.kernel.trace import Address
from tanheng.web.dashboards.demands import Demanded
from tanheng.web.dashboards.lights import tier_said
from tanheng.web.directory.scope import Scope
from tanheng.web.obligations.task_board import board_of
from tanheng.web.obligations.task_words import stand_colour, stand_said, stand_sign
from tanheng.web.results.figures import figure_of
from tanheng.web.results.heads import result_head
from tanheng.web.results.stored_runs import StoredRun, stored_runs
from tanheng.web.ui.charts import Dot, LineChart, Series
from tanheng.web.ui.figure import Figure, Standing
from tanheng.web.ui.words import language, said

_WAYS = {
    "reports": gettext_noop("by the units' own forecasts"),
    "season": gettext_noop("by the season"),
    "model": gettext_noop("by the model"),
}
_ENDS = ("year_end_energy", "year_end_growth", "year_end_allowed_growth", "year_end_to_save")
_REACHED = "result_since_base"
_MOST_TASKS = 8
HOW = "#schedule-how"


@dataclass(frozen=True)
class CaseShown:
    """A case of the year's end: how it was foretold, and its figures by their names."""

    way: str
    figures: Sequence[tuple[str, Figure]]


@dataclass(frozen=True)
class ServingTask:
    """A task that serves a target: where it stands, and by when it is due."""

    href: str
    label: str
    sign: str
    word: str
    colour: str
    due: str


def schedule_chart(item: Demanded, packs: PackSet, scope: Scope) -> LineChart | None:
    """The cumulative cut that is due by the end of each year of a target of several years, and what was reached.

    Gives    None for a target of one year, or one that is no cut in per cent. What is due follows from the demand by
             the form of its path, else by that of its measure; what was reached stands in the results of its progress.
    """
    cut, span = item.target.demand.value, _years(item)
    if cut is None or len(span) < 2 or item.target.demand.operator != "down" or item.target.demand.unit != "%":
        return None
    form = _form(item, packs)
    try:
        way = way_to(cut, len(span), form=form)
    except Refusal:
        return None  # a table of its own, or a cut that cannot be spread: the demand says all there is
    due = [_due(item, year, value) for year, value in zip(span, way.schedule, strict=True)]
    reached = [_reached(item, year, scope) for year in span]
    series = [Series(gettext("due"), "stretch" if item.tier == "stretch" else "floor", due)]
    if any(dot.value is not None for dot in reached):
        series.insert(0, Series(gettext("actual"), "actual", reached))
    return LineChart("schedule", gettext("Cumulative cut since %(year)s") % {"year": item.since}, "%", span, series)


def year_end_cases(item: Demanded, scope: Scope) -> Sequence[CaseShown]:
    """The cases of the end of the target's year for its subject, as last foretold; none where nobody foretold it."""
    found = []
    for way, words in _WAYS.items():
        runs = [run for run in stored_runs(f"year_end_by_{way}", scope) if str(run.period.start.year) == item.year]
        figures = _ends_of(runs[0], item.subject, scope) if runs else []
        if figures:
            found.append(CaseShown(gettext(words), figures))
    return found


def serving_tasks(item: Demanded, scope: Scope) -> tuple[Sequence[ServingTask], int]:
    """The tasks of the target's year about its subject, or of the parties that lead it; and how many there are."""
    try:
        board = board_of(scope, int(item.year)) if item.year else None
    except Refusal:
        return [], 0
    place = item.subject.partition("#")[0]
    leads = set(item.target.lead_parties)
    mine = [
        each
        for each in (board.tasks if board else ())
        if each.task.subject == place or leads.intersection(each.task.lead_parties)
    ]
    return [_task(each) for each in mine[:_MOST_TASKS]], len(mine)


def _task(each: Tracked) -> ServingTask:
    stand, task = each.stand, each.task
    href = reverse("task", args=[task.id])
    due = each.schedule.due.isoformat() if each.schedule.due else task.schedule
    return ServingTask(href, said(task.label), stand_sign(stand), stand_said(stand), stand_colour(stand), due)


def _years(item: Demanded) -> list[str]:
    """The years from the one after the base year to the one by which it is due."""
    if not item.year or not item.since or not item.since[:4].isdecimal():
        return []
    return [str(year) for year in range(int(item.since[:4]) + 1, int(item.year) + 1)]


def _form(item: Demanded, packs: PackSet) -> str | None:
    forms = [item.target.path.form] if item.target.path is not None else []
    forms += [measure.path for measure in packs.all(Measure) if measure.indicator == item.target.indicator]
    return next((form for form in forms if form in (LOGARITHMIC, LINEAR)), None)


def _due(item: Demanded, year: str, value: float) -> Dot:
    shown = Figure(
        value=f"{value:.2f}",
        unit="%",
        period=Period.parse(year).label(language()),
        standing=Standing.COMPLETE,
        href=HOW,
        label=f"{said(item.target.label)} {tier_said(item.tier)}",
    )
    return Dot(Decimal(str(value)), shown)


def _reached(item: Demanded, year: str, scope: Scope) -> Dot:
    """What was reached by the end of a year, as the progress of that year says."""
    runs = [run for run in stored_runs("target_progress", scope) if str(run.period) == year]
    if not runs:
        return Dot(None, None)
    head = result_head(runs[0].id, scope)
    row = next(iter(head.stored.figures.where(subject=item.target.id).rows()), None)
    if row is None or _REACHED not in row or row[_REACHED] is None:
        return Dot(None, None)
    column, address = head.column(_REACHED), Address(_REACHED, item.target.id, runs[0].period)
    shown = figure_of(head, column, address, row, said_label=said(item.target.label))
    return Dot(column.indicator.on_grid.exact(row[_REACHED]), shown)


def _ends_of(run: StoredRun, subject: str, scope: Scope) -> Sequence[tuple[str, Figure]]:
    head = result_head(run.id, scope)
    year = Period.year(run.period.start.year)
    rows = head.stored.figures.where(subject=subject, period_start=year.start, period_end=year.end).rows()
    row = next(iter(rows), None)
    if row is None:
        return []
    shown = []
    for id in _ENDS:
        if id in row and row[id] is not None:
            column = head.column(id)
            shown.append((column.label, figure_of(head, column, Address(id, subject, year), row, said_label="")))
    return shown
