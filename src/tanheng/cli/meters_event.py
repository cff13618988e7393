"""`tanheng meters event`: the baseline of a demand-response event, and what was delivered of what was bid."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

import click

from tanheng.cli.meters_hours import carrier_option, opened_hours, until_option
from tanheng.cli.options import as_json_option, day_option
from tanheng.cli.output import as_json, emit, say, show_findings, show_table
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words
from tanheng.kernel.faults import Refusal, blockers
from tanheng.kernel.period import read_date

if TYPE_CHECKING:
    from tanheng.metering.uses_event import Delivered

_HOUR = click.IntRange(0, 24)


def _decimal(text: str) -> Decimal:
    """A plain decimal; a number that is none, or has no end, is a wrong option."""
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not number.is_finite():
        raise ValueError(text)
    return number


@verb(
    "event",
    "需求响应：以最近几个同类日的平均（按事件前时段调整）为基线，减去实测，对照申报容量。\n\n"
    "按整点小时计算；同类日个数、调整时段与上下限为设置。事件小时缺读数时不给合计，退出码 1。",
    "Demand response: a baseline from like days, adjusted by the hours before, less what was metered; the bid.\n\n"
    "Whole hours. How many like days, which hours adjust and how far are settings. Where an hour of the event is not\n"
    "known there is no sum: exit code 1.",
)
@click.argument("subject")
@day_option("--day", zh="事件日。", en="Day of the event.")
@option("--from", "start", type=_HOUR, required=True, zh="开始小时，如 13。", en="Hour at which it begins, such as 13.")
@option("--to", "end", type=_HOUR, required=True, zh="结束小时，如 16。", en="Hour at which it ends, such as 16.")
@option("--bid", type=_decimal, required=True, metavar="KW", zh="申报容量（千瓦）。", en="What was bid, in kW.")
@option(
    "--least-share",
    type=_decimal,
    metavar="SHARE",
    zh="约定的有效比例，如 0.8。",
    en="Agreed share that counts, such as 0.8.",
)
@option(
    "--not",
    "others",
    multiple=True,
    type=read_date,
    metavar="DATE",
    zh="其他事件日，不作同类日；可多次。",
    en="A day of another event, no like day; may be repeated.",
)
@carrier_option
@until_option
@as_json_option
def event(
    *,
    subject: str,
    day: date | None,
    start: int,
    end: int,
    bid: Decimal,
    least_share: Decimal | None,
    others: Sequence[date],
    carrier: str | None,
    until: datetime | None,
    as_document: bool,
) -> int:
    """Computes what a unit (facility/...) or a meter delivered.

    Refuses  what UseHours.subject, UseHours.hours, Asked and event refuse; event-not-electric.
    """
    from tanheng.kernel.pack.metering_quality import MeteringQuality
    from tanheng.kernel.pack.metering_uses import MeteringUses
    from tanheng.metering.repairing import with_calendars
    from tanheng.metering.uses_event import Asked
    from tanheng.metering.uses_event import event as computed
    from tanheng.store import load_packs

    if day is None:
        raise click.MissingParameter(param_type="option", param_hint="--day")
    packs = load_packs()
    (uses,), limits = packs.all(MeteringUses), with_calendars(packs.all(MeteringQuality)[0], packs)
    asked = Asked(day, start, end, bid, least_share)
    with opened_hours(packs, until) as hours:
        of, stays = hours.subject(subject, carrier)
        step, _ = hours.step(stays)
        grid, per_kwh = hours.grids.of("kWh") or ("-", 1)
        if grid != step:
            raise Refusal("event-not-electric", subject=subject, carrier=of)
        table = hours.hours(stays, asked.window(uses))
    found = computed(table, asked, per_kwh, limits, uses, subject, others)
    if as_document:
        emit({"subject": subject, "carrier": of, "step": step, **found.as_json()})
    else:
        say(f"{subject}  {of}  [{step}]", "bold")
        _show(found)
    return int(bool(blockers(found.findings)))


def _show(found: Delivered) -> None:
    told = found.as_json()
    columns = [(words("小时", "hour"), True), (words("基线", "baseline"), True)]
    columns += [(words("实测", "metered"), True), (words("响应量", "delivered"), True)]
    names = ("hour", "baseline", "metered", "delivered")
    show_table(columns, [["-" if row[name] is None else str(row[name]) for name in names] for row in told["hours"]])
    say(words("同类日：", "Like days: ") + ", ".join(told["like_days"]))
    say(words("调整系数：", "Adjustment: ") + told["adjustment"])
    say(
        words("合计响应：", "Delivered: ")
        + f"{told['delivered']}  "
        + words("占申报：", "of the bid: ")
        + str(told["share"])
    )
    show_findings(as_json(found.findings))
