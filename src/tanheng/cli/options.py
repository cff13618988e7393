"""Options and argument types that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from tanheng.cli.verb import option
from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period, read_date

_ZONE = ZoneInfo("Asia/Shanghai")

as_json_option = option("--json", "as_document", is_flag=True, zh="输出一份 JSON。", en="Print one JSON document.")
actor_option = option("--actor", zh="操作人，默认为系统用户名。", en="Who acts; the user of the system by default.")


def day_option(name: str, *, zh: str, en: str) -> Callable[[Any], Any]:
    """An option that takes a date written as 2025-06-30."""
    return option(name, type=read_date, metavar="DATE", zh=zh, en=en)


def period_option(*, zh: str, en: str, required: bool = False) -> Callable[[Any], Any]:
    """The option `--period`, written as 2024, 2024-03, 2024Q1 and so on."""
    return option("--period", type=Period.parse, metavar="PERIOD", required=required, zh=zh, en=en)


def out_option(*, zh: str, en: str, required: bool = False, a_file: bool = False) -> Callable[[Any], Any]:
    """The option `--out`: the folder that a command writes into, or the one file that it writes."""
    kind = click.Path(path_type=Path) if a_file else click.Path(file_okay=False, path_type=Path)
    return option("--out", type=kind, required=required, zh=zh, en=en)


def read_pair(text: str) -> tuple[str, str]:
    """Reads `name=value`.

    Refuses  pair-unreadable.
    """
    name, equals, value = text.partition("=")
    if not (name and equals and value):
        raise Refusal("pair-unreadable", text=text)
    return name, value


def today() -> date:
    """The day it is in China: a door may ask the clock, the kernel never does."""
    return datetime.now(_ZONE).date()
