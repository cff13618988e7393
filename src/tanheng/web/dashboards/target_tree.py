"""What hangs below a target, level by level: areas and fields with their lights and what was found. Reads only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tanheng.kernel.subject import LOCATED_IN
from tanheng.web.dashboards.demands import Demanded
from tanheng.web.directory.scope import Scope

_DEEPEST = 3
_WORST = ("blocker", "warning", "note")
Findings = Sequence[Mapping[str, object]]


@dataclass(frozen=True)
class Node:
    """A target of the tree: whose, what the page shows of it, the worst that was found about it, what hangs below."""

    place: str
    cell: object
    worst: str
    below: Sequence[Node]


def tree_below(
    item: Demanded,
    every: Sequence[Demanded],
    findings: Findings,
    scope: Scope,
    show: Callable[[Demanded], tuple[str, object]],
) -> Sequence[Node]:
    """The targets of one tier about the fields of a target's area and the areas in it, and what hangs below these.

    Reads    every: those that demand the same of other subjects; show: the place and what the page shows of one.
    """
    below = _by_parent([other for other in every if other.tier == item.tier], scope)
    return _nodes(item.subject, below, findings, show, _DEEPEST)


def _nodes(
    subject: str,
    below: Mapping[str, Sequence[Demanded]],
    findings: Findings,
    show: Callable[[Demanded], tuple[str, object]],
    depth: int,
) -> Sequence[Node]:
    if depth == 0 or subject not in below:
        return []
    found = []
    for other in below[subject]:
        place, cell = show(other)
        further = _nodes(other.subject, below, findings, show, depth - 1)
        found.append(Node(place, cell, worst_about(other, findings), further))
    return found


def worst_about(item: Demanded, findings: Findings) -> str:
    """The gravest severity of what was found about a target; empty where nothing was."""
    mine = {str(each["severity"]) for each in findings if names(each, item)}
    return next((severity for severity in _WORST if severity in mine), "")


def names(finding: Mapping[str, object], item: Demanded) -> bool:
    """Whether a finding is about a target, or about its subject."""
    place = str(finding["place"])
    return item.target.id in place or place.rpartition(":")[2] == item.subject


def _by_parent(every: Sequence[Demanded], scope: Scope) -> Mapping[str, Sequence[Demanded]]:
    """The targets by the subject they hang below: a field below its area, an area below the one it lies in today."""
    inside = {
        each.child: each.parent
        for each in scope.ground.directory.relations
        if each.kind == LOCATED_IN and each.child.startswith("area/") and each.holds_on(scope.day)
    }
    found: dict[str, list[Demanded]] = {}
    for other in every:
        place, mark, _ = other.subject.partition("#")
        parent = place if mark else inside[place] if place in inside else ""
        if parent and parent != other.subject:
            found.setdefault(parent, []).append(other)
    return found
