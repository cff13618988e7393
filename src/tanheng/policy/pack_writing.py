"""Recorded obligations as the files of a pack: the instruments they cite, and one file for each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from tanheng.kernel.obligation import document_of
from tanheng.records.obligation_models import Instrument
from tanheng.records.standing_obligations import RecordedObligation
from tanheng.store.atomic import write_bytes
from tanheng.store.pack_files import MANIFEST


def write_pack(folder: Path, obligations: Sequence[RecordedObligation]) -> list[Path]:
    """Writes instruments and obligations into a pack; a manifest where there is none yet.

    Gives    the files, each written whole. A clause has its address alone: the sentences stay with the document.
    """
    files = dict[Path, Mapping[str, Any]]()
    if not (folder / MANIFEST).exists():
        files[folder / MANIFEST] = _manifest(folder.name)
    cited = dict[str, list[RecordedObligation]]()
    for item in obligations:
        cited.setdefault(item.instrument.instrument, []).append(item)
        files[folder / "obligations" / f"{item.obligation.id}.yaml"] = document_of(item.obligation)
    for id, items in cited.items():
        files[folder / "instruments" / f"{id}.yaml"] = _instrument(items[0].instrument, items)
    for path, content in files.items():
        write_bytes(path, yaml.safe_dump(dict(content), allow_unicode=True, sort_keys=False, width=120).encode())
    return sorted(files)


def _manifest(id: str) -> dict[str, Any]:
    label = {"zh": f"{id} 的目标和任务", "en": f"Targets and tasks of {id}"}
    return {"schema": "pack/1", "id": id, "label": label, "version": "1"}


def _instrument(row: Instrument, items: Iterable[RecordedObligation]) -> dict[str, Any]:
    addresses = dict.fromkeys(item.obligation.clause.partition("#")[2] for item in items)
    return {
        "schema": "instrument/1",
        "id": row.instrument,
        "label": {"zh": row.title or row.instrument, "en": row.title or row.instrument},
        "number": row.number,
        "issuer": row.issuer,
        "issued": row.issued,
        "clauses": [{"address": name, "label": {"zh": f"条款 {name}", "en": f"Clause {name}"}} for name in addresses],
    }
