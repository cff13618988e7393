"""`tanheng tasks list`: where every task of a year stands; with --party the page of duties of one department."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tanheng.cli.options import as_json_option, day_option, out_option, period_option, today
from tanheng.cli.output import as_json, emit, say, say_written, show_findings, show_table
from tanheng.cli.site import open_site
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words
from tanheng.kernel.obligation.tracking import Stand, Tracked
from tanheng.kernel.period import Period

if TYPE_CHECKING:
    from tanheng.records.tracking import TaskBoard

STANDS = {
    Stand.OVERDUE: ("逾期", "overdue"),
    Stand.UNPROVED: ("缺佐证", "without evidence"),
    Stand.AT_RISK: ("滞后", "at risk"),
    Stand.DUE_SOON: ("临期", "due soon"),
    Stand.SILENT: ("未填报", "nothing reported"),
    Stand.STALE: ("久未更新", "not updated"),
    Stand.ON_TRACK: ("推进中", "on track"),
    Stand.DONE: ("已完成", "done"),
}


@verb(
    "list",
    "任务一览：逾期、滞后、临期、未填报在前；--party 只看一个单位牵头或配合的任务和目标。",
    "Where every task stands: overdue, at risk, due soon, silent first; --party for the duties of one department.",
)
@period_option(required=True, zh="计划年度，如 2025。", en="The year of the plan, such as 2025.")
@day_option("--known-on", zh="截至日期，默认今天。", en="As of this day; today by default.")
@option("--party", zh="只看这个单位。", en="Only what this department has a part in.")
@option("--instrument", zh="只看这份文件的任务。", en="Only the tasks of this document.")
@out_option(zh="把一览写到这个目录（Word、PDF、Excel）。", en="Write the list into this folder (Word, PDF, Excel).")
@as_json_option
def list_(
    *,
    period: Period,
    known_on: date | None,
    party: str | None,
    instrument: str | None,
    out: Path | None,
    as_document: bool,
) -> int:
    """Prints the board of a year.

    Refuses  tasks-none, instrument-unknown; duties-none: the party has no part in anything.
    """
    open_site()
    from tanheng.records.tracking import task_board
    from tanheng.store import load_packs

    packs = load_packs()
    board = task_board(period.start.year, known_on or today(), packs, instrument=instrument)
    board = board.of(party) if party is not None else board
    written = None
    if out is not None:
        from tanheng.reports.duties import duties
        from tanheng.reports.three_forms import write_papers

        title = f"{party or '全部单位'}{board.year}年任务一览"
        written = write_papers(out, {title: duties(board, party, STANDS)}, packs)
    if as_document:
        files = [] if written is None else [str(path) for path in written.paths]
        emit({**board_json(board), "files": files})
        return 0
    _show(board)
    say_written(() if written is None else written.paths)
    show_findings(as_json(() if written is None else written.findings))
    return 0


def board_json(board: TaskBoard) -> dict[str, Any]:
    """The board as one document."""
    return {
        "year": board.year,
        "day": board.day.isoformat(),
        "rules": {name: getattr(board.rules, name) for name in ("behind_by", "warn_days", "stale_days")},
        "tasks": [_task_json(item) for item in board.tasks],
        "targets": [target.id for target in board.targets],
        "unplaced": [{"place": row.place, "task": row.text("task")} for row in board.unplaced],
    }


def _task_json(item: Tracked) -> dict[str, Any]:
    last = item.last
    return {
        "id": item.task.id,
        "task": item.task.label.zh,
        "lead": list(item.task.lead_parties),
        "supporting": list(item.task.supporting_parties),
        "stand": str(item.stand),
        "due": item.schedule.due.isoformat() if item.schedule.due else None,
        "days_left": item.days_left,
        "expected": None if item.expected is None else f"{item.expected:.1f}",
        "completion": None if last is None or last.completion is None else str(last.completion),
        "progress": None if last is None else last.row.text("progress"),
        "evidence": None if last is None else last.evidence,
        "place": None if last is None else last.row.place,
        "reports": len(item.reports),
    }


def _show(board: TaskBoard) -> None:
    counts = Counter(item.stand for item in board.tasks)
    told = "，".join(f"{words(*STANDS[stand])} {counts[stand]}" for stand in STANDS if counts[stand])
    say(
        words(f"{board.year} 年任务 {len(board.tasks)} 项：{told}", f"{len(board.tasks)} tasks of {board.year}: {told}")
    )
    order = list(STANDS)
    rows = sorted(board.tasks, key=lambda item: (order.index(item.stand), item.days_left or 0, item.task.id))
    heads = [(words("状态", "Stand"), False), (words("任务", "Task"), False), (words("牵头", "Lead"), False)]
    heads += [(words("时限", "Due"), False), (words("剩余天数", "Days left"), True), (words("完成率", "Done"), True)]
    show_table(heads, [_cells(item) for item in rows])
    rules = board.rules
    say(
        words(
            f"滞后：时间进度超过完成率 {rules.behind_by} 个百分点；临期：{rules.warn_days} 天内；"
            f"久未更新：{rules.stale_days} 天没有新填报。",
            f"At risk: time has run {rules.behind_by} points ahead of the work; due soon: "
            f"within {rules.warn_days} days; not updated: no report for {rules.stale_days} days.",
        ),
        "dim",
    )
    if board.unplaced:
        count = len(board.unplaced)
        say(
            words(
                f"另有 {count} 行进展不对应任何任务（--json 可查）。",
                f"{count} reported rows belong to no task (--json).",
            )
        )


def _cells(item: Tracked) -> list[str]:
    done = item.last.completion if item.last is not None else None
    return [
        words(*STANDS[item.stand]),
        item.task.label.zh if words("zh", "en") == "zh" else item.task.label.en,
        "、".join(item.task.lead_parties),
        item.schedule.due.isoformat() if item.schedule.due else item.task.schedule or "–",
        "–" if item.days_left is None else str(item.days_left),
        "–" if done is None else f"{done}%",
    ]
