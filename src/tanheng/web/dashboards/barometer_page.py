"""What the page of a barometer shows: the map, both tracks, the rule, eight quarters back. Reads only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import BarometerRule, PackSet
from tanheng.kernel.period import Period
from tanheng.kernel.subject import Directory
from tanheng.papers.figure import SIGNS
from tanheng.reports.board import Board, TargetLight
from tanheng.reports.stored_board import kept_board
from tanheng.store.packs_in_use import packs_in_use
from tanheng.web.dashboards.lights import LightLine, colour_said, measure_said, reader_of, tier_said
from tanheng.web.dashboards.maps import Sheet, sheet_of
from tanheng.web.dashboards.quarters import (
    quarter_name,
    quarter_of,
    quarter_said,
    quarters_of,
    shown_of,
    stored_barometers,
)
from tanheng.web.directory.scope import Scope
from tanheng.web.results.selectors import Choice
from tanheng.web.rules.clauses import Cited, cited
from tanheng.web.ui.words import language, said

_ORDER = ("red", "orange", "yellow", "green", "blue", "grey")
_TRACKS = {
    "area": gettext_noop("Areas (块)"),
    "field": gettext_noop("Fields (条)"),
    "unit": gettext_noop("Units"),
}
_BESIDE = 12


@dataclass(frozen=True)
class RuleShown:
    """The rule by which lights were given: its levels from the best on, its clause, and how far that is checked."""

    label: str
    status: str
    clause: Cited | None
    levels: Sequence[tuple[str, str, str]]
    not_expressed: Sequence[str]


@dataclass(frozen=True)
class Track:
    """The lights of one track for the measure and tier that were chosen."""

    id: str
    label: str
    lines: Sequence[LightLine]

    @property
    def units(self) -> Mapping[str, str]:
        """The unit of each column of figures, which is one: the lights are of one measure."""
        names = ("target", "actual", "distance")
        told = {name: [getattr(line.light, name) for line in self.lines] for name in names}
        return {name: next((each.unit for each in found if each), "") for name, found in told.items()}


@dataclass(frozen=True)
class BarometerPage:
    """Everything the page of a barometer shows."""

    quarter: str
    period_label: str
    known_on: date
    results: Sequence[tuple[str, str]]
    quarters: Sequence[Choice]
    measures: Sequence[Choice]
    tiers: Sequence[Choice]
    measure: str
    tier: str
    kind: str
    counts: Sequence[tuple[str, str, str, int]]
    sheet: Sheet | None
    tiles: Sequence[LightLine]
    tracks: Sequence[Track]
    rule: RuleShown
    notes: Sequence[Mapping[str, object]]
    publish_href: str


def track_label(track: str) -> str:
    """块, 条."""
    return gettext(_TRACKS[track])


def latest_quarter(scope: Scope) -> str | None:
    """The latest quarter that has a barometer; None while there is none."""
    found = quarters_of(stored_barometers(scope))
    return quarter_name(found[0]) if found else None


def barometer_page(quarter: str, measure: str | None, tier: str | None, scope: Scope) -> BarometerPage:
    """The barometer of a quarter for a measure and a tier, as far as the reader sees.

    Refuses  period-unreadable, barometer-period-not-quarter; barometer-not-stored: the quarter has none;
             barometer-measure-unknown: nothing is demanded by it.
    """
    period = quarter_of(quarter)
    stored = stored_barometers(scope)
    shown = shown_of(stored, period)
    if not shown:
        known = ", ".join(quarter_name(item) for item in quarters_of(stored)) or "-"
        raise Refusal("barometer-not-stored", quarter=quarter_name(period), known=known)
    boards = [kept_board(item.id) for item in shown]
    return _Page(period, boards, scope, [quarter_name(item) for item in quarters_of(stored)]).page(measure, tier)


@dataclass(frozen=True)
class _Page:
    period: Period
    boards: Sequence[Board]
    scope: Scope
    stored: Sequence[str]

    def page(self, measure: str | None, tier: str | None) -> BarometerPage:
        lights = self._lights()
        chosen, wanted = self._chosen(lights, measure, tier)
        mine = [(board, light) for board, light in lights if (light.measure, light.tier) == (chosen, wanted)]
        board = mine[0][0] if mine else self.boards[0]
        tracks = self._tracks(mine)
        areas = {line.subject: line for track in tracks if track.id == "area" for line in track.lines}
        parameters = board.result.receipt["parameters"]
        return BarometerPage(
            quarter=quarter_name(self.period),
            period_label=self.period.label(language()),
            known_on=date.fromisoformat(parameters["known_on"]),
            results=[(said(each.packs.scheme_label(_scheme(each))), each.result.id) for each in self.boards],
            quarters=[self._quarter(name) for name in self.stored],
            measures=self._measures(lights, chosen),
            tiers=self._tiers(lights, chosen, wanted),
            measure=measure_said(mine[0][1]) if mine else "",
            tier=tier_said(wanted),
            kind=mine[0][1].kind if mine else "",
            counts=_counts(tracks),
            sheet=self._sheet(areas),
            tiles=sorted(areas.values(), key=lambda line: line.place),
            tracks=tracks,
            rule=rule_shown(board.rule, board.packs),
            notes=self._notes(board),
            publish_href=reverse("barometer_papers", args=[quarter_name(self.period)]) if self.scope.sees_all else "",
        )

    def _lights(self) -> Sequence[tuple[Board, TargetLight]]:
        return [
            (board, light)
            for board in self.boards
            for light in board.lights
            if self.scope.sees(light.subject, self.period)
        ]

    def _chosen(
        self, lights: Sequence[tuple[Board, TargetLight]], measure: str | None, tier: str | None
    ) -> tuple[str, str]:
        """The measure and tier that were asked for; else those most areas have a light by."""
        told = Counter((light.measure, light.tier) for _, light in lights)
        if measure and measure not in {each for each, _ in told}:
            known = ", ".join(sorted({each for each, _ in told})) or "-"
            raise Refusal("barometer-measure-unknown", measure=measure, known=known)
        areas = [light for _, light in lights if light.track == "area" and light.counting.level is not None]
        coloured = Counter((light.measure, light.tier) for light in areas)
        order = list(told)
        fit = [key for key in order if measure in (None, "", key[0])]
        asked = [key for key in fit if key[1] == tier]
        best = sorted(asked or fit, key=lambda key: (-coloured[key], order.index(key)))
        return best[0] if best else ("", "")

    def _measures(self, lights: Sequence[tuple[Board, TargetLight]], chosen: str) -> Sequence[Choice]:
        names = {light.measure: light.measure_label for _, light in lights}
        quarter = quarter_name(self.period)
        return [Choice(said(label), self._href(quarter, id), id == chosen) for id, label in names.items()]

    def _tiers(self, lights: Sequence[tuple[Board, TargetLight]], chosen: str, tier: str) -> Sequence[Choice]:
        known = dict.fromkeys(light.tier for _, light in lights if light.measure == chosen)
        quarter = quarter_name(self.period)
        return [Choice(tier_said(each), self._href(quarter, chosen, each), each == tier) for each in known]

    def _quarter(self, name: str) -> Choice:
        return Choice(quarter_said(quarter_of(name)), self._href(name), name == quarter_name(self.period))

    def _href(self, quarter: str, measure: str = "", tier: str = "") -> str:
        query = "&".join(f"{name}={value}" for name, value in (("measure", measure), ("tier", tier)) if value)
        return reverse("barometer", args=[quarter]) + (f"?{query}" if query else "")

    def _tracks(self, mine: Iterable[tuple[Board, TargetLight]]) -> Sequence[Track]:
        found: dict[str, list[LightLine]] = {track: [] for track in _TRACKS}
        for board, light in mine:
            found[light.track].append(reader_of(board.result.id).line(light, reverse("target", args=[light.target])))
        return [Track(id, track_label(id), sorted(lines, key=_urgency)) for id, lines in found.items() if lines]

    def _sheet(self, areas: Mapping[str, LightLine]) -> Sheet | None:
        directory: Directory = self.scope.ground.directory
        names = {area.id: said(area.label) for area in directory.areas if self.scope.sees(area.id)}
        return sheet_of(packs_in_use(), names, self.period, areas)

    def _notes(self, board: Board) -> Sequence[Mapping[str, object]]:
        """What was found while grading, the blocking first; of what lies out of reach, nothing."""
        if not self.scope.sees_all:
            return []
        told = [finding for finding in board.result.findings if finding["severity"] != "note"]
        return sorted(told, key=lambda finding: finding["severity"] != "blocker")[:_BESIDE]


def _scheme(board: Board) -> str:
    return str(board.result.receipt["parameters"]["scheme"])


def _urgency(line: LightLine) -> tuple[int, str]:
    return _ORDER.index(line.light.colour), line.place


def _counts(tracks: Iterable[Track]) -> Sequence[tuple[str, str, str, int]]:
    """How many lights have which colour, the worst first."""
    told = Counter(line.light.colour for track in tracks for line in track.lines)
    return [(colour, SIGNS[colour], colour_said(colour), told[colour]) for colour in _ORDER if told[colour]]


def rule_shown(rule: BarometerRule, packs: PackSet) -> RuleShown:
    """The rule by which lights were given, in words."""
    levels = [(item.colour, SIGNS[item.colour], said(item.label)) for item in rule.levels]
    unsaid = [said(item) for item in rule.not_expressed]
    return RuleShown(said(rule.label), str(rule.status), cited(packs, rule.clause), levels, unsaid)
