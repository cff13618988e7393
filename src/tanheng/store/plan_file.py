"""A decomposition plan from a file of its own, beside the packs in use; what packs demand where there is no site."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from tanheng.kernel.demand import Demands, KnownObligation, target_of
from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import Definition, InstrumentShape, PackSet
from tanheng.kernel.pack.decomposition_plan import DecompositionPlan
from tanheng.kernel.pack.obligation_shapes import TargetTable
from tanheng.store.pack_definition import read_definitions
from tanheng.store.pack_files import PackFiles

_FILE, _RECORDED = "plan.yaml", "split."
_LONGEST = 2_000_000  # characters: a plan fits a screen, a long one some hundred


def read_plan(path: Path) -> tuple[str, DecompositionPlan]:
    """The plan of a file, and its text.

    Refuses  split-file-unreadable: no file, no text, another shape; it names every problem with its line.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(
            "split-file-unreadable", file=path.name, problem=getattr(error, "strerror", None) or error
        ) from error
    return text, plan_of_text(text, path.name)


def plan_of_text(text: str, name: str) -> DecompositionPlan:
    """The plan that a text states.

    Reads    name: what the text goes by in a refusal.
    Refuses  split-file-unreadable: another shape; it names every problem with its line.
    """
    if len(text) > _LONGEST:
        raise Refusal("split-file-unreadable", file=name, problem=f"> {_LONGEST}")
    definitions, findings = read_definitions(PackFiles(name, ((_FILE, text),)))
    plans = [item.value for item in definitions if isinstance(item.value, DecompositionPlan)]
    if findings or not plans:
        problems = "; ".join(f"{item.place}: {item.message('zh')}" for item in findings) or "decomposition_plan/1"
        raise Refusal("split-file-unreadable", file=name, problem=problems)
    return plans[0]


def fields_of_plan(plan: DecompositionPlan) -> dict[str, Any]:
    """A plan as plain values, units as they are written: what a form or a text can hold."""
    fields = plan.model_dump(mode="json", exclude_defaults=True)
    for name, figure in plan.figures.items():
        fields["figures"][name]["unit"] = figure.unit.text
    return fields


def text_of_plan(fields: Mapping[str, Any]) -> str:
    """A plan as the text of a definition file: `plan_of_text` reads it again."""
    lines = (f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items())
    return "\n".join(("schema: decomposition_plan/1", *lines)) + "\n"


def beside(packs: PackSet, plan: DecompositionPlan) -> tuple[PackSet, PackFiles]:
    """The packs with a plan that stands in none of them, as a pack of its own, and that pack.

    Gives    packs whose hashes name the plan too, so that the receipt of a run says which plan it was.
    Refuses  split-file-unreadable: it names an indicator, a factor or a clause that no pack has, or has the id of a
             plan of a pack.
    """
    files = PackFiles(f"{_RECORDED}{plan.id}", ((_FILE, text_of_plan(fields_of_plan(plan))),))
    joined = with_plan(packs, plan, files.id)
    return PackSet(joined.definitions, {**packs.hashes, files.id: files.hash}), files


def with_plan(packs: PackSet, plan: DecompositionPlan, file: str) -> PackSet:
    """The packs with a plan beside them.

    Refuses  split-file-unreadable: it names an indicator, a factor or a clause that no pack has, or has the id of a
             plan of a pack.
    """
    place = f"{file}:1"
    joined = PackSet((*packs.definitions, Definition(file, place, plan)), packs.hashes)
    problems = [item.message("zh") for item in joined.check() if item.place == place]
    if problems:
        raise Refusal("split-file-unreadable", file=file, problem="; ".join(problems))
    return joined


def demands_of_packs(packs: PackSet, pack: str | None = None) -> Demands:
    """What the tables of targets in packs demand, known since their documents were issued.

    Reads    pack: one of them (default: all). A document without a day is known at all times.
    """
    issued = {item.id: item.issued for item in packs.all(InstrumentShape)}
    tables = [item for item in packs.definitions if isinstance(item.value, TargetTable) and pack in (None, item.pack)]
    known = []
    for item in tables:
        assert isinstance(item.value, TargetTable)
        day = issued[item.value.instrument] if item.value.instrument in issued else None
        known += [KnownObligation(target_of(entry), day or date.min) for entry in item.value.entries]
    return Demands(tuple(known))


def plans_of_packs(packs: PackSet, pack: str | None = None) -> list[DecompositionPlan]:
    """The plans of the packs in use, or of one of them, by id."""
    found = [item.value for item in packs.definitions if pack in (None, item.pack)]
    return sorted((item for item in found if isinstance(item, DecompositionPlan)), key=lambda plan: plan.id)
