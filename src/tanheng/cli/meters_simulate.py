"""`tanheng meters simulate`: meters with faults, and the truth to hold results against."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tanheng.cli.options import as_json_option
from tanheng.cli.output import emit, say, working
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words

if TYPE_CHECKING:
    from tanheng.metering.simulate_writing import Written


@verb(
    "simulate",
    "生成带故障的虚拟计量点读数，连同逐表逐小时的真值。\n\n"
    "同样的参数在任何机器上生成同样的文件。导入：tanheng meters import DIR。\n\n"
    "真值每行：meter 计量点，at 小时末（UTC 秒），hour 当地小时起点，energy 整数步数，step 步长（Wh、L、kJ），\n"
    "fault 该小时所在的故障，back 可追回程度：hour 逐小时精确，total 故障段合计精确，none 不可追回、应标明。\n"
    "故障清单另存为 FILE 同名的 .faults.json。\n\n"
    "故障：none、all、总个数，或名称（可带个数），如 gap,spike:10。名称：gap 缺口12小时，spike 尖峰+5000，\n"
    "late 迟到三天，silent 失联，rollover 翻转，swap 换表，duplicate 重复，clock 时钟快一小时，reset 归零，\n"
    "negative 倒走，wrong_unit 单位报错，stuck 卡滞，interval_gap、interval_spike、interval_negative 间隔量表的故障。",
    "Make readings of made-up meters with faults, and the true energy of each meter and hour.\n\n"
    "The same options give the same files on every machine. To import: tanheng meters import DIR.\n\n"
    "A row of the truth: meter, at (second UTC at which the hour ends), hour (local start), energy in whole steps,\n"
    "step (Wh, L, kJ), fault (the fault the hour lies in), back: hour - every hour exactly, total - the sum over the\n"
    "fault exactly, none - lost, to be flagged. The faults are listed beside FILE in .faults.json.\n\n"
    "Faults: none, all, how many, or names with numbers such as gap,spike:10. Names: gap (12 hours), spike (+5000),\n"
    "late (three days), silent, rollover, swap, duplicate, clock (an hour ahead), reset, negative, wrong_unit, stuck,\n"
    "interval_gap, interval_spike, interval_negative.",
)
@option("--meters", type=click.IntRange(1, 5_000_000), required=True, zh="多少个计量点。", en="How many meters.")
@option(
    "--days",
    type=click.IntRange(1, 4000),
    required=True,
    zh="多少天，每15分钟一个读数。",
    en="How many days of quarter hours.",
)
@option("--faults", default="none", show_default=True, zh="哪些故障，见上。", en="Which faults, see above.")
@option("--seed", type=click.IntRange(0, 2**63 - 1), default=1, show_default=True, zh="随机种子。", en="The seed.")
@option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    zh="写到哪个空文件夹。",
    en="The empty folder to write to.",
)
@option(
    "--truth",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    zh="真值文件：.csv、.parquet 或 .json。",
    en="The file of the truth: .csv, .parquet or .json.",
)
@option(
    "--from",
    "start",
    type=click.DateTime(["%Y-%m-%d"]),
    default="2026-01-01",
    show_default=True,
    zh="第一天。",
    en="The first day.",
)
@option(
    "--format",
    "form",
    type=click.Choice(["parquet", "csv"]),
    default="parquet",
    show_default=True,
    zh="读数文件的格式。",
    en="The format of the readings.",
)
@as_json_option
def simulate(
    meters: int,
    days: int,
    faults: str,
    seed: int,
    *,
    out: Path,
    truth: Path,
    start: datetime,
    form: str,
    as_document: bool,
) -> int:
    """Writes a simulation.

    Refuses  what `write_simulation` and `wanted` refuse.
    """
    from tanheng.metering.simulate_faults import wanted
    from tanheng.metering.simulate_plan import Plan
    from tanheng.metering.simulate_writing import write_simulation

    first: date = start.date()
    named = not faults.strip().isdecimal() and faults.strip() != "all"
    plan = Plan(meters, days, seed, first, wanted(faults, meters), strict=named)
    with working(words("正在生成读数……", "Making readings ...")):
        written = write_simulation(plan, out, truth, form)
    if as_document:
        emit(
            {"meters": meters, "days": days, "seed": seed, "start": first.isoformat(), **_as_json(written, out, truth)}
        )
        return 0
    count, files = written.readings, written.files
    say(
        words(
            f"{meters} 个计量点 {count} 条读数，{files} 个文件：{out}",
            f"{count} readings of {meters} meters in {files} files: {out}",
        )
    )
    placed = ", ".join(f"{kind} {number}" for kind, number in written.faults.items()) or words("无", "none")
    say(words(f"故障：{placed}", f"Faults: {placed}"))
    if written.without_room:
        rest, asked = sum(written.without_room.values()), sum(written.faults.values())
        say(
            words(
                f"另有 {rest} 处故障放不下，只放了 {asked} 处；请增加计量点或天数。",
                f"No room for {rest} more faults, {asked} were placed: simulate more meters or days.",
            )
        )
    say(words(f"真值 {written.hours} 行：{truth}", f"Truth, {written.hours} rows: {truth}"))
    return 0


def _as_json(written: Written, out: Path, truth: Path) -> dict[str, object]:
    return {**vars(written), "out": str(out), "truth": str(truth)}
