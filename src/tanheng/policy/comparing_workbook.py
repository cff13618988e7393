"""A comparison as a workbook: what was compared, the targets, the tasks."""

from __future__ import annotations

from pathlib import Path

from tanheng.papers.sheets import Sheet, write_sheets
from tanheng.policy.comparing import Comparison
from tanheng.policy.comparing_report import (
    TARGET_HEADS,
    TARGET_WIDTHS,
    TASK_HEADS,
    TASK_WIDTHS,
    counts_said,
    target_rows,
    task_rows,
)


def write_comparison(path: Path, comparison: Comparison, doubtful: float) -> None:
    """Writes the workbook of a comparison; every sheet holds all lines, in the order of the documents."""
    first, second, kind = comparison.first, comparison.second, comparison.kind
    about = [
        ("比较方式", "区级承接市级" if kind == "district" else "两个版本或年度"),
        ("前一份" if kind == "versions" else "市级文件", f"{first.title}　{first.instrument.number}　{first.name}"),
        ("后一份" if kind == "versions" else "区级文件", f"{second.title}　{second.instrument.number}　{second.name}"),
        ("汇总", counts_said(comparison, "zh")),
        ("匹配依据", "指标、对象、层次、单位与文字相似度；任务以共有的少见字词为准，相似度较低的注明“请核对”。"),
    ]
    sheets = (
        Sheet("说明", ("项目", "内容"), about, (14, 90)),
        Sheet("指标", TARGET_HEADS[kind], target_rows(comparison.targets), TARGET_WIDTHS),
        Sheet("任务", TASK_HEADS[kind], task_rows(comparison.tasks, doubtful), TASK_WIDTHS),
    )
    write_sheets(path, sheets, "计划比较")
