"""How much a request, a device and all of them together may ask for. Settings of the one who serves, not rules."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from math import ceil


@dataclass(frozen=True)
class Limits:
    """The most that is taken.

    `body_bytes` of one request, `passed_by_bytes` of one that is too long, `body_s` that it may take to arrive;
    `batch_readings` in a batch; `readings_per_s` of a device over time, `burst_readings` of it at once;
    `queue_readings` that wait for the disk; `free_bytes` that stay free on it, so that what was taken can still be put
    into files; `clock_s` by which the clock of a device may differ; `ahead_s` by which a reading may lie in the future.
    """

    body_bytes: int = 1 << 20
    passed_by_bytes: int = 256 << 20
    body_s: int = 30
    batch_readings: int = 5_000
    readings_per_s: int = 5_000
    burst_readings: int = 100_000
    queue_readings: int = 500_000
    free_bytes: int = 512 << 20
    clock_s: int = 900
    ahead_s: int = 900

    @property
    def largest_batch(self) -> int:
        """The most readings of a batch that can ever pass: no device may send more at once than its burst."""
        return min(self.batch_readings, self.burst_readings)


@dataclass
class Rates:
    """How much each device may still send now: it gains `readings_per_s`, up to `burst_readings`."""

    limits: Limits
    _left: dict[str, tuple[float, float]] = field(default_factory=dict)

    def wait_s(self, device: str, count: int, now: float | None = None) -> int:
        """Takes `count` readings off what the device may send and gives 0; else gives the seconds to wait."""
        now = time.monotonic() if now is None else now
        left, since = self._left[device] if device in self._left else (float(self.limits.burst_readings), now)
        left = min(self.limits.burst_readings, left + (now - since) * self.limits.readings_per_s)
        if left < count:
            self._left[device] = (left, now)
            return ceil((count - left) / self.limits.readings_per_s)
        self._left[device] = (left - count, now)
        return 0
