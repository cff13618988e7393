"""Lights and targets as rows, one for each: what a page shows in a matrix or on a map. Reads only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tanheng.kernel.faults import Refusal
from tanheng.reports.board import Board, TargetLight
from tanheng.reports.demand_words import demand_said
from tanheng.reports.stored_board import kept_board
from tanheng.web.dashboards.demands import Demanded, demands_of, lights_of
from tanheng.web.dashboards.lights import LightLine, reader_of, tier_said
from tanheng.web.dashboards.quarters import quarter_name, quarter_of, quarters_of, shown_of, stored_barometers
from tanheng.web.directory.scope import Scope
from tanheng.web.ui.words import language, said

Row = Mapping[str, Any]


def quarter_rows(scope: Scope) -> list[Row]:
    """The quarters that have a barometer, the latest first, each with the results it is shown from."""
    stored = stored_barometers(scope)
    return [
        {
            "quarter": quarter_name(period),
            "label": period.label(language()),
            "results": [
                {"id": run.id, "scheme": run.scheme, "known_on": run.known_on} for run in shown_of(stored, period)
            ],
        }
        for period in quarters_of(stored)
    ]


def light_rows(quarter: str, scope: Scope, *, measure: str = "", tier: str = "", track: str = "") -> list[Row]:
    """The lights of a quarter in reach, in the order of the board; narrowed to a measure, a tier, a track.

    Refuses  period-unreadable, barometer-period-not-quarter; barometer-not-stored: the quarter has none.
    """
    stored, period = stored_barometers(scope), quarter_of(quarter)
    shown = shown_of(stored, period)
    if not shown:
        known = ", ".join(quarter_name(item) for item in quarters_of(stored)) or "-"
        raise Refusal("barometer-not-stored", quarter=quarter_name(period), known=known)
    boards = [kept_board(run.id) for run in shown]
    return [
        _light_row(board, light)
        for board in boards
        for light in board.lights
        if scope.sees(light.subject, period)
        and measure in ("", light.measure)
        and tier in ("", light.tier)
        and track in ("", light.track)
    ]


def target_rows(scope: Scope, *, year: str = "", subject: str = "", indicator: str = "") -> list[Row]:
    """The targets in reach in the order of their documents, each with the light of the last quarter of its year."""
    every = demands_of(scope)
    years = {item.year for item in every}
    lights = {each: lights_of(scope, each) for each in years if year in ("", each)}
    return [
        _target_row(item, scope, lights[item.year])
        for item in every
        if year in ("", item.year)
        and subject in ("", item.subject, item.subject.partition("#")[0])
        and indicator in ("", item.target.indicator)
    ]


def light_said(line: LightLine) -> Row:
    """A light with its figures."""
    light = line.light
    figures = {name: getattr(light, name) for name in ("target", "actual", "gap", "distance")}
    told = {"colour": light.colour, "word": light.word, "level": light.level, "made": light.made, "href": light.href}
    return {**told, **figures}


def _light_row(board: Board, light: TargetLight) -> Row:
    line = reader_of(board.result.id).line(light)
    quarters = [{"quarter": each.label, "colour": each.colour} for each in line.quarters]
    about = {"track": light.track, "measure": light.measure, "measure_label": light.measure_label}
    whom = {"subject": light.subject, "place": light.place, "target": light.target, "target_label": light.label}
    said_of = {"tier": light.tier, "result": board.result.id, "address": str(light.counting.address)}
    return {**about, **whom, **said_of, "light": light_said(line), "quarters": quarters}


def _target_row(item: Demanded, scope: Scope, lights: Mapping[tuple[str, str], tuple[str, TargetLight]]) -> Row:
    target, demand = item.target, item.target.demand
    found = lights[target.id, item.tier] if (target.id, item.tier) in lights else None
    line = None if found is None else reader_of(found[0]).line(found[1])
    labels = scope.ground.directory.labels
    place = item.subject.partition("#")[0]
    return {
        "id": target.id,
        "label": said(target.label),
        "indicator": target.indicator,
        "subject": item.subject,
        "place": labels[place],
        "tier": item.tier,
        "tier_label": tier_said(item.tier),
        "force": target.force or "",
        "demand": demand_said(target, language()),
        "operator": demand.operator,
        "value": demand.value,
        "value_high": demand.value_high,
        "unit": demand.unit,
        "since": item.since,
        "by": demand.by,
        "lead": "、".join(target.lead_parties),
        "document": item.recorded.instrument.instrument,
        "clause": target.clause.partition("#")[2],
        "light": None if line is None else light_said(line),
    }
