"""Figures, parts and gaps as an explanation shows them to people."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from tanheng.kernel.pack import IndicatorShape
from tanheng.kernel.run.activity import Gap
from tanheng.kernel.run.inputs import Inputs
from tanheng.kernel.run.line import Line
from tanheng.kernel.run.plan import Plan
from tanheng.kernel.run.slice import Part
from tanheng.kernel.trace import Address

Json = dict[str, Any]


def gaps_json(gaps: Sequence[Gap], inputs: Inputs) -> list[Json]:
    """Gaps as the explain contract lists them. A city has tens of thousands of a few lines, units and months: each of
    those is put into words once.
    """
    units = {id: {lang: inputs.directory.label_of(id, lang) for lang in ("zh", "en")} for id in _units(gaps)}
    lines = cache(str)
    return [
        {
            "subject": gap.facility,
            "label": units[gap.facility],
            "line": lines(gap.line),
            "carrier": gap.line.carrier,
            "period": lines(gap.period),
        }
        for gap in gaps
    ]


def _units(gaps: Sequence[Gap]) -> set[str]:
    return {gap.facility for gap in gaps}


def figure_label(plan: Plan, inputs: Inputs, address: Address) -> dict[str, str]:
    """The figure in words: subject, line, period, indicator."""
    indicator = plan.packs.get(IndicatorShape, address.column)
    line_words = Line.parse(address.line).label(plan.packs) if address.line else None
    words = {}
    for lang in ("zh", "en"):
        line = [line_words[lang]] if line_words else []
        subject = inputs.directory.label_of(address.subject, lang)
        words[lang] = " · ".join([subject, *line, address.period.label(lang), indicator.label[lang]])
    return words


def figure_json(figure: Part, plan: Plan, inputs: Inputs) -> Json:
    """A figure with its unit, address and marks as the explain contract shows it, itself or as a part of another."""
    grid, value = plan.grids[figure.address.column], figure.value
    return {
        "value": value,
        "unit": grid.step.text,
        "display": {"value": None if value is None else grid.display(value), "unit": grid.unit.text},
        "address": str(figure.address),
        "label": figure_label(plan, inputs, figure.address),
        "status": figure.status(),
    }


def part_json(part: Part, plan: Plan, inputs: Inputs) -> Json:
    """A part of a sum as the explain contract lists it: a figure that can be explained in its turn."""
    return figure_json(part, plan, inputs) | {"ref": f"figure:{part.address}"}
