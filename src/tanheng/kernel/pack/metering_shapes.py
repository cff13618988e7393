"""The shapes of definition files that the room of meters reads."""

from __future__ import annotations

from collections.abc import Mapping

from tanheng.kernel.faults import Worded
from tanheng.kernel.pack.metering_interface import MeteringInterface
from tanheng.kernel.pack.shape import Shape

METERING_SHAPES: Mapping[str, type[Shape]] = {
    "metering_interface/1": MeteringInterface,
}

METERING_KINDS: Mapping[type[Shape], Worded] = {
    MeteringInterface: Worded("计量数据接口", "interface for readings"),
}


def clauses_of(value: Shape) -> list[str]:
    """The clauses that a definition of this room cites."""
    match value:
        case MeteringInterface():
            return [value.clause]
    return []
