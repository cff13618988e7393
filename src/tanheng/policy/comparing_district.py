"""A district's plan against its city's: what has no answer below, and which answers are weaker by how much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from tanheng.kernel.faults import Worded
from tanheng.policy.comparing import Comparison, TargetLine, TaskLine, Verdict
from tanheng.policy.comparing_strength import Measure, Tightness, judged, measured, tier_moved
from tanheng.policy.comparing_targets import Demanded, Pair, nearest, once, paired, whole_of
from tanheng.policy.comparing_tasks import answers, judged_deed
from tanheng.policy.plan_words import PlanWords
from tanheng.policy.plans import Deed, Plan, refuse_same

_OWN = Worded("区级自定", "the district's own")
_ANSWERED = Worded("有承接，不低于市级要求", "answered, not below what the city asks")


def compared_with_city(city: Plan, district: Plan, words: PlanWords) -> Comparison:
    """The demands of a city's plan with what the district's plan answers, and what the district adds.

    A share or a rate is set against the city's own; an amount is not, for a district bears a part of it: its share is
    told. A demand `as assigned` takes over what is asked above. Plans given the other way round are turned.

    Refuses  plan-with-itself.
    """
    refuse_same(city, district)
    turned = city.level == "district" and district.level == "city"
    above, below = (district, city) if turned else (city, district)
    return Comparison(
        "district",
        above,
        below,
        tuple(_targets(above, below, words)),
        tuple(_tasks(above.deeds, below.deeds, words)),
        turned,
    )


def is_ratio(unit: str, words: PlanWords) -> bool:
    """Whether figures in a unit mean the same for a city and for a district: shares, rates, amounts per something."""
    _, slash, per = unit.partition("/")
    return unit in {"%", "1"} or bool(slash and per not in words.comparing.period_units)


def _targets(city: Plan, district: Plan, words: PlanWords) -> Iterator[TargetLine]:
    above, below = once(city.targets), once(district.targets)
    own = [item for item in below if _of_the_district(item, words)]
    pairs = {id(pair.first): pair for pair in paired(above, own, words, loosely=True)}
    taken = {id(pair.second) for pair in pairs.values()}
    free = [item for item in below if id(item) not in taken]
    for item in above:
        named = names_districts(
            (*item.target.lead_parties, *item.target.supporting_parties, item.target.subject), words
        )
        if id(item) in pairs:
            yield _answer(city, district, pairs[id(item)], words, named=named)
        else:
            yield _unanswered(item, own, named=named)
    for item in free:
        yield TargetLine(Verdict.OWN, None, item, _OWN)


def _of_the_district(item: Demanded, words: PlanWords) -> bool:
    """Whether a target is asked of the district or of a class of its units, not of one town or one works."""
    target = item.target
    alone = target.lead_parties == (target.subject,)
    return whole_of(target.subject, words) or not alone


def names_districts(names: Sequence[str], words: PlanWords) -> bool:
    """Whether one of the names means the districts: the city's document asks something of them by name."""
    return any(name.startswith(words.comparing.every_district) for name in names)


def _unanswered(item: Demanded, own: Sequence[Demanded], *, named: bool) -> TargetLine:
    near = nearest(item, own)
    if near is None:
        return TargetLine(Verdict.UNANSWERED, item, None, Worded("区级没有承接", "no answer below"), named_below=named)
    name = near.target.indicator
    why = Worded(
        f"区级没有承接；相近的是“{name}”（{'、'.join(near.clauses)}），口径不同",
        f"no answer below; nearest is “{name}” ({', '.join(near.clauses)}), which counts differently",
    )
    return TargetLine(Verdict.UNANSWERED, item, None, why, named_below=named)


def _answer(city: Plan, district: Plan, pair: Pair, words: PlanWords, *, named: bool) -> TargetLine:
    one, two = measured(pair.first.target, words), measured(pair.second.target, words)
    operator = str(pair.second.target.operator)

    def line(verdict: Verdict, why: Worded, difference: Decimal | None = None, unit: str = "") -> TargetLine:
        return TargetLine(verdict, pair.first, pair.second, why, difference, unit, named)

    if operator in words.comparing.by_reference:
        why = Worded("按上级下达或要求执行，未写明数值", "takes over what is asked above, without a figure")
        return line(Verdict.BY_REFERENCE, why)
    if one.value is None:
        return line(Verdict.ANSWERED, Worded("有承接；市级要求未量化", "answered; the city's demand has no figure"))
    if two.axis == "date":
        return line(Verdict.ANSWERED, Worded("有承接；区级以完成时间为要求", "answered; a milestone below"))
    if two.value is None:
        return line(Verdict.WEAKER, Worded("市级有数值，区级只有定性要求", "a figure above, only words below"))
    if pair.loose:
        return line(Verdict.ANSWERED, _other_subject(pair))
    periods = (pair.first.target.target_period, pair.second.target.target_period)
    if None not in periods and periods[0] != periods[1]:
        told = Worded(f"目标期不同（{periods[0]}／{periods[1]}），不比大小", "due in different periods: not compared")
        return line(Verdict.ANSWERED, told)
    return _sized(line(Verdict.ANSWERED, _ANSWERED), pair, one, two, words)


