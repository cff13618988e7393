"""`tanheng targets check`: whether what was demanded of the parts comes to what is demanded of the whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tanheng.cli.options import as_json_option, day_option, out_option, period_option, today
from tanheng.cli.output import as_json, emit, has_blocker, show_findings
from tanheng.cli.site import open_site
from tanheng.cli.targets_split import Asked, computed, has_site, show_split
from tanheng.cli.targets_written import write_split
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words
from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period

if TYPE_CHECKING:
    from tanheng.kernel.faults import Finding
    from tanheng.kernel.pack.decomposition_plan import DecompositionPlan
    from tanheng.reports.decomposition_figures import SplitFigures

COLUMNS = (
    ("base", "基期", "Base"),
    ("trend", "预计", "Trend"),
    ("rate", "目标 %", "Demanded %"),
    ("rate_change", "比上年", "Against last year"),
    ("weaker_by", "弱于总目标", "Less than the whole"),
    ("saving", "应节约", "Saving"),
    ("allowed", "允许", "Allowed"),
    ("recombined", "合计降幅 %", "Recombined %"),
    ("shortfall", "差额（百分点）", "Shortfall, points"),
    ("excess", "超出", "Excess"),
)


@verb(
    "check",
    "目标分解检查：各单位目标合起来是否达到总目标；缺漏、交叉、弱于总目标、免于下达的逐一列出。\n\n"
    "PLAN 是方案编号或方案文件（.yaml）；不写则检查与本站点有关的全部方案。--pack 只看一个定义包，不需要站点。",
    "Check a split: whether the parts come to the whole; gaps, overlaps, weaker parts and exemptions are named.\n\n"
    "PLAN is the id of a plan or a file of its own (.yaml); without one all plans that concern this site are checked.\n"
    "With --pack one pack alone, without a site.",
)
@click.argument("plans", nargs=-1, metavar="[PLAN]...")
@option(
    "--pack", zh="只检查这个定义包的方案和目标，不用站点。", en="Plans and targets of this pack alone; needs no site."
)
@period_option(zh="只检查这一完成期的方案。", en="Only plans that are due by this period.")
@day_option("--known-on", zh="知识日期，默认今天。", en="Knowledge date; today by default.")
@out_option(
    zh="把检查结果写到这个目录（Word、PDF、Excel）。", en="Write what was found into this folder (Word, PDF, Excel)."
)
@as_json_option
def check(
    plans: tuple[str, ...],
    pack: str | None,
    period: Period | None,
    known_on: date | None,
    out: Path | None,
    as_document: bool,
) -> int:
    """Checks plans one after the other and prints what was found.

    Refuses  split-nothing-to-check: there is no plan; whatever reading the plans and the runs refuse; file-failed.
    """
    asked = Asked("decomposition_check", known_on or today(), pack, period)
    found = [computed(plan, asked) for plan in plans or _all_plans(asked)]
    beside = as_json(_beside(asked))
    written = write_split(out, found) if out else []
    if as_document:
        document = {"checks": [split.as_json() for split in found], "findings": beside}
        emit({**document, **({"files": written} if out else {})})
    else:
        _show(found, beside)
    return 1 if any(has_blocker(split.findings) for split in found) or has_blocker(beside) else 0


def _all_plans(asked: Asked) -> list[str]:
    from tanheng.store import load_packs
    from tanheng.store.plan_file import plans_of_packs

    plans = plans_of_packs(load_packs(), asked.pack)
    if asked.pack is None and has_site():
        plans = _of_this_site(plans, asked)
    chosen = [plan.id for plan in plans if asked.period is None or Period.parse(plan.by) == asked.period]
    if not chosen:
        raise Refusal("split-nothing-to-check", where=asked.pack or words("本站点", "this site"))
    return chosen


def _of_this_site(plans: list[DecompositionPlan], asked: Asked) -> list[DecompositionPlan]:
    """The plans that concern a site: of a place in its directory, of targets that it has adopted, of a stated demand.

    A pack brings the plans of other places along, with targets that nobody here adopted; nobody here can mend them.
    """
    open_site()
    from tanheng.records.selecting import directory_as_of
    from tanheng.records.split_plans import recorded_plans
    from tanheng.records.standing_obligations import obligations_as_of

    adopted = {item.obligation.id for item in obligations_as_of(asked.known_on)}
    places = set(directory_as_of().labels)
    known = [*plans, *recorded_plans().values()]
    return [plan for plan in known if plan.parent in places or plan.demand or not adopted.isdisjoint(_targets_of(plan))]


def _targets_of(plan: DecompositionPlan) -> list[str]:
    """The whole and the parts."""
    return [target for target in (plan.target, *(subject.target for subject in plan.subjects)) if target]


def _beside(asked: Asked) -> list[Finding]:
    """What single targets of a pack say about one another."""
    from tanheng.kernel.obligation.decomposition import implied_bases
    from tanheng.store import load_packs
    from tanheng.store.plan_file import demands_of_packs

    if asked.pack is None:
        return []
    return implied_bases(demands_of_packs(load_packs(), asked.pack).targets(asked.known_on))


def _show(found: list[SplitFigures], beside: list[dict[str, object]]) -> None:
    for split in found:
        show_split(split, COLUMNS)
    show_findings(beside)
