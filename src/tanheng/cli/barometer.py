"""`tanheng barometer`: lights of targets; one file for each verb."""

from __future__ import annotations

from tanheng.cli.barometer_grade import grade
from tanheng.cli.barometer_rules import rules
from tanheng.cli.verb import Verbs

barometer = Verbs("barometer", zh="晴雨表：评定、查看、发预警函。", en="The barometer: grade, show, write warnings.")
for _verb in (grade, rules):
    barometer.add_command(_verb)
