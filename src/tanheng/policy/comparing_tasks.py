"""Which task of one plan is which of another: by the rare words that they share."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tanheng.kernel.faults import Worded
from tanheng.policy.comparing_strength import Judgement, Tightness, judged
from tanheng.policy.comparing_targets import Pair, once, paired
from tanheng.policy.comparing_text import Shingles
from tanheng.policy.plan_words import PlanWords
from tanheng.policy.plans import Deed
from tanheng.policy.words import any_of

_OPENING = 12


@dataclass(frozen=True)
class DeedPair:
    """Two tasks taken for one: how alike they are, and the pairs of signs that made them so."""

    first: Deed
    second: Deed
    score: float
    shared: tuple[str, ...]


def paired_deeds(first: Sequence[Deed], second: Sequence[Deed], words: PlanWords, least: float) -> list[DeedPair]:
    """The best pairs, each task in one pair at most, those less alike than `least` left out."""
    shingles = Shingles([deed.text for deed in (*first, *second)], words.comparing.common)
    scored = [(shingles.alike(one.text, two.text), i, j) for i, one in enumerate(first) for j, two in enumerate(second)]
    taken_first, taken_second, found = set[int](), set[int](), list[tuple[int, DeedPair]]()
    for score, i, j in sorted(scored, key=lambda item: (-item[0], item[1], item[2])):
        if score < least:
            break
        if i not in taken_first and j not in taken_second:
            taken_first.add(i)
            taken_second.add(j)
            shared = tuple(shingles.shared(first[i].text, second[j].text))
            found.append((i, DeedPair(first[i], second[j], round(score, 3), shared)))
    return [pair for _, pair in sorted(found, key=lambda item: item[0])]


def answers(above: Sequence[Deed], below: Sequence[Deed], words: PlanWords, least: float) -> list[DeedPair | None]:
    """For every task above the one below that answers it best; one below may answer several. None where none does."""
    shingles = Shingles([deed.text for deed in (*above, *below)], words.comparing.common)
    found = list[DeedPair | None]()
    for deed in above:
        scored = [(shingles.alike(deed.text, other.text), -place, other) for place, other in enumerate(below)]
        score, _, other = max(scored, key=lambda item: item[:2], default=(0.0, 0, deed))
        shared = tuple(shingles.shared(deed.text, other.text))
        found.append(DeedPair(deed, other, round(score, 3), shared) if score >= least else None)
    return found


def judged_deed(pair: DeedPair, words: PlanWords, due: Callable[[Pair], bool] = lambda _: True) -> Judgement:
    """What became of a task: by the figures in it that are due alike, else by the verb that it opens with.

    Tighter and looser figures in one task are a change that is neither.
    """
    one, two = once(pair.first.targets), once(pair.second.targets)
    matches = [match for match in paired(one, two, words) if due(match)]
    verdicts = [judged(match.first.target, match.second.target, words) for match in matches]
    kinds = {verdict.verdict for verdict in verdicts} - {Tightness.KEPT}
    if len(kinds) == 1:
        return next(verdict for verdict in verdicts if verdict.verdict in kinds)
    if kinds:
        return Judgement(Tightness.CHANGED, Worded("其中指标有松有紧", "its figures moved both ways"))
    if verdicts or one or two:
        return _of_figures(bool(verdicts), len(one), len(two))
    return _by_verb(pair, words)


def moved_parties(pair: DeedPair, words: PlanWords) -> Worded | None:
    """How those who lead have changed; None where a document names nobody or they are the same."""
    if not pair.first.lead_parties or not pair.second.lead_parties:
        return None
    canonical = words.directory.canonical
    one, two = ({canonical(name) for name in deed.lead_parties} for deed in (pair.first, pair.second))
    if one == two:
        return None
    before, after = "、".join(pair.first.lead_parties), "、".join(pair.second.lead_parties)
    return Worded(f"牵头由{before}改为{after}", f"lead moved from {before} to {after}")


def _of_figures(matched: bool, before: int, after: int) -> Judgement:
    if matched or (before and after):
        return Judgement(Tightness.KEPT, Worded("任务相同", "the same task"))
    if after:
        return Judgement(Tightness.TIGHTENED, Worded("任务增加了指标", "the task gained a figure"))
    return Judgement(Tightness.LOOSENED, Worded("任务不再有指标", "the task lost its figure"))


def _by_verb(pair: DeedPair, words: PlanWords) -> Judgement:
    before, after = _strength(pair.first.text, words), _strength(pair.second.text, words)
    if before is None or after is None or before[0] == after[0]:
        return Judgement(Tightness.KEPT, Worded("任务相同", "the same task"))
    tighter = after[0] > before[0]
    verdict = Tightness.TIGHTENED if tighter else Tightness.LOOSENED
    why = Worded(f"措辞由“{before[1]}”改为“{after[1]}”", f"worded “{after[1]}” where it was “{before[1]}”")
    return Judgement(verdict, why)


def _strength(text: str, words: PlanWords) -> tuple[int, str] | None:
    """The step of the first verb that a task opens with."""
    found = [
        (match.start(), -len(match[0]), step, match[0])
        for step, verbs in enumerate(words.comparing.strength)
        for match in [re.search(any_of(verbs), text[:_OPENING])]
        if match
    ]
    first = min(found, default=None)
    return (first[2], first[3]) if first else None
