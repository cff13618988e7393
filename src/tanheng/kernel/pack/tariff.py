"""Time-of-use tariffs: which hour of which month is in which band, and what a band costs against the base price."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from pydantic import field_validator, model_validator

from tanheng.kernel.pack.factor import Status
from tanheng.kernel.pack.shape import Label, Shape, Titled

HOURS_OF_DAY = 24


class TariffSeason(Shape):
    """The bands of some months: for each its hours, [from, to) and over midnight where `to` is smaller, and its ratio.

    Where two bands name an hour the later counts: a critical peak lies inside a peak. `ratios` are against the base.
    """

    months: tuple[int, ...]
    hours: Mapping[str, tuple[tuple[int, int], ...]]
    ratios: Mapping[str, Decimal]
    clause: str
    status: Status

    @model_validator(mode="after")
    def _whole_day(self) -> TariffSeason:
        if not all(1 <= month <= 12 for month in self.months):
            raise ValueError("months are 1 to 12")
        if missing := sorted(set(range(HOURS_OF_DAY)) - set(self._bands())):
            raise ValueError(f"no band for the hours {', '.join(map(str, missing))}")
        if unpriced := sorted(set(self.hours) - set(self.ratios)):
            raise ValueError(f"no ratio for {', '.join(unpriced)}")
        return self

    def _bands(self) -> dict[int, str]:
        found: dict[int, str] = {}
        for band, stretches in self.hours.items():
            for start, end in stretches:
                length = (end - start) % HOURS_OF_DAY or HOURS_OF_DAY
                found |= {(start + step) % HOURS_OF_DAY: band for step in range(length)}
        return found

    def bands(self) -> tuple[str, ...]:
        """The band of each hour of the day; hour 0 is 00:00 to 01:00."""
        found = self._bands()
        return tuple(found[hour] for hour in range(HOURS_OF_DAY))


class Tariff(Titled):
    """A time-of-use tariff while it holds; prices themselves are the contract's, and no definition."""

    carrier: str
    start: date
    end: date | None = None
    bands: Mapping[str, Label]
    seasons: tuple[TariffSeason, ...]
    note: str = ""

    @field_validator("seasons")
    @classmethod
    def _apart(cls, value: tuple[TariffSeason, ...]) -> tuple[TariffSeason, ...]:
        months = [month for season in value for month in season.months]
        if len(months) != len(set(months)):
            raise ValueError("a month stands in two seasons")
        return value

    def season(self, month: str) -> TariffSeason | None:
        """The season that governs a month such as 2026-01; None where the tariff says nothing of it."""
        day = date.fromisoformat(f"{month}-01")
        if day < self.start or (self.end is not None and day >= self.end):
            return None
        return next((season for season in self.seasons if day.month in season.months), None)
