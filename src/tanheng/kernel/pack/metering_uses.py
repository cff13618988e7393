"""The shapes of what the uses of metered energy go by: settings of the fits and curves, and rules for data centres."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from pydantic import model_validator

from tanheng.kernel.pack.factor import Status
from tanheng.kernel.pack.metering_quality import QualityLimit
from tanheng.kernel.pack.shape import Label, Shape, Titled

UseSetting = Literal[
    "coverage_least",
    "baseline_days_least",
    "hour_of_week_least",
    "season_least",
    "folds",
    "cvrmse_most",
    "nmbe_most",
    "heating_below",
    "cooling_above",
    "like_days",
    "look_back_days",
    "adjustment_hours",
    "adjustment_gap_hours",
    "adjustment_least",
    "adjustment_most",
    "connection_least",
    "upload_least",
]


class MeteringUses(Titled):
    """The settings of the uses, each with where it comes from; and the words that name what a meter feeds.

    `it_usages` are the values of `usage` in the register of meters that mean information technology.
    """

    it_usages: tuple[str, ...]
    settings: Mapping[UseSetting, QualityLimit]

    @model_validator(mode="after")
    def _whole(self) -> MeteringUses:
        if missing := sorted(set(UseSetting.__args__) - set(self.settings)):  # type: ignore[attr-defined]
            raise ValueError(f"no setting {', '.join(missing)}")
        return self

    def value(self, name: UseSetting) -> Decimal:
        """The value of one setting."""
        return self.settings[name].value

    def whole(self, name: UseSetting) -> int:
        """The value of a setting that counts."""
        return int(self.settings[name].value)


class CentreLimit(Shape):
    """The most that the power usage effectiveness of a kind of data centre may be."""

    label: Label
    pue_most: Decimal
    clause: str
    status: Status


class ClosingRule(Shape):
    """Which data centres are to be closed or merged: above the PUE, with so few racks, and older than the years."""

    pue_above: Decimal
    racks_most: int
    years_above: int
    clause: str
    status: Status


class DataCentreRules(Titled):
    """What a city demands of its data centres, by kind, and which of them it closes."""

    kinds: Mapping[str, CentreLimit]
    closing: ClosingRule
