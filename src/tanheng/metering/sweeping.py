"""Files that nothing names any more: what a crash left behind, and what newer files replaced some time ago."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

from tanheng.metering.manifest import Manifest

GRACE_S = 3600  # a program that read the manifest before may still open them


def sweep(root: Path, manifest: Manifest, grace_s: int = GRACE_S) -> int:
    """Removes files of readings that the manifest does not name; replaced ones after `grace_s`. Gives how many.

    Only for who holds the store for writing: to anybody else a file that is being written looks like one left behind.
    """
    named, retired = {part.path for part in manifest.parts}, set(manifest.retired)
    gone = 0
    for path in (*root.glob("month=*/*"), *root.glob(".draft-*")):
        name = path.relative_to(root).as_posix()
        if name in named or (name in retired and time.time() - path.stat().st_mtime < grace_s):
            continue
        path.unlink()
        gone += 1
    return gone


def retire(root: Path, names: Iterable[str]) -> None:
    """Starts the time of grace of files that were just replaced."""
    for name in names:
        if (path := root / name).exists():
            path.touch()
