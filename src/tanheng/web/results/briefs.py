"""The month of an area as a first page tells it: three numbers, five firms, decisions sought. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from tanheng.kernel.pack import IndicatorShape
from tanheng.kernel.pack.measure import Measure
from tanheng.kernel.period import Period
from tanheng.papers.figure import shown as written
from tanheng.reports.month_brief import Brief, Told, ToSave, kept_brief
from tanheng.store.packs_in_use import packs_in_use
from tanheng.web.directory.scope import Scope
from tanheng.web.results.links import figure_href
from tanheng.web.results.stored_runs import StoredRun, stored_runs
from tanheng.web.ui.figure import Figure, Standing
from tanheng.web.ui.words import language, said, spoken

_WAYS = {
    "reports": gettext_noop("by the units' own forecasts"),
    "season": gettext_noop("by the season"),
    "model": gettext_noop("by the model"),
}
_UNITS = {"个百分点": "percentage points", "吨标准煤": "tce", "万吨标准煤": "10^4 tce"}
_NAMED = 3
_NUMBERS = 3
_FACILITY = "facility/"


@dataclass(frozen=True)
class Number:
    """One of the numbers of the page: what it is, the figure, and what else must be known of it."""

    label: str
    figure: Figure
    note: str = ""


@dataclass(frozen=True)
class Mover:
    """A unit that moves the growth, with the points it adds, and its page."""

    name: str
    figure: Figure
    href: str = ""


@dataclass(frozen=True)
class Decision:
    """Something to be decided, and the figures it follows from."""

    text: str
    figures: Sequence[tuple[str, Figure]]


@dataclass(frozen=True)
class BriefShown:
    """The month in words and figures."""

    period: str
    area: str
    numbers: Sequence[Number]
    rank: str
    movers: Sequence[Mover]
    decisions: Sequence[Decision]
    left_out: str = ""


@dataclass(frozen=True)
class MissingBrief:
    """No month is kept for the area: what to type to have one; nothing where there is no dispatch at all."""

    command: str


def brief_shown(scope: Scope, area: str) -> BriefShown | MissingBrief:
    """The latest month that was dispatched, for one area in reach."""
    runs = stored_runs("dispatch", scope)
    latest = max(runs, key=lambda run: (run.known_on, run.period.end, run.log_position), default=None)
    if latest is None:
        return MissingBrief(f"tanheng dispatch --period 2025-12 --area {area}")
    brief = kept_brief(latest.id, [run.id for run in _ends(latest, scope)], area)
    if brief is None:
        month = latest.period.months()[-1]  # a run covers the year up to its month
        return MissingBrief(f"tanheng dispatch --period {month} --area {area} --known-on {latest.known_on}")
    return _Shown(brief, scope).shown()


def brief_of(dispatch: str, ends: Sequence[str], area: str, scope: Scope) -> BriefShown | None:
    """The month of an area as certain results have it; None where it was not kept for them."""
    brief = kept_brief(dispatch, ends, area)
    return None if brief is None else _Shown(brief, scope).shown()


def _ends(dispatch: StoredRun, scope: Scope) -> Sequence[StoredRun]:
    """The cases of the year's end that were run with a dispatch."""
    asked = (dispatch.period, dispatch.scheme, dispatch.known_on, dispatch.log_position)
    found = []
    for way in _WAYS:
        runs = stored_runs(f"year_end_by_{way}", scope)
        found += [run for run in runs if (run.period, run.scheme, run.known_on, run.log_position) == asked][:1]
    return found


