"""A barometer as pages and papers show it: every target with its lights, feedback beside it, eight quarters back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tanheng.kernel.assessment.barometer import FED_BACK, NO_DATA, quarters_of, rule_of
from tanheng.kernel.assessment.light import LEVEL
from tanheng.kernel.obligation.aim import Aim, aims
from tanheng.kernel.pack import NO_DATA as GREY
from tanheng.kernel.pack import BarometerRule, Fields, PackSet
from tanheng.kernel.period import Period
from tanheng.kernel.run import AccountRun
from tanheng.kernel.trace import Address
from tanheng.records.workings import workings_of
from tanheng.store.results import StoredResult

_FIGURES = ("rate", "energy", "energy_calorific", "co2")
_LEVELS = ("area", "field", "unit")


@dataclass(frozen=True)
class Shown:
    """A figure in the unit in which people read it, and where it stands."""

    value: Decimal
    unit: str
    places: int
    address: Address


@dataclass(frozen=True)
class WayLight:
    """The light of one figure: how it was made, level and colour, the two figures, gap and distance."""

    way: str
    level: int | None
    colour: str
    label: Mapping[str, str]
    target: Shown | None
    actual: Shown | None
    gap: Shown | None
    distance: Shown | None
    flat_share: Shown | None
    change: int | None
    address: Address

    @property
    def made(self) -> str:
        """推算, 核算, 市反馈, or no data."""
        return self.way.partition("/")[0]

    @property
    def variant(self) -> str:
        """Which of several ways: the grid factor frozen or updated, with the weather taken out."""
        return self.way.partition("/")[2]


@dataclass(frozen=True)
class Quarter:
    """The level of a target in one quarter; None is grey, or a quarter without a rule or a target."""

    period: Period
    level: int | None
    colour: str
    target: Decimal | None
    actual: Decimal | None


@dataclass(frozen=True)
class TargetLight:
    """A target with the light that counts, the others beside it, and the quarters before."""

    target: str
    label: Mapping[str, str]
    subject: str
    place: Mapping[str, str]
    track: str
    measure: str
    measure_label: Mapping[str, str]
    kind: str
    reckoned: str
    tier: str
    counting: WayLight
    others: tuple[WayLight, ...]
    quarters: tuple[Quarter, ...]
    difference: Mapping[str, Decimal]

    @property
    def feedback(self) -> WayLight | None:
        """The city's feedback beside our own light."""
        return next((light for light in self.others if light.made == FED_BACK), None)


@dataclass(frozen=True)
class Board:
    """The lights of one run, in the order of tracks, measures and places."""

    result: StoredResult
    rule: BarometerRule
    period: Period
    lights: tuple[TargetLight, ...]
    packs: PackSet

    def colours(self, track: str | None = None) -> Mapping[str, int]:
        """How many targets have which colour, of one track or all."""
        return Counter(light.counting.colour for light in self.lights if track in (None, light.track))

    def as_json(self) -> dict[str, Any]:
        """The board as one document, which a page shows without computing anything."""
        return {
            "result": self.result.id,
            "period": str(self.period),
            "rule": {"id": self.rule.id, "label": self.rule.label.model_dump(), "clause": self.rule.clause,
                     "status": str(self.rule.status)},
            "colours": {track: dict(self.colours(track)) for track in _LEVELS},
            "lights": [_light_json(light) for light in self.lights],
            "findings": list(self.result.findings),
        }  # fmt: skip


def board(result: StoredResult) -> Board:
    """The lights that a stored result of `barometer` holds.

    Refuses  inputs-differ, packs-not-kept, replay-differs.
    """
    done = workings_of(result)
    account = done.account
    period = account.period
    rule = rule_of(account, period)
    if rule is None:
        raise ValueError("a barometer has a rule for its own quarter")
    reading = _Reading(done, rule, list(quarters_of(account)))
    lights = sorted(reading.lights(), key=_place)
    return Board(result, rule, period, tuple(lights), account.packs)