def _sized(line: TargetLine, pair: Pair, one: Measure, two: Measure, words: PlanWords) -> TargetLine:
    """An answer with a figure against a figure."""
    found = judged(pair.first.target, pair.second.target, words)
    if (one.axis, one.unit) != (two.axis, two.unit):
        return _with(line, Verdict.ANSWERED, found.why)
    if not is_ratio(one.unit, words):
        return _with(line, Verdict.ANSWERED, _share(one, two))
    short = abs(found.difference) if found.difference else None
    if found.verdict is Tightness.LOOSENED and short is not None:
        points = ("个百分点", "points") if one.unit == "%" else (one.unit, one.unit)
        size = f"{short.normalize():f}"
        why = Worded(f"低于市级要求，差{size}{points[0]}", f"below what the city asks by {size} {points[1]}")
        return TargetLine(Verdict.WEAKER, line.first, line.second, why, short, one.unit, line.named_below)
    if found.verdict is Tightness.LOOSENED and tier_moved(pair.first.target, pair.second.target):
        return _with(line, Verdict.WEAKER, found.why)
    return line if found.verdict in (Tightness.KEPT, Tightness.TIGHTENED) else _with(line, Verdict.ANSWERED, found.why)


def _with(line: TargetLine, verdict: Verdict, why: Worded) -> TargetLine:
    return TargetLine(verdict, line.first, line.second, why, None, "", line.named_below)


def _share(one: Measure, two: Measure) -> Worded:
    if not one.value or two.value is None:
        return Worded("有承接；总量指标，不比大小", "answered; an amount, not compared")
    share = f"{two.value / one.value * 100:.1f}%"
    return Worded(f"有承接；总量指标，为市级的{share}", f"answered; an amount, {share} of the city's")


def _other_subject(pair: Pair) -> Worded:
    one, two = pair.first.target.subject, pair.second.target.subject
    return Worded(f"有承接；对象不同（{one}／{two}），不比大小", f"answered for another subject ({one} / {two})")


def _tasks(above: Sequence[Deed], below: Sequence[Deed], words: PlanWords) -> Iterator[TaskLine]:
    found = answers(above, below, words, float(words.comparing.answer_alike))
    used = {id(pair.second) for pair in found if pair}
    for deed, pair in zip(above, found, strict=True):
        named = names_districts((*deed.lead_parties, *deed.supporting_parties), words)
        if pair is None:
            why = Worded("区级没有承接", "no answer below")
            yield TaskLine(Verdict.UNANSWERED, deed, None, why, named_below=named)
            continue
        verdict, why = _task_verdict(pair.first, pair.second, judged_deed(pair, words).why, words)
        yield TaskLine(verdict, deed, pair.second, why, pair.score, pair.shared, named)
    for deed in below:
        if id(deed) not in used:
            yield TaskLine(Verdict.OWN, None, deed, _OWN)


def _task_verdict(above: Deed, below: Deed, why: Worded, words: PlanWords) -> tuple[Verdict, Worded]:
    """An answer is weaker where a share or a rate of the city's task is lower below, or has lost its figure."""
    for pair in paired(once(above.targets), once(below.targets), words):
        one, two = measured(pair.first.target, words), measured(pair.second.target, words)
        if one.value is not None and two.value is not None and is_ratio(one.unit, words):
            found = judged(pair.first.target, pair.second.target, words)
            if found.verdict is Tightness.LOOSENED:
                return Verdict.WEAKER, found.why
    if any(measured(target, words).value is not None for target in above.targets) and not below.targets:
        return Verdict.ANSWERED, Worded(
            "有承接；市级任务中的数值区级未写", "answered; the city's figure is not repeated"
        )
    return Verdict.ANSWERED, Worded("有承接", "answered")
