"""What a target demands, in words: the operator, the figure as it is printed, and the tier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from tanheng.kernel.demand import Demand, Target
from tanheng.kernel.quantity import unit_words

_SAID: Mapping[str, tuple[str, str]] = {
    "down": ("下降{}", "down {}"),
    "down_at_least": ("下降{}以上", "down {} or more"),
    "up": ("增长{}", "up {}"),
    "up_to": ("增长到{}", "up to {}"),
    "at_most": ("不超过{}", "at most {}"),
    "at_least": ("不低于{}", "at least {}"),
    "reach": ("达到{}", "reach {}"),
    "about": ("约{}", "about {}"),
    "range": ("{}之间", "between {}"),
    "change": ("变化{}", "change by {}"),
    "no_increase": ("不增加", "no increase"),
    "no_decrease": ("不减少", "no decrease"),
    "cover_all": ("全部覆盖", "all of it"),
    "start": ("启动{}", "start {}"),
    "complete": ("完成{}", "complete {}"),
    "before": ("{}前完成", "before {}"),
    "forbid": ("禁止", "forbidden"),
    "multiply": ("达到{}倍", "{} times"),
    "assigned": ("另行下达", "assigned apart"),
    "formula": ("按公式计算", "by a formula"),
    "threshold": ("限于{}", "applies from {}"),
    "qualitative": ("定性要求", "not in numbers"),
}
_TIERS = {"floor": ("确保", "floor"), "stretch": ("力争", "stretch")}


def demand_said(target: Target, lang: str = "zh") -> str:
    """A demand in words, as `下降3%（确保）`; an operator that has no words stands as it is."""
    place, demand = ("zh", "en").index(lang), target.demand
    figures = [_plain(value) for value in (demand.value, demand.value_high) if value is not None]
    amount = f"{'～'.join(figures)}{demand.unit}"
    if lang == "en" and not demand.unit.isascii():
        amount = _in_english(demand, figures)
    words = _SAID[demand.operator][place] if demand.operator in _SAID else f"{demand.operator} {{}}"
    said = words.format(amount).strip()
    if target.tier not in _TIERS:
        return said
    tier = _TIERS[target.tier][place]
    return f"{said}（{tier}）" if lang == "zh" else f"{said} ({tier})"


def _in_english(demand: Demand, figures: Sequence[str]) -> str:
    """An amount whose unit is printed in Chinese: the compared one where the unit of that can be said in English."""
    one_value = demand.value_norm is not None and len(figures) == 1
    unit = unit_words(demand.unit_norm, "en") if demand.unit_norm else ""
    if demand.value_norm is None or not one_value or not unit:
        return f"{'–'.join(figures)}{demand.unit}"
    return f"{demand.value_norm.normalize():,f} {unit}"


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")
