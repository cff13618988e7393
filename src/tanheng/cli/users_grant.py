"""`tanheng users grant`: a mandate for a login."""

from __future__ import annotations

from datetime import date

import click

from tanheng.cli.options import actor_option, day_option, today
from tanheng.cli.output import say
from tanheng.cli.site import acting, open_site
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words


@verb(
    "grant",
    "给账号授权：角色、单位、区域、制度、起止日期；记入日志。",
    "Grant a login a mandate: role, party, area, scheme, dates; written to the log.",
)
@click.argument("login")
@click.argument("role")
@option(
    "--party",
    default="",
    zh="代表的单位，如 party/…；重点单位也可写 facility/…。",
    en="The party it acts for, or a unit.",
)
@option("--area", default="", zh="负责的区域，如 area/…。", en="The area it is about, such as area/….")
@option("--scheme", default="", zh="只限一项制度。", en="Bound to one scheme.")
@day_option("--from", zh="自何日起，默认今天。", en="From which day on; today by default.")
@day_option("--until", zh="到何日为止（当日已无效）。", en="Up to which day, not included.")
@actor_option
def grant(
    login: str, role: str, party: str, area: str, scheme: str, actor: str | None, until: date | None, **day: date | None
) -> int:
    """Grants a mandate.

    Refuses  login-unknown; role-unknown, mandate-names-nothing, mandate-of-unknown-subject,
             mandate-ends-before-it-begins.
    """
    open_site()
    from tanheng.records.logins import login_of
    from tanheng.records.mandates import grant_mandate

    granted = grant_mandate(
        person=login_of(login).person,
        role=role,
        actor=acting(actor),
        start=day["from"] or today(),
        end=until,
        party=party,
        area=area,
        scheme=scheme,
    )
    say(words(f"已授权 {granted.mandate}：{login} 为 {role}。", f"Granted {granted.mandate}: {login} as {role}."))
    return 0
