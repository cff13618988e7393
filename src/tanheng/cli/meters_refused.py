"""`tanheng meters refused`: readings that came and had no place; `--again` places them by the register of today."""

from __future__ import annotations

import json
from typing import Any

from tanheng.cli.options import as_json_option
from tanheng.cli.output import emit, say, show_table
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words
from tanheng.store.home import Home

_LONGEST = 80


@verb(
    "refused", "列出未能归位的读数；--again 按现有名录补入。", "List readings without a place; --again places them now."
)
@option("--again", is_flag=True, zh="按现在的计量点名录再归位。", en="Place them by the register of today.")
@option("--interface", "named", default="cn.online_monitoring", show_default=True, zh="接口定义。", en="Interface.")
@as_json_option
def refused(again: bool, named: str, as_document: bool) -> int:
    """Lists what has no place, after placing what has one."""
    from tanheng.metering.ingest.refused import refused as without_place
    from tanheng.metering.store import Store

    store = Store.open(Home.of_environment().root)
    placed = _placed(store, named) if again else 0
    left = [vars(item) for item in without_place(store)]
    if as_document:
        emit({"placed": placed, "refused": left})
        return 0
    columns = [
        (words(zh, en), False)
        for zh, en in (("设备", "device"), ("批次", "batch"), ("原因", "reason"), ("读数", "reading"))
    ]
    show_table(columns, [_row(item) for item in left])
    say(
        words(
            f"补入 {placed} 条，尚有 {len(left)} 条未能归位。", f"{placed} placed, {len(left)} still without a place."
        )
    )
    return 0


def _placed(store: Any, named: str) -> int:
    from tanheng.kernel.pack.metering_interface import MeteringInterface
    from tanheng.metering.ingest.devices import Devices
    from tanheng.metering.ingest.refused import place_again
    from tanheng.store.packs import load_packs

    return place_again(store, load_packs().get(MeteringInterface, named), Devices(store.root / "devices.db"))


def _row(item: dict[str, Any]) -> tuple[str, str, str, str]:
    return item["device"], item["key"], item["code"], json.dumps(item["reading"], ensure_ascii=False)[:_LONGEST]
