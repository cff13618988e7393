"""`tanheng policy list`: what documents demand, as recorded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from tanheng.cli.options import as_json_option, day_option, today
from tanheng.cli.output import emit, say, show_table
from tanheng.cli.site import open_site
from tanheng.cli.verb import option, verb
from tanheng.cli.words import language, words
from tanheng.kernel.obligation import Target, document_of

if TYPE_CHECKING:
    from tanheng.records.standing_obligations import RecordedObligation

_LONGEST_LIST = 3


@verb(
    "list",
    "列出已登记的目标和任务；被替代或修改的也列出，并注明。",
    "List the recorded targets and tasks, those that were replaced or amended too, marked.",
)
@option("--instrument", zh="只列一份文件的。", en="Those of one document only.")
@day_option("--on", zh="按哪一天判断是否有效，默认今天。", en="The day on which they count or not; today by default.")
@option(
    "--position", type=int, zh="按日志的哪一条，默认最后一条。", en="As of a position of the log; the last by default."
)
@as_json_option
def list_(instrument: str | None, on: date | None, position: int | None, as_document: bool) -> int:
    """Lists obligations as of a position of the log.

    Refuses  instrument-unknown, log-position-unknown.
    """
    open_site()
    from tanheng.records.standing_obligations import obligations_as_of

    found = obligations_as_of(on or today(), position, instrument=instrument)
    if as_document:
        emit({"obligations": [obligation_json(item) for item in found]})
        return 0
    heads = [(words("编号", "Id"), False), (words("内容", "What"), False), (words("牵头", "Lead"), False)]
    heads += [(words("期限", "Due"), False), (words("状态", "State"), False)]
    if found:
        show_table(heads, [_row(item) for item in found])
    counting = sum(item.counts for item in found)
    say(words(f"共 {len(found)} 项，有效 {counting} 项。", f"{len(found)} obligations, {counting} count."))
    return 0


def obligation_json(item: RecordedObligation) -> dict[str, Any]:
    """An obligation as the command line prints it: its exchange form, and what is recorded about it."""
    ended = item.ended_by
    return {
        **document_of(item.obligation),
        "instrument": item.instrument.instrument,
        "decision": item.row.decision,
        "proposer": item.row.proposer,
        "proposed": dict(item.row.proposed),
        "span": list(item.row.span),
        "position": item.row.position,
        "counts": item.counts,
        "ended_by": None
        if ended is None
        else {"kind": ended.kind, "later": ended.later, "from": ended.start.isoformat()},
    }


def _row(item: RecordedObligation) -> tuple[str, ...]:
    due = item.obligation.demand.by if isinstance(item.obligation, Target) else item.obligation.schedule
    return (item.obligation.id, item.obligation.label[language()], _leads(item), due, state_of(item))


def state_of(item: RecordedObligation) -> str:
    """Whether it counts, and what has ended it."""
    if item.ended_by is None:
        return words("有效", "counts")
    said: Mapping[str, str] = {
        "supersedes": words(f"由 {item.ended_by.later} 替代", f"replaced by {item.ended_by.later}"),
        "amends": words(f"由 {item.ended_by.later} 修改", f"amended by {item.ended_by.later}"),
    }
    return said[item.ended_by.kind]


def _leads(item: RecordedObligation) -> str:
    names = item.obligation.lead_parties
    more = words(f" 等{len(names)}家", f" … {len(names)}") if len(names) > _LONGEST_LIST else ""
    return "、".join(names[:_LONGEST_LIST]) + more
