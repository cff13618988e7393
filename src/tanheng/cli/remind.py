"""`tanheng remind`: reminders of what is due, overdue or has not moved, in the application, by e-mail and by robot."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from tanheng.cli.options import actor_option, as_json_option, day_option, today
from tanheng.cli.output import as_json, emit, say, show_findings, show_table
from tanheng.cli.site import acting, nobody, open_site
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words

if TYPE_CHECKING:
    from tanheng.records.reminding import Reminder

_WHY = {
    "due": ("即将到期", "due soon"),
    "overdue": ("已逾期", "overdue"),
    "not_updated": ("长期未更新", "not updated"),
    "not_reported": ("尚未填报", "never reported"),
}


@verb(
    "remind",
    "提醒即将到期、已逾期、长期未更新和尚未填报的事项与任务；每条提醒记入日志一次。\n\n"
    "站内提醒总会生成；设置 TANHENG_SMTP_URL、TANHENG_WEBHOOK_URL 后同时发邮件、企业微信或钉钉群机器人。\n"
    "可放入每日定时任务：同一提醒在 --again 天内不重复。",
    "Remind of cases and tasks that are due soon, overdue, not updated or never reported; each is one event.\n\n"
    "They always stand in the application; with TANHENG_SMTP_URL and TANHENG_WEBHOOK_URL they also go by e-mail and\n"
    "to a robot of WeCom or DingTalk. Fit for a daily timer: none is repeated within --again days.",
)
@option("--days", type=click.IntRange(0, 60), default=3, show_default=True, zh="提前几个工作日。", en="Days ahead.")
@option("--stale", type=click.IntRange(1, 365), default=20, show_default=True, zh="多少天未更新。", en="Days unmoved.")
@option(
    "--again", type=click.IntRange(1, 90), default=7, show_default=True, zh="几天后再提醒。", en="Again after days."
)
@day_option("--on", zh="以哪天为准，默认今天。", en="As of which day; today by default.")
@option("--dry-run", is_flag=True, zh="只列出，不发送不记录。", en="Only list; send and write nothing.")
@actor_option
@as_json_option
def remind(
    days: int, stale: int, again: int, on: date | None, dry_run: bool, actor: str | None, as_document: bool
) -> int:
    """Finds out what to remind of, tells it, and writes one event each.

    Refuses  channel-unusable.
    """
    open_site()
    from tanheng.records.channels import channels_of
    from tanheng.records.reminding import Timing
    from tanheng.records.reminding import remind as told

    channels = [] if dry_run else channels_of()
    person = nobody() if dry_run else acting(actor)
    done = told(on or today(), person, timing=Timing(days, stale, again), channels=channels, dry_run=dry_run)
    findings = as_json(done.findings)
    if as_document:
        listed = [item.as_json() for item in done.sent]
        emit({"dry_run": dry_run, "reminders": listed, "left_out": done.left_out, "findings": findings})
        return 0
    show_findings(findings)
    heads = [(words("原因", "Why"), False), (words("期限", "Due"), False), (words("单位", "To"), False)]
    heads += [(words("事项", "What"), False), (words("编号", "No."), False)]
    show_table(heads, [_cells(item) for item in done.sent])
    sent, left = len(done.sent), done.left_out
    if dry_run:
        say(words(f"将提醒 {sent} 项；{left} 项近日已提醒。", f"Would remind of {sent}; {left} were told lately."))
    else:
        say(words(f"已提醒 {sent} 项；{left} 项近日已提醒过。", f"Reminded of {sent}; {left} were told lately."))
    return 0


def _cells(item: Reminder) -> list[str]:
    from tanheng.records.selecting import directory_as_of

    due = "—" if item.due is None else item.due.isoformat()
    return [words(*_WHY[item.why]), due, directory_as_of().label_of(item.to, words("zh", "en")), item.title, item.about]
