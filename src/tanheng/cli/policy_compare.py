"""`tanheng policy compare`: two plans side by side, or a district's plan against its city's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tanheng.cli.options import as_json_option
from tanheng.cli.output import as_json, emit, say, show_findings, show_table, working
from tanheng.cli.policy_plans import opened_plan, plan_words
from tanheng.cli.verb import option, verb
from tanheng.cli.words import language, words
from tanheng.kernel.faults import Finding, Refusal, Severity

if TYPE_CHECKING:
    from tanheng.policy.comparing import Comparison
    from tanheng.policy.plan_words import PlanWords

_LONGEST = 30


@verb(
    "compare",
    "比较两份计划：保持、收紧、放松、取消、新增，逐项指标、逐项任务。\n\n"
    "A、B 为文稿文件或已登记文件的编号；A 在前（或为市级），B 在后（或为区级）。",
    "Compare two plans: kept, tightened, loosened, dropped, new; target by target, task by task.\n\n"
    "A and B are files or ids of registered documents; A is the earlier (or the city's), B the later (the district's).",
)
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@option(
    "--district", is_flag=True, zh="按区级承接市级核对：无承接、弱于市级。", en="A district's plan against its city's."
)
@option(
    "--xlsx", type=click.Path(dir_okay=False, path_type=Path), zh="写成工作簿。", en="Write the tables as a workbook."
)
@option(
    "--docx", type=click.Path(dir_okay=False, path_type=Path), zh="写成 Word 报告。", en="Write the report as Word."
)
@as_json_option
def compare(first: str, second: str, district: bool, xlsx: Path | None, docx: Path | None, as_document: bool) -> int:
    """Compares two plans and prints or writes what came of it.

    Refuses  plan-unknown, plan-demands-nothing, plan-with-itself, file-failed; as reading a document refuses.
    """
    from tanheng.policy.comparing import compared
    from tanheng.policy.comparing_district import compared_with_city
    from tanheng.policy.comparing_report import comparison_json

    packs, lexicon = plan_words()
    with working(words("正在比较", "Comparing")):
        one, two = opened_plan(first, packs, lexicon), opened_plan(second, packs, lexicon)
        found = compared_with_city(one, two, lexicon) if district else compared(one, two, lexicon)
    findings = _findings(found, first, second)
    _write(found, lexicon, xlsx, docx)
    if as_document:
        doubtful = float(lexicon.comparing.doubtful)
        emit({**comparison_json(found, doubtful), "findings": as_json(findings)})
        return 0
    show_findings(as_json(findings))
    for path in (xlsx, docx):
        if path is not None:
            say(words(f"已写入 {path}。", f"Written to {path}."))
    _show(found)
    return 0


def _findings(found: Comparison, first: str, second: str) -> list[Finding]:
    if not found.turned:
        return []
    return [Finding("plan-order-turned", first, {"first": first, "second": second}, Severity.NOTE)]


def _write(found: Comparison, lexicon: PlanWords, xlsx: Path | None, docx: Path | None) -> None:
    from tanheng.policy.comparing_report import comparison_paper
    from tanheng.policy.comparing_workbook import write_comparison

    doubtful = float(lexicon.comparing.doubtful)
    try:
        if xlsx is not None:
            write_comparison(xlsx, found, doubtful)
        if docx is not None:
            from tanheng.papers.word import write_word

            write_word(docx, comparison_paper(found, doubtful), lexicon.layout)
    except OSError as error:
        raise Refusal("file-failed", file=xlsx or docx, problem=error.strerror or str(error)) from error


def _show(found: Comparison) -> None:
    from tanheng.policy.comparing_report import VERDICTS, counts_said, demand_said

    say(f"A  {found.first.title}", "bold")
    say(f"B  {found.second.title}", "bold")
    say(counts_said(found, language()))
    say()
    heads = [(words(zh, en), False) for zh, en in (("结论", "Verdict"), ("指标", "Indicator"), ("对象", "Subject"))]
    heads += [("A", False), ("B", False), (words("说明", "Why"), False)]
    rows = []
    for line in found.targets:
        item = line.first or line.second
        if item is not None:
            sides = [demand_said(side.target, language()) if side else "—" for side in (line.first, line.second)]
            verdict = VERDICTS[line.verdict][language() == "en"]
            rows.append(
                [verdict, _cut(item.target.indicator), item.target.subject, *sides, format(line.why, language())]
            )
    show_table(heads, rows)
    _show_tasks(found)


def _show_tasks(found: Comparison) -> None:
    from tanheng.policy.comparing_report import VERDICTS

    heads = [(words("结论", "Verdict"), False), ("A", False), ("B", False), (words("说明", "Why"), False)]
    rows = [
        [
            VERDICTS[line.verdict][language() == "en"],
            _cut(f"{line.first.clause} {line.first.text}") if line.first else "—",
            _cut(f"{line.second.clause} {line.second.text}") if line.second else "—",
            format(line.why, language()),
        ]
        for line in found.tasks
    ]
    show_table(heads, rows)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
