"""What one step of a meter's own value is worth on the metering grid: the points that the conversion reads.

position = value x multiplier x steps of the unit on the grid / 10^decimals, rounded half up once

An energy is a difference of positions, so that rounding never adds up: a month is exactly the sum of its intervals.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack.metering_grids import MeteringGrids
from tanheng.metering.register import Meter
from tanheng.metering.shapes import DAY_S, DEFAULT_OFFSET_S, END_OF_TIME

UNKNOWN = -1  # in the numeric columns of points, which hold no negative number otherwise
REGISTER, INTERVAL = 0, 1
_EPOCH = date(1970, 1, 1)

# One row for each stay of a meter. Positions are on the grid; `most`, `span`, `enters`, `leaves` are positions.
POINT_COLUMNS = (
    "meter",  # number
    "stay",  # 0 for the first of the meter
    "opens",  # readings after this second and up to `closes` are of the stay
    "closes",
    "kind",
    "iv",  # seconds of an interval
    "num",  # position = value * num / den
    "den",
    "most",  # the most that an interval can bring
    "span",  # where the register starts again from zero
    "enters",  # where the register of the stay began
    "leaves",  # where the register of the stay before stood at its end, on its own scale
    "swapped",  # 1: another device than in the stay before
    "old_num",  # the scale of the stay before; the device may be read on the day of its last hour
    "old_den",
    "old_most",  # in values of the stay before
    "old_last",  # its last value
    "first_value",
    "carry_num",  # the stay before counted on the scale of this one: a corrected multiplier is no energy
    "carry_den",
)
Points = dict[str, npt.NDArray[np.int64]]


def seconds_of(day: date, offset_s: int = DEFAULT_OFFSET_S) -> int:
    """The second at which a civil day begins."""
    return (day - _EPOCH).days * DAY_S - offset_s


def position(value: int, scale: Fraction) -> int:
    """A value on the grid, rounded half up."""
    return (2 * value * scale.numerator + scale.denominator) // (2 * scale.denominator)


def scale_of(meter: Meter, grids: MeteringGrids) -> Fraction:
    """Grid steps of one step of a meter's value.

    Refuses  meter-unit-unknown: no grid knows the unit. meter-multiplier-unreadable: not a positive number.
    """
    return _scale_on(meter, _steps(grids))


_Steps = tuple[tuple[str, int], ...]


def _steps(grids: MeteringGrids) -> _Steps:
    return tuple((unit, steps) for grid in grids.grids for unit, steps in grid.steps.items())


def _scale_on(meter: Meter, steps: _Steps) -> Fraction:
    try:
        return _scale(meter.value_unit, meter.decimals, meter.multiplier, steps)
    except KeyError as error:
        known = ", ".join(sorted(dict(steps)))
        raise Refusal("meter-unit-unknown", meter=meter.meter, unit=meter.value_unit, known=known) from error
    except (ArithmeticError, ValueError) as error:
        raise Refusal("meter-multiplier-unreadable", meter=meter.meter, multiplier=meter.multiplier) from error


@lru_cache(maxsize=4096)
def _scale(unit: str, decimals: int, multiplier: str, steps: _Steps) -> Fraction:
    """Most meters of a city share a few scales."""
    times = Fraction(Decimal(multiplier))
    if times <= 0:
        raise ValueError(multiplier)
    return Fraction(times * dict(steps)[unit], 10**decimals)


def points(stays: Iterable[Meter], grids: MeteringGrids, offset_s: int = DEFAULT_OFFSET_S) -> Points:
    """The stays of meters that are read, in numbers: what the conversion joins to the readings.

    Reads    stays: as `Register.rows` gives them, by number and start. Virtual meters have no readings: left out.
    Gives    the columns of POINT_COLUMNS; UNKNOWN where the register does not say.
    Refuses  what `scale_of` refuses.
    """
    rows: list[tuple[int, ...]] = []
    steps = _steps(grids)
    before: Meter | None = None
    for stay in stays:
        if stay.kind == "virtual":
            continue
        if before is not None and before.number != stay.number:
            before = None
        rows.append(_row(stay, before, rows[-1][1] + 1 if before is not None else 0, steps, offset_s))
        before = stay
    table = np.array(rows, dtype=np.int64).reshape(len(rows), len(POINT_COLUMNS))
    return {name: np.ascontiguousarray(table[:, column]) for column, name in enumerate(POINT_COLUMNS)}


def _row(stay: Meter, before: Meter | None, ordinal: int, steps: _Steps, offset_s: int) -> tuple[int, ...]:
    scale = _scale_on(stay, steps)
    closes = seconds_of(stay.end, offset_s) if stay.end is not None else END_OF_TIME
    return (
        stay.number or UNKNOWN,
        ordinal,
        seconds_of(stay.start, offset_s),
        closes,
        INTERVAL if stay.kind == "interval" else REGISTER,
        stay.interval_s,
        scale.numerator,
        scale.denominator,
        _placed(stay.most_per_interval, scale),
        _placed(stay.modulus, scale),
        _placed(stay.first_value, scale),
        *_since(stay, before, steps),
    )


def _since(stay: Meter, before: Meter | None, steps: _Steps) -> Sequence[int]:
    first = _known(stay.first_value)
    if before is None:
        return (UNKNOWN, 0, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, first, UNKNOWN, UNKNOWN)
    old = _scale_on(before, steps)
    now = _scale_on(replace_multiplier(before, stay.multiplier), steps)
    return (
        _placed(before.last_value, old),
        int(before.device != stay.device),
        old.numerator,
        old.denominator,
        _known(before.most_per_interval),
        _known(before.last_value),
        first,
        now.numerator,
        now.denominator,
    )


def replace_multiplier(meter: Meter, multiplier: str) -> Meter:
    """The meter with another multiplier: its old values on a new scale."""
    return Meter(**{**meter.__dict__, "multiplier": multiplier})


def _placed(value: int | None, scale: Fraction) -> int:
    return UNKNOWN if value is None else position(value, scale)


def _known(value: int | None) -> int:
    return UNKNOWN if value is None else value
