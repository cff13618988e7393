"""Results beside demands: lights of the barometer, scores of an assessment, ranks.

Rules are data (bands, colours, points); the room holds the few forms in which they are applied. It refuses to turn a
missing figure into a colour or a score.
"""

from collections.abc import Mapping

from tanheng.kernel.account import AccountMethod
from tanheng.kernel.assessment.barometer_grade import Grade, NextColour, graded
from tanheng.kernel.assessment.dispatch import dispatch

ACCOUNTS: Mapping[str, AccountMethod] = {
    "dispatch": dispatch,
}

__all__ = ["ACCOUNTS", "Grade", "NextColour", "graded"]
