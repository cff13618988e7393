"""What may be subtracted from energy before it is assessed: by level of government and by period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from pydantic import ConfigDict, Field, field_validator, model_validator

from tanheng.kernel.pack.factor import Status
from tanheng.kernel.pack.shape import Label, Shape, Titled
from tanheng.kernel.period import Period

Item = Literal["feedstock", "new_renewable", "non_fossil", "green_power", "green_certificate"]


class DeductionCap(Shape):
    """The most that may be subtracted: a share of the amount that `of` names."""

    share: Decimal
    of: Literal["saving_needed_for_intensity_target"]
    clause: str
    status: Status
    note: str = ""

    @field_validator("share")
    @classmethod
    def _share(cls, value: Decimal) -> Decimal:
        if not 0 <= value <= 1:
            raise ValueError(f"a share lies between 0 and 1, not at {value}")
        return value


class Deduction(Shape):
    """One subtraction: what, from the assessed total or the energy of the intensity or both, and of which year.

    `base` says of which years it is taken: the year reported only; both years that are compared; or no more than the
    increase over the year before. `conversion` is the factor that makes coal equivalent of a physical amount, and
    `conversion_clause` why that one; absent where the amount is in coal equivalent already. `excludes` names origins
    that this level may not count.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, validate_by_name=True, validate_by_alias=True)

    item: Item
    from_: tuple[Literal["total", "intensity"], ...] = Field(alias="from", min_length=1)
    base: Literal["report_year", "both_years", "increment_over_previous_year"]
    base_year: int | None = None
    conversion: str | None = None
    conversion_clause: str | None = None
    excludes: tuple[Literal["imported_hydro", "bundled_certificate", "certificate_within_province"], ...] = ()
    cap: DeductionCap | None = None
    clause: str
    status: Status
    note: str = ""

    @model_validator(mode="after")
    def _conversion_cited(self) -> Deduction:
        if (self.conversion is None) != (self.conversion_clause is None):
            raise ValueError(f"{self.item}: conversion and conversion_clause stand together")
        return self


class DeductionSet(Titled):
    """The subtractions that hold for one level of government in one period, in the order in which they are made.

    `published` is the day from which the rule could be known; `replaces` names the set that it corrects.
    `not_expressed` is what the clauses say and the set does not: a result stays unpublished until somebody accepts it.
    """

    level: Literal["province", "city", "district"]
    start: date
    end: date | None
    published: date
    replaces: str | None = None
    clause: str
    status: Status
    deducts: tuple[Deduction, ...]
    not_expressed: tuple[Label, ...] = ()
    note: str = ""

    @model_validator(mode="before")
    @classmethod
    def _period(cls, value: Any) -> Any:
        """Splits `period: [start, end]` into its two dates."""
        if not isinstance(value, Mapping) or "period" not in value:
            return value
        fields = dict(value)
        period = fields.pop("period")
        if not isinstance(period, list | tuple) or len(period) != 2:
            raise ValueError("period is written as [start, end]")
        fields["start"], fields["end"] = period
        return fields

    @model_validator(mode="after")
    def _fit(self) -> DeductionSet:
        if self.end is not None and self.end <= self.start:
            raise ValueError(f"the period ends before it begins: {self.start}..{self.end}")
        items = [deduction.item for deduction in self.deducts]
        if twice := sorted({item for item in items if items.count(item) > 1}):
            raise ValueError(f"would be subtracted twice: {', '.join(twice)}")
        return self

    def covers(self, period: Period) -> bool:
        """Whether the set holds for the whole period."""
        return self.start <= period.start and (self.end is None or period.end <= self.end)


def governing_set(sets: Iterable[DeductionSet], level: str, period: Period, known_on: date) -> tuple[DeductionSet, ...]:
    """The sets that hold for a level and the whole of a period, among those published by a day and not replaced.

    Gives    one where the rules are whole; none or several leave the assessment open.
    """
    known = [item for item in sets if item.published <= known_on]
    replaced = {item.replaces for item in known if item.replaces}
    return tuple(item for item in known if item.id not in replaced and item.level == level and item.covers(period))
