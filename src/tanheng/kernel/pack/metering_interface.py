"""The shape of an interface through which units send readings: names of fields and codes, as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import model_validator

from tanheng.kernel.pack.factor import Status
from tanheng.kernel.pack.shape import Label, Titled

Operation = Literal["register", "base_data", "version", "upload"]
Stat = Literal["real_time", "day", "month", "year"]
ReadingField = Literal["code", "value", "input", "stat", "time", "sent", "scope", "valid"]

AnswerField = Literal[
    "code",
    "message",
    "device",
    "secret",
    "version",
    "version_url",
    "upload_url",
    "center_url",
    "base_data_url",
    "upload_time",
    "meters",
]


class MeteringInterface(Titled):
    """What the messages of an interface are called.

    `paths` are the addresses of the operations; `request` the fields of what a unit sends, `reading` those of one
    reading in it, `answer` those of what it gets, `meter` those of one meter in the base data. `inputs`, `stats`,
    `scopes` and `valid` give the codes a meaning; `by_hand` are the inputs that a person typed. `times` are the ways
    in which a time is written. A real-time value names the second it was read, a value of a day, month or year any
    moment in it. `not_expressed` is what the specification says and this system does not do.
    """

    clause: str
    status: Status
    paths: Mapping[Operation, str]
    request: Mapping[Literal["region", "enterprise", "device", "readings"], str]
    reading: Mapping[ReadingField, str]
    answer: Mapping[AnswerField, str]
    meter: Mapping[Literal["code", "label", "stat", "kind", "value_unit", "decimals", "interval_s", "usage"], str]
    accepted: str
    inputs: Mapping[str, str]
    by_hand: tuple[str, ...]
    stats: Mapping[str, Stat]
    scopes: Mapping[str, str]
    valid: Mapping[str, bool]
    times: tuple[str, ...]
    note: str = ""
    not_expressed: tuple[Label, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> MeteringInterface:
        needed = {"code", "value", "stat", "time"}
        if missing := sorted(needed - set(self.reading)):
            raise ValueError(f"a reading needs names for {', '.join(missing)}")
        if unknown := sorted(set(self.by_hand) - set(self.inputs)):
            raise ValueError(f"by_hand names inputs that are not listed: {', '.join(unknown)}")
        return self
