"""What is downloaded of a split, and read back: the table of a round, the table of opinions, the proposal itself."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from tanheng.kernel.faults import Refusal
from tanheng.kernel.obligation.decomposition import Request
from tanheng.kernel.pack.decomposition_plan import DecompositionPlan
from tanheng.kernel.pack.planning_shapes import PolicyDrafting
from tanheng.papers import Paper, Paragraph
from tanheng.papers.layout import layout_for
from tanheng.papers.pdf import pdf_bytes
from tanheng.papers.table import grid
from tanheng.papers.word import word_bytes
from tanheng.papers.workbook import workbook_bytes
from tanheng.records.rounds import KeptRound
from tanheng.records.split_opinions import opinions_that_count
from tanheng.reports.decomposition import decomposition_paper
from tanheng.reports.decomposition_figures import SplitFigures
from tanheng.reports.split_round_sheet import FilledLine, RoundLine, read_round, write_round
from tanheng.store.packs_in_use import packs_in_use
from tanheng.web.directory.scope import Scope
from tanheng.web.obligations.split_sight import reads_whole, required_lead, split_seen
from tanheng.web.obligations.splits import whole_split

FORMS: Mapping[str, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
PAPERS = ("round", "opinions", "proposal")
_HEADS = ("序号", "单位", "草案数", "意见", "理由", "采纳情况", "采纳理由")
_WIDTHS = (6, 14, 10, 30, 26, 12, 28)
_OUTCOMES = {"adopted": "采纳", "partly": "部分采纳", "not": "不采纳", "open": "待定"}
_ALL = Decimal(100)


def split_file(id: str, paper: str, form: str, scope: Scope) -> tuple[str, bytes]:
    """A paper of a split in one form: its file name and its content.

    Gives    the table of the last round (Excel), the table of opinions, or what the values come to (Word, PDF, Excel).
    Refuses  split-unknown: none in reach, no such paper, or one that the reader may not have: it names every subject.
    """
    plan, rounds = split_seen(id, scope)
    if paper not in PAPERS or form not in FORMS or not reads_whole(scope, plan):
        raise Refusal("split-unknown", plan=id)
    if paper == "round":
        return f"{plan.label.zh}（第{rounds[-1].round.number}轮）.xlsx", round_table(plan, rounds, scope)
    made = _opinions(plan, rounds, scope) if paper == "opinions" else decomposition_paper(_figures(rounds[-1]))
    return f"{made.title}.{form}", _content(made, form)


def round_table(plan: DecompositionPlan, rounds: Sequence[KeptRound], scope: Scope) -> bytes:
    """The table of the last round as a workbook to be filled in."""
    lines = _lines(plan, rounds, scope)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "round.xlsx"
        write_round(path, plan.id, f"{plan.label.zh}（第{rounds[-1].round.number}轮）", lines, _words())
        return path.read_bytes()


def filled_round(id: str, name: str, content: bytes, scope: Scope) -> list[FilledLine]:
    """What a workbook that came back says; nothing is recorded.

    Refuses  split-unknown, not-permitted; split-workbook-unfit; whatever opening the file refuses.
    """
    plan, _ = required_lead(id, scope)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"sent{Path(name).suffix[:6]}"
        path.write_bytes(content)
        return read_round(path, name, plan.id, _words())


def _lines(plan: DecompositionPlan, rounds: Sequence[KeptRound], scope: Scope) -> list[RoundLine]:
    figures, answers = _figures(rounds[-1]), opinions_that_count(plan.id, rounds)
    values = {item.subject: item.value for item in rounds[-1].round.values}
    bases = {line.subject: base for line in figures.lines if (base := line.get("base")) is not None}
    whole, last = sum(bases.values(), Decimal(0)), {item.id: item.last for item in plan.subjects}
    decided = {item.subject: item for kept in rounds for item in kept.round.requests}
    found = []
    for line in figures.lines:
        if line.subject not in values:
            continue
        base = bases[line.subject] if line.subject in bases else None
        share = (base / whole * _ALL).quantize(Decimal("0.01")) if base is not None and whole else None
        given = answers[line.subject].opinion if line.subject in answers else None
        request = decided[line.subject] if line.subject in decided else None
        found.append(
            RoundLine(
                line.subject, line.label["zh"], last[line.subject], base, share, values[line.subject],
                given.asked if given else request.asked if request else "", given.reason if given else "",
                _OUTCOMES[request.outcome] if request and request.outcome != "open" else "",
                request.reason if request else "",
            )
        )  # fmt: skip
    return found


def _opinions(plan: DecompositionPlan, rounds: Sequence[KeptRound], scope: Scope) -> Paper:
    """The table of opinions: who asked for what, what became of it, why; and who has not answered."""
    answers = opinions_that_count(plan.id, rounds)
    decided = {(item.subject, item.asked): item for kept in rounds for item in kept.round.requests}
    waiting = {(subject, given.opinion.asked): Request(_name(subject, scope), subject, given.opinion.asked, "open", "")
               for subject, given in answers.items() if given.opinion.asked}  # fmt: skip
    rows = [
        _row(number, item, plan, rounds, answers, scope)
        for number, item in enumerate({**waiting, **decided}.values(), 1)
    ]
    silent = [value.subject for value in rounds[-1].round.values if value.subject not in answers]
    told = f"共征求{len(rounds[-1].round.values)}家单位意见，答复{len(answers)}家，提出意见{len(rows)}条。"
    late = (
        [Paragraph(f"未答复的单位：{'、'.join(_name(item, scope) for item in silent)}。")] if silent and answers else []
    )
    return Paper(f"{plan.label.zh}意见采纳情况表", [Paragraph(told), *late, grid(_HEADS, rows, _WIDTHS)])


def _row(number, item: Request, plan, rounds, answers, scope: Scope) -> tuple[str, ...]:
    sent = next(
        (kept.round for kept in reversed(rounds) if kept.round.stage in ("draft", "adjusted", "opinions")), None
    )
    value = next((one for one in (sent.values if sent else ()) if one.subject == item.subject), None)
    why = answers[item.subject].opinion.reason if item.subject in answers else ""
    name = _name(item.subject, scope) if item.subject else item.party
    return (str(number), name, "" if value is None else f"{value.value}{value.unit}", item.asked, why,
            _OUTCOMES[item.outcome], item.reason)  # fmt: skip


def _figures(kept: KeptRound) -> SplitFigures:
    return whole_split(json.dumps(kept.round.as_json(), sort_keys=True))


def _content(paper: Paper, form: str) -> bytes:
    if form == "xlsx":
        return workbook_bytes(paper)
    layout = layout_for(packs_in_use(), paper.use)
    return word_bytes(paper, layout) if form == "docx" else pdf_bytes(paper, layout)[0]


def _words() -> Mapping[str, Sequence[str]]:
    """How outcomes are written, by the packs in use; the last pack that says it counts."""
    found = packs_in_use().all(PolicyDrafting)
    return dict(found[-1].outcomes.items()) if found else {name: (word,) for name, word in _OUTCOMES.items()}


def _name(subject: str, scope: Scope) -> str:
    return scope.ground.directory.label_of(subject, "zh") if scope.ground.knows(subject) else subject
