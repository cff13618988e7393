"""One YAML file as data that still knows on which line each of its parts stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Any

import yaml

from tanheng.kernel.faults import Finding
from tanheng.kernel.quantity import Unit

_FLOAT, _TEXT = "tag:yaml.org,2002:float", "tag:yaml.org,2002:str"
_UNIT_FIELDS = {"unit", "grid"}
# the keys in these are names, whatever they read like; the unit of a demand is the word that its document prints
_OF_NAMES = {"factors", "given", "expected", "columns", "codes", "demand"}
# The parser in C where the wheel has one: every command reads every pack. It does not notice that a file is nested
# deeper than its stack: such a file is turned away before its tree is built.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 100
_BEFORE_A_BLOCK = re.compile(r"^(?:[ \t?:-]|[!&]\S*)+", re.MULTILINE)


@dataclass(frozen=True)
class Document:
    """The content of a file, and the tree it was read from."""

    place: str
    data: dict[str, Any]
    root: yaml.Node

    def at(self, path: Sequence[object]) -> str:
        """`file:line` of the deepest part of `path` that the file has."""
        node, line = self.root, _line(self.root)
        for part in path:
            found = _child(node, part)
            if found is None:
                break
            node, line = found
        return f"{self.place}:{line}"


def read_document(text: str, place: str) -> tuple[Document | None, list[Finding]]:
    """Reads one file.

    Gives    the document, or None where the text is no YAML mapping; and what is wrong with it as YAML: keys that
             stand twice, aliases, unquoted decimals, unknown units. Those are mended in the data handed on, so that
             the checks that follow report what else is wrong and not the same thing again.
    """
    try:
        _refuse_deep_nesting(text)
        loader = _LOADER(text)
        root = loader.get_single_node()
        if not isinstance(root, yaml.MappingNode):
            return None, [_unreadable(f"{place}:1", "no fields found")]
        findings = list(_problems(root, place, set()))
        return Document(place, loader.construct_document(root), root), findings
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        return None, [_unreadable(f"{place}:{line}", error.problem or str(error))]
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        return None, [_unreadable(f"{place}:1", str(error))]


def _refuse_deep_nesting(text: str) -> None:
    # Cheap first: a list or mapping in brackets needs its bracket, and one by indentation a column of its own that only
    # blanks, marks and tags stand before; two may share it. Most files cannot be deep, whatever they hold.
    columns = max(map(len, _BEFORE_A_BLOCK.findall(text)), default=0)
    if text.count("[") + text.count("{") + 2 * (columns + 1) <= _DEEPEST:
        return
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise RecursionError(f"nested deeper than {_DEEPEST}")


def _problems(node: yaml.Node, place: str, seen: set[int]) -> Iterator[Finding]:
    if id(node) in seen:
        yield Finding("pack-alias-used", f"{place}:{_line(node)}")
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        yield from _problems_of_mapping(node, place, seen)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _problems(item, place, seen)
    elif node.tag == _FLOAT:
        yield Finding("pack-number-inexact", f"{place}:{_line(node)}", {"text": node.value})
        node.tag = _TEXT


def _problems_of_mapping(
    node: yaml.MappingNode, place: str, seen: set[int], fields: Set[str] = _UNIT_FIELDS
) -> Iterator[Finding]:
    keys = set()
    for key, value in node.value:
        if key.value in keys:
            yield Finding("pack-key-twice", f"{place}:{_line(key)}", {"key": key.value})
        if isinstance(key, yaml.ScalarNode):
            keys.add(key.value)
        if key.value in fields and value.tag == _TEXT and not Unit.is_known(value.value):
            yield Finding("unit-unknown", f"{place}:{_line(value)}", {"unit": value.value})
            value.value = "1"
        if key.value in _OF_NAMES and isinstance(value, yaml.MappingNode) and id(value) not in seen:
            seen.add(id(value))
            yield from _problems_of_mapping(value, place, seen, frozenset())
        else:
            yield from _problems(value, place, seen)


def _child(node: yaml.Node, part: object) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.MappingNode):
        found = next(((key, value) for key, value in node.value if key.value == str(part)), None)
        return (found[1], _line(found[0])) if found else None
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], _line(node.value[part])
    return None


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _unreadable(place: str, problem: str) -> Finding:
    return Finding("pack-text-unreadable", place, {"problem": problem})
