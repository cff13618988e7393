"""Obligations: their exchange form, their review in a workbook, and what becomes of them."""

from tanheng.kernel.faults.code import Code

OBLIGATIONS = (
    Code(
        "obligation-unreadable",
        "目标或任务 {id} 不合格式：{problem}。",
        "The target or task {id} does not fit its form: {problem}.",
        "请按 target/1 或 task/1 的字段改正。",
        "Correct it by the fields of target/1 or task/1.",
    ),
)
