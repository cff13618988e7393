"""Energy per floor area and its decline, as measured and as it would have been in the weather of the year before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tanheng.kernel.account.account import Account
from tanheng.kernel.account.comparison import percent_fall, said, year_before
from tanheng.kernel.faults import Severity, Worded
from tanheng.kernel.pack import Reads
from tanheng.kernel.period import Accumulation, Period
from tanheng.kernel.quantity import Formula, name, number
from tanheng.kernel.subject import LOCATED_IN
from tanheng.kernel.trace import Address, Cell

CLAUSE = "barometer-practice#area-intensity"
WEATHER = "barometer-practice#weather"
_DAYS = ("heating", "cooling")
_KINDS = {"heating": Worded("采暖", "heating"), "cooling": Worded("空调", "cooling")}


def area_intensity(account: Account) -> None:
    """Energy per floor area of a building or an area, its decline, and the decline without the weather.

    intensity = energy / floor area
    corrected energy = energy x (1 - h - c + h x HDD before / HDD now + c x CDD before / CDD now)

    h and c are the shares of the energy that follow heating and cooling degree days (settings). The correction is a
    step of its own and stands beside the decline as measured; it takes the place of nothing. Where both periods have
    no degree days of a kind, such as cooling in a first quarter, its term falls away.

    Reads    building_energy, floor_area by subject; heating and cooling degree days of the subject or an area above it;
             all for a whole year or a period to date, and for the same months of the year before.
    Gives    area_intensity for both periods; both declines and their difference; a note where degree days are missing,
             or are none in this period alone: no ratio then says what the weather would have made.
    Refuses  no-activity-data: nobody states building_energy for the period.
    Source   barometer-practice#area-intensity, #weather
    """
    span = _accumulation(account.period)
    reads = account.reads("building_energy", span)
    subjects = sorted({fact.subject for fact in account.facts_of(reads, within=account.period)})
    if not subjects:
        raise account.nothing([reads])
    for subject in subjects:
        _Building(account, subject, span).write()


def _comparable(now: Cell, before: Cell) -> bool:
    """Whether two numbers of degree days have a ratio; two that contradict one another have none, which was said."""
    if now.value is None or before.value is None:
        return True
    return now.value > 0 and before.value >= 0


def _accumulation(period: Period) -> Accumulation:
    return Accumulation.YEAR if period == Period.year(period.start.year) else Accumulation.YEAR_TO_DATE


@dataclass(frozen=True)
class _Building:
    """One subject."""

    account: Account
    subject: str
    span: Accumulation

    @property
    def now(self) -> Period:
        return self.account.period

    @property
    def before(self) -> Period:
        return year_before(self.account.period)

    def write(self) -> None:
        """Both intensities, both declines, and what the weather makes."""
        inputs = {"now": self._intensity(self.now), "before": self._intensity(self.before)}
        formula = percent_fall(name("now"), name("before"))
        measured = self._result("area_intensity_decline", formula, inputs, CLAUSE)
        ratio = self._weather()
        if ratio is None:
            return
        formula = percent_fall(name("now") * name("weather"), name("before"))
        corrected = self._result("area_intensity_decline_weather", formula, {**inputs, "weather": ratio}, WEATHER)
        difference = {"corrected": corrected, "measured": measured}
        at = self._at("area_intensity_of_weather", self.now)
        self.account.paper.whole(at, name("corrected") - name("measured"), difference, clause=WEATHER)

    def _intensity(self, period: Period) -> Cell:
        inputs = {id: self._told(id, self.subject, period) for id in ("building_energy", "floor_area")}
        per_tonne = number("1000", "kgce[coal_equivalent]/tce[coal_equivalent]")
        formula = name("building_energy") * per_tonne / name("floor_area")
        return self.account.paper.result(self._at("area_intensity", period), formula, inputs, clause=CLAUSE)

    def _weather(self) -> Cell | None:
        """1 - h - c + h x HDD before / HDD now + c x CDD before / CDD now; None, and a note, where it has no value."""
        where = self._station()
        if where is None:
            said(self.account, "degree-days-missing", self.subject, Severity.NOTE, self.now)
            return None
        formula, inputs = number("1"), dict[str, Cell]()
        for kind in _DAYS:
            now, before = (self._told(f"{kind}_degree_days", where, period) for period in (self.now, self.before))
            if now.value == before.value == 0:
                continue
            if not _comparable(now, before):
                said(self.account, "degree-days-none", self.subject, Severity.NOTE, self.now, kind=_KINDS[kind])
                return None
            share = self.account.set_number(f"{kind}_share")
            inputs |= {f"{kind}_share": share, f"{kind}_now": now, f"{kind}_before": before}
            ratio = name(f"{kind}_before") / name(f"{kind}_now")
            formula = formula - name(f"{kind}_share") + name(f"{kind}_share") * ratio
        at = self._at("weather_correction", self.now)
        return self.account.paper.step(at, formula, inputs, unit="1", clause=WEATHER)

    def _station(self) -> str | None:
        """The subject itself or the nearest area above it that has degree days of both kinds and periods."""
        wanted = {self.now, self.before}
        for place in (self.subject, *self._above()):
            known = [
                {fact.period for fact in self.account.facts_of(self._reads(f"{kind}_degree_days"), subjects=[place])}
                for kind in _DAYS
            ]
            if all(wanted <= periods for periods in known):
                return place
        return None

    def _above(self) -> list[str]:
        found: list[str] = []
        below = self.subject
        day = self.now.start
        held = (item for item in self.account.directory.relations if item.kind == LOCATED_IN and not item.withdrawn)
        lying = [item for item in held if item.start <= day and (item.end is None or item.end > day)]
        while True:
            parents = [item.parent for item in lying if item.child == below]
            if not parents or parents[-1] in found:
                return found
            below = parents[-1]
            found.append(below)

    def _told(self, indicator: str, subject: str, period: Period) -> Cell:
        return self.account.observed(self._reads(indicator), subject, period)

    def _reads(self, indicator: str) -> Reads:
        return self.account.reads(indicator, self.span)

    def _result(self, column: str, formula: Formula, inputs: Mapping[str, Cell], clause: str) -> Cell:
        return self.account.paper.result(self._at(column, self.now), formula, inputs, clause=clause)

    def _at(self, column: str, period: Period) -> Address:
        return Address(column, self.subject, period)
