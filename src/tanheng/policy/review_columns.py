"""The columns of a review workbook: what each shows of a proposal, and how what a person wrote there is read back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from tanheng.kernel.fact import plain_decimal
from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tanheng.policy.proposals import Operator
from tanheng.policy.review_words import FLAGS, FORCES, KINDS, OPERATORS, TIERS

_BETWEEN, _STRONGLY_BETWEEN = re.compile(r"[、,，]"), re.compile(r"[;；\n]")


ID, CLAUSE, PLACE, QUOTE, DECISION, REASON, LABEL, LABEL_EN, PROPOSER = (
    "编号", "条款", "位置", "原文", "决定", "理由", "短标签", "英文标签", "提议者",
)  # fmt: skip
FIXED = (ID, CLAUSE, PLACE, QUOTE)
"""The columns that a reviewer reads and does not change."""


@dataclass(frozen=True)
class Column:
    """A column that a reviewer may change: the field of the proposal, its heading, its choices, its width."""

    name: str
    heading: str
    read: Callable[[str], Any]
    choices: Mapping[str, str] = field(default_factory=dict)
    width: int = 12

    def shown(self, value: Any) -> str | Decimal:
        """What stands in the cell for a value of the field."""
        if value is None or value == ():
            return ""
        if isinstance(value, bool):
            return FLAGS["yes"] if value else ""
        if isinstance(value, tuple):
            return _joined(value)
        text = str(value)
        return value if isinstance(value, Decimal) else self.choices.get(text, text)


def _optional(text: str) -> str | None:
    return text or None


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text.replace(",", "").replace("，", "")) if text else None
    except InvalidOperation as error:
        raise ValueError("不是数 / not a number") from error
    if found is not None and not found.is_finite():
        raise ValueError("不是数 / not a number")
    return found


def _period(text: str) -> str | None:
    """A period of the kernel, or one that is open at its end."""
    if text:
        try:
            Period.parse(text.removesuffix(".."))
        except Refusal as refusal:
            raise ValueError("应写作 2025、2021..2025 或 2022.. / not a period") from refusal
    return text or None


def _joined(parties: Sequence[str]) -> str:
    """Names with 、 between them; with ； behind each where a name has a 、 of its own (各区、县人民政府)."""
    if any(_BETWEEN.search(name) for name in parties):
        return "".join(f"{name}；" for name in parties)
    return "、".join(parties)


def _parties(text: str) -> tuple[str, ...]:
    between = _STRONGLY_BETWEEN if _STRONGLY_BETWEEN.search(text) else _BETWEEN
    return tuple(part.strip() for part in between.split(text) if part.strip())


def _flag(text: str) -> bool:
    if text not in {"", *FLAGS.values(), *FLAGS}:
        raise ValueError("应填“是”或“否” / yes or no")
    return text in (FLAGS["yes"], "yes")


def _chosen(choices: Mapping[str, str], made: Callable[[str], Any]) -> Callable[[str], Any]:
    """Reads a choice by its words or by its code."""
    codes = {**{word: code for code, word in choices.items()}, **{code: code for code in choices}}

    def read(text: str) -> Any:
        if not text:
            return None
        if text not in codes:
            raise ValueError("、".join(choices.values()))
        return made(codes[text])

    return read


TARGET_COLUMNS: Sequence[Column] = (
    Column("indicator", "指标", str, width=24),
    Column("indicator_id", "指标代码", _optional, width=18),
    Column("subject", "对象", str, width=16),
    Column("operator", "要求", _chosen(OPERATORS, Operator), OPERATORS, 11),
    Column("value", "数值", _number, width=10),
    Column("value_high", "上限", _number, width=8),
    Column("unit", "单位", _optional),
    Column("value_norm", "换算值", _number),
    Column("unit_norm", "换算单位", _optional),
    Column("base_period", "基期", _period, width=9),
    Column("target_period", "目标期", _period, width=12),
    Column("tier", "层次", _chosen(TIERS, str), TIERS, 8),
    Column("force", "约束力", _chosen(FORCES, str), FORCES, 9),
    Column("kind", "类型", _chosen(KINDS, str), KINDS, 8),
    Column("condition", "条件", str, width=20),
    Column("lead_parties", "牵头单位", _parties, width=26),
    Column("supporting_parties", "配合单位", _parties, width=26),
    Column("lead_inferred", "牵头系推断", _flag, FLAGS, 10),
)
TASK_COLUMNS: Sequence[Column] = (
    Column("number", "序号", str, width=8),
    Column("category", "类别", str, width=22),
    Column("schedule", "进度", str),
    Column("lead_parties", "牵头单位", _parties, width=30),
    Column("supporting_parties", "配合单位", _parties, width=36),
    Column("open_list", "名单未完", _flag, FLAGS, 9),
)


def written(value: Any) -> str:
    """What a person wrote in a cell, as text: numbers with their own digits."""
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return plain_decimal(Decimal(repr(value)))
    text = str(value).strip()
    return text[1:] if text.startswith("'") else text  # the sign that kept a spreadsheet from computing it
