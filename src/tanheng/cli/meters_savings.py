"""`tanheng meters savings`: what a measure saved against an hourly baseline, and whether that baseline suffices."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tanheng.cli.meters_hours import carrier_option, opened_hours, until_option
from tanheng.cli.options import as_json_option, period_option
from tanheng.cli.output import as_json, emit, say, show_findings, show_table
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words
from tanheng.kernel.faults import blockers
from tanheng.kernel.period import Period

if TYPE_CHECKING:
    from tanheng.metering.uses_savings import Savings


@verb(
    "savings",
    "节能量（合同能源管理）：以基期逐时拟合（星期小时，给出气温时加采暖度与空调度）外推，减去报告期实测。\n\n"
    "基期是否充分按覆盖率、天数、CV(RMSE)、NMBE 检查，误差取自轮流留出的日；不充分时可看不可用，退出码 1。",
    "Savings for an energy-performance contract: an hourly baseline foretold, less what was metered.\n\n"
    "The baseline is fitted by hour of the week, and by temperature where it is given, and checked on days left out.\n"
    "Where it does not suffice the saving is shown and cannot be claimed: exit code 1.",
)
@click.argument("subject")
@option(
    "--baseline",
    type=Period.parse,
    metavar="PERIOD",
    required=True,
    zh="基期，如 2024 或 2024-03-01..2024-06-01。",
    en="Baseline, such as 2024 or 2024-03-01..2024-06-01.",
)
@period_option(zh="报告期，整月。", en="Whole months after the measure.", required=True)
@option(
    "--temperatures",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    zh="逐时气温 CSV：at（小时开始时刻）, temperature（℃）。",
    en="Hourly temperatures as CSV: at (beginning of the hour), temperature (degrees Celsius).",
)
@carrier_option
@until_option
@as_json_option
def savings(
    *,
    subject: str,
    baseline: Period,
    period: Period,
    temperatures: Path | None,
    carrier: str | None,
    until: datetime | None,
    as_document: bool,
) -> int:
    """Computes the saving of a unit (facility/...) or a meter.

    Refuses  what UseHours.subject, UseHours.hours, savings and read_temperatures refuse.
    """
    from tanheng.kernel.pack.metering_quality import MeteringQuality
    from tanheng.kernel.pack.metering_uses import MeteringUses
    from tanheng.metering.repairing import with_calendars
    from tanheng.metering.uses_savings import read_temperatures
    from tanheng.metering.uses_savings import savings as computed
    from tanheng.store import load_packs

    packs = load_packs()
    (uses,) = packs.all(MeteringUses)
    degrees = None if temperatures is None else read_temperatures(temperatures)
    with opened_hours(packs, until) as hours:
        of, stays = hours.subject(subject, carrier)
        step, _ = hours.step(stays)
        before, after = hours.hours(stays, baseline), hours.hours(stays, period)
    rests = with_calendars(packs.all(MeteringQuality)[0], packs)
    found = computed(before, baseline, after, period, uses, subject, degrees, rests)
    if as_document:
        emit({"subject": subject, "carrier": of, "step": step, "baseline_period": str(baseline), **found.as_json()})
    else:
        say(f"{subject}  {of}  [{step}]", "bold")
        _show(found)
    return int(bool(blockers(found.findings)))


def _show(found: Savings) -> None:
    columns = [(words("期间", "period"), False), (words("覆盖率", "coverage"), True), (words("基线", "baseline"), True)]
    columns += [(words("实测", "metered"), True), (words("节能量", "saving"), True), (words("占基线", "share"), True)]
    told = [each.as_json() for each in (*found.months, found.whole)]
    names = ("period", "coverage", "baseline", "metered", "saving", "share")
    rows = [tuple("-" if row[name] is None else str(row[name]) for name in names) for row in told]
    show_table(columns, list(dict.fromkeys(rows)))  # of a single month the whole says the same once more
    fit = found.as_json()["baseline"]
    text = f"{fit['days']} d, {fit['coverage']}, CV(RMSE) {fit['cvrmse'] or '-'}, NMBE {fit['nmbe'] or '-'}"
    say(words("基期：", "Baseline: ") + text)
    show_findings(as_json(found.findings))
