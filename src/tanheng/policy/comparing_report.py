"""A comparison told: as a paper that people read, and as the rows of its tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from tanheng.kernel.fact import plain_decimal
from tanheng.papers.paper import Block, Heading, Paper, Paragraph, numeral
from tanheng.papers.table import grid
from tanheng.policy.comparing import Comparison, TargetLine, TaskLine, Verdict
from tanheng.policy.comparing_targets import Demanded
from tanheng.policy.plans import Deed, Plan
from tanheng.policy.proposals import TargetProposal, plain_number
from tanheng.policy.review_words import OPERATORS, OPERATORS_EN, TIERS

VERDICTS: Mapping[Verdict, tuple[str, str]] = {
    Verdict.KEPT: ("保持", "kept"),
    Verdict.TIGHTENED: ("收紧", "tightened"),
    Verdict.LOOSENED: ("放松", "loosened"),
    Verdict.CHANGED: ("改变", "changed"),
    Verdict.DROPPED: ("取消", "dropped"),
    Verdict.NEW: ("新增", "new"),
    Verdict.ANSWERED: ("已承接", "answered"),
    Verdict.BY_REFERENCE: ("按下达数", "by reference"),
    Verdict.WEAKER: ("弱于市级", "weaker"),
    Verdict.UNANSWERED: ("无承接", "unanswered"),
    Verdict.OWN: ("区级自有", "own"),
}
_ORDER = {
    "versions": (Verdict.TIGHTENED, Verdict.LOOSENED, Verdict.CHANGED, Verdict.NEW, Verdict.DROPPED, Verdict.KEPT),
    "district": (Verdict.UNANSWERED, Verdict.WEAKER, Verdict.BY_REFERENCE, Verdict.ANSWERED, Verdict.OWN),
}
_LONGEST, _SHOWN = 60, 400


def demand_said(target: TargetProposal, lang: str = "zh") -> str:
    """What a target demands: operator, figure and unit as printed, tier."""
    operators = OPERATORS if lang == "zh" else OPERATORS_EN
    said = operators[target.operator.value]
    if target.value is not None:
        high = f"-{plain_decimal(target.value_high)}" if target.value_high is not None else ""
        unit = "" if target.unit in {None, "1"} else str(target.unit)
        said += f" {plain_decimal(target.value)}{high}{unit}"
    if target.tier is None:
        return said
    return f"{said}（{TIERS[target.tier]}）" if lang == "zh" else f"{said} ({target.tier})"


def comparison_json(comparison: Comparison, doubtful: float) -> dict[str, Any]:
    """The comparison as one document; `doubtful` marks pairs of tasks that should be looked at."""
    return {
        "kind": comparison.kind,
        "first": _plan(comparison.first),
        "second": _plan(comparison.second),
        "turned": comparison.turned,
        "counts": {"targets": _counts(comparison.targets), "tasks": _counts(comparison.tasks)},
        "targets": [_target_json(line) for line in comparison.targets],
        "tasks": [_task_json(line, doubtful) for line in comparison.tasks],
    }


def target_rows(lines: Sequence[TargetLine]) -> list[list[str]]:
    """The rows of the table of targets."""
    return [
        [
            VERDICTS[line.verdict][0],
            _either(line).target.indicator,
            _either(line).target.subject,
            _said(line.first),
            _said(line.second),
            line.why.zh,
        ]
        for line in lines
    ]


def task_rows(lines: Sequence[TaskLine], doubtful: float) -> list[list[str]]:
    """The rows of the table of tasks."""
    return [
        [VERDICTS[line.verdict][0], _deed(line.first), _deed(line.second), _task_why(line, doubtful)] for line in lines
    ]


TARGET_HEADS = {
    "versions": ("结论", "指标", "对象", "前一份", "后一份", "说明"),
    "district": ("结论", "指标", "对象", "市级要求", "区级安排", "说明"),
}
TASK_HEADS = {
    "versions": ("结论", "前一份任务", "后一份任务", "说明"),
    "district": ("结论", "市级任务", "区级任务", "说明"),
}
TARGET_WIDTHS, TASK_WIDTHS = (10, 24, 16, 22, 22, 30), (10, 44, 44, 30)


def comparison_paper(comparison: Comparison, doubtful: float) -> Paper:
    """The comparison as a paper: a summary, a chapter for each verdict on targets, then on tasks, tables inside."""
    first, second = comparison.first.title, comparison.second.title
    if comparison.kind == "versions":
        title = "两份计划的比较情况"
        opening = f"《{first}》（以下称前一份）与《{second}》（以下称后一份）逐项比较，情况如下。"
    else:
        title = "区级计划承接市级计划情况"
        opening = f"《{second}》对照《{first}》逐项核对，情况如下。"
    blocks: list[Block] = [Paragraph(opening), Paragraph(counts_said(comparison, "zh"))]
    chapters: list[tuple[str, Sequence[TargetLine | TaskLine]]] = [
        ("指标", comparison.targets),
        ("任务", comparison.tasks),
    ]
    number = 1
    for what, lines in chapters:
        for verdict in _ORDER[comparison.kind]:
            chosen = [line for line in lines if line.verdict is verdict]
            if chosen:
                blocks.append(Heading(f"{numeral(number)}、{VERDICTS[verdict][0]}的{what}（{len(chosen)}项）"))
                blocks += _chapter(chosen, comparison.kind, doubtful)
                number += 1
    return Paper(
        title, blocks, (Paragraph("注：匹配依据为指标、对象、单位和文字相似度；标“请核对”的为相似度较低者。"),)
    )


def _chapter(lines: Sequence[Any], kind: str, doubtful: float) -> list[Block]:
    """Named to the districts first; sentences for what needs attention, then the table."""
    told = list[Block]()
    if isinstance(lines[0], TargetLine):
        if lines[0].verdict in (Verdict.TIGHTENED, Verdict.LOOSENED, Verdict.WEAKER):
            told += [Paragraph(_sentence(line)) for line in lines]
        named = [line for line in lines if line.named_below]
        if lines[0].verdict is Verdict.UNANSWERED and named:
            names = "、".join(dict.fromkeys(_either(line).target.indicator[:_LONGEST] for line in named))
            told.append(Paragraph(f"其中市级文件点名各区的{len(named)}项：{names}。"))
        return [*told, grid(TARGET_HEADS[kind], target_rows(lines), TARGET_WIDTHS)]
    named_tasks = [line for line in lines if line.named_below]
    if lines[0].verdict is Verdict.UNANSWERED and named_tasks:
        told.append(Paragraph(f"其中市级文件点名各区的{len(named_tasks)}项，应优先明确承接单位。"))
    return [*told, grid(TASK_HEADS[kind], task_rows(lines, doubtful), TASK_WIDTHS)]


def _sentence(line: TargetLine) -> str:
    """One line of prose on a target that moved."""
    assert line.first
    assert line.second
    before, after = demand_said(line.first.target), demand_said(line.second.target)
    return f"{line.second.target.subject}{line.second.target.indicator}：由{before}到{after}，{line.why.zh}。"


def counts_said(comparison: Comparison, lang: str) -> str:
    """How many targets and tasks fell under each verdict, in one sentence."""
    english = lang == "en"
    parts = []
    for names, lines in ((("指标", "targets"), comparison.targets), (("任务", "tasks"), comparison.tasks)):
        counts = Counter(line.verdict for line in lines)
        shown = [
            (VERDICTS[verdict][english], counts[verdict]) for verdict in _ORDER[comparison.kind] if counts[verdict]
        ]
        if english:
            parts.append(f"{len(lines)} {names[1]}: " + ", ".join(f"{count} {name}" for name, count in shown))
        else:
            parts.append(f"{names[0]}共{len(lines)}项：" + "、".join(f"{name}{count}项" for name, count in shown))
    return "; ".join(parts) + "." if english else "；".join(parts) + "。"


def _counts(lines: Sequence[TargetLine | TaskLine]) -> dict[str, int]:
    return {str(verdict): count for verdict, count in Counter(line.verdict for line in lines).items()}


def _plan(plan: Plan) -> dict[str, Any]:
    instrument = plan.instrument
    return {
        "name": plan.name, "title": instrument.title, "number": instrument.number, "level": plan.level,
        "periods": list(instrument.periods),
    }  # fmt: skip


def _target_json(line: TargetLine) -> dict[str, Any]:
    target = _either(line).target
    return {
        "verdict": str(line.verdict),
        "indicator": target.indicator,
        "indicator_id": target.indicator_id,
        "subject": target.subject,
        "first": _demand_json(line.first),
        "second": _demand_json(line.second),
        "difference": None if line.difference is None else plain_number(line.difference),
        "unit": line.unit or None,
        "why": {"zh": line.why.zh, "en": line.why.en},
        "named_below": line.named_below,
    }


def _demand_json(item: Demanded | None) -> dict[str, Any] | None:
    if item is None:
        return None
    target = item.target
    return {
        "indicator": target.indicator,
        "operator": target.operator.value,
        "value": None if target.value is None else plain_number(target.value),
        "unit": target.unit,
        "tier": target.tier,
        "target_period": target.target_period,
        "lead_parties": list(target.lead_parties),
        "clauses": list(item.clauses),
        "said": {"zh": demand_said(target), "en": demand_said(target, "en")},
    }


def _task_json(line: TaskLine, doubtful: float) -> dict[str, Any]:
    return {
        "verdict": str(line.verdict),
        "first": _deed_json(line.first),
        "second": _deed_json(line.second),
        "why": {"zh": line.why.zh, "en": line.why.en},
        "score": line.score,
        "shared": list(line.shared),
        "doubtful": _is_doubtful(line, doubtful),
        "named_below": line.named_below,
    }


def _deed_json(deed: Deed | None) -> dict[str, Any] | None:
    if deed is None:
        return None
    return {
        "number": deed.number, "clause": deed.clause, "category": deed.category, "text": deed.text,
        "schedule": deed.schedule, "lead_parties": list(deed.lead_parties),
        "supporting_parties": list(deed.supporting_parties),
    }  # fmt: skip


def _is_doubtful(line: TaskLine, doubtful: float) -> bool:
    return line.score is not None and line.score < doubtful


def _task_why(line: TaskLine, doubtful: float) -> str:
    mark = f"；相似度{line.score}，请核对" if _is_doubtful(line, doubtful) else ""
    return f"{line.why.zh}{mark}"


def _either(line: TargetLine) -> Demanded:
    found = line.first or line.second
    assert found is not None
    return found


def _said(item: Demanded | None) -> str:
    return f"{demand_said(item.target)}（{'、'.join(item.clauses)}）" if item else "—"


def _deed(deed: Deed | None) -> str:
    return f"{deed.clause}　{deed.text[:_SHOWN]}" if deed else "—"
