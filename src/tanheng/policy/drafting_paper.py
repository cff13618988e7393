"""A draft as a paper in official layout: notice, plan, annexes."""

from __future__ import annotations

from collections import Counter

from tanheng.papers.paper import Annex, Block, Heading, Paper, Paragraph, numeral
from tanheng.papers.table import grid
from tanheng.policy.drafting import TARGETS, TASKS, TOWNS, UNANSWERED, UNITS, Draft, DraftTarget, DraftTask
from tanheng.policy.plan_words import PlanWords

_ALSO = "、"


def draft_paper(draft: Draft, words: PlanWords) -> Paper:
    """The draft as it goes out for opinions; wherever something is open it says 〔待补〕 and why."""
    said, names = words.drafting.sentences, _names(draft, words)
    blocks: list[Block] = [
        Paragraph(said["number"], indent=False),
        Paragraph(said["to"], indent=False),
        Paragraph(said["opening"].format(**names)),
        Heading(said["chapter_targets"]),
        Paragraph(said["targets"].format(**_counts(draft))),
        Paragraph(said["towns"].format(count=len(draft.of_annex(TOWNS)), units=len(draft.of_annex(UNITS)))),
        *[Paragraph(f"{_sentence(target)}。") for target in draft.of_annex(TARGETS)],
        Heading(said["chapter_tasks"]),
        Paragraph(said["tasks"].format(count=len(draft.tasks), categories=_ALSO.join(_categories(draft)))),
        *_by_category(draft),
        Heading(said["chapter_work"]),
        Paragraph(said["work"].format(unanswered=len(draft.unanswered))),
        Paragraph(said["closing"]),
    ]
    closing = (Paragraph(said["sign"], right=True), Paragraph(said["date"], right=True))
    return Paper(said["notice"].format(title=names["title"]), blocks, closing, _annexes(draft, words))


def draft_title(draft: Draft, words: PlanWords) -> str:
    """The title of the plan itself."""
    return words.drafting.sentences["title"].format(area=draft.area, year=draft.year)


def _names(draft: Draft, words: PlanWords) -> dict[str, str]:
    return {
        "area": draft.area, "year": str(draft.year), "city": draft.city.title, "title": draft_title(draft, words),
        "last": f"《{draft.last.title}》",
    }  # fmt: skip


def _counts(draft: Draft) -> dict[str, int]:
    targets = draft.of_annex(TARGETS)
    left = sum(target.open is not None for target in targets)
    return {"count": len(targets), "set": len(targets) - left, "open": left}


def _sentence(target: DraftTarget) -> str:
    parties = f"（责任单位：{_ALSO.join(target.parties)}）" if target.parties else ""
    subject = target.subject if target.subject not in target.indicator else ""
    return f"{subject}{target.indicator}{target.demand}{parties}"


def _categories(draft: Draft) -> list[str]:
    return list(dict.fromkeys(task.category for task in draft.tasks if task.category))


def _by_category(draft: Draft) -> list[Block]:
    """A heading of the second level for each category, with its count and those who lead."""
    blocks = list[Block]()
    for place, category in enumerate(_categories(draft), 1):
        tasks = [task for task in draft.tasks if task.category == category]
        leads = Counter(name for task in tasks for name in task.lead_parties[:1])
        blocks.append(Heading(f"（{numeral(place)}）{category}", level=2))
        names = _ALSO.join(name for name, _ in leads.most_common())
        blocks.append(Paragraph(f"共{len(tasks)}项，由{names}牵头，见附件4第{_ALSO.join(_numbers(tasks))}项。"))
    return blocks


def _numbers(tasks: list[DraftTask]) -> list[str]:
    return [task.id.partition("-")[2] for task in tasks]


def _annexes(draft: Draft, words: PlanWords) -> tuple[Annex, ...]:
    titles = {name: title.format(year=draft.year) for name, title in words.drafting.annexes.items()}
    heads = ("序号", "指标", "对象", f"{draft.year}年目标", "责任单位", "依据")
    tables = [
        Annex(titles[annex], (grid(heads, _target_rows(draft, annex), (7, 26, 18, 34, 26, 26)),))
        for annex in (TARGETS, TOWNS, UNITS)
    ]
    task_heads = ("序号", "领域", "工作内容", "进度", "牵头单位", "配合单位")
    tasks = [
        (
            task.id.partition("-")[2], task.category, task.text, task.schedule, _ALSO.join(task.lead_parties),
            _ALSO.join(task.supporting_parties),
        )
        for task in draft.tasks
    ]  # fmt: skip
    rows = [
        (
            str(number),
            item.kind,
            item.what,
            item.clause,
            _ALSO.join(item.city_parties),
            _ALSO.join(item.parties) or "待定",
        )
        for number, item in enumerate(draft.unanswered, 1)
    ]
    open_heads = ("序号", "类别", "市级事项", "市级条款", "市级牵头", "区级对口")
    return (
        *tables,
        Annex(titles[TASKS], (grid(task_heads, tasks, (7, 16, 60, 14, 22, 26)),)),
        Annex(titles[UNANSWERED], (grid(open_heads, rows, (7, 10, 60, 18, 24, 24)),)),
    )


def _target_rows(draft: Draft, annex: str) -> list[tuple[str, ...]]:
    return [
        (
            target.id.partition("-")[2], target.indicator, target.subject, target.demand,
            _ALSO.join(target.parties), target.basis or "—",
        )
        for target in draft.of_annex(annex)
    ]  # fmt: skip
