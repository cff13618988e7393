"""Readings that came and had no place: what they are, and placing them again when the register was mended."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np

from tanheng.kernel.pack.metering_interface import MeteringInterface
from tanheng.metering.batch import Batch
from tanheng.metering.ingest.devices import Devices
from tanheng.metering.ingest.placing import Desk, Placing
from tanheng.metering.store import Store


@dataclass(frozen=True)
class Refused:
    """One reading without a place: the batch and the position it came at, by whom, why it has none, as it was sent."""

    number: int
    position: int
    device: str
    key: str
    code: str
    reading: Any


def refused(store: Store) -> list[Refused]:
    """Every reading that has no place yet, in the order of arrival."""
    placed = store.journal.placed_later()
    return [
        Refused(number, item["position"], device, key, item["code"], item["reading"])
        for number, device, key, readings in store.journal.refused()
        for item in json.loads(readings)
        if (number, item["position"]) not in placed
    ]


def place_again(store: Store, interface: MeteringInterface, devices: Devices) -> int:
    """Places what has a place by the register of today, each reading once; gives how many that were.

    A reading placed late counts as the newest of its meter and time: somebody has to see to it that it is wanted.
    """
    desk = Desk(interface, tuple(store.register.rows()), store.manifest.offset_s)
    senders = {device.device: device.enterprise for device in devices.all()}
    count = 0
    for number, group in groupby(refused(store), key=lambda item: item.number):
        items = list(group)
        sender = senders[items[0].device] if items[0].device in senders else ""
        count += _placed(store, desk, sender, number, items)
    return count


def _placed(store: Store, desk: Desk, sender: str, number: int, items: list[Refused]) -> int:
    found = [(item.position, place) for item in items for place in _places(desk, sender, item.reading)]
    if not found:
        return 0
    positions, table = [position for position, _ in found], np.array([place for _, place in found], np.int64)
    key = f"later:{number}:{hashlib.sha256(repr(positions).encode()).hexdigest()[:16]}"
    columns = (table[:, 0].astype(np.int32), table[:, 1], table[:, 2], table[:, 3].astype(np.uint8))
    store.journal.append_later(Batch(key, items[0].device, *columns), number, positions)
    return len(found)


def _places(desk: Desk, sender: str, reading: Any) -> list[tuple[int, int, int, int]]:
    placing = Placing(desk, sender, int(time.time()))
    placing.all([reading])
    return placing.placed
