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

ACCOUNTS: Mapping[str, AccountMethod] = {}

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
