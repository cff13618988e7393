"""Which target of one plan is which of another: by indicator, by whom it is asked of, by unit and wording."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tanheng.policy.comparing_strength import measured
from tanheng.policy.comparing_text import names_alike
from tanheng.policy.plan_words import PlanWords
from tanheng.policy.proposals import Operator, TargetProposal

_SAME_SUBJECT = 0.5
_ELSEWHERE = 0.35
_OF_A_SUBJECT = 3.0
_SAME_NAME = 0.8


@dataclass(frozen=True)
class Demanded:
    """A target once, however often its document prints it; `clauses` are all its places."""

    target: TargetProposal
    clauses: tuple[str, ...]

    @property
    def leads(self) -> tuple[str, ...]:
        """Who leads."""
        return self.target.lead_parties


@dataclass(frozen=True)
class Pair:
    """Two targets taken for one, and how sure that is; `loose` where they are asked of different subjects."""

    first: Demanded
    second: Demanded
    score: float
    loose: bool = False


def once(targets: Sequence[TargetProposal]) -> tuple[Demanded, ...]:
    """Every target of a document once, in the order of its first place; one in words falls to the figure beside it."""
    found: dict[tuple[object, ...], Demanded] = {}
    for target in targets:
        value = target.value_norm if target.value_norm is not None else target.value
        key = (
            target.indicator_id or target.indicator, target.subject, target.operator, value, target.value_high,
            target.unit_norm, target.tier, target.target_period,
        )  # fmt: skip
        earlier = found[key] if key in found else Demanded(target, ())
        kept = earlier.target if earlier.target.lead_parties else target
        found[key] = Demanded(kept, tuple(dict.fromkeys((*earlier.clauses, target.clause))))
    return _with_figures(list(found.values()))


def _with_figures(items: list[Demanded]) -> tuple[Demanded, ...]:
    """The targets without those in words only whose indicator has a figure for the same subject, tier and period."""
    figures = {_about(item.target): item for item in items if item.target.value is not None}
    places: dict[int, list[str]] = {id(item): list(item.clauses) for item in items}
    kept = list[Demanded]()
    for item in items:
        figure = figures[_about(item.target)] if _about(item.target) in figures else None
        if item.target.operator is Operator.QUALITATIVE and figure is not None:
            places[id(figure)] += item.clauses
        else:
            kept.append(item)
    return tuple(Demanded(item.target, tuple(dict.fromkeys(places[id(item)]))) for item in kept)


def _about(target: TargetProposal) -> tuple[object, ...]:
    name = target.indicator_id or target.indicator
    return name, target.subject, target.tier == "stretch", target.target_period


def paired(
    first: Sequence[Demanded], second: Sequence[Demanded], words: PlanWords, *, loosely: bool = False
) -> list[Pair]:
    """The best pairs, each target in one pair at most; floor and stretch with their like before they meet each other.

    Reads    loosely: pairs of one indicator asked of different parts of the whole too, for a plan and the one above it.
    """
    candidates = [pair for one in first for two in second if (pair := _pair(one, two, words, loosely=loosely))]
    order = {id(item): place for place, item in enumerate((*first, *second))}
    candidates.sort(key=lambda pair: (-pair.score, order[id(pair.first)], order[id(pair.second)]))
    taken, found = set[int](), list[Pair]()
    for pair in candidates:
        if not {id(pair.first), id(pair.second)} & taken:
            taken |= {id(pair.first), id(pair.second)}
            found.append(pair)
    return sorted(found, key=lambda pair: order[id(pair.first)])


def nearest(item: Demanded, others: Sequence[Demanded]) -> Demanded | None:
    """The target that comes nearest by its name and is another indicator; None where none comes near."""
    scored = [(names_alike(item.target.indicator, other.target.indicator), other) for other in others]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best is not None and best[0] >= _ELSEWHERE else None


def whole_of(subject: str, words: PlanWords) -> bool:
    """Whether a subject is the whole area that the plan is for: 全市, 本区, the name of a city or a district."""
    signs = (*words.comparing.city_signs, *words.comparing.district_signs)
    every = subject in words.comparing.every_district or subject.endswith(words.drafting.towns)
    return not subject or subject in words.lexicon.nouns.whole or (not every and subject.endswith(signs))


def _pair(one: Demanded, two: Demanded, words: PlanWords, *, loosely: bool) -> Pair | None:
    a, b = one.target, two.target
    name = _name(a, b)
    if name < (float(words.comparing.indicator_alike) if not (a.indicator_id and b.indicator_id) else 1.0):
        return None
    subject = _subject(a.subject, b.subject, words)
    loose = subject < _SAME_SUBJECT
    text = names_alike(a.indicator, b.indicator)
    akin = text >= _SAME_NAME or _parts(a.subject, b.subject, words)
    if loose and not (loosely and a.indicator_id and akin):
        return None
    same = _likes(a, b, words)
    score = 4 * name + _OF_A_SUBJECT * subject + 2 * text + sum(weight for weight, fits in same.items() if fits)
    return Pair(one, two, score, loose)


def _likes(a: TargetProposal, b: TargetProposal, words: PlanWords) -> Mapping[float, bool]:
    """What else two targets may share, by how much it counts."""
    one, two = measured(a, words), measured(b, words)
    return {
        3.0: (a.tier == "stretch") == (b.tier == "stretch"),
        1.5: one.axis == two.axis,
        1.25: one.unit == two.unit,
        1.0: a.target_period == b.target_period,
        0.75: a.condition == b.condition,
    }


def _name(a: TargetProposal, b: TargetProposal) -> float:
    if a.indicator_id and b.indicator_id:
        return float(a.indicator_id == b.indicator_id)
    return names_alike(a.indicator, b.indicator)


def _subject(first: str, second: str, words: PlanWords) -> float:
    whole = whole_of(first, words), whole_of(second, words)
    if all(whole):
        return 1.0
    if any(whole):
        return 0.0
    if first == second:
        return 1.0
    return 0.8 if first in second or second in first else names_alike(first, second)


def _parts(first: str, second: str, words: PlanWords) -> bool:
    """Whether both are parts of their wholes, or one is every district and the other a district."""
    every = words.comparing.every_district
    if first in every or second in every:
        return whole_of(first, words) or whole_of(second, words)
    return not whole_of(first, words) and not whole_of(second, words)
