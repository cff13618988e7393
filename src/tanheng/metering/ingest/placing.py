"""Where a reading belongs: the point that its name meant at its time, the second it ends at, its whole steps, its flag.

Most readings are complete and plain: those are placed by a few look-ups. Whatever these do not find is looked at
closely, so that every reading that has no place gets the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any

from tanheng.kernel.pack.metering_interface import MeteringInterface
from tanheng.metering.ingest.addresses import Stay, addresses, stay_at
from tanheng.metering.ingest.reading_text import time_reader, whole_steps
from tanheng.metering.register import Meter
from tanheng.metering.shapes import FLAG_BY_HAND, FLAG_INVALID

Place = tuple[int, int, int, int]  # meter, at, value, flag
_FIELDS = ("code", "value", "stat", "time", "input", "valid")


@dataclass(frozen=True)
class Desk:
    """What it takes to place readings: names of the interface and of the meters, and the civil time."""

    interface: MeteringInterface
    meters: tuple[Meter, ...]
    offset_s: int

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The names of code, value, stat, time, input and valid; of a field that the interface lacks, its own."""
        names = {str(field): name for field, name in self.interface.reading.items()}
        return tuple(names[field] if field in names else field for field in _FIELDS)

    @cached_property
    def places(self) -> Mapping[str, Mapping[tuple[str, str], tuple[Stay, ...]]]:
        """For each sender, by code and stat as it writes them, the stays of the point."""
        codes = {stat: code for code, stat in self.interface.stats.items()}
        found: dict[str, dict[tuple[str, str], tuple[Stay, ...]]] = {}
        for (sender, code, stat), stays in addresses(self.meters, self.offset_s).items():
            if stat in codes:
                found.setdefault(sender, {})[code, codes[stat]] = stays
        return found

    @cached_property
    def flags(self) -> Mapping[tuple[str, Any], int]:
        """The flag of every pair of input and valid, as they may be written."""
        meant = self.interface.valid
        written: dict[Any, bool] = {
            **meant,
            **{truth: meant[str(truth).lower()] for truth in (True, False) if str(truth).lower() in meant},
        }
        return {
            (hand, text): self.flag(hand, valid) for hand in self.interface.inputs for text, valid in written.items()
        }

    def flag(self, hand: str | None, valid: bool) -> int:
        """The flag of a reading that came by that input."""
        return (0 if valid else FLAG_INVALID) | (FLAG_BY_HAND if hand in self.interface.by_hand else 0)


class Placing:
    """Places the readings of one sender; keeps the texts that it read and the readings that have no place."""

    def __init__(self, desk: Desk, sender: str, latest: int) -> None:
        self._desk, self._latest = desk, latest
        self._fields, self._flags, self._stats = itemgetter(*desk.fields), desk.flags, desk.interface.stats
        self._points = desk.places[sender] if sender in desk.places else {}
        self._read_time = time_reader(desk.interface.times, desk.offset_s)
        self.placed: list[Place] = []
        self.refused: list[dict[str, Any]] = []
        self.said: list[Any] = []

    def all(self, readings: Iterable[Any]) -> None:
        """Places readings, in their order: one that is complete and plain here, any other after a closer look.

        One loop with names of its own: a batch waits for nothing as long as for this. Most of its readings are of one
        time, which is read once.
        """
        fields, points, flags, stats, latest = self._fields, self._points, self._flags, self._stats, self._latest
        when, at = ("", ""), None
        for position, reading in enumerate(readings):
            try:
                written = fields(reading)
                code, value, stat, time, hand, valid = written
                flag, stays = flags[hand, valid], points[code, stat]
                if when != (time, stat):
                    at = self._read_time(time, stats[stat])
                    when = time, stat
                stay = stay_at(stays, at) if at is not None and at <= latest else None
                steps = None if stay is None else whole_steps(value, stay.decimals)
            except (KeyError, TypeError, AttributeError):
                stay = steps = None
            if stay is None or at is None or not isinstance(steps, int):
                self._closely(position, reading)
            else:
                self.placed.append((stay.number, at, steps, flag))
                self.said += written

    def _closely(self, position: int, reading: Any) -> None:
        names = self._desk.fields
        written = [_text(reading.get(name)) for name in names] if isinstance(reading, dict) else [repr(reading)]
        self.said += written
        placed = self._place(*written) if len(written) == len(names) else "reading-incomplete"
        if isinstance(placed, str):
            self.refused.append({"position": position, "code": placed, "reading": reading})
        else:
            self.placed.append(placed)

    def _place(
        self,
        code: str | None,
        value: str | None,
        stat: str | None,
        time: str | None,
        hand: str | None,
        valid: str | None,
    ) -> Place | str:
        """The place of a reading; else the code of the reason why it has none."""
        interface = self._desk.interface
        meant = True if valid is None else interface.valid.get(valid)
        if (
            code is None
            or value is None
            or time is None
            or stat is None
            or stat not in interface.stats
            or meant is None
        ):
            return "reading-incomplete"
        at = self._read_time(time, interface.stats[stat])
        if at is None or not 0 < at <= self._latest:
            return "reading-time-wrong"
        stays = self._points.get((code, stat))
        if stays is None:
            return "reading-meter-unknown"
        stay = stay_at(stays, at)
        if stay is None:
            return "reading-outside-stay"
        steps = whole_steps(value, stay.decimals)
        return steps if isinstance(steps, str) else (stay.number, at, steps, self._desk.flag(hand, meant))


def _text(value: Any) -> str | None:
    if isinstance(value, str):
        return value.strip()
    return str(value).lower() if isinstance(value, bool) else None
