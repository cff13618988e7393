"""The paper of a split: what each subject would have to do or was told to do, and what that comes to together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tanheng.kernel.pack.decomposition_plan import AMOUNT, DecompositionPlan
from tanheng.papers import Block, Column, Figure, Heading, Note, Paper, Paragraph, Row, Table
from tanheng.papers.figure import Cell
from tanheng.reports.decomposition_figures import SplitFigures, SplitLine
from tanheng.reports.tracing import FICTIONAL

_METHODS = {
    "equal_rate": "等比例法",
    "remaining_task": "剩余任务法",
    "structure": "结构法",
    "potential": "潜力法（与标杆值之差）",
    "weights": "责任—能力—潜力权重法",
}
_UNITS = {"10^4 tce": "万吨标准煤", "tce": "吨标准煤", "tCO2": "吨二氧化碳"}
_BASES = {"coal_equivalent": "等价值", "calorific_value": "当量值"}
_SEVERITIES = {"blocker": "阻断", "warning": "警告", "note": "提示"}
# figure, heading, places, whether it is in the unit of the amounts
_COLUMNS = (
    ("base", "基期", 4, True),
    ("trend", "不加约束预计", 4, True),
    ("score", "得分", 4, False),
    ("rate_before", "测算降幅（%）", 2, False),
    ("rate", "目标降幅（%）", 2, False),
    ("rate_change", "比上年（百分点）", 2, False),
    ("weaker_by", "弱于总目标（百分点）", 2, False),
    ("saving", "应节约", 4, True),
    ("allowed", "允许", 4, True),
    ("growth", "允许增速（%）", 2, False),
)


def decomposition_paper(split: SplitFigures) -> Paper:
    """A page with the table of the subjects and the whole, the arithmetic in words, and everything that was found.

    Reads    split: figures of a proposal or of a check; a figure that is missing is a dash.
    """
    blocks: list[Block] = [
        Heading("测算结果" if _is_proposal(split) else "检查结果"),
        *_summary(split),
        _table(split),
        Heading("怎样计算"),
        *[Paragraph(text) for text in (_arithmetic if _is_proposal(split) else _checking)(split.plan)],
    ]
    if split.findings:
        blocks += [Heading("问题与说明"), _findings(split)]
    trace = f"{split.plan.id} {split.result}".strip()
    marks = [FICTIONAL if split.fictional else "", "测算稿" if _is_proposal(split) else "检查结果"]
    return Paper(split.plan.label.zh, blocks, trace=trace, mark="　".join(mark for mark in marks if mark))


def _is_proposal(split: SplitFigures) -> bool:
    return any(line.get("score") is not None for line in split.lines)


def _summary(split: SplitFigures) -> Iterator[Paragraph]:
    whole, plan = split.whole, split.plan
    if plan.kind == "intensity":
        yield Paragraph(
            [
                f"{plan.base}年至{plan.by}年，各单位合起来降低",
                Figure(whole.get("recombined"), "%", 3, _ref(whole, "recombined")),
                "；与总目标之差（正为不足）",
                Figure(whole.get("shortfall"), "个百分点", 4, _ref(whole, "shortfall")),
                "。",
            ]
        )
        return
    yield Paragraph(
        [
            f"{plan.by}年各单位合计允许",
            Figure(whole.get("allowed"), _unit(plan), 4, _ref(whole, "allowed")),
            "；超出总目标",
            Figure(whole.get("excess"), _unit(plan), 4, _ref(whole, "excess")),
            "。",
        ]
    )


def _table(split: SplitFigures) -> Table:
    lines = (*split.lines, split.whole)
    shown = [item for item in _COLUMNS if any(line.get(item[0]) is not None for line in lines)]
    columns = [Column("单位", 18)]
    columns += [Column(heading, 10, places) for _, heading, places, _ in shown]
    rows: list[Row | Sequence[Cell]] = [_cells(line, [item[0] for item in shown]) for line in split.lines]
    rows.append(Row(_whole_cells(split, [item[0] for item in shown]), strong=True))
    return Table(columns, rows, title="各单位目标", name="各单位目标", note=_note(split))


def _cells(line: SplitLine, names: Sequence[str]) -> list[Cell]:
    return [line.label["zh"], *(Figure(line.get(name), places=4, ref=_ref(line, name)) for name in names)]


def _whole_cells(split: SplitFigures, names: Sequence[str]) -> list[Cell]:
    """The row of the whole: under the rates its recombined one; what has no meaning for a whole is left empty."""
    found: list[Cell] = [f"{split.whole.label['zh']}（合计）"]
    for name in names:
        own = "recombined" if name == "rate" else name
        value = split.whole.get(own)
        found.append("" if value is None else Figure(value, places=4, ref=_ref(split.whole, own)))
    return found


def _note(split: SplitFigures) -> str:
    rest = f"数量单位：{_unit(split.plan)}。合计降幅由各单位的数量与基数重算，不相加、不平均。"
    covered = split.whole.get("covered")
    return rest if covered is None else f"{rest}各单位合计占总体 {covered:.2f}%。"


def _arithmetic(plan: DecompositionPlan) -> Iterator[str]:
    yield f"方法：{_METHODS[plan.method]}；依据：{plan.clause}。"
    if plan.kind == "intensity":
        yield "预计数＝基期数×（1＋预计增速）；允许合计＝基期强度×预计基数×（1－总目标）；应节约＝预计合计－允许合计。"
    else:
        yield "预计数＝基期数×（1＋预计增速）；应节约＝预计合计－总目标允许数（扣除未分解部分）。"
    if plan.calibrated:
        yield "各单位应节约＝应节约合计×（得分×预计数）÷各单位（得分×预计数）之和；降幅＝应节约÷预计数。"
    else:
        yield "降幅＝得分，不作统一校准。"
    for criterion in plan.criteria:
        yield f"准则“{criterion.label.zh}”权重 {criterion.weight}，依据 {criterion.clause}。"
    if plan.bands is not None:
        steps = "、".join(str(step) for step in plan.bands.steps) or f"每 {plan.bands.every}"
        yield f"落档：{steps}（%），依据 {plan.bands.clause}。"


def _checking(plan: DecompositionPlan) -> Iterator[str]:
    yield f"各单位目标为下达数；依据：{plan.clause}。"
    if plan.kind == "intensity":
        yield "合计降幅＝1－（允许数之和÷预计基数之和）÷（基期数之和÷基期基数之和）；缺数时只说合计必在最弱与最强之间。"
    else:
        yield "合计＝各单位下达数之和，与总目标允许数比较。"


def _findings(split: SplitFigures) -> Table | Note:
    rows = [(_SEVERITIES[item["severity"]], item["message"]["zh"], item["next_step"]["zh"]) for item in split.findings]
    return Table([Column("程度", 6), Column("问题", 40), Column("下一步", 24)], rows, name="问题与说明")


def _ref(line: SplitLine, name: str) -> str:
    return f"figure:{line.addresses[name]}" if name in line.addresses else ""


def _unit(plan: DecompositionPlan) -> str:
    """The unit of the amounts as a paper writes it, with its basis."""
    text, _, basis = plan.figures[AMOUNT].unit.text.partition("[")
    word = _UNITS[text] if text in _UNITS else text
    kind = basis.removesuffix("]")
    return f"{word}（{_BASES[kind]}）" if kind in _BASES else word
