"""The score sheet of one subject, and the summary of all: what was scored, by what, and what is still open."""

from __future__ import annotations

from decimal import Decimal

from tanheng.kernel.assessment.entered import Entered
from tanheng.kernel.pack import ScoreItem
from tanheng.papers import Block, Column, Figure, Heading, Note, Paper, Paragraph, Row, Table, ranking
from tanheng.reports.assessed import Assessed, ScoredItem, SubjectSheet
from tanheng.reports.tracing import mark_of, trace_of

_GROUPS = {"target": "目标", "measure": "措施", "bonus": "加分"}
_STAGES = {"self": "自评", "review": "复核", "reply": "申辩", "final": "终评"}
_FORMS = {
    "met": "完成得满分，未完成不得分",
    "proportional": "按完成率计分，最高满分",
    "bands": "按完成率分档计分",
    "over_cap": "未超总量得满分，超出按幅度分档",
    "combination": "按年度、累计目标是否完成组合计分",
    "surplus": "超额部分按档加分",
    "grade": "按另一项考核的等级计分",
    "judged": "由评分部门评定",
}
_MOVES_SHOWN = 12
_OPEN = "未定"


def score_sheet(found: Assessed, sheet: SubjectSheet) -> Paper:
    """The sheet of one subject: each item with its points, how they came about, and where they are explained."""
    columns = (
        Column("类别", 6),
        Column("考核项目", 18),
        Column("分值", 6, places=0, summed=True),
        Column("自评分", 8, places=2),
        Column("得分", 8, places=2, summed=True),
        Column("计分阶段", 6),
        Column("完成率", 8, places=1, unit="%"),
        Column("超额或未达", 9, places=2, unit="%"),
        Column("计分办法和说明", 24),
        Column("佐证编号", 10),
    )
    rows = [Row(_cells(one)) for one in sheet.items]
    blocks: list[Block] = [
        Paragraph(_headline(found, sheet)),
        Table(columns, rows, title="考核评分表", note=_note(found), name="评分表"),
    ]
    sources = list(dict.fromkeys(one.clause for one in sheet.items))
    blocks.append(Note(f"依据：{'；'.join(sources)}。"))
    if said := [message for one in sheet.items for message in _why(one)]:
        blocks += [Heading("待补事项"), *(Paragraph(message) for message in said)]
    return Paper(
        f"{sheet.label['zh']}{found.year}年{found.card.label['zh']}评分表",
        blocks,
        trace=trace_of(found.result),
        mark=mark_of(found.result, found.packs),
    )


def summary(found: Assessed) -> Paper:
    """All subjects in the order of their ranks, and which item would move whose rank."""
    columns = (
        Column("名次", 6, places=0),
        Column("考核对象", 16),
        Column("得分", 8, places=2),
        Column("等级", 8),
        Column("比上年", 8, places=2),
        Column("距前一名", 8, places=2),
        *(Column(item.label["zh"], 9, places=2) for item in found.card.items),
        Column("未定项", 6, places=0),
    )
    rows = [Row(_line(sheet)) for sheet in found.sheets]
    blocks: list[Block] = [
        Paragraph(_overview(found)),
        Table(columns, rows, title="考核结果汇总表", note=_note(found), name="汇总"),
    ]
    ranked = [sheet for sheet in found.sheets if sheet.rank is not None]
    if ranked:
        labels, scores = [sheet.label["zh"] for sheet in ranked], [sheet.score for sheet in ranked]
        blocks.append(ranking("得分排序", labels, scores, unit="分", places=2))
    if found.moves:
        blocks += [Heading("哪一项左右名次"), _moves(found)]
    return Paper(
        f"{found.year}年{found.card.label['zh']}结果汇总",
        blocks,
        trace=trace_of(found.result),
        mark=mark_of(found.result, found.packs),
    )


def _cells(one: ScoredItem) -> tuple[str | Decimal | Figure | None, ...]:
    item = one.item
    points = Figure(one.points, places=2, ref=str(one.address))
    return (
        _GROUPS[item.group],
        item.label["zh"],
        item.points if item.group != "bonus" else Decimal(0),
        "" if one.self_points is None else one.self_points,
        points if item.group != "bonus" or one.points is not None else Figure(None, ref=str(one.address)),
        "完成值" if one.stage is None and item.measure else "" if one.stage is None else _STAGES[one.stage],
        _of(item, one.completion),
        _of(item, one.gap),
        _how(one),
        "、".join(one.entries[-1].evidence) if one.entries else "",
    )