class _Reading:
    """Reads lights off the paper of a barometer."""

    def __init__(self, done: AccountRun, rule: BarometerRule, quarters: Sequence[Period]) -> None:
        self.done, self.rule, self.quarters = done, rule, quarters
        self.directory = done.account.directory
        self.rules = {period: rule_of(done.account, period) for period in quarters}
        self.aims = {
            period: {(aim.subject, aim.measure.id, aim.tier): aim for aim in aims(done.account, period)}
            for period in quarters
        }
        self.ways: dict[tuple[str, Period], list[str]] = {}
        for cell in done.paper.of_column(LEVEL):
            target, _, way = cell.address.subject.rpartition("#")
            tier, _, made = way.partition("/")
            self.ways.setdefault((f"{target}#{tier}", cell.address.period), []).append(made)

    def lights(self) -> Iterator[TargetLight]:
        """The targets of the quarter that have a light."""
        period = self.quarters[-1]
        for key, aim in self.aims[period].items():
            ways = self._ways(aim)
            if ways:
                yield self._light(key, aim, ways)

    def _light(self, key: tuple[str, str, str], aim: Aim, ways: Sequence[str]) -> TargetLight:
        all_lights = {way: self._way(aim, way) for way in ways}
        counting = _counting(ways)
        measure, label = aim.measure, aim.target.label
        return TargetLight(
            target=aim.target.id,
            label=label.model_dump(),
            subject=aim.subject,
            place={lang: self._place(aim, lang) for lang in ("zh", "en")},
            track=self._track(aim),
            measure=measure.id,
            measure_label=measure.label.model_dump(),
            kind=measure.kind,
            reckoned=measure.reckoned,
            tier=aim.tier,
            counting=all_lights[counting],
            others=tuple(light for way, light in all_lights.items() if way != counting),
            quarters=tuple(self._quarter(key, period) for period in self.quarters),
            difference=self._difference(aim, ways),
        )

    def _ways(self, aim: Aim) -> list[str]:
        key = (f"{aim.target.id}#{aim.tier}", aim.period)
        return self.ways[key] if key in self.ways else []

    def _way(self, aim: Aim, way: str) -> WayLight:
        subject, period = f"{aim.target.id}#{aim.tier}/{way}", aim.period
        level = self._count(LEVEL, subject, period)
        known = None if level is None else self.rule.at(level)
        return WayLight(
            way=way,
            level=level,
            colour=GREY if known is None else known.colour,
            label={"zh": "灰：无数据", "en": "Grey: no data"} if known is None else known.label.model_dump(),
            target=self._shown("light_target", subject, period),
            actual=self._shown("light_actual", subject, period),
            gap=self._figure("light_gap", subject, period),
            distance=self._shown("light_distance", subject, period),
            flat_share=self._figure("light_flat_share", subject, period),
            change=self._count("light_change", subject, period),
            address=Address(LEVEL, subject, period),
        )

    def _quarter(self, key: tuple[str, str, str], period: Period) -> Quarter:
        aim, rule = self.aims[period].get(key), self.rules[period]
        ways = [] if aim is None else self._ways(aim)
        if aim is None or rule is None or not ways:
            return Quarter(period, None, "", None, None)
        subject = f"{aim.target.id}#{aim.tier}/{_counting(ways)}"
        level = self._count(LEVEL, subject, period)
        colour = GREY if level is None else rule.at(level).colour
        target, actual = (self._figure(f"light_{what}_rate", subject, period) for what in ("target", "actual"))
        return Quarter(period, level, colour, *(None if one is None else one.value for one in (target, actual)))

    def _difference(self, aim: Aim, ways: Sequence[str]) -> Mapping[str, Decimal]:
        theirs = next((way for way in ways if way.partition("/")[0] == FED_BACK), None)
        found = {}
        for part in ("", "_of_energy", "_of_gdp", "_rest") if theirs else ():
            subject = f"{aim.target.id}#{aim.tier}/{theirs}"
            figure = self._figure(f"light_difference{part}", subject, aim.period)
            if figure is not None:
                found[part.removeprefix("_") or "whole"] = figure.value
        return found

    def _place(self, aim: Aim, lang: str) -> str:
        """The name of a place; of a field with its own name, where the packs have one."""
        area, _, code = aim.subject.partition("#")
        named = (each for group in self.done.account.packs.all(Fields) for each in group.entries)
        field = next((each.label[lang] for each in named if each.code == code), None)
        return self.directory.label_of(aim.subject if field is None else area, lang) + (f" · {field}" if field else "")

    def _track(self, aim: Aim) -> str:
        if aim.line is not None:
            return "field"
        return "area" if self.directory.level_of(aim.subject) is not None else "unit"

    def _shown(self, start: str, subject: str, period: Period) -> Shown | None:
        found = (self._figure(f"{start}_{kind}", subject, period) for kind in _FIGURES)
        return next((item for item in found if item is not None), None)

    def _figure(self, column: str, subject: str, period: Period) -> Shown | None:
        count = self._count(column, subject, period)
        if count is None:
            return None
        grid = self.done.grids[column]
        return Shown(grid.exact(count), grid.unit.text, grid.decimals, Address(column, subject, period))

    def _count(self, column: str, subject: str, period: Period) -> int | None:
        at = Address(column, subject, period)
        workings = self.done.paper.workings
        value = workings[at].cell.value if at in workings else None
        return None if value is None else int(value)


def _counting(ways: Sequence[str]) -> str:
    """The first of our own; feedback only where nothing else has a figure."""
    return next((way for way in ways if way.partition("/")[0] not in (FED_BACK, NO_DATA)), ways[0])


def _place(light: TargetLight) -> tuple[int, str, str, str, str]:
    return _LEVELS.index(light.track), light.kind, light.measure, light.tier, light.subject


def _light_json(light: TargetLight) -> dict[str, Any]:
    return {
        "target_id": light.target,
        "label": dict(light.label),
        "subject": light.subject,
        "place": dict(light.place),
        "track": light.track,
        "measure": light.measure,
        "kind": light.kind,
        "reckoned": light.reckoned,
        "tier": light.tier,
        **_way_json(light.counting),
        "beside": [_way_json(other) for other in light.others],
        "difference_points": {name: str(value) for name, value in light.difference.items()},
        "quarters": [{"period": str(one.period), "level": one.level, "colour": one.colour} for one in light.quarters],
    }


def _way_json(light: WayLight) -> dict[str, Any]:
    figures = {"target": light.target, "actual": light.actual, "gap": light.gap, "distance": light.distance}
    figures["flat_share"] = light.flat_share
    return {
        "made": light.made,
        "variant": light.variant,
        "level": light.level,
        "colour": light.colour,
        "colour_label": dict(light.label),
        "change": light.change,
        "address": str(light.address),
        **{name: _shown_json(figure) for name, figure in figures.items()},
    }


def _shown_json(figure: Shown | None) -> dict[str, str] | None:
    if figure is None:
        return None
    return {"value": str(figure.value), "unit": figure.unit, "address": str(figure.address)}
