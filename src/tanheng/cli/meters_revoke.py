"""`tanheng meters revoke`: a device may send no more, from its next request on."""

from __future__ import annotations

import click

from tanheng.cli.options import actor_option
from tanheng.cli.output import say
from tanheng.cli.site import acting, open_site
from tanheng.cli.verb import verb
from tanheng.cli.words import words
from tanheng.store.home import Home


@verb("revoke", "停用一台设备，下一次请求起生效。", "End a device; its next request is refused.")
@click.argument("device")
@actor_option
def revoke(device: str, actor: str | None) -> int:
    """Revokes a device.

    Refuses  device-unknown.
    """
    from tanheng.metering.ingest.devices import Devices

    open_site()
    Devices(Home.of_environment().root / "readings" / "devices.db").revoke(device, str(acting(actor).id))
    say(words(f"设备 {device} 已停用。", f"Device {device} is revoked."))
    return 0
