"""`tanheng meters load`: the load curve of a unit or a meter, and what falls into the bands of a tariff."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from tanheng.cli.meters_hours import carrier_option, opened_hours, until_option
from tanheng.cli.options import as_json_option, period_option
from tanheng.cli.output import as_json, emit, say, show_findings, show_table
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words
from tanheng.kernel.period import Period

if TYPE_CHECKING:
    from tanheng.kernel.pack.tariff import Tariff
    from tanheng.metering.uses_load import Load


@verb(
    "load",
    "负荷曲线：一个单位或计量点逐月的典型日、最高小时、负荷率；给出 --tariff 时各时段电量占比。\n\n"
    "只用已知的小时并给出覆盖率；最高小时是整点小时的电量，不是电费单上的需量。",
    "Load curve of a unit or meter: typical day by month, highest hour, load factor, shares of tariff bands.\n\n"
    "Only hours that are known enter, with their coverage. The peak is a whole hour, not the demand of a bill.",
)
@click.argument("subject")
@period_option(zh="整月期间，如 2025 或 2025-07。", en="Whole months, such as 2025 or 2025-07.", required=True)
@option(
    "--tariff", zh="分时电价编号，如 shanghai_two_part_2023。", en="Id of a tariff, such as shanghai_two_part_2023."
)
@carrier_option
@until_option
@as_json_option
def load(
    *, subject: str, period: Period, tariff: str | None, carrier: str | None, until: datetime | None, as_document: bool
) -> int:
    """Computes the load of a unit (facility/...) or a meter.

    Refuses  what UseHours.subject, UseHours.hours and loads refuse; definition-missing: no such tariff.
    """
    from tanheng.kernel.pack.metering_quality import MeteringQuality
    from tanheng.kernel.pack.tariff import Tariff
    from tanheng.metering.repairing import with_calendars
    from tanheng.metering.uses_load import loads, silent_months
    from tanheng.store import load_packs

    packs = load_packs()
    limits = with_calendars(packs.all(MeteringQuality)[0], packs)
    chosen = None if tariff is None else packs.get(Tariff, tariff)
    with opened_hours(packs, until) as hours:
        of, stays = hours.subject(subject, carrier)
        step, _ = hours.step(stays)
        found = loads(hours.hours(stays, period), period, limits, chosen)
    findings = as_json(silent_months(found, subject, chosen))
    if as_document:
        about = {"subject": subject, "carrier": of, "step": step, "tariff": tariff}
        emit({**about, "months": [each.as_json() for each in found], "findings": findings})
    else:
        say(f"{subject}  {of}  [{step}]", "bold")
        _show(found, chosen)
        show_findings(findings)
    return 0


def _show(found: list[Load], tariff: Tariff | None) -> None:
    columns = [(words("月份", "month"), False), (words("覆盖率", "coverage"), True), (words("电量", "energy"), True)]
    columns += [(words("最高小时", "peak"), True), (words("始于", "from"), False), (words("负荷率", "factor"), True)]
    columns += [(words("时段占比", "shares"), False)]
    show_table(columns, [_row(each, tariff) for each in found])
    for each in found:
        if each.hours:
            say(f"{each.month}  " + words("典型日", "typical day"), "bold")
            kinds = list(each.typical)
            rows = [(f"{hour:02}", *(_said(each.typical[kind][hour]) for kind in kinds)) for hour in range(24)]
            show_table([(words("小时", "hour"), False), *((_kind(kind), True) for kind in kinds)], rows)


def _row(each: Load, tariff: Tariff | None) -> tuple[str, ...]:
    told = each.as_json()
    known = {} if tariff is None or each.bands is None or not each.hours else told["shares"]
    shares = "  ".join(f"{_band(tariff, band)} {share}" for band, share in known.items()) or "-"
    energy = _said(each.energy if each.hours else None)
    middle = (_said(each.peak), each.peak_at or "-", told["load_factor"] or "-")
    return each.month, told["coverage"], energy, *middle, shares


def _band(tariff: Tariff | None, band: str) -> str:
    return band if tariff is None else words(tariff.bands[band].zh, tariff.bands[band].en)


def _said(value: int | None) -> str:
    return "-" if value is None else str(value)


def _kind(kind: str) -> str:
    names = {"all": ("全部日", "all days"), "working": ("工作日", "working days"), "rest": ("休息日", "days of rest")}
    return words(*names[kind])
