"""The lights of a stored barometer, read off its figures: what a page shows, without computing the account again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from tanheng.kernel.assessment.barometer import FED_BACK, NO_DATA
from tanheng.kernel.demand import Target
from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import NO_DATA as GREY
from tanheng.kernel.pack import Barometer, BarometerRule, Fields, IndicatorShape, PackSet, chosen_rules
from tanheng.kernel.pack.measure import Measure
from tanheng.kernel.period import Period
from tanheng.kernel.run import Parameters
from tanheng.kernel.subject import Directory
from tanheng.kernel.trace import Address
from tanheng.records.computing import open_result
from tanheng.records.kept_packs import packs_of
from tanheng.records.selecting import directory_as_of
from tanheng.records.site_files import results
from tanheng.records.standing_obligations import obligations_as_of
from tanheng.reports.board import Board, Quarter, Shown, TargetLight, WayLight
from tanheng.store.results import StoredResult

_LEVEL = "light_level"
_FIGURES = ("rate", "energy", "energy_calorific", "co2")
_PARTS = {"": "whole", "_of_energy": "of_energy", "_of_gdp": "of_gdp", "_rest": "rest"}
_TRACKS = ("area", "field", "unit")

Row = Mapping[str, Any]
Key = tuple[str, str, str]
"""Whose light, by which measure, in which tier."""


def stored_board(result: StoredResult) -> Board:
    """The lights of a stored result of `barometer`, from its figures, its packs and the records it names.

    Gives    what `board` gives, which computes the account again; of what readers may not see, nothing.
    Refuses  packs-not-kept, log-position-unknown; barometer-rule-not-chosen: none governs the quarter.
    """
    return _stored(result).board()


def _stored(result: StoredResult) -> _Stored:
    parameters = Parameters.of_json(result.receipt["parameters"])
    position, known_on = parameters.log_position, parameters.known_on
    targets = {item.obligation.id: item.obligation for item in obligations_as_of(known_on, position)}
    demanded = {id: item for id, item in targets.items() if isinstance(item, Target)}
    packs = packs_of(result.receipt["packs"])
    return _Stored(result, parameters, packs, directory_as_of(position), demanded)


def kept_board(id: str) -> Board:
    """The board of a stored result by its id, read once in this process: a result never changes.

    Refuses  result-not-found, result-damaged; as `stored_board`.
    """
    return _kept(str(results().root), results().find(id))[0]


def light_addresses(id: str) -> Mapping[Key, Sequence[tuple[Period, Address | None]]]:
    """Of every light of a board, by subject, measure and tier: where its level stands in each quarter back.

    Refuses  as `kept_board`.
    """
    return _kept(str(results().root), results().find(id))[1]


@lru_cache(maxsize=32)
def _kept(_root: str, id: str) -> tuple[Board, Mapping[Key, Sequence[tuple[Period, Address | None]]]]:
    stored = _stored(open_result(id))
    return stored.board(), stored.addresses()


@dataclass(frozen=True)
class _Place:
    """Whose light it is, by which measure and in which tier: what makes lights of several quarters one series."""

    target: Target
    subject: str
    measure: Measure
    tier: str

    @property
    def key(self) -> tuple[str, str, str]:
        return self.subject, self.measure.id, self.tier


@dataclass(frozen=True)
class _Stored:
    result: StoredResult
    parameters: Parameters
    packs: PackSet
    directory: Directory
    targets: Mapping[str, Target]

    def board(self) -> Board:
        period = self.parameters.period
        rule = self.rules[period]
        if rule is None:
            known = ", ".join(sorted(item.id for item in self.packs.all(BarometerRule)))
            raise Refusal("barometer-rule-not-chosen", count=0, period=str(period), known=known)
        lights = sorted((self._light(place, rule) for place in self._places(period)), key=_order)
        return Board(self.result, rule, period, tuple(lights), self.packs)

    def addresses(self) -> Mapping[Key, Sequence[tuple[Period, Address | None]]]:
        """Where the level of each light of the quarter stands, quarter by quarter."""
        keys = [place.key for place in self._places(self.parameters.period)]
        return {key: [(period, self._address(key, period)) for period in self.quarters] for key in keys}

    def _address(self, key: Key, period: Period) -> Address | None:
        place = self._series[period].get(key)
        if place is None or self.rules[period] is None:
            return None
        return Address(_LEVEL, f"{place.target.id}#{place.tier}/{_counting(self._ways(place, period))}", period)

    # ---- what the figures hold
    @cached_property
    def rows(self) -> Mapping[Period, Mapping[str, Row]]:
        """The rows by quarter and light; a light has the subject `<target>#<tier>/<made>`."""
        found: dict[Period, dict[str, Row]] = {period: {} for period in self.quarters}
        for row in self.result.figures.rows():
            period = Period(row["period_start"], row["period_end"])
            if row["subject"].rpartition("#")[0] in self.targets and period in found:
                found[period][row["subject"]] = row
        return found

    @cached_property
    def quarters(self) -> Sequence[Period]:
        """The quarters of the result, the earliest first. A quarter without any light between others stays."""
        spans = self.result.figures.distinct(["period_start", "period_end"])
        found = sorted({*(Period(start, end) for start, end in spans), self.parameters.period}, key=lambda one: one.end)
        return list(_quarters_between(found[0], found[-1]))

    @cached_property
    def rules(self) -> Mapping[Period, BarometerRule | None]:
        """The rule of each quarter: the one that was asked for, else the one that the place had chosen."""
        known = {rule.id: rule for rule in self.packs.all(BarometerRule)}
        asked = self.parameters.settings["rule"] if "rule" in self.parameters.settings else ""
        return {period: known[asked] if asked else self._chosen(known, period) for period in self.quarters}

    def _chosen(self, known: Mapping[str, BarometerRule], period: Period) -> BarometerRule | None:
        places, known_on = self.directory.labels, self.parameters.known_on
        chosen = chosen_rules(self.packs.all(Barometer), places, period, known_on)
        return known[chosen[0].rule] if len(chosen) == 1 else None

    @cached_property
    def _measures(self) -> Mapping[str, Measure]:
        return {measure.indicator: measure for measure in self.packs.all(Measure)}

    @cached_property
    def _named(self) -> Mapping[str, str]:
        return {label["zh"]: id for id, label in self.directory.labels.items()}

    def _places(self, period: Period) -> Iterator[_Place]:
        """Each target and tier that has a light in a quarter, once."""
        told = dict.fromkeys(subject.partition("/")[0] for subject in self.rows[period])
        for name in told:
            target, _, tier = name.rpartition("#")
            yield self._place(self.targets[target], tier)

    def _place(self, target: Target, tier: str) -> _Place:
        place, mark, line = target.subject.partition("#")
        named = place if place in self.directory.labels or place not in self._named else self._named[place]
        return _Place(target, f"{named}{mark}{line}", self._measures[target.indicator], tier)

    @cached_property
    def _series(self) -> Mapping[Period, Mapping[tuple[str, str, str], _Place]]:
        return {period: {place.key: place for place in self._places(period)} for period in self.quarters}

    # ---- lights
    def _light(self, place: _Place, rule: BarometerRule) -> TargetLight:
        period = self.parameters.period
        ways = self._ways(place, period)
        lights = {way: self._way(place, way, rule) for way in ways}
        counting = _counting(ways)
        measure = place.measure
        return TargetLight(
            target=place.target.id,
            label=place.target.label.model_dump(),
            subject=place.subject,
            place={lang: self._place_name(place.subject, lang) for lang in ("zh", "en")},
            track=self._track(place.subject),
            measure=measure.id,
            measure_label=measure.label.model_dump(),
            kind=measure.kind,
            reckoned=measure.reckoned,
            tier=place.tier,
            counting=lights[counting],
            others=tuple(light for way, light in lights.items() if way != counting),
            quarters=tuple(self._quarter(place.key, quarter) for quarter in self.quarters),
            difference=self._difference(place, ways),
        )

    def _ways(self, place: _Place, period: Period) -> list[str]:
        """How its figures were made, our own first, in the order of its measure."""
        start = f"{place.target.id}#{place.tier}/"
        found = [subject.removeprefix(start) for subject in self.rows[period] if subject.startswith(start)]
        order = [self._way_id(source.made, source.variant) for source in place.measure.actuals]
        return sorted(found, key=lambda way: (order.index(way) if way in order else len(order), way))

    @staticmethod
    def _way_id(made: str, variant: str) -> str:
        return f"{made}/{variant}" if variant else made

    def _way(self, place: _Place, way: str, rule: BarometerRule) -> WayLight:
        subject, period = f"{place.target.id}#{place.tier}/{way}", self.parameters.period
        row = self.rows[period][subject]
        level = row[_LEVEL]
        known = None if level is None else rule.at(level)
        return WayLight(
            way=way,
            level=level,
            colour=GREY if known is None else known.colour,
            label={"zh": "灰：无数据", "en": "Grey: no data"} if known is None else known.label.model_dump(),
            target=self._first("light_target", row),
            actual=self._first("light_actual", row),
            gap=self._figure("light_gap", row),
            distance=self._first("light_distance", row),
            flat_share=self._figure("light_flat_share", row),
            change=row["light_change"],
            address=Address(_LEVEL, subject, period),
        )

    def _quarter(self, key: tuple[str, str, str], period: Period) -> Quarter:
        place = self._series[period].get(key)
        rule = self.rules[period]
        if place is None or rule is None:
            return Quarter(period, None, "", None, None)
        row = self.rows[period][f"{place.target.id}#{place.tier}/{_counting(self._ways(place, period))}"]
        colour = GREY if row[_LEVEL] is None else rule.at(row[_LEVEL]).colour
        target, actual = (self._figure(f"light_{what}_rate", row) for what in ("target", "actual"))
        return Quarter(period, row[_LEVEL], colour, *(None if one is None else one.value for one in (target, actual)))

    def _difference(self, place: _Place, ways: Sequence[str]) -> Mapping[str, Any]:
        theirs = next((way for way in ways if way.partition("/")[0] == FED_BACK), None)
        if theirs is None:
            return {}
        row = self.rows[self.parameters.period][f"{place.target.id}#{place.tier}/{theirs}"]
        parts = {name: self._figure(f"light_difference{part}", row) for part, name in _PARTS.items()}
        return {name: figure.value for name, figure in parts.items() if figure is not None}

    # ---- figures and names
    def _first(self, start: str, row: Row) -> Shown | None:
        columns = (f"{start}_{kind}" for kind in _FIGURES)
        found = (self._figure(column, row) for column in columns if column in row)
        return next((item for item in found if item is not None), None)

    def _figure(self, column: str, row: Row) -> Shown | None:
        if row[column] is None:
            return None
        shape = self.packs.get(IndicatorShape, column)
        address = Address(column, row["subject"], Period(row["period_start"], row["period_end"]))
        return Shown(shape.on_grid.exact(row[column]), shape.on_grid.unit.text, shape.on_grid.decimals, address)

    def _place_name(self, subject: str, lang: str) -> str:
        area, _, code = subject.partition("#")
        named = (each for group in self.packs.all(Fields) for each in group.entries)
        field = next((each.label[lang] for each in named if each.code == code), None)
        return self.directory.label_of(subject if field is None else area, lang) + (f" · {field}" if field else "")

    def _track(self, subject: str) -> str:
        if "#" in subject:
            return "field"
        return "area" if self.directory.level_of(subject) is not None else "unit"


def _counting(ways: Sequence[str]) -> str:
    """The first of our own; feedback only where nothing else has a figure."""
    return next((way for way in ways if way.partition("/")[0] not in (FED_BACK, NO_DATA)), ways[0])


def _order(light: TargetLight) -> tuple[int, str, str, str, str]:
    return _TRACKS.index(light.track), light.kind, light.measure, light.tier, light.subject


def _quarters_between(first: Period, last: Period) -> Iterator[Period]:
    """The quarters from one to another, each as the period to date."""
    for number in range(_number(first), _number(last) + 1):
        year, quarter = divmod(number, 4)
        end = date(year + 1, 1, 1) if quarter == 3 else date(year, 3 * quarter + 4, 1)
        yield Period(date(year, 1, 1), end)


def _number(period: Period) -> int:
    return period.start.year * 4 + len(period.months()) // 3 - 1
