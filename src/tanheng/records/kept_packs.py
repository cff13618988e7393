"""The packs that results were computed with, kept so that a result can be explained after the packs have changed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import PackSet
from tanheng.records.canonical import canonical, digest
from tanheng.records.models import Publication
from tanheng.records.site_files import blobs, home
from tanheng.store.atomic import write_bytes
from tanheng.store.pack_files import PackFiles
from tanheng.store.packs import archive, archive_hashes, load_archive


def keep_packs(pack_set: PackSet, beside: Sequence[PackFiles] = ()) -> None:
    """Keeps the packs of a result under the hashes that its receipt names.

    Reads    beside: those among them that stand in no folder.
    Refuses  pack-changed: a file was changed since the packs were read.
    """
    if _kept(pack_set.hashes) is None:
        write_bytes(_path(pack_set.hashes), archive(pack_set, beside=beside))


def packs_archive(hashes: Mapping[str, str]) -> bytes:
    """The archive of the packs that have these hashes.

    Reads    the folder of kept packs; where they are missing there, or are no longer those of the hashes, what
             publications keep of them.
    Refuses  packs-not-kept: neither has them.
    """
    if (found := _kept(hashes)) is not None:
        return found
    if (found := _published(hashes)) is None:
        raise Refusal("packs-not-kept", packs=", ".join(sorted(hashes)))
    write_bytes(_path(hashes), found)
    return found


def packs_of(hashes: Mapping[str, str]) -> PackSet:
    """The packs that have these hashes.

    Refuses  packs-not-kept.
    """
    path = _path(hashes)
    if not path.is_file():
        return load_once(packs_archive(hashes))
    status = path.stat()
    return _read_once(str(path), status.st_mtime_ns, status.st_size, canonical(dict(hashes)))


@lru_cache(maxsize=8)
def _read_once(_path: str, _modified: int, _size: int, hashes: str) -> PackSet:
    """The packs in a file as it stands: it is read and held against its hashes again only when it has changed."""
    return load_once(packs_archive(json.loads(hashes)))


@lru_cache(maxsize=4)
def load_once(content: bytes) -> PackSet:
    """The packs of an archive; reading their YAML takes longer than explaining a figure."""
    return load_archive(content)


def _kept(hashes: Mapping[str, str]) -> bytes | None:
    path = _path(hashes)
    content = path.read_bytes() if path.is_file() else None
    return content if content is not None and _holds(content, hashes) else None


def _published(hashes: Mapping[str, str]) -> bytes | None:
    for names in Publication.objects.order_by("event_id").values_list("blobs", flat=True):
        content = blobs().path(names["packs"]).read_bytes() if blobs().has(names["packs"]) else b""
        if _holds(content, hashes):
            return content
    return None


def _holds(content: bytes, hashes: Mapping[str, str]) -> bool:
    """Whether an archive is that of the hashes: a value changed in the file would otherwise pass for the old one."""
    try:
        return archive_hashes(content) == dict(hashes)
    except Refusal:
        return False


def _path(hashes: Mapping[str, str]) -> Path:
    return home().packs / f"{digest(canonical(dict(hashes)))}.json"
