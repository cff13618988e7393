"""Scorecards as data: items with their points and the form in which they are scored, vetoes, cuts of the grades."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from pydantic import ConfigDict, Field, model_validator

from tanheng.kernel.pack.factor import Status
from tanheng.kernel.pack.shape import Label, Shape, Titled

Reach = Literal["annual", "cumulative"]
ScoringForm = Literal["met", "proportional", "bands", "over_cap", "combination", "surplus", "grade", "judged"]
_MEASURED = frozenset({"met", "proportional", "bands", "over_cap", "combination", "surplus"})
COMBINATIONS = ("both", "cumulative_only", "annual_only", "neither")


class Band(Shape):
    """From a rate on (in per cent), so many points."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_by_name=True, validate_by_alias=True)

    from_: Decimal = Field(alias="from")
    points: Decimal


class Surplus(Shape):
    """So many points for every step (in per cent) beyond the target, and no more than `most`."""

    every: Decimal
    points: Decimal
    most: Decimal


class ScoreItem(Titled):
    """One item. `measure` is what it compares with its target, `reach` over the year or since the base year.

    met           all points where the target is met, else none
    proportional  points x completion, at most all of them
    bands         by completion in per cent: the points of the highest band reached, none below the lowest
    over_cap      all points within the cap; beyond it, in per cent of it, those of the first band it stays below
    combination   by which of annual and cumulative target are met (`table`)
    surplus       a bonus for every step beyond the target
    grade         by the grade of another assessment, which is entered (`table`)
    judged        entered by whoever scores it, with evidence
    """

    group: Literal["target", "measure", "bonus"]
    points: Decimal
    form: ScoringForm
    measure: str = ""
    reach: Reach = "annual"
    bands: tuple[Band, ...] = ()
    table: Mapping[str, Decimal] = {}
    surplus: Surplus | None = None
    evidence: bool = False
    scored_by: str = ""
    clause: str
    status: Status
    note: str = ""

    @model_validator(mode="after")
    def _has_what_its_form_needs(self) -> ScoreItem:
        if (self.form in _MEASURED) != bool(self.measure):
            raise ValueError(f"{self.id}: form {self.form} {'needs' if self.form in _MEASURED else 'has no'} measure")
        needed = {"bands": self.bands, "over_cap": self.bands, "combination": self.table, "grade": self.table}
        if self.form in needed and not needed[self.form]:
            raise ValueError(f"{self.id}: form {self.form} needs its points")
        if (self.form == "surplus") != (self.surplus is not None):
            raise ValueError(f"{self.id}: a surplus says what every step is worth")
        if self.form == "combination" and tuple(self.table) != COMBINATIONS:
            raise ValueError(f"{self.id}: a combination says {', '.join(COMBINATIONS)}")
        return self

    @model_validator(mode="after")
    def _stays_within_its_points(self) -> ScoreItem:
        worth = [band.points for band in self.bands] + list(self.table.values())
        worth += [self.surplus.most] if self.surplus else []
        if any(points > self.points for points in worth):
            raise ValueError(f"{self.id}: more points than the item has")
        cuts = [band.from_ for band in self.bands]
        if cuts != sorted(cuts, reverse=self.form == "bands") or len(cuts) != len(set(cuts)):
            raise ValueError(f"{self.id}: bands of completion fall from the best on, those over a cap rise")
        return self


class Veto(Shape):
    """Whatever the score: the grade of a subject that missed `measure`, over the year, since the base year or both."""

    id: str
    measure: str
    missed: Literal["annual", "cumulative", "either", "both"]
    grade: str
    clause: str
    status: Status


class Grade(Shape):
    """A grade and the score from which on it is given; one without such a score is given by a veto only."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_by_name=True, validate_by_alias=True)

    id: str
    label: Label
    from_: Decimal | None = Field(alias="from", default=None)


class Scorecard(Titled):
    """A scorecard. The points of its items without the bonus add up to `total`.

    `level` says whom it scores: areas of a level, or `facility` for those that have a target. `grades` stand from the
    best to the worst. `not_expressed` is what its source says and the card does not do.
    """

    clause: str
    status: Status
    level: str
    total: Decimal
    items: tuple[ScoreItem, ...]
    vetoes: tuple[Veto, ...] = ()
    grades: tuple[Grade, ...] = ()
    not_expressed: tuple[Label, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _adds_up(self) -> Scorecard:
        ids = [item.id for item in self.items]
        if len(ids) != len(set(ids)):
            raise ValueError("two items have one id")
        worth = sum(item.points for item in self.items if item.group != "bonus")
        if worth != self.total:
            raise ValueError(f"the items are worth {worth} points, not {self.total}")
        return self

    @model_validator(mode="after")
    def _grades_fall(self) -> Scorecard:
        cuts = [grade.from_ for grade in self.grades if grade.from_ is not None]
        if cuts != sorted(cuts, reverse=True) or len(cuts) != len(set(cuts)):
            raise ValueError("grades stand from the best to the worst")
        known = {grade.id for grade in self.grades}
        if strange := {veto.grade for veto in self.vetoes} - known:
            raise ValueError(f"a veto gives a grade that the card does not have: {', '.join(sorted(strange))}")
        return self

    def item(self, id: str) -> ScoreItem | None:
        """The item of an id."""
        return next((item for item in self.items if item.id == id), None)
