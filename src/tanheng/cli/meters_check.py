"""`tanheng meters check`: how good the readings are, meter by meter and unit by unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tanheng.cli.meters_hours import until_option
from tanheng.cli.options import as_json_option
from tanheng.cli.output import as_json, emit, say, show_findings, show_table, working
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words

if TYPE_CHECKING:
    from tanheng.kernel.pack.metering_quality import IndexPart
    from tanheng.metering.checking import Checked

_SHOWN = 40
_DAY = click.DateTime(["%Y-%m-%d"])


@verb(
    "check",
    "核查读数质量：完整率、失联、缺口、跳变、倒走、卡滞、换表、单位、下级合计、检定，及各单位质量指数。\n\n"
    "发现均注明计量点和时段。不改动任何读数；门槛见 metering_quality 定义文件。",
    "Check the readings: completeness, silence, gaps, jumps, falls, meters that stand still, swaps, units, sums of\n"
    "sub-meters, calibration; and an index of every unit.\n\n"
    "Every finding names meter and time. No reading is changed; the limits are in the definition metering_quality.",
)
@option("--from", "start", type=_DAY, zh="第一天，默认从头。", en="The first day; all by default.")
@option("--to", "end", type=_DAY, zh="最后一天，默认至今。", en="The last day; all by default.")
@until_option
@option(
    "--reported",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    zh="单位填报 CSV：facility, carrier, amount, value_unit；为所查时段的合计。",
    en="What units reported, as CSV: facility, carrier, amount, value_unit; sums of the days that are checked.",
)
@as_json_option
def check(
    *, start: datetime | None, end: datetime | None, until: datetime | None, reported: Path | None, as_document: bool
) -> int:
    """Checks the readings of the site. Faults are findings of the answer and no failure of the command.

    Refuses  no-readings; what reading the report refuses.
    """
    from tanheng.metering.checking import Check
    from tanheng.metering.engine import DuckEngine
    from tanheng.metering.reported import read_reported
    from tanheng.metering.store import Store
    from tanheng.store import load_packs
    from tanheng.store.home import Home

    packs, store = load_packs(), Store.open(Home.of_environment().root)
    span = _span(start, end, store.months())
    (store.root / "results").mkdir(parents=True, exist_ok=True)
    with working(words("正在核查……", "Checking ...")):
        store.fold()
        engine = DuckEngine(store.root / "results" / "spill")
        try:
            checks = Check.of(store, packs, engine, span, None if until is None else int(until.timestamp()))
            done = checks.run(read_reported(reported, checks.grids) if reported else None)
        finally:
            engine.close()
    if as_document:
        emit(_as_json(done))
    else:
        _show(done)
    return 0


def _span(start: datetime | None, end: datetime | None, months: tuple[str, ...]) -> tuple[date, date] | None:
    """The days from the first to the day after the last; None where all are meant."""
    if start is None and end is None:
        return None
    first = start.date() if start is not None else date.fromisoformat(f"{(months or ('1970-01',))[0]}-01")
    return first, end.date() + timedelta(days=1) if end is not None else date(9999, 1, 1)


def _as_json(done: Checked) -> dict[str, Any]:
    return {
        "from": done.start.isoformat(),
        "to": (done.end - timedelta(days=1)).isoformat(),
        "until": done.until,
        "meters": [{**asdict(one), "completeness": _plain(one.completeness)} for one in done.meters],
        "units": [
            {
                "unit": one.unit,
                "meters": one.meters,
                "index": _plain(one.index),
                "parts": {name: _plain(value) for name, value in one.parts.items()},
            }
            for one in done.units
        ],
        "sub_meters": [
            {**asdict(one), "difference": one.difference, "share": _plain(one.share)} for one in done.balances
        ],
        "sub_meters_unclosed": list(done.unclosed),
        "findings": as_json(done.findings),
    }


def _plain(share: Decimal | None) -> str | None:
    return None if share is None else f"{share:.6f}"


def _percent(share: Decimal | None) -> str:
    return "-" if share is None else f"{share * 100:.1f} %"


def _show(done: Checked) -> None:
    last = done.end - timedelta(days=1)
    say(
        words(
            f"{done.start} 至 {last}，{len(done.meters)} 个计量点", f"{done.start} to {last}, {len(done.meters)} meters"
        )
    )
    notes = [finding for finding in done.findings if finding.severity == "note"]
    told = [finding for finding in done.findings if finding.severity != "note"]
    show_findings(as_json(told[:_SHOWN]))
    if len(told) > _SHOWN:
        rest = len(told) - _SHOWN
        say(words(f"另有 {rest} 条，见 --json。", f"{rest} more, see --json."))
    say(words(f"另有提示 {len(notes)} 条，见 --json。", f"Notes: {len(notes)}, see --json."))
    _show_units(done)


def _show_units(done: Checked) -> None:
    names: Mapping[IndexPart, str] = {
        "completeness": words("完整", "complete"),
        "timeliness": words("及时", "in time"),
        "accuracy": words("检定", "calibrated"),
        "validity": words("有效", "valid"),
        "conformity": words("平衡", "balanced"),
    }
    columns = [(words("单位", "unit"), False), (words("计量点", "meters"), True), (words("指数", "index"), True)]
    columns += [(name, True) for name in names.values()]
    worst = sorted(done.units, key=lambda one: (one.index is not None, one.index))[:_SHOWN]
    rows = [
        (one.unit, str(one.meters), _percent(one.index), *(_percent(one.parts[name]) for name in names))
        for one in worst
    ]
    show_table(columns, rows)
