"""`tanheng meters`: readings of meters, from their arrival to hours, days and accounts; one file for each verb."""

from __future__ import annotations

from tanheng.cli.meters_check import check
from tanheng.cli.meters_compact import compact
from tanheng.cli.meters_devices import devices
from tanheng.cli.meters_enrol import enrol
from tanheng.cli.meters_event import event
from tanheng.cli.meters_explain import explain
from tanheng.cli.meters_fill import fill
from tanheng.cli.meters_import import import_
from tanheng.cli.meters_load import load
from tanheng.cli.meters_platform import platform
from tanheng.cli.meters_pue import pue
from tanheng.cli.meters_refused import refused
from tanheng.cli.meters_report import report
from tanheng.cli.meters_revoke import revoke
from tanheng.cli.meters_rollup import rollup
from tanheng.cli.meters_savings import savings
from tanheng.cli.meters_serve import serve
from tanheng.cli.meters_simulate import simulate
from tanheng.cli.verb import Verbs

meters = Verbs("meters", zh="计量：接收、核对、汇总读数。", en="Metering: receive, check and roll up readings.")
_KEPT = (import_, serve, enrol, devices, revoke, refused, compact, rollup, report, explain, check, fill, simulate)
_USED = (pue, load, savings, event, platform)
for _verb in (*_KEPT, *_USED):
    meters.add_command(_verb)
