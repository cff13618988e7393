"""Words that all documents share: rises and falls, how a figure was made, days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from tanheng.papers import Figure, Signature, shown

# How a figure came about. Whoever reads a light or a total has to know which of the three it is.
MADE: Mapping[str, str] = {"estimated": "推算", "accounted": "核算", "fed_back": "市反馈"}
MADE_NOTE = "注：推算为按月度资料估计，核算为年度统计核算，市反馈为市级下达的结果；三者口径不同，并列不互相替代。"


def change_said(value: Decimal | None, places: int = 1, unit: str = "%") -> str:
    """A rate of change in words: 增长3.2%, 下降1.5%, 持平; a rate that rounds to nothing has not changed."""
    if value is None:
        return "无可比数"
    text = shown(abs(value), places)
    if not text.strip("0."):
        return "持平"
    return f"{'增长' if value > 0 else '下降'}{text}{unit}"


def points_said(value: Decimal | None, places: int = 1, *, above: str = "高于", below: str = "低于") -> str:
    """A distance in percentage points: 高于0.4个百分点; `above` and `below` are the words for either side."""
    if value is None:
        return "无法比较"
    text = shown(abs(value), places)
    return "持平" if not text.strip("0.") else f"{above if value > 0 else below}{text}个百分点"


def day_said(day: date) -> str:
    """A day as official documents write it: 2026年10月25日."""
    return f"{day.year}年{day.month}月{day.day}日"


def signed(office: str, day: date) -> Signature:
    """Who signs a document, and when, in its place at the end."""
    return Signature(office, day_said(day))


def with_made(figure: Figure, made: str) -> str:
    """A figure that says how it was made: 12.3万吨标准煤（推算）."""
    return f"{figure}（{MADE[made]}）"


_UNITS: Mapping[str, str] = {"tce": "吨标准煤", "tCO2": "吨二氧化碳", "1": ""}
_BASES: Mapping[str, str] = {"calorific_value": "当量值", "coal_equivalent": "等价值"}


def unit_said(unit: str) -> str:
    """A unit as officials write it: `10^4 tce[coal_equivalent]` is 万吨标准煤（等价值）; others keep their symbols."""
    head, _, basis = unit.partition("[")
    many, _, plain = head.rpartition(" ")
    if plain not in _UNITS:
        return head
    basis = basis.rstrip("]")
    return f"{'万' if many == '10^4' else many}{_UNITS[plain]}" + (f"（{_BASES[basis]}）" if basis in _BASES else "")
