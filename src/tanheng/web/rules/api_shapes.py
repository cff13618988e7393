"""What the API says of the rules: packs, factors, methods, score cards, lights, indicators, documents."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pydantic import Field

from tanheng.web.ui.api_shapes import Label, Shape


class PackShape(Shape):
    """A pack in use."""

    id: str = Field(examples=["cn_national"])
    label: str
    version: str
    hash: str = Field(description="over all its files: what a receipt names")


class FactorLineShape(Shape):
    """A factor, and how many of its values stand on which footing."""

    id: str = Field(examples=["net_calorific_value"])
    label: str
    unit: str
    values: int
    verified: int
    secondary: int
    unverified: int
    uses: int


class EntryShape(Shape):
    """One value of a factor."""

    id: str
    keys: dict[str, str]
    start: date
    end: date | None = Field(description="the first day that it no longer governs; null: open")
    value: Decimal = Field(description="exact, as text")
    data_year: int | None
    published: date
    replaces: str | None
    clause: str
    status: str = Field(description="verified, secondary or unverified")
    note: str


class FactorShape(Shape):
    """A factor with all its values."""

    id: str
    label: Label
    unit: str
    keys: list[str]
    schemes: list[str]
    straddle: str
    entries: list[EntryShape]


class MethodLineShape(Shape):
    """A method."""

    id: str = Field(examples=["unit_energy_and_co2"])
    label: str
    version: int
    results: list[str]
    schemes: list[str]


class UseShape(Shape):
    """How a scheme uses a method."""

    label: str
    scheme: str
    factors: list[tuple[str, str, str]] = Field(description="role, factor, name")
    builds_on: list[tuple[str, str]]


class MethodShape(Shape):
    """A method with its text."""

    label: str
    place: str = Field(description="the file that defines it")
    text: str = Field(description="equation, what it reads, gives and refuses, source")
    reads: list[tuple[str, str]]
    uses: list[UseShape]


class IndicatorShapeShown(Shape):
    """What a figure means: its name, unit with basis, and how it adds up."""

    id: str = Field(examples=["energy_calorific"])
    label: Label
    unit: str
    grid: str
    adds: str


class ItemShape(Shape):
    """An item of a score card."""

    id: str
    label: str
    group: str
    points: Decimal
    measure: str
    status: str


class CardShape(Shape):
    """A score card."""

    id: str
    label: str
    status: str
    total: Decimal
    items: list[ItemShape]
    not_expressed: list[str] = Field(description="what the clause says and the card does not")


class LevelShape(Shape):
    """A level of a rule of lights."""

    level: int
    colour: str
    label: Label
    status: str


class LightsShape(Shape):
    """A rule of lights."""

    id: str
    label: str
    status: str
    levels: list[LevelShape]
    not_expressed: list[str]


class InstrumentLineShape(Shape):
    """A document that definitions rest on."""

    id: str
    label: str
    number: str
    clauses: int
    mentions: int


class ClauseShape(Shape):
    """A clause and the definitions that rest on it."""

    address: str
    label: str
    note: str
    mentions: list[str]


class InstrumentPageShape(Shape):
    """A document with its clauses."""

    id: str
    label: str
    number: str
    clauses: list[ClauseShape]


class UncheckedShape(Shape):
    """A value that nobody has read in its source."""

    status: str
    thing: str
    value: str
    unit: str
    note: str
    href: str
