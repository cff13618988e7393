"""`tanheng meters fill`: have what is missing of a meter filled by a named method, or take that back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

import click

from tanheng.cli.options import as_json_option
from tanheng.cli.output import emit, say, show_table
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words
from tanheng.store.home import Home

if TYPE_CHECKING:
    from tanheng.metering.fills import Fill

_DAY = click.DateTime(["%Y-%m-%d"])


@verb(
    "fill",
    "按具名方法填补缺失的整小时，须写明理由和决定人；从不自动填补，填补量在汇总中单列。\n\n"
    "方法：same_weekday_profile 同星期日曲线；neighbour_days 前后整日平均。\n"
    "不给计量点则列出现有填补。",
    "Fill whole hours that are missing by a named method, with a reason and who decided it; nothing is filled by\n"
    "itself, and what is filled stands apart in every sum.\n\n"
    "Methods: same_weekday_profile; neighbour_days, the mean of the days beside.\nWithout a meter: list what stands.",
)
@click.argument("meter", required=False)
@option("--from", "start", type=_DAY, zh="第一天。", en="The first day.")
@option("--to", "end", type=_DAY, zh="最后一天。", en="The last day.")
@option("--method", zh="填补方法。", en="The method.")
@option("--reason", default="", zh="理由。", en="Why.")
@option("--by", default="", zh="决定人。", en="Who decided it.")
@option("--withdraw", type=int, metavar="NUMBER", zh="撤回该号填补。", en="Take back the fill of that number.")
@as_json_option
def fill(
    *,
    meter: str | None,
    start: datetime | None,
    end: datetime | None,
    method: str | None,
    reason: str,
    by: str,
    withdraw: int | None,
    as_document: bool,
) -> int:
    """Writes a fill down, withdraws one, or lists those that stand.

    Refuses  fill-meter-unknown; what `Fill` and `FillBook.withdraw` refuse.
    """
    from tanheng.kernel.faults import Refusal
    from tanheng.metering.fills import Fill, FillBook
    from tanheng.metering.store import Store

    store = Store.open(Home.of_environment().root)
    book = FillBook.open(store.root)
    if withdraw is not None:
        book.withdraw(withdraw, reason or "-", by or "-")
    elif meter is not None:
        if meter not in store.register.numbers():
            raise Refusal("fill-meter-unknown", meter=meter)
        if start is None or end is None:
            raise Refusal("fill-incomplete", meter=meter)
        book.add(Fill(meter, start.date(), end.date(), method or "", reason, by))
    standing = book.standing()
    if as_document:
        emit([{**asdict(one), "start": str(one.start), "end": str(one.end)} for one in standing])
        return 0
    _show(standing)
    return 0


def _show(standing: list[Fill]) -> None:
    columns = [
        ("", True),
        (words("计量点", "meter"), False),
        (words("首日", "from"), False),
        (words("末日", "to"), False),
    ]
    columns += [(words("方法", "method"), False), (words("理由", "reason"), False), (words("决定人", "by"), False)]
    rows = [(str(one.row), one.meter, str(one.start), str(one.end), one.method, one.reason, one.by) for one in standing]
    if rows:
        show_table(columns, rows)
    else:
        say(words("没有填补。", "Nothing is filled."))
