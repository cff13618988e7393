"""The files of a draft: the paper, the annexes as a workbook, what is to be filled in, and the draft as data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tanheng.kernel.faults import Refusal
from tanheng.papers.sheets import Sheet, write_sheets
from tanheng.papers.word import write_word
from tanheng.policy.drafting import TARGETS, TOWNS, UNITS, Draft
from tanheng.policy.drafting_paper import draft_paper, draft_title
from tanheng.policy.plan_words import PlanWords
from tanheng.policy.review_words import OPERATORS
from tanheng.store.atomic import write_bytes

PAPER, ANNEXES, MISSING, DATA = "征求意见稿.docx", "附件.xlsx", "待补数据.xlsx", "draft.json"
_ALSO = "、"
_FORMAT = "tanheng-draft/1"


def write_draft(folder: Path, draft: Draft, words: PlanWords) -> tuple[Path, ...]:
    """Writes the files of a draft into a folder; each is whole or not there.

    Refuses  file-failed: the folder cannot be written to.
    """
    paths = tuple(folder / name for name in (PAPER, ANNEXES, MISSING, DATA))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_word(paths[0], draft_paper(draft, words), words.layout)
        write_sheets(paths[1], _annexes(draft, words), draft_title(draft, words))
        write_sheets(paths[2], [_missing(draft, words)], MISSING.partition(".")[0])
        text = json.dumps(draft_json(draft, words), ensure_ascii=False, indent=1)
        write_bytes(paths[3], text.encode())
    except OSError as error:
        raise Refusal("file-failed", file=error.filename or folder, problem=error.strerror or str(error)) from error
    return paths


def draft_json(draft: Draft, words: PlanWords) -> dict[str, Any]:
    """The draft as one document; `digest` is over what it says, and binds the tables of opinions to it."""
    said: dict[str, Any] = {
        "format": _FORMAT,
        "title": draft_title(draft, words),
        "area": draft.area,
        "year": draft.year,
        "city": draft.city.title,
        "last": draft.last.title,
        "targets": [
            {
                "id": item.id, "annex": item.annex, "indicator": item.indicator, "subject": item.subject,
                "demand": item.demand, "open": _words(item.open), "basis": item.basis, "last": item.last,
                "city": item.city, "actual": item.actual, "parties": list(item.parties),
            }
            for item in draft.targets
        ],
        "tasks": [
            {
                "id": item.id, "category": item.category, "text": item.text, "schedule": item.schedule,
                "lead_parties": list(item.lead_parties), "supporting_parties": list(item.supporting_parties),
                "basis": item.basis, "changes": list(item.changes), "open": [_words(why) for why in item.open],
            }
            for item in draft.tasks
        ],
        "unanswered": [
            {
                "kind": item.kind, "what": item.what, "clause": item.clause, "demand": item.demand,
                "city_parties": list(item.city_parties), "parties": list(item.parties), "named_below": item.named_below,
            }
            for item in draft.unanswered
        ],
    }  # fmt: skip
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return {**said, "digest": hashlib.sha256(text.encode()).hexdigest()}


def read_draft(folder: Path) -> Mapping[str, Any]:
    """The draft that a folder holds.

    Refuses  consult-draft-unreadable: no draft there, or one that was changed by hand.
    """
    path = folder / DATA if folder.is_dir() else folder
    try:
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
        rest = {name: value for name, value in found.items() if name != "digest"}
        text = json.dumps(rest, ensure_ascii=False, sort_keys=True)
        if rest["format"] != _FORMAT or hashlib.sha256(text.encode()).hexdigest() != found["digest"]:
            raise ValueError("digest")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Refusal("consult-draft-unreadable", folder=folder, problem=str(error) or type(error).__name__) from error
    return found


def _words(why: Any) -> dict[str, str] | None:
    return {"zh": why.zh, "en": why.en} if why else None


def _annexes(draft: Draft, words: PlanWords) -> list[Sheet]:
    titles = {name: title.format(year=draft.year) for name, title in words.drafting.annexes.items()}
    heads = ("编号", "指标", "对象", "本年目标", "责任单位", "依据", "市级要求", "上年目标", "上年实绩")
    sheets = [
        Sheet(
            f"附件{number}",
            heads,
            [
                (
                    item.id, item.indicator, item.subject, item.demand, _ALSO.join(item.parties), item.basis, item.city,
                    item.last, item.actual or "未提供",
                )
                for item in draft.of_annex(annex)
            ],
            (8, 28, 18, 36, 26, 26, 22, 26, 14),
            title=titles[annex],
        )
        for number, annex in enumerate((TARGETS, TOWNS, UNITS), 1)
    ]  # fmt: skip
    task_heads = ("编号", "领域", "工作内容", "进度", "牵头单位", "配合单位", "依据", "改动")
    tasks = [
        (
            item.id, item.category, item.text, item.schedule, _ALSO.join(item.lead_parties),
            _ALSO.join(item.supporting_parties), item.basis, "；".join(item.changes),
        )
        for item in draft.tasks
    ]  # fmt: skip
    sheets.append(Sheet("附件4", task_heads, tasks, (8, 16, 60, 12, 20, 26, 26, 30), title=titles["tasks"]))
    rows = [
        (
            item.kind, item.what, item.clause, item.demand, _ALSO.join(item.city_parties),
            _ALSO.join(item.parties) or "待定", "是" if item.named_below else "", "", "",
        )
        for item in draft.unanswered
    ]  # fmt: skip
    open_heads = (
        "类别",
        "市级事项",
        "市级条款",
        "市级要求",
        "市级牵头",
        "区级对口",
        "点名各区",
        "承接单位",
        "不承接理由",
    )
    widths = (8, 60, 16, 26, 22, 22, 9, 16, 26)
    filled = ("承接单位", "不承接理由")
    sheets.append(Sheet("附件5", open_heads, rows, widths, open=filled, title=titles["unanswered"]))
    return sheets


def _missing(draft: Draft, words: PlanWords) -> Sheet:
    """What is to be filled in, in the columns in which figures are read; filled in, it is the workbook of figures."""
    columns = words.drafting.figures
    heads = (*(column.heading for column in columns.values()), "上年目标", "待补原因")
    annexes = {annex: names[0] for annex, names in words.drafting.fields.items()}
    rows = [
        (
            annexes[item.annex], item.subject, item.indicator, item.operator, "", item.unit, item.actual,
            _ALSO.join(item.parties), "", item.last, item.open.zh,
        )
        for item in draft.targets
        if item.open
    ]  # fmt: skip
    rows += [
        (annexes["tasks"], draft.area, label, "", "", "", "", _ALSO.join(item.lead_parties), "", item.text, why.zh)
        for item in draft.tasks
        for label, why in zip(item.open_names, item.open, strict=True)
    ]
    widths = (10, 24, 30, 12, 12, 14, 12, 24, 20, 30, 40)
    filled = tuple(columns[field].heading for field in ("value", "actual", "source"))
    choices = ((columns["operator"].heading, tuple(OPERATORS.values())),)
    return Sheet("待补数据", heads, rows, widths, open=filled, choices=choices)
