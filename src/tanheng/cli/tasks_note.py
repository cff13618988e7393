"""`tanheng tasks note|move|notes`: a leader's note becomes a supervision note, is answered and closed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from tanheng.cli.options import actor_option, as_json_option, day_option, today
from tanheng.cli.output import emit, say, show_table, warn
from tanheng.cli.site import acting, open_site
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words
from tanheng.kernel.faults import Refusal

if TYPE_CHECKING:
    from tanheng.records.supervision import SupervisionNote

_STATES = {
    "opened": ("已立单", "opened"),
    "feedback": ("已反馈", "answered"),
    "returned": ("退回重报", "returned"),
    "closed": ("办结", "closed"),
    "withdrawn": ("已撤回", "withdrawn"),
}


@verb(
    "note",
    "立一张督办单：批示内容、责任单位、任务、办结期限。",
    "Open a supervision note: what, whom, which task, by when.",
)
@option("--task", required=True, zh="任务编号。", en="Id of the task.")
@option("--party", required=True, zh="责任单位。", en="Who is responsible.")
@day_option("--due", zh="办结期限。", en="To be closed by this day.")
@option("--text", required=True, zh="批示内容。", en="What the leader wants.")
@actor_option
@as_json_option
def note(*, task: str, party: str, due: date | None, text: str, actor: str | None, as_document: bool) -> int:
    """Opens a note.

    Refuses  obligation-unknown: no such task; supervision-without-reason; argument-missing: no day to close it by.
    """
    if due is None:
        raise Refusal("argument-missing", command="tanheng tasks note", name="--due")
    open_site()
    from tanheng.records.standing_obligations import open_obligation
    from tanheng.records.supervision import open_note

    found = open_obligation(task, today())
    made = open_note(found.obligation.id, party, due, text, acting(actor))
    _doubted(party, due, (*found.obligation.lead_parties, *found.obligation.supporting_parties))
    return _said(made, as_document=as_document)


@verb(
    "move",
    "督办单下一步：feedback 反馈、returned 退回重报、closed 办结（须有佐证）。",
    "The next move of a note: feedback, returned, closed (with evidence).",
)
@click.argument("number", type=int)
@click.argument("step", type=click.Choice(["feedback", "returned", "closed"]))
@option("--text", required=True, zh="说明。", en="What is said.")
@option("--evidence", default="", zh="佐证编号。", en="Numbers of the evidence.")
@actor_option
@as_json_option
def move(*, number: int, step: str, text: str, evidence: str, actor: str | None, as_document: bool) -> int:
    """Takes a note one move further.

    Refuses  supervision-unknown, supervision-move-unfit, supervision-without-reason.
    """
    open_site()
    from tanheng.records.supervision import move_note

    chosen: Any = step
    return _said(move_note(number, chosen, text, acting(actor), evidence), as_document=as_document)


@verb("notes", "全部督办单：状态、期限、是否逾期。", "All supervision notes: state, due day, overdue or not.")
@as_json_option
def notes(as_document: bool) -> int:
    """Prints every note."""
    open_site()
    from tanheng.records.supervision import notes as all_notes

    found = all_notes()
    if as_document:
        emit({"notes": [_as_json(item) for item in found]})
        return 0
    heads = [(words("编号", "No."), True), (words("状态", "State"), False), (words("期限", "Due"), False)]
    heads += [(words("单位", "Party"), False), (words("任务", "Task"), False), (words("最近内容", "Last said"), False)]
    show_table(heads, [_cells(item) for item in found])
    return 0


def _doubted(party: str, due: date, known: tuple[str, ...]) -> None:
    """A note may go to anybody; a slip in the name or the day would wait for an answer that never comes."""
    if party not in known:
        named = "、".join(known) or "-"
        warn(
            words(
                f"“{party}”不是该任务的牵头或配合单位（{named}）：请核对名称。",
                f"“{party}” neither leads nor supports the task ({named}): check the name.",
            )
        )
    if due < today():
        warn(words(f"办结期限 {due} 已过：请核对。", f"The day to close it by, {due}, is past: check it."))


def _cells(item: SupervisionNote) -> list[str]:
    late = words("（逾期）", " (overdue)") if item.overdue(today()) else ""
    state = words(*_STATES[item.state])
    return [str(item.number), f"{state}{late}", item.due.isoformat(), item.party, item.task, item.steps[-1].text]


def _said(made: SupervisionNote, *, as_document: bool) -> int:
    if as_document:
        emit(_as_json(made))
        return 0
    state = words(*_STATES[made.state])
    say(words(f"督办单 {made.number}：{state}", f"Supervision note {made.number}: {state}"))
    return 0


def _as_json(item: SupervisionNote) -> dict[str, Any]:
    steps = [{**vars(step), "day": step.day.isoformat()} for step in item.steps]
    return {
        "number": item.number,
        "task": item.task,
        "party": item.party,
        "due": item.due.isoformat(),
        "state": item.state,
        "overdue": item.overdue(today()),
        "steps": steps,
    }
