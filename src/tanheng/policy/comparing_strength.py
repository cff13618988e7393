"""How much a target asks: on which scale, how much, and which way is more. Tighter is judged only on one scale."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tanheng.kernel.faults import Worded
from tanheng.kernel.pack.planning_shapes import PolicyComparing
from tanheng.policy.plan_words import PlanWords
from tanheng.policy.proposals import Operator, TargetProposal

_DOWN = (Operator.DOWN, Operator.DOWN_AT_LEAST)
_FIRM = (
    Operator.AT_MOST, Operator.AT_LEAST, Operator.DOWN_AT_LEAST, Operator.COVER_ALL, Operator.FORBID,
    Operator.NO_INCREASE, Operator.NO_DECREASE,
)  # fmt: skip
_LOWER = (Operator.AT_MOST, Operator.FORBID)
_HIGHER = (Operator.AT_LEAST, Operator.UP_TO, Operator.COVER_ALL, Operator.MULTIPLY)
_DATED = (Operator.START, Operator.COMPLETE, Operator.BEFORE)
_WORDS_ONLY = (Operator.QUALITATIVE, Operator.ASSIGNED, Operator.FORMULA)
_DATE_AXIS = "date"


class Tightness(StrEnum):
    """What became of a demand. `changed` is one that cannot be said to be tighter or looser, and says why."""

    KEPT = "kept"
    TIGHTENED = "tightened"
    LOOSENED = "loosened"
    CHANGED = "changed"


@dataclass(frozen=True)
class Measure:
    """A demand on a scale: `axis` is change, level, date or words; `better` lower, higher or empty where unknown."""

    axis: str
    unit: str
    value: Decimal | None
    better: str
    firmness: int


@dataclass(frozen=True)
class Judgement:
    """A verdict with its reason; `difference` is the later less the earlier figure, in the compared unit."""

    verdict: Tightness
    why: Worded
    difference: Decimal | None = None
    unit: str = ""


def measured(target: TargetProposal, words: PlanWords) -> Measure:
    """Where a target stands: a fall of 3 % is -3 on the scale of change, `at most 5` is 5 on that of levels.

    A value with no direction of its own (reach, about) takes it from the words of its indicator.
    """
    operator, value, unit = target.operator, _value(target), target.unit_norm or ""
    if operator in _WORDS_ONLY:
        return Measure("words", "", None, "", 0)
    if operator in _DATED:
        return Measure(_DATE_AXIS, "", None, "lower", 1)
    firmness = 2 if operator in _FIRM else int(operator is not Operator.ABOUT)
    if operator in _DOWN or operator is Operator.NO_INCREASE:
        return Measure("change", unit or "%", -value if value is not None else None, "lower", firmness)
    if operator in (Operator.UP, Operator.NO_DECREASE):
        return Measure("change", unit or "%", value, "higher", firmness)
    better = direction(target.indicator, words.comparing)
    if operator is Operator.CHANGE or (operator is Operator.ABOUT and target.base_period and unit == "%"):
        return _change(target, value, better, firmness, words)
    if operator in _LOWER:
        better = "lower"
    elif operator in _HIGHER:
        better = "higher"
    return Measure("level", unit, value, better, firmness)


def direction(indicator: str, words: PolicyComparing) -> str:
    """Which way is better for an indicator, by the longest word in its name; empty where no word says."""
    lower = max((len(word) for word in words.lower_better if word in indicator), default=0)
    higher = max((len(word) for word in words.higher_better if word in indicator), default=0)
    if lower == higher:
        return ""
    return "lower" if lower > higher else "higher"


def judged(earlier: TargetProposal, later: TargetProposal, words: PlanWords) -> Judgement:
    """What became of a demand: by its figure, then by how firm the bound is, then by its tier.

    Figures decide before tiers: a larger figure that is only striven for is tighter, and the reason names both.
    """
    one, two = measured(earlier, words), measured(later, words)
    if "words" in (one.axis, two.axis):
        return _of_words(earlier, later, one, two)
    if (one.axis, one.unit) != (two.axis, two.unit):
        return _told(
            Tightness.CHANGED,
            f"计量方式不同（{_scale(one, 'zh')}／{_scale(two, 'zh')}），不判松紧",
            f"counted differently ({_scale(one, 'en')} / {_scale(two, 'en')}): not judged",
        )
    if one.value is None or two.value is None:
        return _by_tier(earlier, later, one)
    difference, better = two.value - one.value, one.better or two.better
    if difference == 0:
        return _by_firmness(earlier, later, one, two)
    if not better:
        why = Worded("数值不同，指标方向未知，不判松紧", "the figures differ and no word says which way is better")
        return Judgement(Tightness.CHANGED, why, difference, two.unit)
    tighter = (difference < 0) == (better == "lower")
    return _by_figure(earlier, later, difference, two, tighter=tighter)


def _change(target: TargetProposal, value: Decimal | None, better: str, firmness: int, words: PlanWords) -> Measure:
    """A change whose sign is printed, or said by a verb beside it: 下降 5% 左右."""
    falls = any(word in target.quote for word in words.lexicon.operators.down)
    if value is not None and value > 0 and falls:
        return Measure("change", "%", -value, "lower", firmness)
    signed = "lower" if value is not None and value < 0 else better
    return Measure("change", "%", value, signed, firmness)


def _by_figure(
    earlier: TargetProposal, later: TargetProposal, difference: Decimal, measure: Measure, *, tighter: bool
) -> Judgement:
    verdict = Tightness.TIGHTENED if tighter else Tightness.LOOSENED
    zh, en = ("收紧", "tighter") if tighter else ("放松", "looser")
    size, unit = _printed(earlier, later, difference, measure)
    percent = unit == "%"
    points = "个百分点" if percent else unit
    way = ("越低越严", "lower is tighter") if measure.better == "lower" else ("越高越严", "higher is tighter")
    moved = ("减少", "down") if difference < 0 else ("增加", "up")
    tier = tier_moved(earlier, later)
    why = Worded(
        f"数值{moved[0]}{size}{points}，{way[0]}，为{zh}{'；' + tier.zh if tier else ''}",
        f"{moved[1]} by {size} {'points' if percent else unit}, {way[1]}: {en}{'; ' + tier.en if tier else ''}",
    )
    return Judgement(verdict, why, difference, measure.unit)


def _printed(earlier: TargetProposal, later: TargetProposal, difference: Decimal, measure: Measure) -> tuple[str, str]:
    """The size of a difference in the unit that both documents print, in the compared unit where they differ."""
    one, two, unit = earlier.value, later.value, later.unit
    if unit and earlier.unit == unit and one is not None and two is not None and measure.axis == "level":
        return f"{abs(two - one).normalize():f}", unit
    return f"{abs(difference).normalize():f}", measure.unit


def _by_firmness(earlier: TargetProposal, later: TargetProposal, one: Measure, two: Measure) -> Judgement:
    if one.firmness != two.firmness:
        tighter = two.firmness > one.firmness
        verdict = Tightness.TIGHTENED if tighter else Tightness.LOOSENED
        zh, en = ("更硬", "firmer") if tighter else ("更软", "softer")
        why = Worded(f"数值相同，限定用语{zh}", f"the same figure, its bound is {en}")
        return Judgement(verdict, why, Decimal(0), two.unit)
    return _by_tier(earlier, later, two)


def _by_tier(earlier: TargetProposal, later: TargetProposal, measure: Measure) -> Judgement:
    moved = tier_moved(earlier, later)
    if moved is None:
        return Judgement(Tightness.KEPT, Worded("要求相同", "the same demand"), Decimal(0), measure.unit)
    firmer = later.tier != "stretch"
    return Judgement(Tightness.TIGHTENED if firmer else Tightness.LOOSENED, moved, Decimal(0), measure.unit)


def tier_moved(earlier: TargetProposal, later: TargetProposal) -> Worded | None:
    """What became of the tier: a demand without one is as firm as 确保."""
    one, two = earlier.tier == "stretch", later.tier == "stretch"
    if one == two:
        return None
    if two:
        return Worded("由必须完成改为力争", "from a floor to a stretch")
    return Worded("由力争改为必须完成", "from a stretch to a floor")


def _of_words(earlier: TargetProposal, later: TargetProposal, one: Measure, two: Measure) -> Judgement:
    """Demands without a figure: one that gains a figure is tighter, one that loses it looser."""
    if one.axis == two.axis:
        if earlier.operator is later.operator:
            return _by_tier(earlier, later, two)
        return _told(Tightness.CHANGED, "均无数值，提法不同", "no figure in either, worded differently")
    if two.value is not None:
        return _told(Tightness.TIGHTENED, "由定性或下达要求改为明确数值", "a demand in words became a figure")
    if one.value is not None:
        return _told(Tightness.LOOSENED, "由明确数值改为定性或下达要求", "a figure became a demand in words")
    return _told(Tightness.CHANGED, "提法不同，不判松紧", "worded differently: not judged")


def _told(verdict: Tightness, zh: str, en: str) -> Judgement:
    return Judgement(verdict, Worded(zh, en))


def _value(target: TargetProposal) -> Decimal | None:
    """The figure in the compared unit; of a range the end that is asked for at least."""
    return target.value_norm if target.value_norm is not None else target.value


def _scale(measure: Measure, lang: str) -> str:
    names = {"change": ("变化", "change"), "level": ("水平", "level"), "date": ("节点", "milestone")}
    name = names[measure.axis][lang == "en"]
    return f"{name} {measure.unit}".strip()
