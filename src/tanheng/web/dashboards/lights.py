"""Lights as a page shows them: sign and word beside the colour, figures that lead to their explanation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.translation import gettext, gettext_noop, pgettext

from tanheng.kernel.period import Period
from tanheng.papers.figure import SIGNS
from tanheng.records.site_files import results
from tanheng.reports.board import Board, Quarter, Shown, TargetLight, WayLight
from tanheng.reports.stored_board import kept_board
from tanheng.web.dashboards.quarters import quarter_name
from tanheng.web.results.figures import Row, figure_of
from tanheng.web.results.heads import Column, ResultHead
from tanheng.web.results.links import figure_href
from tanheng.web.ui.figure import Figure
from tanheng.web.ui.words import language, said

_COLOURS = {
    "red": gettext_noop("red"),
    "orange": gettext_noop("orange"),
    "yellow": gettext_noop("yellow"),
    "green": gettext_noop("green"),
    "blue": gettext_noop("blue"),
    "grey": gettext_noop("grey"),
}
_MADE = {
    "estimated": gettext_noop("estimated"),
    "accounted": gettext_noop("accounted"),
    "fed_back": gettext_noop("fed back by the city"),
    "no_data": gettext_noop("no data yet"),
}
_VARIANTS = {
    "frozen": gettext_noop("grid factor frozen"),
    "updated": gettext_noop("grid factor updated"),
    "reported": gettext_noop("as reported"),
    "published": gettext_noop("as published"),
    "weather": gettext_noop("weather taken out"),
    "assessed": gettext_noop("by the basis of assessment"),
    "electricity": gettext_noop("by the growth of its electricity"),
}
_RATE = "light_target_rate"
_TIERS = {"floor": gettext_noop("floor"), "stretch": gettext_noop("stretch")}


@dataclass(frozen=True)
class LightShown:
    """One light: colour with its sign and word, how its figure was made, what it says, and its explanation."""

    colour: str
    sign: str
    word: str
    level: str
    made: str
    href: str
    target: Figure | None = None
    actual: Figure | None = None
    gap: Figure | None = None
    distance: Figure | None = None
    flat: Figure | None = None


@dataclass(frozen=True)
class QuarterShown:
    """The light of an earlier quarter; its sign stands for itself, the words are for titles and readers of screens."""

    label: str
    colour: str
    sign: str
    word: str


@dataclass(frozen=True)
class LightLine:
    """A target with its light, the others beside it, and the quarters back."""

    target: str
    target_href: str
    subject: str
    place: str
    tier: str
    light: LightShown
    others: Sequence[LightShown]
    quarters: Sequence[QuarterShown]
    difference: Sequence[tuple[str, Figure]]
    worse: bool


def tier_said(tier: str) -> str:
    """确保, 力争."""
    return gettext(_TIERS[tier]) if tier in _TIERS else tier


def colour_said(colour: str) -> str:
    """The word of a colour; a quarter without a rule has none."""
    return pgettext("light", "none") if not colour else gettext(_COLOURS[colour])


def made_said(light: WayLight) -> str:
    """推算, 核算, 市反馈, with what sets it apart."""
    word = gettext(_MADE[light.made])
    variant = gettext(_VARIANTS[light.variant]) if light.variant in _VARIANTS else light.variant
    return f"{word} · {variant}" if variant else word


def measure_said(light: TargetLight) -> str:
    """The name of a measure as its figures are to be read: of a total that is capped by its growth, the growth."""
    name, target = said(light.measure_label), light.counting.target
    is_growth = light.reckoned == "amount" and target is not None and target.address.column == _RATE
    return gettext("growth of: %(measure)s") % {"measure": name} if is_growth else name


@dataclass(frozen=True)
class LightReader:
    """Makes the lines of one board; columns are looked up once."""

    board: Board
    head: ResultHead
    columns: Mapping[str, Column]
    rows: Mapping[tuple[str, Period], Row]
    _made: dict[tuple[str, str, str], LightLine] = field(default_factory=dict, compare=False)

    def line(self, light: TargetLight, target_href: str = "") -> LightLine:
        """A target with everything its row says; made once, for a board never changes."""
        key = (light.target, light.tier, target_href)
        if key not in self._made:
            self._made[key] = self._line(light, target_href)
        return self._made[key]

    def _line(self, light: TargetLight, target_href: str) -> LightLine:
        return LightLine(
            target=said(light.label),
            target_href=target_href,
            subject=light.subject,
            place=said(light.place),
            tier=tier_said(light.tier),
            light=self.shown(light, light.counting),
            others=[self.shown(light, other) for other in light.others],
            quarters=[self._quarter(quarter) for quarter in light.quarters],
            difference=self._difference(light),
            worse=bool(light.counting.change and light.counting.change < 0),
        )

    def shown(self, light: TargetLight, way: WayLight) -> LightShown:
        """One light with its figures."""
        about = f"{said(light.place)} {said(light.measure_label)} {tier_said(light.tier)}"
        figures = {name: self._figure(getattr(way, name), about) for name in ("target", "actual", "gap", "distance")}
        return LightShown(
            colour=way.colour,
            sign=SIGNS[way.colour],
            word=colour_said(way.colour),
            level=said(way.label),
            made=made_said(way),
            href=figure_href(self.head.id, way.address),
            flat=self._figure(way.flat_share, about),
            **figures,
        )

    def _figure(self, shown: Shown | None, about: str) -> Figure | None:
        if shown is None:
            return None
        row = self.rows[(shown.address.subject, shown.address.period)]
        return figure_of(self.head, self.columns[shown.address.column], shown.address, row, said_label=about)

    def _difference(self, light: TargetLight) -> Sequence[tuple[str, Figure]]:
        """By what the city's feedback differs from our own figure: in all, through energy, through GDP, the rest."""
        theirs = light.feedback
        if theirs is None or not light.difference:
            return []
        row = self.rows[(theirs.address.subject, theirs.address.period)]
        found = []
        for name, column in _DIFFERENCE.items():
            if row[column] is not None:
                address = theirs.address.__class__(column, theirs.address.subject, theirs.address.period)
                shown = figure_of(self.head, self.columns[column], address, row, said_label=said(light.place))
                found.append((gettext(name), shown))
        return found

    @staticmethod
    def _quarter(quarter: Quarter) -> QuarterShown:
        sign = SIGNS[quarter.colour] if quarter.colour else "·"
        return QuarterShown(quarter_name(quarter.period), quarter.colour, sign, colour_said(quarter.colour))


_DIFFERENCE = {
    gettext_noop("feedback less ours"): "light_difference",
    gettext_noop("through energy"): "light_difference_of_energy",
    gettext_noop("through GDP"): "light_difference_of_gdp",
    gettext_noop("the rest"): "light_difference_rest",
}


def reader_of(id: str) -> LightReader:
    """The reader of a stored barometer, in the language of the page; kept in this process as its board is."""
    return _reader(str(results().root), id, language())


@lru_cache(maxsize=32)
def _reader(_root: str, id: str, _language: str) -> LightReader:
    board = kept_board(id)
    head = ResultHead(board.result)
    columns = {column.id: column for column in head.columns}
    found = board.result.figures.rows()
    rows = {(row["subject"], Period(row["period_start"], row["period_end"])): row for row in found}
    return LightReader(board, head, columns, rows)
