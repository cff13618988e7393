"""Faults of simulated meters: where they lie and what they do to the readings, never to the truth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from tanheng.kernel.faults import Refusal
from tanheng.metering.simulate_plan import A_DAY, PER_UNIT, PLACES, QUARTER_S, Plan, name_of

HOUR, TOTAL, NONE = "hour", "total", "none"


@dataclass(frozen=True)
class Kind:
    """A kind of fault: how many intervals it lasts, whether it is of registers, what of the energy can be had back.

    `back`: hour - every hour exactly; total - the sum over the fault exactly; none - lost, and to be flagged.
    """

    length: int
    register: bool
    back: str
    after: int = 0  # intervals beyond it that it still touches
    before: int = 0


KINDS: Final[Mapping[str, Kind]] = {
    "gap": Kind(48, True, TOTAL, 1),
    "spike": Kind(1, True, TOTAL, 1),
    "late": Kind(3 * A_DAY, True, HOUR),
    "silent": Kind(0, True, NONE),
    "rollover": Kind(1, True, HOUR),
    "swap": Kind(1, True, HOUR),
    "duplicate": Kind(A_DAY, True, HOUR),
    "clock": Kind(A_DAY, True, TOTAL, 4),
    "reset": Kind(1, True, HOUR),
    "negative": Kind(6, True, TOTAL, 1, 2),
    "wrong_unit": Kind(48, True, HOUR),
    "stuck": Kind(24, True, TOTAL, 1),
    "interval_gap": Kind(48, False, NONE),
    "interval_spike": Kind(1, False, NONE),
    "interval_negative": Kind(6, False, NONE),
}
SPIKE_KWH: Final = 5000
CLOCK_S: Final = 3600
_WHOLE: Final = {"rollover", "silent"}  # nothing else is wrong with such a meter


@dataclass
class Fault:
    """One fault: its meter, the interval it starts at and how many it lasts. `size` and `base` are filled in
    while it is made."""

    kind: str
    index: int
    start: int
    length: int
    size: int = 0
    base: int | None = None

    @property
    def stop(self) -> int:
        """The first interval after it."""
        return self.start + self.length


def wanted(text: str, meters: int) -> tuple[tuple[str, int], ...]:
    """What `--faults` asks for: none, all, a number, or names with numbers such as gap,spike:10.

    A name without a number, and `all`, put a fault on one meter in a hundred, at least on one.
    Refuses  simulate-faults-unknown: anything else.
    """
    usual, words = max(1, meters // 100), [word.strip() for word in text.split(",") if word.strip()]
    if text.strip() in {"none", "0", ""}:
        return ()
    if text.strip() == "all":
        return tuple((kind, usual) for kind in KINDS)
    if text.strip().isdecimal():
        return _dealt(int(text))
    return tuple(_one(word, usual) for word in words)


def _dealt(count: int) -> tuple[tuple[str, int], ...]:
    kinds = list(KINDS)
    numbers = [count // len(kinds) + (place < count % len(kinds)) for place in range(len(kinds))]
    return tuple((kind, number) for kind, number in zip(kinds, numbers, strict=True) if number)


def _one(word: str, usual: int) -> tuple[str, int]:
    kind, _, number = word.partition(":")
    kind = kind.strip().replace("-", "_")
    if kind not in KINDS or (number and not number.strip().isdecimal()):
        raise Refusal("simulate-faults-unknown", given=word, known=", ".join(KINDS))
    return kind, int(number) if number else usual


def placed_faults(plan: Plan) -> list[Fault]:
    """The faults of a plan, each where it does not touch another of the same meter.

    Refuses  simulate-too-small: there are too few meters or days for one that was asked for by its name.
    """
    chance = np.random.Generator(np.random.PCG64(np.random.SeedSequence([plan.seed, 1_000_003])))
    order = [int(index) for index in chance.permutation(plan.meters)]
    taken: dict[int, list[tuple[int, int]]] = {}
    faults = []
    for kind, number in plan.wanted:
        for _ in range(number):
            fault = _placed(plan, kind, order, taken, chance)
            if fault is not None:
                faults.append(fault)
            elif plan.strict:
                raise Refusal("simulate-too-small", kind=kind, meters=plan.meters, days=plan.days)
    return faults


def _placed(
    plan: Plan, kind: str, order: list[int], taken: dict[int, list[tuple[int, int]]], chance: np.random.Generator
) -> Fault | None:
    """A fault on the first meter of the queue that has room; that meter goes to its end."""
    for place, index in enumerate(order):
        if (PLACES[index % PER_UNIT].kind == "register") != KINDS[kind].register:
            continue
        fault, spans = _lying(plan, kind, index, chance), taken.setdefault(index, [])
        if fault is None:
            return None
        span = (0, plan.intervals) if kind in _WHOLE else (fault.start - A_DAY, fault.stop + A_DAY)
        if all(span[1] <= start or stop <= span[0] for start, stop in spans):
            spans.append(span)
            order.append(order.pop(place))
            return fault
    return None


def _lying(plan: Plan, kind: str, index: int, chance: np.random.Generator) -> Fault | None:
    """A fault somewhere in the middle: half a day before it and after it is as it should be."""
    half = A_DAY // 2
    if kind == "silent":
        start = max(half, plan.intervals - max(A_DAY, plan.intervals // 4))
        return Fault(kind, index, start, plan.intervals - start) if start < plan.intervals else None
    length = min(KINDS[kind].length, max(1, plan.intervals - 2 * half))
    latest = plan.intervals - length - half
    earliest = A_DAY if kind == "swap" else half  # two devices do not begin on one day
    if latest < earliest:
        return None
    start = int(chance.integers(earliest, latest + 1))
    return Fault(kind, index, start + (start % A_DAY == 0), length)  # never at midnight: what it stood at is then known


def named(plan: Plan, fault: Fault) -> dict[str, object]:
    """A fault as a line of the list that stands beside the truth."""
    kind = KINDS[fault.kind]
    from_s, to_s = (plan.begin + at * QUARTER_S for at in (fault.start - kind.before, fault.stop + kind.after))
    return {
        "fault": fault.kind,
        "meter": name_of(plan, fault.index),
        "after": from_s,
        "until": to_s,
        "back": kind.back,
        "energy": fault.size,
        "step": PLACES[fault.index % PER_UNIT].step,
    }