@dataclass(frozen=True)
class _Shown:
    brief: Brief
    scope: Scope

    def shown(self) -> BriefShown:
        brief = self.brief
        return BriefShown(
            period=Period.parse(brief.period).label(language()),
            area=self._name(brief.area),
            numbers=[number for number in self._numbers() if number.figure][:_NUMBERS],
            rank=self._rank(),
            movers=[self._mover(item) for item in self._seen(brief.movers)],
            decisions=self._decisions(),
            left_out=brief.left_out,
        )

    def _numbers(self) -> Sequence[Number]:
        """What has grown, by the units and by the tables, and what is still to be saved."""
        brief = self.brief
        growth = Number(
            gettext("growth of the units' energy, like with like"), self._figure(brief.growth), gettext("estimated")
        )
        stated = [Number(self._column(item.about), self._figure(item)) for item in brief.stated]
        left = self._left()
        last = (
            [] if left is None else [Number(self._to_save(left), self._figure(left.amount), gettext(_WAYS[left.way]))]
        )
        return [growth, *last, *stated]

    def _left(self) -> ToSave | None:
        """The floor that leaves the most to be saved."""
        floors = [item for item in self.brief.to_save if item.tier == "floor" and item.amount.value is not None]
        return max(floors, key=lambda item: Decimal(item.amount.value or 0), default=None)

    def _to_save(self, item: ToSave) -> str:
        measure = said(packs_in_use().get(Measure, item.measure).label)
        return gettext("to be saved for the %(tier)s: %(measure)s") % {"tier": spoken(item.tier), "measure": measure}

    def _rank(self) -> str:
        if self.brief.rank is None:
            return ""
        place, count = self.brief.rank
        return gettext("%(place)s of %(count)s areas, the lowest growth first") % {"place": place, "count": count}

    def _decisions(self) -> Sequence[Decision]:
        """What follows from the figures, as the leader's page has it: whom to see, who explains, who is reminded."""
        found = []
        over = next((item for item in self.brief.to_save if Decimal(item.amount.value or 0) > 0), None)
        if over is not None and (units := self._seen(over.units)[:_NAMED]):
            text = gettext("Call in the units farthest above their share and settle what they may use: %(names)s.")
            names = self._names([unit.about for unit in units])
            figures = [(self._name(unit.about), self._figure(unit)) for unit in units]
            found.append(Decision(text % {"names": names}, figures))
        part = next((item for item in self._seen(self.brief.parts) if Decimal(item.value or 0) > 0), None)
        if part is not None:
            text = gettext("%(area)s explains its growth and says what it will save.") % {
                "area": self._name(part.about)
            }
            found.append(Decision(text, [(gettext("adds"), self._points(part))]))
        if silent := self.scope.visible(self.brief.silent):
            said_of = {"count": len(silent), "names": self._names(silent)}
            found.append(Decision(gettext("Remind %(count)s units that owe a report: %(names)s.") % said_of, []))
        return found

    # ---- figures and names
    def _mover(self, item: Told) -> Mover:
        is_unit = item.about.startswith(_FACILITY)
        href = reverse("unit", args=[item.about.removeprefix(_FACILITY)]) if is_unit else ""
        return Mover(self._name(item.about), self._points(item), href)

    def _names(self, subjects: Sequence[str]) -> str:
        """The first few, and that there are more."""
        told = ("、" if language() == "zh" else ", ").join(self._name(subject) for subject in subjects[:_NAMED])
        return gettext("%(names)s and others") % {"names": told} if len(subjects) > _NAMED else told

    def _seen(self, items: Sequence[Told]) -> Sequence[Told]:
        """Those that are about a subject in reach: the address of a figure would name the others too."""
        return [item for item in items if self.scope.sees(item.about)]

    def _name(self, subject: str) -> str:
        return self.scope.ground.directory.label_of(subject, language())

    def _points(self, told: Told) -> Figure:
        """A contribution: points of the growth, not per cent of anything."""
        return replace(self._figure(told), unit=gettext("points"))

    @staticmethod
    def _column(column: str) -> str:
        return said(packs_in_use().get(IndicatorShape, column).label)

    def _figure(self, told: Told) -> Figure:
        value = None if told.value is None else written(Decimal(told.value), told.places, separated=True)
        return Figure(
            value=value,
            unit=_UNITS[told.unit] if told.unit in _UNITS else told.unit or "%",
            period=Period.parse(self.brief.period).label(language()),
            standing=Standing.MISSING if value is None else Standing.COMPLETE,
            href=figure_href(told.result, told.address) if told.address else "#",
            label=self._name(told.about) if "/" in told.about else "",
        )
