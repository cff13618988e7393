"""Obligations worked out: the path to a target, its progress, how it is split, when a task is due.

What is demanded stands in `kernel/demand`, and is handed on here for those who use both. The room refuses to guess: a
target without base, or two targets for one indicator, is a finding.
"""

from collections.abc import Mapping

from tanheng.kernel.account import AccountMethod
from tanheng.kernel.demand import (
    Baseline,
    Demand,
    Path,
    Standing,
    Succession,
    Target,
    Task,
    document_of,
    obligation_of,
    standing_on,
    target_of,
    task_of,
)
from tanheng.kernel.obligation.decomposition import decomposition_check, target_decomposition
from tanheng.kernel.obligation.progress import target_progress

ACCOUNTS: Mapping[str, AccountMethod] = {
    "target_decomposition": target_decomposition,
    "decomposition_check": decomposition_check,
    "target_progress": target_progress,
}

__all__ = [
    "ACCOUNTS",
    "Baseline",
    "Demand",
    "Path",
    "Standing",
    "Succession",
    "Target",
    "Task",
    "document_of",
    "obligation_of",
    "standing_on",
    "target_of",
    "task_of",
]
