"""The words of a review workbook: how each code of a proposal is said in the sheet, and read back from it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tanheng.policy.proposals import Operator

ABOUT, TARGETS, TASKS, FINDINGS, CLAUSES, PROPOSALS = "说明", "目标", "任务", "文稿问题", "条款", "提议原文"
"""The sheets. The last one is hidden: it holds every proposal as it was made, so that a correction keeps both."""

ACCEPT, CORRECT, REJECT, OPEN = "接受", "更正", "拒绝", "待定"
DECISIONS = (ACCEPT, CORRECT, REJECT, OPEN)

OPERATORS: Mapping[str, str] = MappingProxyType(
    {
        Operator.DOWN.value: "下降",
        Operator.DOWN_AT_LEAST.value: "下降不少于",
        Operator.UP.value: "提高",
        Operator.UP_TO.value: "提高到",
        Operator.AT_MOST.value: "不超过",
        Operator.AT_LEAST.value: "不少于",
        Operator.REACH.value: "达到",
        Operator.ABOUT.value: "约为",
        Operator.RANGE.value: "区间",
        Operator.CHANGE.value: "变化",
        Operator.NO_INCREASE.value: "不增加",
        Operator.NO_DECREASE.value: "不减少",
        Operator.COVER_ALL.value: "全覆盖",
        Operator.START.value: "启动",
        Operator.COMPLETE.value: "完成",
        Operator.BEFORE.value: "此前",
        Operator.FORBID.value: "禁止",
        Operator.MULTIPLY.value: "倍数",
        Operator.ASSIGNED.value: "按下达数",
        Operator.FORMULA.value: "按公式",
        Operator.THRESHOLD.value: "适用门槛",
        Operator.QUALITATIVE.value: "定性",
    }
)
OPERATORS_EN: Mapping[str, str] = MappingProxyType(
    {**{operator.value: operator.value.replace("_", " ") for operator in Operator}, "cover_all": "covers all"}
)
TIERS: Mapping[str, str] = MappingProxyType({"floor": "确保", "stretch": "力争"})
FORCES: Mapping[str, str] = MappingProxyType({"binding": "约束性", "anticipatory": "预期性"})
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "numeric": "数值",
        "coverage": "覆盖",
        "assigned": "下达",
        "qualitative": "定性",
        "milestone": "节点",
        "cap": "上限",
        "threshold": "门槛",
        "prohibition": "禁止",
        "formula": "公式",
        "relative": "相对",
    }
)
FLAGS: Mapping[str, str] = MappingProxyType({"yes": "是", "no": "否"})

HOW_TO = (
    "每行一条提议。请对照原文，在“决定”列选择：接受、更正、拒绝或待定；留空即待定。",
    "更正：直接改写同一行右侧各列，系统同时保留原提议与更正值。拒绝：须在“理由”列说明。",
    "原文、条款、位置、编号各列请勿改动，也不要删除行；多人复核可分段填写后合并。",
    "漏读的目标或任务：在表末加一行，编号留空，原文列粘贴文件中的原句，决定选“接受”。",
    "填好后运行：tanheng policy accept 本工作簿（先加 --dry-run 试算）。",
)
