"""One definition file as a value of the kernel, or everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from tanheng.kernel.faults import Finding, Refusal
from tanheng.kernel.pack import SHAPES, Definition
from tanheng.kernel.pack.shape import Shape
from tanheng.store.pack_entries import Entries, read_entries
from tanheng.store.pack_files import PackFiles
from tanheng.store.pack_yaml import Document, read_document

_SCHEMA = re.compile(r"^schema:\s*[\"']?([\w/]+)", re.MULTILINE)


@lru_cache(maxsize=64)
def read_definitions(
    pack: PackFiles, only: frozenset[str] | None = None
) -> tuple[tuple[Definition, ...], tuple[Finding, ...]]:
    """All definitions of a pack and all problems of its files, each with `pack/file:line`.

    `only` are the shapes to look at (default: all); a file of any other is passed over unread.
    """
    definitions, findings = [], []
    for path, text in pack.definitions():
        if only is not None and _schema_of(text) not in only:
            continue
        definition, problems = _read_definition(pack, path, text)
        findings += problems
        if definition is not None:
            definitions.append(definition)
    return tuple(definitions), tuple(findings)


def _schema_of(text: str) -> str:
    found = _SCHEMA.search(text)
    return found[1] if found else ""


def _read_definition(pack: PackFiles, path: str, text: str) -> tuple[Definition | None, list[Finding]]:
    document, findings = read_document(text, f"{pack.id}/{path}")
    if document is None:
        return None, findings
    data = dict(document.data)
    schema = str(data.pop("schema", ""))
    if schema not in SHAPES:
        nearest = ", ".join(get_close_matches(schema, SHAPES, 3, 0.3)) or ", ".join(SHAPES)
        return None, [*findings, Finding("pack-schema-unknown", document.at(["schema"]), _about(schema, nearest))]
    entries, problems = _entries(pack, path, document, data)
    findings += problems
    if problems and entries is None:
        return None, findings
    value, problems = _validated(SHAPES[schema], data, document, entries)
    return (Definition(pack.id, document.at(["id"]), value) if value else None), findings + problems


def _entries(
    pack: PackFiles, path: str, document: Document, data: dict[str, Any]
) -> tuple[Entries | None, list[Finding]]:
    """Puts the rows of `entries_csv` after the entries that stand inline."""
    inline = data["entries"] if "entries" in data else []
    if not isinstance(inline, list):
        return None, [_invalid(document.at(["entries"]), "entries: a list is needed")]
    if "entries_csv" not in data:
        return None, []
    name = str(data.pop("entries_csv"))
    file = f"{path.rpartition('/')[0]}/{name}".lstrip("/")
    text = pack.text(file)
    if text is None:
        return None, [Finding("pack-file-missing", document.at(["entries_csv"]), {"file": name})]
    entries, findings = read_entries(text, f"{pack.id}/{file}", after=len(inline))
    data["entries"] = [*inline, *entries.rows]
    return entries, findings


def _validated(
    shape: type[Shape], data: dict[str, Any], document: Document, entries: Entries | None
) -> tuple[Shape | None, list[Finding]]:
    try:
        return shape.model_validate(data), []
    except ValidationError as error:
        return None, list(_findings(error, document, entries))
    except Refusal as refusal:
        return None, [Finding(refusal.code, document.at([]), refusal.fields)]


def _findings(error: ValidationError, document: Document, entries: Entries | None) -> Iterator[Finding]:
    for problem in error.errors():
        path = problem["loc"]
        field = ".".join(str(part) for part in path)
        place = document.at(path)
        if entries and path[:1] == ("entries",):
            place = entries.at(path[1] if len(path) > 1 else None) or place
        if problem["type"] == "missing":
            yield Finding("pack-field-missing", place, {"field": field})
        elif problem["type"] == "extra_forbidden":
            nearest = ", ".join(get_close_matches(str(path[-1]), sorted(_fields(Shape)), 3)) or "-"
            yield Finding("pack-field-unknown", place, {"field": field, "nearest": nearest})
        else:
            yield _invalid(place, f"{field}: {problem['msg']}")


def _fields(shape: type[Shape]) -> set[str]:
    return set(shape.model_fields).union(*(_fields(sub) for sub in shape.__subclasses__()))


def _invalid(place: str, problem: str) -> Finding:
    return Finding("definition-invalid", place, {"problem": problem})


def _about(schema: str, nearest: str) -> dict[str, object]:
    return {"schema": schema or "-", "nearest": nearest}
