"""`tanheng meters`: readings of meters, from their arrival to hours, days and accounts; one file for each verb."""

from __future__ import annotations

from tanheng.cli.meters_compact import compact
from tanheng.cli.verb import Verbs

meters = Verbs("meters", zh="计量：接收、核对、汇总读数。", en="Metering: receive, check and roll up readings.")
for _verb in (compact,):
    meters.add_command(_verb)
