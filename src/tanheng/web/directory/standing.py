"""The directory as it stands now, read once for as long as nothing is recorded about it."""

from __future__ import annotations

from functools import lru_cache

from tanheng.kernel.subject import Directory
from tanheng.records.selecting import DIRECTORY, directory_as_of, last_event
from tanheng.web.directory.ground import Ground


def ground_now() -> Ground:
    """The directory as last recorded, to be asked upwards."""
    last = last_event((DIRECTORY,))
    return Ground(Directory()) if last is None else _ground(*last)


@lru_cache(maxsize=4)
def _ground(position: int, hash: str) -> Ground:
    """By the hash too: a position alone says nothing about which site it is of."""
    return Ground(directory_as_of(position))
