"""Categories of a task table that the body contradicts: a label that slipped to the wrong row of a merged cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tanheng.policy.outline import Section
from tanheng.policy.proposals import Span
from tanheng.policy.task_reading import ReadTask

_SURE, _SURE_EACH = 0.5, 0.2
_ALIKE = 0.6


@dataclass(frozen=True)
class Moved:
    """Tasks that were put into another category than the printed one."""

    numbers: tuple[str, ...]
    printed: str
    likely: str
    span: Span


def pairs_of_signs(text: str) -> frozenset[str]:
    """The pairs of neighbouring signs of a text, without its punctuation."""
    plain = re.sub(r"[^\u4e00-\u9fffA-Za-z0-9]", "", text)
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1))


def shared(first: frozenset[str], second: frozenset[str]) -> float:
    """How much of the first text stands in the second."""
    return len(first & second) / max(1, len(first))


def put_right(tasks: Sequence[ReadTask], sections: Sequence[Section]) -> tuple[list[ReadTask], list[Moved]]:
    """The rows of a task table with the categories that the body gives them.

    A category is a clause of the body where their names agree. At each border between two such categories, the first
    rows below may belong above: the border is put where the rows share most with the clauses on their side.
    """
    runs = _runs(tasks)
    found, moved = list(tasks), list[Moved]()
    for (first, start, _), (second, begin, end) in pairwise(runs):
        above, below = _clause(first, sections), _clause(second, sections)
        if above is None or below is None or end - begin < 2:
            continue
        size = _slipped(tasks[start:begin], tasks[begin:end], above, below)
        if size:
            rows = found[begin : begin + size]
            found[begin : begin + size] = [_in_category(task, first) for task in rows]
            numbers = tuple(task.proposal.number for task in rows)
            span = (rows[0].proposal.span[0], rows[-1].proposal.span[1])
            moved.append(Moved(numbers, second, first, span))
    return found, moved


def _runs(tasks: Sequence[ReadTask]) -> list[tuple[str, int, int]]:
    runs = list[tuple[str, int, int]]()
    for i, task in enumerate(tasks):
        if runs and runs[-1][0] == task.proposal.category:
            runs[-1] = (runs[-1][0], runs[-1][1], i + 1)
        else:
            runs.append((task.proposal.category, i, i + 1))
    return runs


def _clause(category: str, sections: Sequence[Section]) -> frozenset[str] | None:
    """The words of the clause that a category is named after."""
    name = pairs_of_signs(category.rpartition(" ")[2])
    alike = [
        (shared(name, pairs_of_signs(section.heading)), section) for section in sections if section.heading and name
    ]
    best = max(alike, key=lambda pair: pair[0], default=None)
    if best is None or best[0] < _ALIKE:
        return None
    return pairs_of_signs(best[1].heading + "".join(text.text for text in best[1].paragraphs))


def _slipped(before: Sequence[ReadTask], rows: Sequence[ReadTask], above: frozenset[str], below: frozenset[str]) -> int:
    """How many of the first rows belong above the border; none unless the body says so clearly.

    A row is worth what it shares with the clause above less what it shares with the one below; the rows around it
    count a little, since a row that neither clause speaks of goes with its neighbours.
    """
    home = frozenset().union(*(pairs_of_signs(task.text.text) for task in before)) - below
    away = frozenset().union(*(pairs_of_signs(task.text.text) for task in rows[len(rows) // 2 :])) - above
    gains = list[float]()
    for task in rows:
        words = pairs_of_signs(task.text.text)
        gains.append(shared(words, above) - shared(words, below) + 0.5 * (shared(words, home) - shared(words, away)))
    best, size, total = 0.0, 0, 0.0
    for i, gain in enumerate(gains, 1):
        total += gain
        if total > best:
            best, size = total, i
    return size if best >= max(_SURE, _SURE_EACH * size) and size < len(rows) else 0


def _in_category(task: ReadTask, category: str) -> ReadTask:
    return replace(task, proposal=replace(task.proposal, category=category))
