"""`tanheng policy draft`: a district's draft plan with its annexes, as Word and as workbooks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tanheng.cli.options import as_json_option, out_option
from tanheng.cli.output import as_json, emit, say, say_written, show_findings, working
from tanheng.cli.policy_plans import opened_plan, plan_words
from tanheng.cli.references import result_of
from tanheng.cli.run import readable
from tanheng.cli.site import open_site
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words

if TYPE_CHECKING:
    from tanheng.policy.drafting_figures import Figures
    from tanheng.policy.plan_words import PlanWords


@verb(
    "draft",
    "起草区级年度计划：正文和附件（区级指标、镇园指标、重点单位、任务分工、未承接事项），Word 与工作簿。\n\n"
    "依据市级计划、本区上年计划和本年数据；没有数据的写“〔待补〕”和原因；\n"
    "同时生成待补数据工作簿，填好后用 --figures 重新起草。",
    "Draft a district's plan for a year with its annexes, as Word and as workbooks.\n\n"
    "From the city's plan, last year's own plan and this year's figures. What has no figure says so and why;\n"
    "the workbook of missing figures, filled in, is given to --figures.",
)
@option("--city", required=True, zh="市级计划：文件或已登记的编号。", en="The city's plan: a file or an id.")
@option("--last", required=True, zh="本区上年计划：文件或已登记的编号。", en="Last year's own plan: a file or an id.")
@option(
    "--figures",
    metavar="FILE|RESULT",
    zh="本年数据工作簿，或计算结果编号（只取本区合计，作为上年实绩）；不给则全部待补。",
    en="The workbook of this year's figures, or a result: the area's own totals as what was reached.",
)
@option("--area", required=True, zh="区域名称或编号，如 金山区。", en="The area, by name or id.")
@option("--year", type=click.IntRange(2000, 2100), required=True, zh="起草年度。", en="The year to draft for.")
@out_option(zh="输出目录。", en="The folder to write to.", required=True)
@as_json_option
def draft(city: str, last: str, figures: str | None, area: str, year: int, out: Path, as_document: bool) -> int:
    """Drafts a plan and writes its files.

    Refuses  plan-unknown, plan-demands-nothing, plan-with-itself, draft-area-unknown, draft-year-not-later,
             draft-figures-unreadable, result-not-found, file-failed; as reading a document or a workbook refuses.
    """
    from tanheng.policy.drafting_files import draft_json, write_draft
    from tanheng.policy.drafting_plan import area_named, drafted

    packs, lexicon = plan_words()
    with working(words("正在起草", "Drafting")):
        above, before = opened_plan(city, packs, lexicon), opened_plan(last, packs, lexicon)
        name = area_named(area, before, packs)
        given = _given(figures, lexicon, name)
        made = drafted(above, before, given, name, year, lexicon)
        paths = write_draft(out, made, lexicon)
    if as_document:
        written = {"files": [path.name for path in paths], "findings": as_json(made.findings)}
        emit({**draft_json(made, lexicon), **written})
        return 0
    show_findings([item for item in as_json(made.findings) if item["code"] != "draft-city-unanswered"])
    left = sum(target.open is not None for target in made.targets)
    say(
        words(
            f"指标 {len(made.targets)} 项（待补 {left} 项），任务 {len(made.tasks)} 项，"
            f"市级未承接 {len(made.unanswered)} 项。",
            f"{len(made.targets)} targets ({left} open), {len(made.tasks)} tasks, "
            f"{len(made.unanswered)} demands of the city without an answer.",
        )
    )
    say_written(paths)
    return 0


def _given(named: str | None, lexicon: PlanWords, area: str) -> Figures:
    """The figures of a workbook, else of a result of the site, else none."""
    from tanheng.policy.drafting_figures import Figures, reached, read_figures

    if named is None:
        return Figures()
    if Path(named).is_file():
        return read_figures(Path(named), lexicon, area)
    open_site()
    result = result_of(named)
    shown = readable(result)
    labels = {item.id: item.label.zh for item in shown.indicators}
    own = [
        (labels[figure["column"]], figure["display"], figure["address"])
        for figure in shown.as_json()
        if figure["label"]["zh"] == area and figure["value"] is not None and not figure["status"]["missing"]
    ]
    return reached(own, result.id, area, lexicon)
