"""`tanheng assess`: the annual assessment by a scorecard; its sheet to be filled in; its documents."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tanheng.cli.assess_cards import cards
from tanheng.cli.assess_sheet import sheet
from tanheng.cli.options import as_json_option, day_option, out_option, period_option, today
from tanheng.cli.output import as_json, emit, has_blocker, say, say_written, show_findings, show_table, working
from tanheng.cli.site import open_site
from tanheng.cli.verb import option, verbs
from tanheng.cli.words import language, words
from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period

if TYPE_CHECKING:
    from tanheng.reports.assessed import Assessed
    from tanheng.reports.three_forms import Written

METHOD = "annual_assessment"
_VERBS = (sheet, cards)


@verbs(
    "assess",
    "年度考核：按评分表给各区或各单位计分、定级、排名。\n\n"
    "人工评定的项目先用 tanheng assess sheet 生成录入表，填好后用 tanheng import 导入；\n"
    "缺目标、缺评定、缺佐证的逐项列出。",
    "The annual assessment: scores, grades and ranks by a scorecard.\n\n"
    "Items that a person scores are entered on a sheet (tanheng assess sheet) and imported; what has no target, no\n"
    "entry or no evidence is named item by item.",
)
@period_option(zh="考核年度，如 2025。", en="The year assessed, such as 2025.")
@option("--scorecard", zh="评分表编号，见 tanheng assess cards。", en="Id of the scorecard; see tanheng assess cards.")
@option(
    "--stage",
    type=click.Choice(["self", "review", "reply", "final"]),
    default="final",
    show_default=True,
    zh="计到哪一阶段：自评、复核、申辩、终评。",
    en="Up to which stage entries count.",
)
@option("--scheme", default="energy_assessment", show_default=True, zh="制度。", en="Scheme.")
@day_option("--known-on", zh="知识日期，默认今天。", en="Knowledge date; today by default.")
@out_option(
    zh="把汇总表和每个对象的评分表写到这个目录（Word、PDF、Excel）。",
    en="Write the summary and a sheet for each subject into this folder (Word, PDF, Excel).",
)
@as_json_option
@click.pass_context
def assess(
    context: click.Context,
    *,
    period: Period | None,
    scorecard: str | None,
    stage: str,
    scheme: str,
    known_on: date | None,
    out: Path | None,
    as_document: bool,
) -> int:
    """Computes, prints and, where it is asked for, writes the assessment of a year.

    Refuses  argument-missing: no period or no scorecard; whatever the run refuses.
    """
    if context.invoked_subcommand is not None:
        return 0
    if period is None or scorecard is None:
        raise Refusal("argument-missing", command="tanheng assess", name="--scorecard" if period else "--period")
    open_site()
    from tanheng.records.computing import compute
    from tanheng.reports.assessed import assessed

    with working(words("考核计分中", "Assessing")):
        settings = {"scorecard": scorecard, "stage": stage}
        result = compute(METHOD, period, scheme, known_on or today(), settings=settings)
        found = assessed(result)
    written = _write(found, out) if out is not None else None
    if as_document:
        files = [] if written is None else [str(path) for path in written.paths]
        emit({**found.as_json(), "files": files})
    else:
        _show(found)
        _show_written(written)
    return int(has_blocker(result.findings))


def _write(found: Assessed, out: Path) -> Written:
    from tanheng.reports.assessment_files import write_assessment
    from tanheng.store import load_packs

    with working(words("生成文件中", "Writing documents")):
        return write_assessment(out, found, load_packs())


def _show_written(written: Written | None) -> None:
    if written is not None:
        show_findings(as_json(written.findings))
        say_written(written.paths)


def _show(found: Assessed) -> None:
    card, lang = found.card, language()
    say(words(f"{found.year} 年考核 · {card.label.zh}", f"Assessment of {found.year} · {card.label.en}"), "bold")
    if found.fictional:
        say(words("虚构数据，仅供演示", "Fictional data, for demonstration only"), "yellow")
    heads = [(words("对象", "Subject"), False), (words("得分", "Score"), True)]
    heads += [(words("比上年", "Against last year"), True), (words("等级", "Grade"), False)]
    heads += [(words("名次", "Rank"), True), (words("距前一名", "To the next"), True), (words("缺项", "Open"), True)]
    show_table(heads, [sheet.as_cells(lang) for sheet in found.sheets])
    show_findings(found.result.findings)
    example = found.sheets[0].address if found.sheets else ""
    say(
        words(
            f"解释一个得分：tanheng explain {found.result.id[:12]} {example}",
            f"To explain a score: tanheng explain {found.result.id[:12]} {example}",
        )
    )


for _verb in _VERBS:
    assess.add_command(_verb)
