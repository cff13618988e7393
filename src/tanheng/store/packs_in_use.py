"""The packs in use, kept in memory until one of their files changes: reading them takes longer than a page may."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from time import monotonic

from tanheng.kernel.pack import PackSet
from tanheng.store.home import pack_folders
from tanheng.store.packs import load_packs

Stamp = tuple[tuple[str, int, int], ...]
_LATELY = 1.0
_looked: dict[tuple[Path, ...], tuple[float, Stamp]] = {}


def packs_in_use() -> PackSet:
    """Every definition of the packs in use, as their files stand now, or stood within the last second.

    Refuses  packs-invalid: what a file holds cannot be read.
    """
    return _read(stamp_in_use())


def stamp_in_use() -> Stamp:
    """The files with the time and the size of each: a change shows in one of the two.

    They are looked at once a second at most: a page asks several times, and there are hundreds of files.
    """
    folders, now = tuple(pack_folders()), monotonic()
    if folders not in _looked or now - _looked[folders][0] > _LATELY:
        found = tuple(sorted(each for folder in folders if folder.is_dir() for each in _files(folder)))
        same = folders in _looked and _looked[folders][1] == found
        _looked[folders] = now, _looked[folders][1] if same else found
    return _looked[folders][1]


def look_again() -> None:
    """Forgets when the files were looked at: for whoever has just written one, and for work that begins on its own."""
    _looked.clear()


def _files(folder: Path | str) -> Iterator[tuple[str, int, int]]:
    """Listed by the system's own call: every page asks, and a path object for each file takes ten times as long."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path)
            elif entry.name.endswith((".yaml", ".csv")):
                status = entry.stat()
                yield entry.path, status.st_mtime_ns, status.st_size


@lru_cache(maxsize=1)
def _read(stamp: Stamp) -> PackSet:
    return load_packs()
