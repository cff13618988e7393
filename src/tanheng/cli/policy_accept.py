"""`tanheng policy accept`: a reviewed workbook becomes obligations, or every problem of it is named with its cell."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tanheng.cli.options import actor_option, as_json_option
from tanheng.cli.output import as_json, emit, say, show_findings, working
from tanheng.cli.site import acting, nobody, open_site
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words
from tanheng.kernel.faults import blockers

if TYPE_CHECKING:
    from tanheng.policy.review_reading import Review
    from tanheng.records.obligations import RecordedReview


@verb(
    "accept",
    "登记复核过的工作簿：接受、更正和拒绝的提议，连同原文件一并存档。\n\n"
    "有问题的单元格一次列全，退出码为 1，什么也不登记。重复登记不产生新记录。",
    "Record a reviewed workbook: what was accepted, corrected and rejected, with the document beside it.\n\n"
    "All cells that cannot be used are named at once; then nothing is recorded and the exit code is 1.",
)
@click.argument("workbook", type=click.Path(dir_okay=False, path_type=Path))
@option(
    "--document",
    type=click.Path(dir_okay=False, path_type=Path),
    zh="被复核的原文件，默认为工作簿旁的同名文件。",
    en="The document that was reviewed; by default the one beside the workbook.",
)
@option(
    "--id", "instrument", zh="文件编号，默认用工作簿“说明”页所填。", en="Id of the document; the workbook's by default."
)
@option("--dry-run", is_flag=True, zh="只试算，不登记。", en="Say what would be recorded and record nothing.")
@actor_option
@as_json_option
def accept(
    workbook: Path, document: Path | None, instrument: str | None, dry_run: bool, actor: str | None, as_document: bool
) -> int:
    """Reads a reviewed workbook and records its decisions.

    Refuses  whatever reading the workbook and recording the review refuse.
    """
    open_site()
    from tanheng.policy.review_reading import read_review
    from tanheng.records.obligations import record_review

    with working(words(f"正在读取 {workbook.name}", f"Reading {workbook.name}")):
        review = read_review(workbook, document, instrument)
    if blockers(review.findings):
        _answer(review, None, as_document=as_document)
        return 1
    who = nobody() if dry_run else acting(actor)
    done = record_review(review.instrument, review.decisions, who, note=workbook.name, dry_run=dry_run)
    _answer(review, done, as_document=as_document)
    return 0


def _answer(review: Review, done: RecordedReview | None, *, as_document: bool) -> None:
    if as_document:
        emit(_document(review, done))
        return
    show_findings(as_json(review.findings))
    if done is not None:
        say(_said(review, done))


def _document(review: Review, done: RecordedReview | None) -> dict[str, Any]:
    counted = None if done is None else vars(done)
    return {
        "instrument": review.instrument.id,
        "recorded": counted,
        "undecided": len(review.undecided),
        "decisions": [
            {"id": item.obligation.id, "decision": item.name, "proposed": dict(item.proposed), "reason": item.reason}
            for item in review.decisions
        ],
        "findings": as_json(review.findings),
    }


def _said(review: Review, done: RecordedReview) -> str:
    at = words("未登记（试算或无新内容）", "nothing recorded") if done.position is None else ""
    where = at or words(f"登记于第 {done.position} 条日志", f"recorded at position {done.position}")
    return words(
        f"{review.instrument.id}：接受 {done.accepted}，更正 {done.corrected}，拒绝 {done.rejected}，"
        f"待定 {len(review.undecided)}；其中新增 {done.new}，变更 {done.changed}，未变 {done.unchanged}；{where}。",
        f"{review.instrument.id}: {done.accepted} accepted, {done.corrected} corrected, {done.rejected} rejected, "
        f"{len(review.undecided)} open; {done.new} new, {done.changed} changed, {done.unchanged} unchanged; {where}.",
    )
