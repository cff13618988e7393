"""The words of splits on pages: stages, outcomes, methods."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from tanheng.kernel.pack import IndicatorShape, PackSet, Procedure
from tanheng.kernel.pack.fields import Fields
from tanheng.web.ui.words import language, said

OUTCOMES = ("adopted", "partly", "not", "open")


def outcome_said(outcome: str) -> str:
    """What became of an opinion."""
    words = {
        "adopted": gettext("adopted"),
        "partly": gettext("adopted in part"),
        "not": gettext("not adopted"),
        "open": gettext("open"),
    }
    return words[outcome]


def stage_said(procedure: Procedure, stage: str) -> str:
    """A stage by the name that its procedure gives it."""
    return said(procedure.state_by_id[stage].label) if stage in procedure.state_by_id else stage


def method_said(method: str) -> str:
    """A method of splitting."""
    words = {
        "equal_rate": gettext("Equal rate"),
        "remaining_task": gettext("What remains of the goal"),
        "structure": gettext("Structure by sectors"),
        "potential": gettext("Potential against a benchmark"),
        "weights": gettext("Responsibility, ability, potential (weights)"),
    }
    return words[method]


def method_told(method: str) -> str:
    """What a method goes by, in a sentence."""
    words = {
        "equal_rate": gettext("Everybody falls by the same rate, scaled so that all together meet the target."),
        "remaining_task": gettext("By what is left per year of the goal of several years, after what each has done."),
        "structure": gettext("By the demands on sectors, weighed with the energy that each subject uses in them."),
        "potential": gettext("By the part of its energy that a subject uses beyond the benchmark."),
        "weights": gettext("By weighted ratios of each subject, beside the same ratios of all together."),
    }
    return words[method]


def kind_said(kind: str) -> str:
    """What is split."""
    words = {
        "intensity": gettext("a fall per unit of output, in per cent"),
        "total": gettext("a cap on the amount"),
        "increment": gettext("a cap on the increment"),
    }
    return words[kind]


def figure_said(name: str, figure: Mapping[str, Any], packs: PackSet) -> str:
    """A figure of every subject: as the plan calls it, the indicator it is observed by with the item of it, or what it
    is reckoned for; one that nobody has named stands apart by its name in the plan.
    """
    words = {"amount": gettext("Energy"), "basis": gettext("Output")}
    if "label" in figure:
        return str(figure["label"][language()])
    known = [
        shape.label for shape in packs.all(IndicatorShape) if "indicator" in figure and shape.id == figure["indicator"]
    ]
    if known:
        item = figure["item"] if "item" in figure else None
        return said(known[0]) if item is None else f"{said(known[0])} · {_item_said(str(item), packs)}"
    return words[name] if name in words else gettext("Further figure “%(name)s”") % {"name": name}


def _item_said(item: str, packs: PackSet) -> str:
    """An item of an indicator by the name that a pack gives it."""
    fields = [field.label for group in packs.all(Fields) for field in group.entries if field.code == item]
    return said(fields[0]) if fields else item


def standing_said(standing: str) -> str:
    """Whether a subject is told a target."""
    words = {
        "split": gettext("told a target"),
        "exempt": gettext("exempt"),
        "municipal": gettext("under the city"),
        "left_out": gettext("not listed"),
    }
    return words[standing]


def direction_said(direction: str) -> str:
    """Onto which step of the bands a rate is put."""
    words = {"up": gettext("the next stricter"), "nearest": gettext("the nearest"), "down": gettext("the next weaker")}
    return words[direction]
