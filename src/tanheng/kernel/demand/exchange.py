"""Obligations to and from their exchange form: plain values that a pack, a record and a page all hold alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from tanheng.kernel.demand.target import Baseline, Demand, Path, Target
from tanheng.kernel.demand.task import Task
from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack.obligation_shapes import TargetShape, TaskShape
from tanheng.kernel.pack.shape import Label

_SCHEMAS: Mapping[str, type[TargetShape | TaskShape]] = {"target/1": TargetShape, "task/1": TaskShape}


def target_of(shape: TargetShape) -> Target:
    """The target that a definition states."""
    known = {field.name: getattr(shape, field.name) for field in fields(Target)}
    demand = Demand(**{field.name: getattr(shape.demand, field.name) for field in fields(Demand)})
    baseline = None if shape.baseline is None else Baseline(shape.baseline.period, shape.baseline.status)
    path = None if shape.path is None else Path(shape.path.form, dict(shape.path.table))
    return Target(**{**known, "demand": demand, "baseline": baseline, "path": path})


def task_of(shape: TaskShape) -> Task:
    """The task that a definition states."""
    return Task(**{field.name: getattr(shape, field.name) for field in fields(Task)})


def document_of(obligation: Target | Task) -> dict[str, Any]:
    """The exchange form: text, booleans, lists and mappings; what is not said is left out, numbers are text."""
    schema = "target/1" if isinstance(obligation, Target) else "task/1"
    return {"schema": schema, **_said(obligation)}


def obligation_of(document: Mapping[str, Any]) -> Target | Task:
    """The obligation that an exchange form states: `obligation_of(document_of(x)) == x`.

    Refuses  obligation-unreadable: another schema, a field that is missing, unknown or of another kind.
    """
    schema = str(document["schema"]) if "schema" in document else "-"
    if schema not in _SCHEMAS:
        raise Refusal("obligation-unreadable", id=document.get("id"), problem=f"schema {schema}")
    content = {name: value for name, value in document.items() if name != "schema"}
    try:
        shape = _SCHEMAS[schema].model_validate(content)
    except ValidationError as error:
        told = "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
        raise Refusal("obligation-unreadable", id=document.get("id"), problem=told) from error
    return target_of(shape) if isinstance(shape, TargetShape) else task_of(shape)


def _said(value: Any) -> dict[str, Any]:
    named = {field.name: getattr(value, field.name) for field in fields(value)}
    return {name: _plain(part) for name, part in named.items() if not _unsaid(part)}


def _unsaid(value: Any) -> bool:
    """Whether a field says nothing. A zero says something."""
    return value is None or value is False or value in ("", (), {})


def _plain(value: Any) -> Any:
    match value:
        case Decimal():
            return format(value, "f")
        case Label():
            return {"zh": value.zh, "en": value.en}
        case tuple():
            return list(value)
        case Mapping():
            return {name: _plain(part) for name, part in value.items()}
        case Demand() | Baseline() | Path():
            return _said(value)
    return value
