"""What a figure is broken down by, in words: energy carriers, and the fields that tables of areas name."""

from __future__ import annotations

from collections.abc import Mapping

from tanheng.kernel.pack import PackSet
from tanheng.kernel.pack.fields import Fields


def breakdown_labels(packs: PackSet) -> Mapping[str, Mapping[str, str]]:
    """The labels of what dimensions of observations may hold, by id."""
    fields = {entry.code: dict(entry.label) for each in packs.all(Fields) for entry in each.entries}
    return fields | {id: dict(carrier.label) for id, carrier in packs.carriers.items()}
