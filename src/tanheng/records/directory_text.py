"""A directory as one text: what its digest is taken over, and what a publication keeps of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from tanheng.kernel.subject import Area, Directory, Facility, Party, Relation
from tanheng.records.canonical import canonical

_SCHEMA = "directory-as-of/1"


def directory_text(directory: Directory) -> str:
    """The canonical JSON of a directory, in the order the directory has."""
    content = {
        "schema": _SCHEMA,
        "parties": [{"id": item.id, "label": item.label} for item in directory.parties],
        "areas": [{"id": item.id, "label": item.label, "level": item.level} for item in directory.areas],
        "facilities": [{"id": item.id, "label": item.label, "codes": item.codes} for item in directory.facilities],
        "relations": [_relation_fields(item) for item in directory.relations],
    }
    return canonical(content)


def directory_of_text(text: str) -> Directory:
    """The directory that `directory_text` wrote."""
    content = json.loads(text)
    return Directory(
        parties=tuple(Party(**item) for item in content["parties"]),
        areas=tuple(Area(**item) for item in content["areas"]),
        facilities=tuple(Facility(**item) for item in content["facilities"]),
        relations=tuple(_relation(item) for item in content["relations"]),
    )


def _relation_fields(item: Relation) -> Mapping[str, Any]:
    end = None if item.end is None else item.end.isoformat()
    return {
        "kind": item.kind,
        "child": item.child,
        "parent": item.parent,
        "start": item.start.isoformat(),
        "end": end,
    }


def _relation(item: Mapping[str, Any]) -> Relation:
    end = None if item["end"] is None else date.fromisoformat(item["end"])
    return Relation(item["kind"], item["child"], item["parent"], date.fromisoformat(item["start"]), end)
