"""`tanheng policy read`: what a policy document says, as proposals to be reviewed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import click

from tanheng.cli.options import as_json_option
from tanheng.cli.output import emit, say, show_findings, show_table, working
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words
from tanheng.kernel.faults import Refusal
from tanheng.policy.proposals import DocumentFinding, Instrument, Operator, Reading, TargetProposal, TaskProposal

_LONGEST_TEXT = 36
_LONGEST_LIST = 3
_OPERATORS = {
    Operator.DOWN: ("下降", "down"),
    Operator.DOWN_AT_LEAST: ("至少下降", "down at least"),
    Operator.UP: ("提高", "up"),
    Operator.UP_TO: ("提高到", "up to"),
    Operator.AT_MOST: ("不超过", "at most"),
    Operator.AT_LEAST: ("不少于", "at least"),
    Operator.REACH: ("达到", "reach"),
    Operator.ABOUT: ("约", "about"),
    Operator.RANGE: ("区间", "range"),
    Operator.CHANGE: ("变化", "change"),
    Operator.NO_INCREASE: ("不增加", "no increase"),
    Operator.NO_DECREASE: ("不减少", "no decrease"),
    Operator.COVER_ALL: ("全覆盖", "all"),
    Operator.START: ("启动", "start"),
    Operator.COMPLETE: ("完成", "complete"),
    Operator.BEFORE: ("之前", "before"),
    Operator.FORBID: ("禁止", "forbidden"),
    Operator.MULTIPLY: ("倍数", "times"),
    Operator.ASSIGNED: ("按下达数", "as assigned"),
    Operator.FORMULA: ("按公式", "by formula"),
    Operator.THRESHOLD: ("适用门槛", "threshold"),
    Operator.QUALITATIVE: ("定性", "in words"),
}
_TIERS = {"floor": ("确保", "floor"), "stretch": ("力争", "stretch")}


@verb(
    "read",
    "读取政策文稿：条款、目标、任务、文稿问题；结果是待复核的提议。\n\n"
    "支持 .txt、.docx、带文字的 .pdf、.html、.md。有阻断性问题时退出码为 1。",
    "Read a policy document: clauses, targets, tasks, findings; everything is a proposal to be reviewed.\n\n"
    "Takes .txt, .docx, .pdf with text, .html and .md. Exit code 1 where a finding blocks.",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@option(
    "--parent",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    zh="上级文件，用于核对目标是否低于上级要求。",
    en="The document above, to see where it asks for more.",
)
@option(
    "--proposer",
    "named",
    multiple=True,
    zh="另加的提取程序，写作 包.模块:函数，可重复。",
    en="One more proposer as package.module:function; may be repeated.",
)
@option(
    "--xlsx",
    type=click.Path(dir_okay=False, path_type=Path),
    zh="把提议写成复核工作簿，填好后用 tanheng policy accept 登记。",
    en="Write the proposals as a workbook to be reviewed; tanheng policy accept reads it back.",
)
@as_json_option
def read(file: Path, parent: Path | None, named: tuple[str, ...], xlsx: Path | None, as_document: bool) -> int:
    """Reads a document and prints its proposals; nothing is registered.

    Refuses  what is no document, is damaged, locked or only an image; a proposer that does not exist; file-failed.
    """
    from tanheng.policy.proposing import installed_proposers, proposer_named
    from tanheng.policy.reading import read_document

    proposers = (*installed_proposers(), *(proposer_named(name) for name in named))
    with working(words(f"正在读取 {file.name}", f"Reading {file.name}")):
        reading = read_document(file, parent=parent, proposers=proposers)
    blocked = int(any(finding.severity == "blocker" for finding in reading.findings))
    if xlsx is not None:
        _write_review(xlsx, reading, file)
    if as_document:
        emit(reading.as_json())
        return blocked
    if xlsx is not None:
        _show_counts(reading)
        say(words(f"已写入 {xlsx}，请复核。", f"Written to {xlsx}, to be reviewed."))
        return blocked
    _show_instrument(reading.instrument)
    _show_targets(reading.targets)
    _show_tasks(reading.tasks)
    _show_document_findings(reading.findings)
    _show_counts(reading)
    return blocked


def _write_review(xlsx: Path, reading: Reading, file: Path) -> None:
    from tanheng.policy.reading import lexicon_of_packs, source_of
    from tanheng.policy.registering import english_names
    from tanheng.policy.review_writing import write_review

    try:
        write_review(xlsx, reading, source_of(file), file.read_bytes(), english_names(lexicon_of_packs()))
    except OSError as error:
        raise Refusal("file-failed", file=xlsx, problem=error.strerror or str(error)) from error


def _show_instrument(instrument: Instrument) -> None:
    say(instrument.title or words("（无标题）", "(no title)"), "bold")
    facts = [
        instrument.number,
        instrument.issuer,
        instrument.date or "",
        words("适用 ", "for ") + "、".join(instrument.periods) if instrument.periods else "",
    ]
    say("  ".join(fact for fact in facts if fact))
    say()


def _show_targets(targets: Sequence[TargetProposal]) -> None:
    heads = [
        (words("条款", "Clause"), False),
        (words("指标", "Indicator"), False),
        (words("对象", "Subject"), False),
        (words("要求", "Demand"), False),
        (words("目标期", "Period"), False),
        (words("牵头", "Lead"), False),
    ]
    if targets:
        say(words("目标", "Targets"), "bold")
        show_table(heads, [_target(target) for target in targets])


def _target(target: TargetProposal) -> list[str]:
    mark = words("（推断）", " (inferred)") if target.lead_inferred else ""
    lead = _listed(target.lead_parties) + (mark if target.lead_parties else "")
    return [target.clause, _cut(target.indicator), target.subject, _demand(target), target.target_period or "", lead]


def _demand(target: TargetProposal) -> str:
    """The operator in words, the figure, the tier and the condition."""
    said = words(*_OPERATORS[target.operator])
    figure = f" {_plain(target.value)}" if target.value is not None else ""
    high = f"-{_plain(target.value_high)}" if target.value_high is not None else ""
    unit = target.unit if target.unit not in {None, "1"} and figure else ""
    tier = f" [{words(*_TIERS[target.tier])}]" if target.tier in _TIERS else ""
    condition = f"；{_cut(target.condition)}" if target.condition else ""
    return f"{said}{figure}{high}{unit}{tier}{condition}"


def _show_tasks(tasks: Sequence[TaskProposal]) -> None:
    heads = [
        (words("序号", "No."), False),
        (words("任务", "Task"), False),
        (words("进度", "Schedule"), False),
        (words("牵头", "Lead"), False),
        (words("配合", "Supporting"), False),
    ]
    if tasks:
        say(words("任务", "Tasks"), "bold")
        show_table(heads, [_task(task) for task in tasks])


def _task(task: TaskProposal) -> list[str]:
    etc = words("等", " …") if task.open_list else ""
    return [
        task.number,
        _cut(task.text),
        task.schedule,
        _listed(task.lead_parties),
        _listed(task.supporting_parties) + etc,
    ]


def _show_document_findings(findings: Sequence[DocumentFinding]) -> None:
    if findings:
        say(words("文稿问题", "Findings on the document"), "bold")
        show_findings(
            [
                {"severity": item.severity, "place": item.place, "message": item.message, "next_step": item.next_step}
                for item in findings
            ]
        )
        say()


def _show_counts(reading: Reading) -> None:
    targets, tasks, clauses, found = map(len, (reading.targets, reading.tasks, reading.clauses, reading.findings))
    numeric = sum(target.kind == "numeric" for target in reading.targets)
    say(
        words(
            f"条款 {clauses} 处，目标 {targets} 个（数值型 {numeric} 个），任务 {tasks} 项，问题 {found} 个；"
            "均待复核。",
            f"{clauses} clauses, {targets} targets ({numeric} with figures), {tasks} tasks, {found} findings; "
            "all to be reviewed.",
        )
    )


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]}…"


def _listed(names: Sequence[str]) -> str:
    more = words(f" 等{len(names)}家", f" … {len(names)}") if len(names) > _LONGEST_LIST else ""
    return "、".join(names[:_LONGEST_LIST]) + more
