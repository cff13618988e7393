"""Where a site keeps its files."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from tanheng.kernel.faults import Refusal

SHIPPED_PACKS = Path(__file__).resolve().parents[1] / "packs"


@dataclass(frozen=True)
class Home:
    """The folder of a site: database, blobs, snapshots, packs that were used, results and the inbox of workbooks."""

    root: Path

    @staticmethod
    def of_environment() -> Home:
        """The folder that TANHENG_HOME names; ./var without it."""
        return Home(Path(os.environ.get("TANHENG_HOME") or "var").expanduser().resolve())

    @property
    def database(self) -> Path:
        return self.root / "db.sqlite3"

    @property
    def blobs(self) -> Path:
        return self.root / "blobs"

    @property
    def snapshots(self) -> Path:
        return self.root / "snapshots"

    @property
    def packs(self) -> Path:
        return self.root / "packs"

    @property
    def results(self) -> Path:
        return self.root / "results"

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    def make(self) -> Home:
        """Makes the folders that are not there yet."""
        for folder in (self.blobs, self.snapshots, self.packs, self.results, self.inbox):
            folder.mkdir(parents=True, exist_ok=True)
        return self


def pack_folders() -> tuple[Path, ...]:
    """The folders searched for packs: those of TANHENG_PACKS first, then the site's own, then the ones shipped.

    Refuses  pack-folder-missing: one that was named is not there, so that a slip of the pen is no quiet return to the
             shipped packs.
    """
    named = os.environ.get("TANHENG_PACKS", "").split(os.pathsep)
    folders = [Path(name).expanduser() for name in named if name]
    if missing := [str(folder) for folder in folders if not folder.is_dir()]:
        raise Refusal("pack-folder-missing", folders=", ".join(missing))
    own = Home.of_environment().packs
    return (*folders, *([own] if own.is_dir() else []), SHIPPED_PACKS)
