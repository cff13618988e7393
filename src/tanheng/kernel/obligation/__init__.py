"""Obligations: what a document demands of whom, by when; a number (target) or a deed (task).

The room holds the values and their exchange form, and which of them count once documents replace one another. It
refuses an obligation of a shape that nobody could read back. What is proposed from a text is not its matter.
"""

from tanheng.kernel.obligation.exchange import document_of, obligation_of, target_of, task_of
from tanheng.kernel.obligation.standing import Standing, Succession, standing_on
from tanheng.kernel.obligation.target import Baseline, Demand, Target
from tanheng.kernel.obligation.task import Task

__all__ = [
    "Baseline",
    "Demand",
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
