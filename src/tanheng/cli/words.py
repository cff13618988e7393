"""The two languages of the command line: Chinese, and English where TANHENG_LANG=en."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Protocol

from tanheng.kernel.quantity import unit_words, with_unit

_STATUSES = {"verified": "已核实", "secondary": "二手来源", "unverified": "未核实"}

# names of steps and inputs that are no indicators: what a coverage adjustment (口径调整) works with
_NAMES = {
    "amount_now": "本期数",
    "amount_in_table": "表内上年同期数",
    "amount_published": "上年公布数",
    "amount_adjustment": "口径调整量",
    "growth_in_table": "按表内同期数计算的增速",
    "growth_on_publication": "按上年公布数计算的增速",
    "coverage_adjustment": "口径调整",
    "in_table": "按表内同期数计算的增速",
    "on_publication": "按上年公布数计算的增速",
    "printed": "表内上年同期数",
    "published": "公布的数",
    # what a split of a target works with
    "split_trend_amount": "不加约束的预计数",
    "split_basis_after": "预计基数",
    "split_amount_total": "基期数合计",
    "split_trend_total": "预计数合计",
    "split_basis_total": "基期基数合计",
    "split_basis_after_total": "预计基数合计",
    "split_allowed_together": "总目标允许数",
    "split_allowed_amount": "允许数",
    "split_allowed_sum": "允许数合计",
    "split_needed": "应节约合计",
    "split_expected_saving": "不下达单位的预计节约",
    "split_expected_rate": "不下达单位的预计降幅",
    "split_pressure": "得分",
    "split_weight": "得分×预计数",
    "split_weight_total": "得分×预计数之和",
    "split_share": "测算降幅",
    "split_rate_raised": "不低于最低要求的降幅",
    "split_move_to_band": "落档移动",
    "split_rate_on_band": "落档后降幅",
    "split_fall_demanded": "目标降幅",
    "split_cap": "总量目标",
    "split_over_cap": "超出总量目标",
    "weights_together": "得分×预计数之和",
}
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_PART = re.compile(r"part_(\d+)")


class Label(Protocol):
    """A name in both languages, as packs give it."""

    def __getitem__(self, lang: str) -> str: ...


def language() -> str:
    """`zh`, or `en` where TANHENG_LANG asks for it. Asked for each time, so that a test can change it."""
    return "en" if os.environ.get("TANHENG_LANG", "").lower().startswith("en") else "zh"


def words(zh: str, en: str) -> str:
    """The one of two texts that is in the reader's language."""
    return en if language() == "en" else zh


def status_said(status: str) -> str:
    """How far an entry has been checked, in the reader's language."""
    return words(_STATUSES[status], status)


def said(label: Label | Mapping[str, str]) -> str:
    """A label in the reader's language."""
    return label[language()]


def unit_said(unit: str, *, basis: bool = True) -> str:
    """A unit in the reader's language; nothing for a pure number."""
    return unit_words(unit, language(), basis=basis)


def amount_said(number: str, unit: str, *, basis: bool = True) -> str:
    """A number with its unit in the reader's language."""
    return with_unit(number, unit, language(), basis=basis)


def names_said(text: str) -> str:
    """A formula or the name of a step, with the names that have one in the reader's language in it."""
    return text if language() == "en" else _NAME.sub(lambda found: _name_said(found[0]), text)


def _name_said(name: str) -> str:
    part = _PART.fullmatch(name)
    return f"第{part[1]}部分" if part else _NAMES[name] if name in _NAMES else name
