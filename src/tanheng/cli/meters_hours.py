"""The hours of the readings of the site, opened for one command and closed behind it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from tanheng.cli.output import working
from tanheng.cli.verb import option
from tanheng.cli.words import words

if TYPE_CHECKING:
    from tanheng.kernel.pack import PackSet
    from tanheng.metering.uses_hours import UseHours

until_option = option(
    "--until",
    type=datetime.fromisoformat,
    metavar="TIME",
    zh="应到读数截至此刻（如 2026-02-01T00:00+08:00）；默认为最后收到的读数。",
    en="Readings are due up to this time, such as 2026-02-01T00:00+08:00; by default the last one received.",
)
carrier_option = option("--carrier", zh="能源品种；单位有几种时须写明。", en="Carrier, where a unit has several.")


@contextmanager
def opened_hours(packs: PackSet, until: datetime | None) -> Iterator[UseHours]:
    """The cube of the site, brought up to its readings."""
    from tanheng.metering.engine import DuckEngine
    from tanheng.metering.store import Store
    from tanheng.metering.uses_hours import UseHours
    from tanheng.store.home import Home

    store = Store.open(Home.of_environment().root)
    folder = store.root / "results"
    folder.mkdir(parents=True, exist_ok=True)
    engine = DuckEngine(folder / "spill")
    try:
        with working(words("正在汇总……", "Rolling up ...")):
            hours = UseHours.of(store, packs, engine, None if until is None else int(until.timestamp()))
        yield hours
    finally:
        engine.close()
        store.close()
