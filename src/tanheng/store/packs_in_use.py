"""The packs in use, kept in memory until one of their files changes: reading them takes longer than a page may."""

from __future__ import annotations

from functools import lru_cache

from tanheng.kernel.pack import PackSet
from tanheng.store.home import pack_folders
from tanheng.store.packs import load_packs

Stamp = tuple[tuple[str, int, int], ...]


def packs_in_use() -> PackSet:
    """Every definition of the packs in use, as their files stand now.

    Refuses  packs-invalid: what a file holds cannot be read.
    """
    return _read(_stamp())


def _stamp() -> Stamp:
    """The files with the time and the size of each: a change shows in one of the two."""
    found = []
    for folder in pack_folders():
        for path in folder.rglob("*"):
            if path.suffix in (".yaml", ".csv"):
                status = path.stat()
                found.append((str(path), status.st_mtime_ns, status.st_size))
    return tuple(sorted(found))


@lru_cache(maxsize=1)
def _read(stamp: Stamp) -> PackSet:
    return load_packs()
