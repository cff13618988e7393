"""An explanation as a page shows it, made from the explain contract and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext_noop

from tanheng.kernel.pack import Factor, IndicatorShape, Measure, PackSet
from tanheng.kernel.period import Period
from tanheng.kernel.run import Line
from tanheng.kernel.subject import Area
from tanheng.kernel.trace import Address, step_words
from tanheng.records.disclosing import withheld_sources
from tanheng.records.selecting import directory_as_of
from tanheng.web.directory.scope import Scope
from tanheng.web.results.explained import ExplanationPage, FactorShown, FillShown, Input, RowShown, StepShown
from tanheng.web.results.figures import Row, figure_of, share_of, standing_of, value_figure
from tanheng.web.results.gap_lists import GapLine, GapWords, gaps_href
from tanheng.web.results.heads import Column, ResultHead, head_of
from tanheng.web.results.links import AREA, SourceCell, anchor, area_href, figure_href, ref_href
from tanheng.web.results.places import Places
from tanheng.web.results.selectors import Choice
from tanheng.web.results.sight import Sight, sight_of
from tanheng.web.results.spans import Span, rows_of_spans
from tanheng.web.rules.clauses import cited
from tanheng.web.ui.figure import Figure
from tanheng.web.ui.formula import in_names, in_numbers, readable_number
from tanheng.web.ui.words import language, said, spoken, unit_words

Json = Mapping[str, Any]
_GAP_LINES, _FILLS = 12, 100
_CRITERION = "criteria."
_INPUTS = (gettext_noop("obligations"), gettext_noop("registers"))
"""What a receipt names beside observations and the directory."""


def explanation_page(reference: str, address: str, *, scope: Scope) -> ExplanationPage:
    """The explanation of a figure, computed again from the receipt of its result, with what is out of reach merged.

    Refuses  result-not-found, address-unreadable, period-unreadable, figure-not-found, replay-differs.
    """
    asked = Address.parse(address)
    sight = sight_of(reference, scope)
    return _Shown(head_of(sight), sight, sight.explained(asked), asked).page()


@dataclass(frozen=True)
class _Shown:
    head: ResultHead
    sight: Sight
    told: Json
    address: Address

    @property
    def packs(self) -> PackSet:
        return self.head.packs

    @cached_property
    def places(self) -> Places:
        """Where the subject lies in the period; a figure about a target knows the targets by name."""
        directory = directory_as_of(self.head.log_position)
        if directory.level_of(self.address.subject) is None:
            directory = directory.titled(self.sight.titles)
        return Places(directory, self.address.period)

    def page(self) -> ExplanationPage:
        told, address = self.told, self.address
        words = said(told["label"]).split(" · ")
        return ExplanationPage(
            head=self.head,
            address=told["address"],
            label=" · ".join(words[:-1]),
            indicator=words[-1],
            subject=address.subject,
            figure=self._figure(told, address),
            exact=f"{told['value']:,}" if told["value"] is not None else "",
            area_href=self._area_href(),
            rows=self._rows(),
            factors=[self._factor(item) for item in told["factors"]],
            stays=self._stays(),
            parts=[self._part(part, words) for part in told["parts"]],
            rest=self._rest(),
            leads_with_rows=not address.subject.startswith(AREA),
            trail=self._trail(),
            gaps=self._first_gaps[:_GAP_LINES],
            gap_count=len(told["gaps"]),
            more_gaps=len(self._first_gaps) > _GAP_LINES,
            gaps_href=gaps_href(self.head.id, address),
            fills=[self._fill(fill) for fill in told["fills"][:_FILLS]],
            fill_count=len(told["fills"]),
            findings=[*told["findings"]],
            receipt=told["receipt"],
            json_href=reverse("api:explain", args=[self.head.id]) + f"?address={quote(told['address'])}",
            may_be_quoted=self.sight.is_open
            and address.line is None
            and address.period in (self.head.period, *self.head.period.months()),
        )

    def _figure(self, told: Json, address: Address) -> Figure:
        status, display = told["status"], told["display"]
        return Figure(
            value=display["value"],
            unit=self._said_unit(address.column, display["unit"]),
            period=address.period.label(language()),
            standing=standing_of(told["value"], status["missing"], status["filled"]),
            href=figure_href(self.head.id, address),
            label=said(told["label"]),
            gaps=status["missing"],
            filled=status["filled"],
            unverified=bool(status["unverified"]),
        )

    def _said_unit(self, column: str, unit: str) -> str:
        """The unit of a figure as people are told it, wherever the same figure stands."""
        known = next((shape for shape in self.packs.all(IndicatorShape) if shape.id == column), None)
        return unit if known is None else Column(known.id, "", known).said_unit

    def _area_href(self) -> str:
        subject = self.address.subject
        return self._href_of(subject) if subject.startswith(AREA) and "#" not in subject else ""

    def _href_of(self, area: str) -> str:
        """The page of an area, for the period of this figure where that page has it; empty where it is out of reach."""
        period = self.address.period
        if not self.sight.is_open or not self.sight.enters(area, period):
            return ""
        known = (self.head.period, *self.head.period.months())
        return area_href(self.head.id, area, **_query(self.address.column, period if period in known else None))

    def _trail(self) -> Sequence[Choice]:
        """From the city to the subject; a figure of one carrier hangs below that of its unit."""
        places = self.places
        areas = [Choice(said(area.label), self._href_of(area.id)) for area in places.trail(self.address.subject)]
        if "#" in self.address.subject and self.address.subject.startswith(AREA):
            return [*areas, *self._field_trail()]
        name = places.directory.label_of(self.address.subject, language())
        if self.address.subject.startswith(AREA):
            return [*areas, Choice(name, self._area_href())]
        whole = Address(self.address.column, self.address.subject, self.head.period)
        return [*areas, Choice(name, figure_href(self.head.id, whole) if self.sight.sees(whole) else "")]

    def _field_trail(self) -> Sequence[Choice]:
        """A field of an area hangs below the area, and has no page of its own."""
        area = self.address.subject.partition("#")[0]
        around = self.places.trail(area)
        words = [Choice(said(each.label), self._href_of(each.id)) for each in (*around, self.places.area(area))]
        told = said(self.told["label"]).split(" · ")
        return [*words, Choice(told[1] if len(told) > 3 else told[0], "")]

    def _stays(self) -> Sequence[tuple[str, str, Figure]]:
        """Where a unit stood that moved within the period, and what counts there; nothing for one that stayed."""
        address = self.address
        stood = self.places.stays(address.subject)
        if address.line is not None or len(stood) < 2:
            return []
        stood = [(span, area) for span, area in stood if self.sight.reaches(address.subject, span)]
        rows = rows_of_spans(self.head, address.period, [(address.subject, span) for span, _ in stood])
        return [self._stay(span, area, rows) for span, area in stood]

    def _stay(self, span: Period, area: Area, rows: Mapping[Span, Row]) -> tuple[str, str, Figure]:
        address = replace(self.address, period=span)
        found = rows.get((address.subject, span))
        label = self.places.directory.label_of(address.subject, language())
        figure = figure_of(self.head, self.head.column(address.column), address, found, said_label=label)
        return said(area.label), self._href_of(area.id), figure

    def _part(self, part: Json, whole: Sequence[str]) -> tuple[str, Figure, str]:
        """A part by what tells it apart from the whole: its unit, carrier or month; with its share."""
        words = said(part["label"]).split(" · ")
        distinct = [word for word in words if word not in whole]
        figure = self._figure(part, Address.parse(part["address"]))
        return " · ".join(distinct or words[:-1]), figure, share_of(part["value"], self.told["value"])

    def _rest(self) -> Figure | None:
        rest = self.told["rest"]
        return value_figure(self.head, self.address, rest, said(self.told["label"])) if rest else None

    @cached_property
    def _first_gaps(self) -> Sequence[GapLine]:
        """The first lines with gaps, and one more where there are more: those of a city stand on pages of their own."""
        return list(islice(GapWords(self.head).lines(self.told["gaps"]), _GAP_LINES + 1))

    def _fill(self, fill: Json) -> FillShown:
        amount, words = f"{readable_number(fill['value'])} {unit_words(fill['unit'])}", GapWords(self.head).line([fill])
        label = f"{words.label} · {words.months}"
        return FillShown(label, amount, spoken(fill["method"]), cited(self.packs, fill["clause"]))

    def _rows(self) -> Sequence[RowShown]:
        """The steps by row. The sums above the rows are what the table of parts shows."""
        rows: dict[str, list[StepShown]] = {}
        for step in self.told["steps"]:
            address = Address.parse(step["id"])
            if address.line is not None or (self.head.is_account and not self._is_sum(step)):
                label = self._row_label(address)
                rows.setdefault(label, []).append(self._step(step))
        return [RowShown(label, steps) for label, steps in rows.items()]

    def _is_sum(self, step: Json) -> bool:
        """Whether a step adds up the parts that the page lists anyway."""
        return bool(self.told["parts"]) and step["id"] == str(self.address)

    def _row_label(self, address: Address) -> str:
        line = (Line.parse(address.line).label(self.packs)[language()],) if address.line is not None else ()
        name = self.places.directory.label_of(address.subject, language())
        unit = () if address.subject == self.address.subject else (name,)
        return " · ".join((*unit, *line, address.period.label(language())))

    def _step(self, step: Json) -> StepShown:
        inputs = step["inputs"]
        hrefs = {name: self._ref_href(item["ref"]) for name, item in inputs.items()}
        return StepShown(
            anchor=anchor("step", step["id"]),
            label=self._name(step["column"]),
            names=in_names(step["formula"], self._name, {}),
            numbers=in_numbers(step["formula"], {name: item["value"] for name, item in inputs.items()}, hrefs),
            inputs=[self._input(name, item, hrefs[name]) for name, item in inputs.items()],
            value=readable_number(step["value"]),
            unit=step["unit"],
            clause=cited(self.packs, step["clause"]),
        )

    def _ref_href(self, ref: str) -> str:
        """Where an input leads; empty where the reader may not go."""
        kind, _, target = ref.partition(":")
        return ref_href(self.head.id, ref) if self._opens(kind, target) else ""

    def _opens(self, kind: str, target: str) -> bool:
        if kind == "cell":
            return not self.sight.scope.is_public and SourceCell.parse(target).digest not in self._closed_files
        if kind == "readings":
            return not self.sight.scope.is_public
        return kind != "figure" or self.sight.sees(Address.parse(target))

    @cached_property
    def _indicators(self) -> Mapping[str, IndicatorShape]:
        return {indicator.id: indicator for indicator in self.packs.all(IndicatorShape)}

    @cached_property
    def _factors(self) -> Mapping[str, Factor]:
        return {factor.id: factor for factor in self.packs.all(Factor)}

    @cached_property
    def _closed_files(self) -> frozenset[str]:
        """The files that are shown to nobody, of those from which the steps read a cell."""
        refs = [item["ref"].partition(":") for step in self.told["steps"] for item in step["inputs"].values()]
        return withheld_sources({SourceCell.parse(target).digest for kind, _, target in refs if kind == "cell"})

    @cached_property
    def _labels(self) -> Mapping[str, Mapping[str, str]]:
        """The names of indicators, and of what a plan calls its own: its criteria stand among the factors."""
        shapes = (*self.packs.all(Measure), *self._indicators.values())
        found = {shape.id: {"zh": shape.label.zh, "en": shape.label.en} for shape in shapes}
        own = {item["column"].removeprefix(_CRITERION): item["why"] for item in self.told["factors"]}
        return found | {id: why for id, why in own.items() if f"{_CRITERION}{id}" in self._columns_of_factors}

    @cached_property
    def _columns_of_factors(self) -> frozenset[str]:
        return frozenset(item["column"] for item in self.told["factors"])

    def _name(self, column: str) -> str:
        return step_words(column, language(), self._labels) or spoken(column)

    def _input(self, name: str, item: Json, href: str) -> Input:
        kind, _, target = item["ref"].partition(":")
        origin = self._origins.get(item["ref"], target.rpartition("#")[2]) if kind == "entry" else ""
        if kind == "readings":
            origin = target.partition("@")[0]
        if kind == "cell":
            cell = SourceCell.parse(target)
            origin = f"{cell.file} · {cell.sheet}!{cell.cell}"
        return Input(self._name(name), readable_number(item["value"]), item["unit"], href, origin)

    @cached_property
    def _origins(self) -> Mapping[str, str]:
        """What a rule or a plan states goes by its words: the id of its part is nobody's name for it."""
        return {item["ref"]: said(item["why"]) for item in self.told["factors"] if self._is_ruled(item)}

    def _is_ruled(self, item: Json) -> bool:
        return item["id"] not in self._factors and item["id"] not in ("unit", "setting")

    def _factor_name(self, item: Json) -> str:
        """The label of the factor, or of the part of a rule; a conversion of units, or a setting, is none of a pack and
        is named after what it gives.
        """
        known = self._factors
        if self._is_ruled(item):
            return said(item["why"])
        return said(known[item["id"]].label) if item["id"] in known else self._name(item["column"])

    def _factor(self, item: Json) -> FactorShown:
        return FactorShown(
            anchor=anchor("entry", item["ref"].removeprefix("entry:")),
            label=self._factor_name(item),
            entry=item["entry"],
            value=item["exact"],
            unit=item["unit"],
            clause=cited(self.packs, item["clause"]),
            status=item["status"],
            why=said(item["why"]),
        )


def _query(column: str, period: Period | None) -> dict[str, str]:
    return {"column": column} if period is None else {"column": column, "period": str(period)}
