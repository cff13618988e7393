"""How often the interpreter looks for objects that hold one another and nothing else."""

from __future__ import annotations

import gc

_NEW_ONES = 100_000


def collect_rarely() -> None:
    """Lets a command make a hundred thousand objects before the collector of cycles looks at them, instead of 700.

    What a command computes lasts until it ends, cell by cell, and none of it is a cycle: looking through all of it
    again and again finds nothing, and took a fifth of the time of a dispatch. Objects that nothing holds any more are
    still given back at once.
    """
    gc.set_threshold(_NEW_ONES)
