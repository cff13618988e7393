"""A batch: readings that arrive together, are stored together and are acknowledged together."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tanheng.kernel.faults import Refusal
from tanheng.metering.shapes import END_OF_TIME

Integers = npt.NDArray[np.int64]
_TYPES = {"meter": np.int32, "at": np.int64, "value": np.int64, "flag": np.uint8}
_ROW_BYTES = sum(np.dtype(kind).itemsize for kind in _TYPES.values())


@dataclass(frozen=True)
class Batch:
    """Readings of one sender under one key: meter numbers, ends of intervals, values in whole steps, flags.

    `sent` tells the batch from another one under its key, where the columns alone would not; `refused` is what came
    with it and could not be placed, as it was sent.

    Refuses  batch-uneven: columns of unequal length. batch-impossible: a meter number or time that cannot be.
    """

    key: str
    device: str
    meter: npt.NDArray[np.int32]
    at: npt.NDArray[np.int64]
    value: npt.NDArray[np.int64]
    flag: npt.NDArray[np.uint8]
    sent: bytes = b""
    refused: bytes = b""

    def __post_init__(self) -> None:
        lengths = {len(getattr(self, name)) for name in _TYPES}
        if len(lengths) != 1:
            raise Refusal("batch-uneven", key=self.key, lengths=", ".join(str(length) for length in sorted(lengths)))
        if len(self) and (self.meter.min() < 1 or self.at.min() < 1 or self.at.max() >= END_OF_TIME):
            raise Refusal("batch-impossible", key=self.key)

    def __len__(self) -> int:
        return len(self.meter)

    def packed(self) -> bytes:
        """The columns one after the other, in a fixed byte order: what the journal keeps."""
        return b"".join(
            np.ascontiguousarray(getattr(self, name), dtype=np.dtype(kind).newbyteorder("<")).tobytes()
            for name, kind in _TYPES.items()
        )

    @staticmethod
    def unpacked(key: str, device: str, payload: bytes) -> Batch:
        """The batch that `packed` wrote."""
        count, start, columns = len(payload) // _ROW_BYTES, 0, {}
        for name, kind in _TYPES.items():
            columns[name] = np.frombuffer(payload, np.dtype(kind).newbyteorder("<"), count, start)
            start += columns[name].nbytes
        return Batch(key, device, columns["meter"], columns["at"], columns["value"], columns["flag"])


@dataclass(frozen=True)
class Ack:
    """What a sender may rely on: `count` readings of the batch are on the disk. `repeated`: they already were."""

    key: str
    count: int
    repeated: bool = False


def content_digest(payload: bytes) -> bytes:
    """The digest that tells a batch sent again from another one under the same key."""
    return hashlib.sha256(payload).digest()[:16]
