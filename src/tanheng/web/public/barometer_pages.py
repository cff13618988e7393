"""The barometer as it was published: the lights of areas and fields, with their map. Units have no public light."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tanheng.reports.board import Board, TargetLight
from tanheng.reports.stored_board import kept_board
from tanheng.store.packs_in_use import packs_in_use
from tanheng.web.dashboards.barometer_page import RuleShown, Track, rule_shown, track_label
from tanheng.web.dashboards.lights import LightLine, reader_of, tier_said
from tanheng.web.dashboards.maps import Sheet, sheet_of
from tanheng.web.dashboards.quarters import METHOD, quarter_name, quarter_of
from tanheng.web.public.published import AREA, PublishedTable, published_tables
from tanheng.web.results.selectors import Choice
from tanheng.web.ui.words import language, said

_ORDER = ("red", "orange", "yellow", "green", "blue", "grey")
_TRACKS = ("area", "field")


@dataclass(frozen=True)
class PublicBarometer:
    """Everything the public page of a barometer shows."""

    quarter: str
    period_label: str
    known_on: date
    quarters: Sequence[Choice]
    measures: Sequence[Choice]
    measure: str
    tier: str
    publications: Sequence[tuple[str, int, date]]
    counts: Sequence[tuple[str, str, str, int]]
    sheet: Sheet | None
    tiles: Sequence[LightLine]
    tracks: Sequence[Track]
    rule: RuleShown | None


def published_quarters() -> Sequence[str]:
    """The quarters of which a barometer was published as a whole, the latest first."""
    found = {table.head.period for table in _tables()}
    return [quarter_name(period) for period in sorted(found, key=lambda period: period.end, reverse=True)]


def public_barometer(quarter: str = "", chosen: str = "") -> PublicBarometer:
    """The barometer of a quarter as last published, or of the latest; by one measure in one tier.

    Refuses  barometer-not-stored: none was published; period-unreadable, barometer-period-not-quarter.
    """
    known = published_quarters()
    wanted = quarter or (known[0] if known else "-")
    if not known or quarter_name(quarter_of(wanted)) not in known:
        raise Refusal("barometer-not-stored", quarter=wanted, known=", ".join(known) or "-")
    period = quarter_of(wanted)
    return _Shown(period, _latest_by_scheme(period), known).page(chosen)


def _tables() -> Sequence[PublishedTable]:
    return [table for table in published_tables() if table.is_whole and table.head.stored.receipt["method"] == METHOD]


def _latest_by_scheme(period: Period) -> Sequence[PublishedTable]:
    """Of each scheme the publication that stands: the latest."""
    first: dict[str, PublishedTable] = {}
    for table in _tables():
        if table.head.period == period:
            first.setdefault(table.head.scheme, table)
    return [first[scheme] for scheme in sorted(first, reverse=True)]


@dataclass(frozen=True)
class _Shown:
    period: Period
    tables: Sequence[PublishedTable]
    known: Sequence[str]

    def page(self, chosen: str) -> PublicBarometer:
        lights = self._lights()
        kinds = list(dict.fromkeys((light.measure, light.tier) for _, light in lights))
        kind = next((kind for kind in kinds if _key(*kind) == chosen), self._usual(lights, kinds))
        mine = [(board, light) for board, light in lights if (light.measure, light.tier) == kind]
        tracks = _tracks(mine)
        areas = {line.subject: line for track in tracks if track.id == "area" for line in track.lines}
        return PublicBarometer(
            quarter=quarter_name(self.period),
            period_label=self.period.label(language()),
            known_on=max(table.head.known_on for table in self.tables),
            quarters=[Choice(name, _href(name), name == quarter_name(self.period)) for name in self.known],
            measures=self._measures(lights, kinds, kind),
            measure=said(mine[0][1].measure_label) if mine else "",
            tier=tier_said(kind[1]),
            publications=[
                (table.publication.title, table.position, timezone.localdate(table.publication.event.at))
                for table in self.tables
            ],
            counts=_counts(tracks),
            sheet=self._sheet(areas),
            tiles=sorted(areas.values(), key=lambda line: line.place),
            tracks=tracks,
            rule=rule_shown(mine[0][0].rule, mine[0][0].packs) if mine else None,
        )

    def _lights(self) -> Sequence[tuple[Board, TargetLight]]:
        boards = [kept_board(table.head.id) for table in self.tables]
        return [(board, light) for board in boards for light in board.lights if light.track in _TRACKS]

    @staticmethod
    def _usual(lights: Sequence[tuple[Board, TargetLight]], kinds: Sequence[tuple[str, str]]) -> tuple[str, str]:
        """The measure and tier by which most areas have a light."""
        told = [
            (light.measure, light.tier)
            for _, light in lights
            if light.track == "area" and light.counting.level is not None
        ]
        return max(kinds, key=lambda kind: (told.count(kind), -kinds.index(kind)), default=("", ""))

    def _measures(
        self, lights: Sequence[tuple[Board, TargetLight]], kinds: Sequence[tuple[str, str]], chosen: tuple[str, str]
    ) -> Sequence[Choice]:
        names = {light.measure: said(light.measure_label) for _, light in lights}
        quarter = quarter_name(self.period)
        return [
            Choice(f"{names[measure]} · {tier_said(tier)}", _href(quarter, _key(measure, tier)), kind == chosen)
            for kind in kinds
            for measure, tier in [kind]
        ]

    def _sheet(self, areas: Mapping[str, LightLine]) -> Sheet | None:
        directory = self.tables[0].directory
        names = {area.id: said(area.label) for area in directory.areas}
        return sheet_of(packs_in_use(), names, self.period, areas)  # how a place is drawn is no part of a result


def _tracks(mine: Sequence[tuple[Board, TargetLight]]) -> Sequence[Track]:
    found: dict[str, list[LightLine]] = {track: [] for track in _TRACKS}
    for board, light in mine:
        if light.subject.startswith(AREA):
            found[light.track].append(reader_of(board.result.id).line(light))
    return [Track(id, track_label(id), sorted(lines, key=_urgency)) for id, lines in found.items() if lines]


def _urgency(line: LightLine) -> tuple[int, str]:
    return _ORDER.index(line.light.colour), line.place


def _counts(tracks: Sequence[Track]) -> Sequence[tuple[str, str, str, int]]:
    shown = [line.light for track in tracks for line in track.lines]
    first = {light.colour: light for light in shown}
    return [
        (colour, first[colour].sign, first[colour].word, sum(light.colour == colour for light in shown))
        for colour in _ORDER
        if colour in first
    ]


def _key(measure: str, tier: str) -> str:
    return f"{measure}.{tier}"


def _href(quarter: str, chosen: str = "") -> str:
    return reverse("public-barometer", args=[quarter]) + (f"?by={chosen}" if chosen else "")
