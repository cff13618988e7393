"""The shape of the limits by which the quality of readings is judged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import model_validator

from tanheng.kernel.pack.factor import Status
from tanheng.kernel.pack.shape import Label, Shape, Titled

LimitName = Literal[
    "completeness_least",
    "day_month_most",
    "sub_meter_most",
    "reported_most",
    "stuck_intervals",
    "still_hours",
    "still_steps",
    "catch_up_times",
    "unit_slip",
    "unit_slip_intervals",
    "silent_hours",
    "repair_working_days",
    "context_days",
    "profile_weeks",
]
IndexPart = Literal["completeness", "timeliness", "accuracy", "validity", "conformity"]


class QualityLimit(Shape):
    """One limit, where it comes from and how sure that is."""

    value: Decimal
    clause: str
    status: Status
    note: Label


class MeteringQuality(Titled):
    """The limits of quality, and the weights of the parts of the index of a unit.

    A working day is a weekday that is no public holiday of `holidays`, or one of `working_weekends`.
    `weights` are of the parts that are known: a part that nothing is known about is left out of the mean and named.
    """

    limits: Mapping[LimitName, QualityLimit]
    holidays: tuple[date, ...] = ()
    working_weekends: tuple[date, ...] = ()
    weights: Mapping[IndexPart, int]
    weights_clause: str
    weights_status: Status

    @model_validator(mode="after")
    def _whole(self) -> MeteringQuality:
        if missing := sorted(set(LimitName.__args__) - set(self.limits)):  # type: ignore[attr-defined]
            raise ValueError(f"no limit for {', '.join(missing)}")
        return self

    def limit(self, name: LimitName) -> Decimal:
        """The value of one limit."""
        return self.limits[name].value

    def whole(self, name: LimitName) -> int:
        """The value of a limit that counts."""
        return int(self.limits[name].value)
