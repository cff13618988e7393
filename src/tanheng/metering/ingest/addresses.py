"""Under which names readings arrive, and which point and which decimals each name meant at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import NamedTuple

from tanheng.metering.register import Meter
from tanheng.metering.shapes import END_OF_TIME

Address = tuple[str, str, str]  # sender, code, stat


class Stay(NamedTuple):
    """From after `start` up to and with `end` the name meant this point.

    Of the first stay of a register `start` lies a second earlier: what it showed at 00:00 is where it began.
    """

    start: int
    end: int
    number: int
    decimals: int


def addresses(meters: Iterable[Meter], offset_s: int) -> Mapping[Address, tuple[Stay, ...]]:
    """The stays of every name, in their order; stays that say the same are joined. Virtual points receive nothing."""
    found: dict[Address, list[Stay]] = defaultdict(list)
    begun = set[int]()
    for meter in meters:
        if meter.kind == "virtual" or meter.number is None:
            continue
        start, end = (
            _midnight(meter.start, offset_s) - (meter.kind == "register" and meter.number not in begun),
            END_OF_TIME if meter.end is None else _midnight(meter.end, offset_s),
        )
        begun.add(meter.number)
        stays = found[meter.sender, meter.code, meter.stat]
        if stays and stays[-1][1:] == (start, meter.number, meter.decimals):
            stays[-1] = stays[-1]._replace(end=end)
        else:
            stays.append(Stay(start, end, meter.number, meter.decimals))
    return {address: tuple(sorted(stays)) for address, stays in found.items()}


def _midnight(day: date, offset_s: int) -> int:
    return max(0, int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) - offset_s)


def stay_at(stays: tuple[Stay, ...], at: int) -> Stay | None:
    """The stay that an interval ending at `at` falls into."""
    for stay in stays:
        if stay.start < at <= stay.end:
            return stay
    return None
