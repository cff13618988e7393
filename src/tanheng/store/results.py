"""Stored results: receipt, findings and figures in a folder of their own, which may be deleted and computed again."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl
from polars.exceptions import PolarsError

from tanheng.kernel.faults import Refusal
from tanheng.kernel.table import Table, digest
from tanheng.store.atomic import flush, write_bytes

FIGURE_KEYS = ("level", "subject", "period_start", "period_end")
_LATEST = "latest"
_ROWS_OF_A_GROUP = 8_000  # sorted by subject: who asks for one unit reads one group, not a city
_WHOLE_ID = re.compile(r"[0-9a-f]{16}")
_RECEIPT, _FINDINGS, _FIGURES = "receipt.json", "findings.json", "figures.parquet"
RESULT_FILES: Mapping[str, str] = {"figures": _FIGURES, "findings": _FINDINGS, "receipt": _RECEIPT}


@dataclass(frozen=True)
class StoredResult:
    """A result as it is kept: its receipt and its findings as JSON, its figures as a table."""

    id: str
    receipt: Mapping[str, Any]
    findings: tuple[Mapping[str, Any], ...]
    figures: Table


def result_id(receipt: Mapping[str, Any]) -> str:
    """The id of a result: the same receipt, figures included, has the same id wherever it is computed."""
    text = json.dumps(receipt, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class ResultStore:
    """A folder with one folder per result, and a file that names the latest."""

    root: Path

    def save(self, result: StoredResult, *, as_latest: bool = True) -> str:
        """Keeps a result, and makes it the latest unless told otherwise.

        One that is there already is left as it is, unless it was damaged or changed: then it is written anew.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        if not self._holds(result):
            shutil.rmtree(self.root / result.id, ignore_errors=True)
            self._put(result)
        if as_latest:
            write_bytes(self.root / _LATEST, result.id.encode())
        return result.id

    def load(self, reference: str) -> StoredResult:
        """A result by its id, by an unambiguous beginning of it, or `latest`.

        Refuses  result-not-found; result-ambiguous: more than one begins like that; result-damaged: a file is missing
                 or unreadable, the figures are not those of the receipt, or the receipt is not the one of the id.
        """
        id = self.find(reference)
        folder = self.root / id
        try:
            stamps = tuple(_stamp(folder / file) for file in RESULT_FILES.values())
            return _read(folder, stamps)
        except (OSError, ValueError, KeyError, TypeError, PolarsError) as error:
            raise Refusal("result-damaged", result=id, problem=f"{type(error).__name__}: {error}") from error

    def find(self, reference: str) -> str:
        """The whole id for a reference.

        Refuses  result-not-found, result-ambiguous.
        """
        if _WHOLE_ID.fullmatch(reference) and (self.root / reference).is_dir():
            return reference
        known = self.ids()
        wanted = self._latest() if reference == _LATEST else reference
        found = [id for id in known if wanted and id.startswith(wanted)]
        if wanted in found:
            return wanted
        if not found:
            nearest = get_close_matches(reference, known, 3, 0.3) or known[:3]
            raise Refusal("result-not-found", reference=reference, nearest=", ".join(nearest) or "-")
        if len(found) > 1:
            raise Refusal("result-ambiguous", reference=reference, candidates=", ".join(found))
        return found[0]

    def ids(self) -> list[str]:
        """The results that are kept, the one written last first."""
        folders = [path for path in self.root.glob("*/") if path.is_dir() and not path.name.startswith(".")]
        return [path.name for path in sorted(folders, key=lambda path: (-path.stat().st_mtime_ns, path.name))]

    def _holds(self, result: StoredResult) -> bool:
        if not (self.root / result.id).is_dir():
            return False
        try:
            return self.load(result.id).findings == result.findings
        except Refusal:
            return False

    def _latest(self) -> str:
        pointer = self.root / _LATEST
        return pointer.read_text("utf-8").strip() if pointer.is_file() else ""

    def put_back(self, id: str, contents: Mapping[str, bytes]) -> None:
        """Keeps the files of a result again, as they were read from its folder.

        Reads    contents: one file for each name of RESULT_FILES.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        with self._draft(id) as draft:
            for name, file in RESULT_FILES.items():
                (draft / file).write_bytes(contents[name])

    def _put(self, result: StoredResult) -> None:
        with self._draft(result.id) as draft:
            _write_json(draft / _RECEIPT, dict(result.receipt))
            _write_json(draft / _FINDINGS, [dict(finding) for finding in result.findings])
            frame = result.figures.frame.collect().sort(FIGURE_KEYS)
            frame.write_parquet(draft / _FIGURES, compression="zstd", row_group_size=_ROWS_OF_A_GROUP)

    @contextmanager
    def _draft(self, id: str) -> Iterator[Path]:
        """A folder to write into that becomes the result's when the block ends well: all files at once, or none."""
        draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=self.root))
        try:
            yield draft
            for path in draft.iterdir():
                flush(path)
            draft.chmod(0o755)
            self._take_place(draft, self.root / id)
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def _take_place(self, draft: Path, folder: Path) -> None:
        try:
            draft.rename(folder)
        except OSError:
            # another process computed the same result in the meantime: theirs is as good as ours
            if not folder.is_dir():
                raise
        flush(self.root)


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _table(figures: Path) -> Table:
    return Table(pl.scan_parquet(figures), FIGURE_KEYS)


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=64)
def _read(folder: Path, stamps: tuple[tuple[int, int], ...]) -> StoredResult:
    """A result as its files stand: a page asks for it every time, and findings are many.

    Refuses  result-damaged.
    """
    receipt = json.loads((folder / _RECEIPT).read_text("utf-8"))
    findings = tuple(json.loads((folder / _FINDINGS).read_text("utf-8")))
    figures = folder / _FIGURES
    if _digest_of(figures, *_stamp(figures)) != receipt["figures"]:
        raise Refusal("result-damaged", result=folder.name, problem="figures digest")
    if result_id(receipt) != folder.name:
        raise Refusal("result-damaged", result=folder.name, problem="receipt")
    return StoredResult(folder.name, receipt, findings, _table(figures))


@lru_cache(maxsize=64)
def _digest_of(figures: Path, modified: int, size: int) -> str:
    """The digest of a file of figures, taken again only when the file has changed: a page asks for it every time."""
    return digest(_table(figures))
