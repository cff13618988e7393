"""Results beside demands: lights of the barometer, scores of an assessment, ranks.

Rules are data (bands, colours, points); the room holds the few forms in which they are applied. It refuses to turn a
missing figure into a colour or a score.
"""

from collections.abc import Mapping

from tanheng.kernel.account import AccountMethod
from tanheng.kernel.assessment.annual_assessment import annual_assessment
from tanheng.kernel.assessment.barometer import barometer
from tanheng.kernel.assessment.barometer_grade import Grade, NextColour, graded
from tanheng.kernel.assessment.dispatch import dispatch
from tanheng.kernel.assessment.drivers import drivers
from tanheng.kernel.assessment.field_electricity import field_electricity
from tanheng.kernel.assessment.year_end_by_model import year_end_by_model
from tanheng.kernel.assessment.year_end_by_reports import year_end_by_reports
from tanheng.kernel.assessment.year_end_by_season import year_end_by_season

ACCOUNTS: Mapping[str, AccountMethod] = {
    "barometer": barometer,
    "annual_assessment": annual_assessment,
    "dispatch": dispatch,
    "drivers": drivers,
    "field_electricity": field_electricity,
    "year_end_by_model": year_end_by_model,
    "year_end_by_reports": year_end_by_reports,
    "year_end_by_season": year_end_by_season,
}

__all__ = ["ACCOUNTS", "Grade", "NextColour", "graded"]
