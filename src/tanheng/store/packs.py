"""Packs from folders or from an archive: every definition, or every problem of every file at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from tanheng.kernel.faults import Finding, Refusal, Worded
from tanheng.kernel.pack import (
    COMPUTING,
    Carriers,
    Definition,
    DirectoryShape,
    Layout,
    LayoutProfile,
    PackManifest,
    PackSet,
    SheetWords,
)
from tanheng.kernel.quantity import Unit
from tanheng.kernel.subject import Directory
from tanheng.store.home import pack_folders
from tanheng.store.listed import Listed
from tanheng.store.pack_definition import read_definitions
from tanheng.store.pack_directory import directory_findings, merged_directory
from tanheng.store.pack_files import PackFiles, find_pack, pack_ids, read_pack_files

_ARCHIVE = "packs-archive/1"
_PACK = Worded("定义包", "pack")


def load_packs(ids: Iterable[str] | None = None, folders: Sequence[Path] | None = None) -> PackSet:
    """The named packs and those they require; every pack that can be found without names.

    Reads    the first folder that has a pack of that name: `folders`, else those of TANHENG_PACKS and the shipped ones.
    Refuses  packs-invalid: lists every problem with its `pack/file:line`; definition-missing: no pack of that name.
    """
    return _valid(*read_packs(ids, folders))


def read_packs(
    ids: Iterable[str] | None = None, folders: Sequence[Path] | None = None
) -> tuple[PackSet, list[Finding]]:
    """As `load_packs`, with the problems as findings beside whatever could be read.

    Refuses  definition-missing: a pack named in the call is not there.
    """
    folders = pack_folders() if folders is None else folders
    packs, findings = dict[str, PackFiles](), list[Finding]()
    for id in pack_ids(folders) if ids is None else ids:
        if find_pack(id, folders) is None:
            raise Refusal("definition-missing", kind=_PACK, id=id, nearest=_nearest(id, pack_ids(folders)))
        findings += _gather(id, folders, packs)
    pack_set, problems = _assembled(packs.values())
    return pack_set, findings + problems


def archive(pack_set: PackSet, folders: Sequence[Path] | None = None, *, beside: Sequence[PackFiles] = ()) -> bytes:
    """The files of the packs in use as canonical JSON: what a publication keeps.

    Reads    beside: packs that stand in no folder, such as a plan that was drafted on a page.
    Refuses  pack-changed: a file on disk is no longer the one that was read.
    """
    folders = pack_folders() if folders is None else folders
    packs = dict[str, Mapping[str, str]]()
    without_folder = {files.id: files for files in beside}
    for id, hash in sorted(pack_set.hashes.items()):
        files = without_folder[id] if id in without_folder else _on_disk(id, folders)
        if files is None or files.hash != hash:
            raise Refusal("pack-changed", pack=id)
        packs[id] = dict(files.texts)
    content = {"schema": _ARCHIVE, "packs": packs}
    return (json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode()


def _on_disk(id: str, folders: Sequence[Path]) -> PackFiles | None:
    folder = find_pack(id, folders)
    return read_pack_files(folder)[0] if folder else None


def load_archive(content: bytes) -> PackSet:
    """What a run looks at of the packs of an archive, with the hashes they had when it was made.

    They were whole when they were kept: checks between definitions that came later do not judge them again, and shapes
    that no run looks at may have changed since.

    Refuses  archive-unreadable: not an archive of packs; packs-invalid: what a run needs has lost its shape.
    """
    definitions, findings, hashes = list[Definition](), list[Finding](), dict[str, str]()
    for pack in _archived(content):
        found, problems = read_definitions(pack, COMPUTING)
        definitions += found
        findings += problems
        hashes[pack.id] = pack.hash
    return _valid(PackSet(tuple(definitions), hashes), findings)


def archive_hashes(content: bytes) -> dict[str, str]:
    """The hash of each pack of an archive, taken from its texts; their meaning is not looked at.

    Refuses  archive-unreadable: not an archive of packs.
    """
    return {pack.id: pack.hash for pack in _archived(content)}


def directory_of(pack_set: PackSet) -> Directory:
    """The parties, areas, facilities and relations that the packs in use carry."""
    return merged_directory(pack_set.all(DirectoryShape))


def _archived(content: bytes) -> list[PackFiles]:
    try:
        found = json.loads(content)
        if found["schema"] != _ARCHIVE:
            raise ValueError(f"schema {found['schema']}")
        packs = [PackFiles(id, tuple(sorted(texts.items()))) for id, texts in found["packs"].items()]
        return [pack for pack in packs if pack.hash]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refusal("archive-unreadable", problem=str(error)) from error


def _gather(id: str, folders: Sequence[Path], packs: dict[str, PackFiles], asked: str = "") -> list[Finding]:
    """Reads a pack after those it requires; one that is on the way already is not read again."""
    if id in packs:
        return []
    folder = find_pack(id, folders)
    if folder is None:
        fields = {"kind": _PACK, "id": id, "nearest": _nearest(id, pack_ids(folders))}
        return [Finding("definition-missing", asked, fields)]
    packs[id], findings = read_pack_files(folder)
    for item in _manifests(packs[id]):
        for required in item[1].requires:
            findings += _gather(required, folders, packs, item[0])
    return findings


def _manifests(pack: PackFiles) -> Iterator[tuple[str, PackManifest]]:
    for item in read_definitions(pack)[0]:
        if isinstance(item.value, PackManifest):
            yield item.place, item.value


def _assembled(packs: Iterable[PackFiles]) -> tuple[PackSet, list[Finding]]:
    definitions, findings, hashes = list[Definition](), list[Finding](), dict[str, str]()
    for pack in sorted(packs, key=lambda pack: pack.id):
        found, problems = read_definitions(pack)
        definitions += found
        findings += [*problems, *_misnamed(pack)]
        hashes[pack.id] = pack.hash
    pack_set = PackSet(tuple(definitions), hashes)
    findings += [*pack_set.check(), *_ambiguous_aliases(pack_set), *_broken_layouts(pack_set)]
    return pack_set, [*findings, *directory_findings(pack_set)]


def _misnamed(pack: PackFiles) -> Iterator[Finding]:
    for place, manifest in _manifests(pack):
        if manifest.id != pack.id:
            yield Finding("pack-id-differs", place, {"id": manifest.id, "folder": pack.id})


def _ambiguous_aliases(pack_set: PackSet) -> Iterator[Finding]:
    owners = dict[str, str]()
    for item in pack_set.definitions:
        for carrier in item.value.carriers if isinstance(item.value, Carriers) else ():
            codes = (f"{id} {code}" for id, code in carrier.codes.items())
            for alias in sorted({carrier.id, carrier.label.zh, carrier.label.en, *carrier.aliases, *codes}):
                owner = owners.setdefault(alias.casefold(), carrier.id)
                if owner != carrier.id:
                    fields = {"alias": alias, "first": owner, "second": carrier.id}
                    yield Finding("alias-twice", item.place, fields)


def _broken_layouts(pack_set: PackSet) -> Iterator[Finding]:
    for item in pack_set.definitions:
        layout = item.value
        if isinstance(layout, Layout | LayoutProfile | SheetWords):
            for unit in layout.units.values():
                if not Unit.is_known(unit):
                    yield Finding("unit-unknown", item.place, {"unit": unit})


def _valid(pack_set: PackSet, findings: list[Finding]) -> PackSet:
    if findings:
        raise Refusal("packs-invalid", count=len(findings), findings=Listed.of(findings))
    return pack_set


def _nearest(id: str, known: Sequence[str]) -> str:
    return ", ".join(get_close_matches(id, known, 3, 0.3) or known[:5]) or "-"
