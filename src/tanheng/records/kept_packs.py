"""The packs that results were computed with, kept so that a result can be explained after the packs have changed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import PackSet
from tanheng.records.canonical import canonical, digest
from tanheng.records.site_files import home
from tanheng.store.atomic import write_bytes
from tanheng.store.packs import archive, load_archive


def keep_packs(pack_set: PackSet) -> None:
    """Keeps the packs of a result under the hashes that its receipt names.

    Refuses  pack-changed: a file was changed since the packs were read.
    """
    path = _path(pack_set.hashes)
    if not path.is_file():
        write_bytes(path, archive(pack_set))


def packs_archive(hashes: Mapping[str, str]) -> bytes:
    """The archive of the packs that have these hashes.

    Refuses  packs-not-kept: no result was computed with them here.
    """
    path = _path(hashes)
    if not path.is_file():
        raise Refusal("packs-not-kept", packs=", ".join(sorted(hashes)))
    return path.read_bytes()


def packs_of(hashes: Mapping[str, str]) -> PackSet:
    """The packs that have these hashes.

    Refuses  packs-not-kept; archive-unreadable, packs-invalid: the kept file was damaged.
    """
    return load_once(packs_archive(hashes))


@lru_cache(maxsize=4)
def load_once(content: bytes) -> PackSet:
    """The packs of an archive; reading their YAML takes longer than explaining a figure."""
    return load_archive(content)


def _path(hashes: Mapping[str, str]) -> Path:
    return home().packs / f"{digest(canonical(dict(hashes)))}.json"
