"""The words of splits on pages: stages, outcomes, methods."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext

from tanheng.kernel.pack import IndicatorShape, PackSet, Procedure
from tanheng.web.ui.words import said

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


def figure_said(name: str, figure: Mapping[str, str], packs: PackSet) -> str:
    """A figure of every subject: the indicator it is observed by, or what it is reckoned for."""
    words = {"amount": gettext("Energy"), "basis": gettext("Output")}
    known = [
        shape.label for shape in packs.all(IndicatorShape) if "indicator" in figure and shape.id == figure["indicator"]
    ]
    return said(known[0]) if known else words[name] if name in words else name


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
