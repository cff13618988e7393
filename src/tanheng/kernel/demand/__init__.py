"""What documents demand: a number (target) or a deed (task) of somebody, by when; and what still counts on a day.

The room holds the values and their exchange form. It refuses an obligation of a shape that nobody could read back.
What a demand means for a year, a district or a result is worked out in the rooms above.
"""

from tanheng.kernel.demand.demands import Demands, KnownObligation
from tanheng.kernel.demand.exchange import document_of, obligation_of, target_of, task_of
from tanheng.kernel.demand.standing import Standing, Succession, standing_on
from tanheng.kernel.demand.target import Baseline, Demand, Path, Target
from tanheng.kernel.demand.task import Task

__all__ = [
    "Baseline",
    "Demand",
    "Demands",
    "KnownObligation",
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
