"""The texts of a pack, and the hash that names its content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tanheng.kernel.faults import Finding

MANIFEST = "pack.yaml"
_KEPT = {".yaml", ".csv"}


@dataclass(frozen=True)
class PackFiles:
    """A pack as text: path inside the pack and content, in alphabetical order, with `\\n` at the line ends."""

    id: str
    texts: tuple[tuple[str, str], ...]

    @cached_property
    def hash(self) -> str:
        """SHA-256 over paths and contents: the same on every system, whatever its line ends."""
        total = hashlib.sha256()
        for part in (part for pair in self.texts for part in pair):
            content = part.encode()
            total.update(len(content).to_bytes(8, "big") + content)
        return total.hexdigest()

    def text(self, path: str) -> str | None:
        """The content of one file; None if the pack does not have it."""
        return next((text for name, text in self.texts if name == path), None)

    def definitions(self) -> Iterator[tuple[str, str]]:
        """The definition files, the manifest first."""
        files = [(path, text) for path, text in self.texts if path.endswith(".yaml")]
        yield from sorted(files, key=lambda item: (item[0] != MANIFEST, item[0]))


def find_pack(id: str, folders: Sequence[Path]) -> Path | None:
    """The first folder of that name that holds a pack."""
    if Path(id).name != id:
        return None
    return next((folder / id for folder in folders if (folder / id / MANIFEST).is_file()), None)


def pack_ids(folders: Sequence[Path]) -> list[str]:
    """Every pack that can be found."""
    return sorted({manifest.parent.name for folder in folders for manifest in folder.glob(f"*/{MANIFEST}")})


def read_pack_files(folder: Path) -> tuple[PackFiles, list[Finding]]:
    """The texts of a pack; what is not UTF-8 and what only looks like a definition is reported."""
    texts, findings = [], []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix in {".yml", ".YAML", ".YML"}:
            findings.append(Finding("pack-file-ignored", f"{folder.name}/{name}", {"file": name}))
        if path.suffix not in _KEPT or not path.is_file() or any(part.startswith(".") for part in Path(name).parts):
            continue
        try:
            texts.append((name, _normalised(path.read_bytes().decode("utf-8-sig"))))
        except UnicodeDecodeError as error:
            findings.append(Finding("pack-text-unreadable", f"{folder.name}/{name}:1", {"problem": str(error)}))
    return PackFiles(folder.name, tuple(sorted(texts))), findings


def _normalised(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
