"""`tanheng meters enrol`: a code with which one device of an enterprise may register."""

from __future__ import annotations

import click

from tanheng.cli.options import actor_option, as_json_option
from tanheng.cli.output import emit, say
from tanheng.cli.site import acting, open_site
from tanheng.cli.verb import verb
from tanheng.cli.words import words
from tanheng.store.home import Home


@verb(
    "enrol",
    "给出一个接入码：凭此一台设备可在两周内登记一次。\n\n接入码只显示这一次。",
    "Give out an enrolment: one device may register with it, once, within two weeks.\n\nIt is shown this once.",
)
@click.argument("enterprise")
@actor_option
@as_json_option
def enrol(enterprise: str, actor: str | None, as_document: bool) -> int:
    """Gives out an enrolment for the enterprise of that credit code."""
    from tanheng.metering.ingest.devices import Devices

    open_site()
    code = Devices(Home.of_environment().root / "readings" / "devices.db").enrol(enterprise, str(acting(actor).id))
    if as_document:
        emit({"enterprise": enterprise, "enrolment": code})
    else:
        say(words(f"{enterprise} 的接入码：{code}", f"Enrolment of {enterprise}: {code}"))
    return 0
