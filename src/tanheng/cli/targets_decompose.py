"""`tanheng targets decompose`: a proposal for splitting a target, with its arithmetic."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from tanheng.cli.options import as_json_option, day_option, out_option, period_option, today
from tanheng.cli.output import emit, has_blocker
from tanheng.cli.targets_split import Asked, computed, show_split
from tanheng.cli.targets_written import write_split
from tanheng.cli.verb import option, verb
from tanheng.kernel.period import Period

_COLUMNS = (
    ("base", "基期", "Base"),
    ("trend", "预计", "Trend"),
    ("score", "得分", "Score"),
    ("rate_before", "测算 %", "Computed %"),
    ("rate", "目标 %", "Demanded %"),
    ("rate_change", "比上年", "Against last year"),
    ("saving", "应节约", "Saving"),
    ("allowed", "允许", "Allowed"),
    ("recombined", "合计降幅 %", "Recombined %"),
    ("shortfall", "差额（百分点）", "Shortfall, points"),
    ("excess", "超出", "Excess"),
)


@verb(
    "decompose",
    "目标分解测算：按方案把总目标分到各区、各领域或各单位，合计由分子分母重算。\n\n"
    "PLAN 是定义包中的方案编号，或方案文件（.yaml，不需要站点，不保存）。方案写法见 docs/how-to/split-a-target.md。",
    "Split a target by a plan; the whole is recombined from numerators and denominators.\n\n"
    "PLAN is the id of a plan in a pack, or a file of its own (.yaml: needs no site, and nothing is kept).\n"
    "How to write one: docs/how-to/split-a-target.md.",
)
@click.argument("plan")
@period_option(zh="完成期，须与方案一致；默认用方案的。", en="By when; the plan's own by default.")
@day_option("--known-on", zh="知识日期，默认今天。", en="Knowledge date; today by default.")
@option(
    "--pack", zh="只用该定义包中的目标，不用站点的记录。", en="Use the targets of this pack, and no records of a site."
)
@out_option(
    zh="把分解方案写到这个目录（Word、PDF、Excel）。", en="Write the proposal into this folder (Word, PDF, Excel)."
)
@as_json_option
def decompose(
    plan: str, period: Period | None, known_on: date | None, pack: str | None, out: Path | None, as_document: bool
) -> int:
    """Computes a proposal and prints it.

    Refuses  whatever reading the plan and the run refuse; file-failed.
    """
    found = computed(plan, Asked("target_decomposition", known_on or today(), pack, period))
    written = write_split(out, [found]) if out else []
    if as_document:
        emit({**found.as_json(), **({"files": written} if out else {})})
    else:
        show_split(found, _COLUMNS)
    return 1 if has_blocker(found.findings) else 0
