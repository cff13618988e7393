"""Base data for a unit: which meters it is expected to send, under which names, and the version of that list."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from tanheng.kernel.pack.metering_interface import MeteringInterface
from tanheng.metering.register import Meter


def base_data(meters: Iterable[Meter], interface: MeteringInterface) -> list[dict[str, object]]:
    """The stays that are open now, in the words of the interface; virtual points send nothing."""
    codes: dict[str, str] = {stat: code for code, stat in interface.stats.items()}
    return [
        {
            name: codes[meter.stat] if field == "stat" else getattr(meter, field)
            for field, name in interface.meter.items()
        }
        for meter in meters
        if meter.kind != "virtual" and meter.end is None
    ]


def version_of(meters: Sequence[Meter]) -> str:
    """A version that changes whenever the list does."""
    rows = [asdict(meter) for meter in meters]
    return hashlib.sha256(json.dumps(rows, default=str, sort_keys=True).encode()).hexdigest()[:16]
