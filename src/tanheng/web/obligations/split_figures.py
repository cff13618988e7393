"""The figures of a split as pages show them: a line for each subject, the whole, a chart, and what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from tanheng.kernel.pack.decomposition_plan import DecompositionPlan
from tanheng.kernel.period import Period
from tanheng.records.round_figures import RoundFigures
from tanheng.records.split_plans import Proposed
from tanheng.reports.decomposition_figures import SplitFigures, SplitLine, split_figures
from tanheng.web.ui.charts import Dot, LineChart, Series
from tanheng.web.ui.figure import Figure, Standing
from tanheng.web.ui.words import language

PREVIEW = "#how"
_PLACES: Mapping[str, int] = {"base": 4, "trend": 4, "score": 4, "saving": 4, "allowed": 4, "excess": 4}
_AMOUNTS = frozenset({"base", "trend", "saving", "allowed", "excess"})
_POINTS = frozenset({"rate_change", "weaker_by", "shortfall"})
_ALL = Decimal(100)


@dataclass(frozen=True)
class Moves:
    """A line of the table: what a subject is, what is proposed to it, and which way it moves against last year."""

    subject: str
    label: str
    standing: str
    reason: str
    figures: Mapping[str, Figure]
    way: str


@dataclass(frozen=True)
class Whole:
    """A split as a page shows it. `columns` are those of which any line has a figure, by name and heading."""

    lines: Sequence[Moves]
    total: Mapping[str, Figure]
    columns: Sequence[tuple[str, str, str]]
    falls_short: bool
    chart: LineChart | None
    findings: Sequence[Mapping[str, object]]
    is_blocked: bool
    unit: str

    @property
    def rows(self) -> Sequence[tuple[Moves, Sequence[tuple[Figure | None, str]]]]:
        """The table: of each subject a cell for every column, with the way it moves where the column says so."""
        return [(line, [_cell(line, name) for name, _, _ in self.columns]) for line in self.lines]

    @property
    def total_cells(self) -> Sequence[Figure | None]:
        """The last row: under the rates the recombined one."""
        own = ("recombined" if name == "rate" else name for name, _, _ in self.columns)
        return [self.total[name] if name in self.total else None for name in own]


def _cell(line: Moves, name: str) -> tuple[Figure | None, str]:
    return line.figures[name] if name in line.figures else None, line.way if name == "rate_change" else ""


def of_proposal(found: Proposed) -> SplitFigures:
    """The figures of a proposal that nobody has kept."""
    findings = [finding.as_json() for finding in found.result.findings]
    return split_figures(found.plan, found.packs, found.inputs.directory, found.result.figures, findings)


def of_round(found: RoundFigures) -> SplitFigures:
    """The figures of the values of a round, put together again."""
    findings = [finding.as_json() for finding in found.checked.findings]
    return split_figures(found.plan, found.packs, found.directory, found.checked.figures, findings)


def whole_of(split: SplitFigures, *, explained: SplitFigures | None = None) -> Whole:
    """A split as a page shows it.

    Reads    explained: the result that is kept, to which figures lead where it has them; the rest leads to the words on
             the page that say how it was made.
    """
    drawn = _Drawn(split, explained)
    lines = [drawn.line(line) for line in split.lines]
    total = drawn.figures(split.whole)
    short = split.whole.get("shortfall") or split.whole.get("excess")
    if short is not None and short < 0:
        total["beyond"] = drawn.beyond(-short)
    names = [name for name in _headings() if any(name in line.figures for line in lines) or name in total]
    columns = [(name, _headings()[name], drawn.unit(name)) for name in names if name not in ("recombined", "covered")]
    severities = [finding["severity"] for finding in split.findings]
    return Whole(
        lines=lines,
        total=total,
        columns=[item for item in columns if item[0] not in ("shortfall", "excess")],
        falls_short=short is not None and short > 0,
        chart=drawn.chart(),
        findings=[_by_name(finding, split.plan) for finding in split.findings],
        is_blocked="blocker" in severities,
        unit=split.unit,
    )


def _by_name(finding: Mapping[str, Any], plan: DecompositionPlan) -> Mapping[str, Any]:
    """A finding in which the plan goes by its name; its id says nothing to whoever reads the page."""
    named = {"zh": f"“{plan.label.zh}”", "en": f"“{plan.label.en}”"}
    told = {
        part: {lang: text.replace(plan.id, named[lang]) for lang, text in finding[part].items()}
        for part in ("message", "next_step")
    }
    return {**finding, **told}


def _headings() -> Mapping[str, str]:
    return {
        "rate": gettext("Proposed"),
        "last": gettext("Last year"),
        "rate_change": gettext("Against last year"),
        "base": gettext("Energy of the base year"),
        "share": gettext("Share"),
        "weaker_by": gettext("Weaker than the whole by"),
        "allowed": gettext("Allowed"),
        "saving": gettext("To be saved"),
        "trend": gettext("Without the target"),
        "score": gettext("Score"),
        "rate_before": gettext("Computed"),
        "recombined": gettext("Recombined"),
        "shortfall": gettext("Shortfall"),
        "excess": gettext("Beyond the whole"),
        "covered": gettext("Covered"),
    }


@dataclass(frozen=True)
class _Drawn:
    split: SplitFigures
    explained: SplitFigures | None

    def line(self, line: SplitLine) -> Moves:
        subject = next(item for item in self.split.plan.subjects if item.id == line.subject)
        change = line.get("rate_change")
        way = "" if change is None or change == 0 else "up" if change > 0 else "down"
        reason = subject.reason[language()] if subject.reason else ""
        figures = self.figures(line)
        if subject.last is not None:
            figures["last"] = self._figure(line, "last", subject.last)
        if (base := line.get("base")) is not None and (of := self._of_all) is not None:
            figures["share"] = self._figure(line, "share", base / of * _ALL)
        return Moves(line.subject, line.label[language()], subject.standing, reason, figures, way)

    def figures(self, line: SplitLine) -> dict[str, Figure]:
        """What is known of a line, by name."""
        return {name: self._figure(line, name, value) for name, value in line.figures.items() if name in _headings()}

    def unit(self, name: str) -> str:
        """In which unit a column is."""
        if name in _AMOUNTS:
            return self.split.unit
        if name in _POINTS:
            return gettext("points")
        return "" if name == "score" else "%"

    def beyond(self, value: Decimal) -> Figure:
        """By how much the whole does more than it must."""
        return self._figure(self.split.whole, "shortfall" if self.split.plan.kind == "intensity" else "excess", value)

    @property
    def _of_all(self) -> Decimal | None:
        """What all subjects use together, where every one of them is known."""
        known = [line.get("base") for line in self.split.lines if line.get("base") is not None]
        split = [item for item in self.split.plan.subjects if item.standing == "split"]
        whole = sum((value for value in known if value is not None), Decimal(0))
        return whole if whole and len(known) >= len(split) else None

    def _figure(self, line: SplitLine, name: str, value: Decimal) -> Figure:
        base = name in ("base", "share", "last")
        period = Period.parse(self.split.plan.base if base else self.split.plan.by)
        places = _PLACES[name] if name in _PLACES else 2
        return Figure(
            value=f"{value:,.{places}f}",
            unit=self.unit(name) or gettext("score"),
            period=period.label(language()),
            standing=Standing.COMPLETE,
            href=self._href(line.subject, name),
            label=f"{line.label[language()]} {_headings()[name]}",
        )

    def _href(self, subject: str, name: str) -> str:
        kept = self.explained
        if kept is None or not kept.result:
            return PREVIEW
        line = next((item for item in (*kept.lines, kept.whole) if item.subject == subject), None)
        own = "base" if name == "share" else name
        if line is None or own not in line.addresses or line.get(own) != _value(self.split, subject, own):
            return PREVIEW
        return reverse("figure", args=[kept.result, line.addresses[own]])

    def chart(self) -> LineChart | None:
        """What is proposed beside what was demanded last year."""
        name = "rate" if self.split.plan.kind == "intensity" else "allowed"
        lines = [line for line in self.split.lines if line.get(name) is not None]
        if not lines:
            return None
        now = [Dot(line.get(name), self._figure(line, name, line.figures[name])) for line in lines]
        before = [self.line(line) for line in lines]
        last = {item.id: item.last for item in self.split.plan.subjects}
        series = [Series(gettext("Proposed"), "actual", now)]
        if name == "rate" and any(last[line.subject] is not None for line in lines):
            dots = [
                Dot(last[item.subject], item.figures["last"] if "last" in item.figures else None) for item in before
            ]
            series.append(Series(gettext("Last year"), "stretch", dots))
        places = [line.label[language()] for line in lines]
        return LineChart("split", gettext("Who is told what"), self.unit(name), places, series, drawn_as="bar")


def _value(split: SplitFigures, subject: str, name: str) -> Decimal | None:
    line = next((item for item in (*split.lines, split.whole) if item.subject == subject), None)
    return None if line is None else line.get(name)
