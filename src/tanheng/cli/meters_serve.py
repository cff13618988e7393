"""`tanheng meters serve`: the door through which units send readings, in a process of its own."""

from __future__ import annotations

import asyncio
import os
import sys
from importlib.util import find_spec

import click

from tanheng.cli.output import warn
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words
from tanheng.kernel.faults import Refusal
from tanheng.store.home import Home

_MIB, _POSITIVE = 1 << 20, click.IntRange(1)


@verb(
    "serve",
    "接收读数（HTTP），收到即落盘。\n\n本服务不加密：请置于核验证书并提供 HTTPS 的代理之后。",
    "Receive readings over HTTP; what is acknowledged is on the disk.\n\nIt does not encrypt: put a proxy in front "
    "that checks certificates and speaks HTTPS.",
)
@option("--port", type=click.IntRange(1, 65535), default=8010, show_default=True, zh="端口。", en="Port.")
@option("--host", default="127.0.0.1", show_default=True, zh="监听地址。", en="Address to listen on.")
@option("--interface", "named", default="cn.online_monitoring", show_default=True, zh="接口定义。", en="Interface.")
@option(
    "--fold-every", type=_POSITIVE, default=60, show_default=True, zh="入文件间隔（秒）。", en="Seconds between folds."
)
@option(
    "--device-rate",
    type=_POSITIVE,
    default=5_000,
    show_default=True,
    zh="每台设备每秒读数。",
    en="Readings/s of a device.",
)
@option("--free-mib", type=click.IntRange(0), default=512, show_default=True, zh="磁盘留空。", en="Space to keep free.")
def serve(port: int, host: str, named: str, fold_every: int, device_rate: int, free_mib: int) -> int:
    """Serves until it is told to stop.

    Refuses  program-missing: tanheng was installed without its metering extra. definition-missing: no such interface.
    """
    if find_spec("granian") is None or find_spec("duckdb") is None:
        raise Refusal("program-missing", program="granian, duckdb", extra="metering")
    from tanheng.kernel.pack.metering_interface import MeteringInterface
    from tanheng.metering.ingest.limits import Limits
    from tanheng.metering.ingest.server import serve as served
    from tanheng.store.packs import load_packs

    interface = load_packs().get(MeteringInterface, named)
    limits = Limits(readings_per_s=device_rate, burst_readings=20 * device_rate, free_bytes=free_mib * _MIB)
    warn(words(f"接收读数：http://{host}:{port}", f"Receiving readings at http://{host}:{port}"))
    home = Home.of_environment().root
    code = asyncio.run(served(home, interface, host=host, port=port, limits=limits, fold_s=fold_every))
    sys.stderr.flush()
    os._exit(code)  # all is on the disk; the threads of the server abort an interpreter that takes its time to end
