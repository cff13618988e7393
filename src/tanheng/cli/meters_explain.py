"""`tanheng meters explain`: from a reference to readings down to meters, days, hours and single readings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import click

from tanheng.cli.options import as_json_option
from tanheng.cli.output import emit, say, show_table
from tanheng.cli.verb import verb
from tanheng.cli.words import words
from tanheng.store.home import Home

_SHOWN = 100
_KIND = "readings:"


@verb(
    "explain",
    "解释读数引用：由计量点、日、小时直到逐条读数。\n\n引用见 tanheng explain 的来源。",
    "Explain a reference to readings: meters, days, hours and single readings.\n\n"
    "tanheng explain gives such references as sources: readings:<meter>/<from>/<to>@<digest>.",
)
@click.argument("reference")
@as_json_option
def explain(reference: str, as_document: bool) -> int:
    """Prints what a reference holds."""
    from tanheng.metering.cubes import Cubes
    from tanheng.metering.explaining import explain_readings
    from tanheng.metering.refreshing import Refresher
    from tanheng.metering.rolling import engine_of
    from tanheng.metering.still_hours import StillHours
    from tanheng.metering.store import Store
    from tanheng.store import load_packs

    # what tanheng explain shows to people has the kind as a word before it
    asked = reference if reference.startswith(_KIND) else f"{_KIND}{reference}"
    store = Store.open(Home.of_environment().root)
    engine = engine_of(store, "duckdb", None)
    try:
        dimensions = Refresher.of(store, load_packs()).dimensions
        cubes = Cubes.of(store)
        told = explain_readings(engine, store, cubes, StillHours.of(cubes), dimensions, asked)
    finally:
        engine.close()
    if as_document:
        emit(told)
    else:
        _show(told, store.manifest.offset_s)
    return 0


def _show(told: dict[str, Any], offset_s: int) -> None:
    say(
        words(
            f"合计 {told['value']}，缺 {told['missing']} 个间隔",
            f"Total {told['value']}, {told['missing']} intervals missing",
        )
    )
    if not told["as_then"]:
        say(words("此后又收到读数，数值可能已变。", "More readings came since; the value may have changed."))
    heads = [(words("部分", "Part"), False), (words("数值", "Value"), True), (words("引用", "Reference"), False)]
    show_table(heads, [_part(part) for part in told["parts"][:_SHOWN]])
    if "readings" in told:
        heads = [(words("时刻", "Time"), False), (words("读数", "Value"), True), (words("标记", "Flag"), True)]
        show_table(heads, [_reading(row, offset_s) for row in told["readings"]])


def _reading(row: dict[str, Any], offset_s: int) -> list[str]:
    """A reading by its civil time: the end of its interval."""
    civil = datetime.fromtimestamp(row["read_at"], UTC) + timedelta(seconds=offset_s)
    return [civil.strftime("%Y-%m-%d %H:%M:%S"), str(row["value"]), str(row["flag"])]


def _part(part: dict[str, Any]) -> list[str]:
    name = next(str(part[key]) for key in ("meter", "day", "hour") if key in part)
    return [name, str(part["value"]), str(part["ref"]) if "ref" in part else ""]
