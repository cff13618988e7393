"""`tanheng meters devices`: the devices that may send readings, and those that were revoked."""

from __future__ import annotations

from tanheng.cli.options import as_json_option
from tanheng.cli.output import emit, show_table
from tanheng.cli.verb import verb
from tanheng.cli.words import words
from tanheng.store.home import Home


@verb("devices", "列出已接入的设备。", "List the devices that registered.")
@as_json_option
def devices(as_document: bool) -> int:
    """Lists devices with their enterprise."""
    from tanheng.metering.ingest.devices import Devices

    known = Devices(Home.of_environment().root / "readings" / "devices.db").all()
    if as_document:
        emit([{"device": item.device, "enterprise": item.enterprise, "revoked": item.revoked} for item in known])
        return 0
    columns = [(words("设备", "device"), False), (words("单位", "enterprise"), False), (words("状态", "state"), False)]
    ended, counts = words("已停用", "revoked"), words("有效", "counts")
    show_table(columns, [(item.device, item.enterprise, ended if item.revoked else counts) for item in known])
    return 0
