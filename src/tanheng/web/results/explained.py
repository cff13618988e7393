"""What the page of an explanation shows: the figure, its parts, its steps, factors, gaps and fills."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tanheng.web.results.gap_lists import GapLine
from tanheng.web.results.heads import ResultHead
from tanheng.web.results.selectors import Choice
from tanheng.web.rules.clauses import Cited
from tanheng.web.ui.figure import Figure
from tanheng.web.ui.formula import Token

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Input:
    """One input of a step: its name, value and unit, and where it comes from."""

    label: str
    value: str
    unit: str
    href: str
    origin: str


@dataclass(frozen=True)
class StepShown:
    """One step: the formula in names and in numbers, its value, and the clause it rests on."""

    anchor: str
    label: str
    names: Sequence[Token]
    numbers: Sequence[Token]
    inputs: Sequence[Input]
    value: str
    unit: str
    clause: Cited | None


@dataclass(frozen=True)
class RowShown:
    """The steps of one row: a facility, a carrier and a month."""

    label: str
    steps: Sequence[StepShown]


@dataclass(frozen=True)
class FactorShown:
    """An entry of a factor that was used: its value, where it stands, how far it is checked, and why it applies."""

    anchor: str
    label: str
    entry: str
    value: str
    unit: str
    clause: Cited | None
    status: str
    why: str


@dataclass(frozen=True)
class FillShown:
    """A gap that a named method filled: which one, by how much, how, and what allows it."""

    label: str
    amount: str
    method: str
    clause: Cited | None


@dataclass(frozen=True)
class ExplanationPage:
    """Everything the page of a figure shows. `parts` and `rest` add up to the whole, and so do `stays` where there are.

    `leads_with_rows`: the parts are single rows, so that how they were computed comes before the list of them.
    """

    head: ResultHead
    address: str
    label: str
    indicator: str
    subject: str
    figure: Figure
    exact: str
    area_href: str
    rows: Sequence[RowShown]
    factors: Sequence[FactorShown]
    stays: Sequence[tuple[str, str, Figure]]
    parts: Sequence[tuple[str, Figure, str]]
    rest: Figure | None
    leads_with_rows: bool
    trail: Sequence[Choice]
    gaps: Sequence[GapLine]
    gap_count: int
    more_gaps: bool
    gaps_href: str
    fills: Sequence[FillShown]
    fill_count: int
    findings: Sequence[Json]
    receipt: Json
    json_href: str
    may_be_quoted: bool