def _how(one: ScoredItem) -> str:
    """How an item is scored; of one that a person scores, what was said at each stage, so that a change is seen."""
    said = [f"{_STAGES[entry.stage]}{_entered(entry)}" for entry in one.entries]
    return "；".join([_FORMS[one.item.form], *said])


def _entered(entry: Entered) -> str:
    points = entry.row.text("points") or entry.row.text("grade") or ("免予考核" if entry.exempt else "未填")
    return f"{points}（{entry.reason}）" if entry.reason else points


def _of(item: ScoreItem, value: Decimal | None) -> Figure | str | None:
    """A rate of what is measured; nothing belongs there for what a person scores."""
    return Figure(value, places=2) if item.measure else ""


def _line(sheet: SubjectSheet) -> tuple[str | Decimal | int | Figure | None, ...]:
    return (
        sheet.rank if sheet.rank is not None else _OPEN,
        sheet.label["zh"],
        Figure(sheet.score, places=2, ref=str(sheet.address)),
        _OPEN if sheet.grade is None else sheet.grade.label["zh"],
        "" if sheet.change is None else sheet.change,
        "" if sheet.to_next is None else sheet.to_next,
        *(Figure(one.points, places=2, ref=str(one.address)) for one in sheet.items),
        sheet.open_items,
    )


def _moves(found: Assessed) -> Table:
    names = {sheet.subject: sheet.label["zh"] for sheet in found.sheets}
    columns = (
        Column("考核对象", 16),
        Column("考核项目", 18),
        Column("得分", 8, places=2),
        Column("分值", 8, places=0),
        Column("现名次", 8, places=0),
        Column("该项得满分时", 10, places=0),
        Column("该项不得分时", 10, places=0),
    )
    rows = []
    for move in found.moves[:_MOVES_SHOWN]:
        item = found.card.item(move.item)
        label = move.item if item is None else item.label["zh"]
        numbers = (move.points, move.of, move.rank, move.rank_with_all, move.rank_with_none)
        rows.append(Row((names[move.subject], label, *numbers)))
    return Table(columns, rows, note="注：其他项目不变时，该项得满分或不得分的名次。", name="左右名次")


def _headline(found: Assessed, sheet: SubjectSheet) -> str:
    if sheet.open_items:
        so_far = f"{sheet.label['zh']}{found.year}年已定项目合计{_points(sheet.score)}分"
        return f"{so_far}，另有{sheet.open_items}项未定，暂不定级、不排名。"
    grade = "" if sheet.grade is None else f"，等级为{sheet.grade.label['zh']}"
    rank = "" if sheet.rank is None else f"，排第{sheet.rank}名"
    change = "" if sheet.change is None else f"，比上年{'增' if sheet.change >= 0 else '减'}{abs(sheet.change):.2f}分"
    return f"{sheet.label['zh']}{found.year}年得{_points(sheet.score)}分{grade}{rank}{change}。"


def _overview(found: Assessed) -> str:
    ranked = [sheet for sheet in found.sheets if sheet.rank is not None]
    open_ones = len(found.sheets) - sum(1 for sheet in found.sheets if not sheet.open_items)
    grades = [
        f"{grade.label['zh']}{count}个"
        for grade in found.card.grades
        if (count := sum(1 for sheet in found.sheets if sheet.grade == grade))
    ]
    told = f"共考核{len(found.sheets)}个对象，{len(ranked)}个得分完整"
    told += f"，其中{'、'.join(grades)}" if grades else ""
    return f"{told}；{open_ones}个尚有未定项目。" if open_ones else f"{told}。"


def _note(found: Assessed) -> str:
    status = "" if found.card.status == "verified" else "评分表取自转载或示例，尚未与原文核实。"
    return f"注：计分至{_STAGES[found.stage]}阶段；加分项不计入分值合计。{status}"


def _why(one: ScoredItem) -> list[str]:
    return [str(finding["message"]["zh"]) for finding in one.why]


def _points(score: Decimal | None) -> str:
    return "0" if score is None else f"{score:.2f}"
