"""`tanheng users end`: a mandate acts no more."""

from __future__ import annotations

from datetime import date

import click

from tanheng.cli.options import actor_option, day_option, today
from tanheng.cli.output import say
from tanheng.cli.site import acting, open_site
from tanheng.cli.verb import verb
from tanheng.cli.words import words


@verb("end", "终止一项授权，自当日起无效；记入日志。", "End a mandate, from that day on; written to the log.")
@click.argument("mandate")
@day_option("--on", zh="自何日起无效，默认今天。", en="From which day on it no longer holds; today by default.")
@actor_option
def end(mandate: str, on: date | None, actor: str | None) -> int:
    """Ends a mandate.

    Refuses  mandate-unknown, mandate-ends-before-it-begins.
    """
    open_site()
    from tanheng.records.mandates import end_mandate

    ended = end_mandate(mandate, end=on or today(), actor=acting(actor))
    say(words(f"授权 {mandate} 自 {ended.end} 起无效。", f"{mandate} holds no longer from {ended.end} on."))
    return 0
