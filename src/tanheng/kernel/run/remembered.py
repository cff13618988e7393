"""Explanations that were told before, as many as fit: a figure of a city rests on all its rows."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

_MOST = 100_000
"""The gaps, fills and steps: some eighty megabytes, ten explanations of a city and nine months."""


@dataclass
class Remembered:
    """What was told last, up to a size; what was asked for longest ago is forgotten first."""

    most: int = _MOST
    _told: OrderedDict[Hashable, tuple[int, dict[str, Any]]] = field(default_factory=OrderedDict)
    _turn: Lock = field(default_factory=Lock)

    def of(self, key: Hashable) -> dict[str, Any] | None:
        """What was told; None where it is not remembered. Whoever gets it changes nothing in it."""
        with self._turn:
            if key not in self._told:
                return None
            self._told.move_to_end(key)
            return self._told[key][1]

    def holds(self, part: Any) -> bool:
        """Whether this very object is a part of something remembered."""
        with self._turn:
            return any(part is each for _, told in self._told.values() for each in told.values())

    def keep(self, key: Hashable, told: dict[str, Any], *, size: int) -> None:
        """Remembers what was told; one that alone is larger than all may be is not remembered."""
        if size > self.most:
            return
        with self._turn:
            self._told[key] = (size, told)
            while sum(each for each, _ in self._told.values()) > self.most:
                self._told.popitem(last=False)
