"""The tables of targets and tasks that packs bring: what of them is registered, and where their adopting stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import InstrumentShape
from tanheng.kernel.pack.obligation_shapes import TargetTable, TaskTable
from tanheng.records.procedures import procedure_of
from tanheng.records.selecting import log_position
from tanheng.records.standing_obligations import obligations_as_of
from tanheng.store.packs_in_use import packs_in_use
from tanheng.web.cases.selectors import Line, line_of, opening_for, rows_seen
from tanheng.web.directory.scope import Scope
from tanheng.web.ui.words import said

PROCEDURE = "adopting"
_TABLE = "table/"


@dataclass(frozen=True)
class TableLine:
    """A table: its document, how many rows it has and how many are registered; its case, or where one is opened."""

    id: str
    document: str
    number: str
    rows: int
    registered: int
    line: Line | None
    open_href: str


def table_lines(scope: Scope) -> Sequence[TableLine]:
    """The tables of the packs in use.

    Refuses  not-permitted: the mandate has no part in adopting.
    """
    procedure = procedure_of(PROCEDURE)
    if not scope.sees_all and scope.role.id not in procedure.roles:
        raise Refusal("not-permitted", act=PROCEDURE)
    packs, may_open = packs_in_use(), opening_for(procedure, scope) is not None
    standing = {item.obligation.id for item in obligations_as_of(scope.day, log_position())}
    cases = {row.about: row for row in rows_seen(PROCEDURE, scope) if row.state != "withdrawn"}
    found = []
    for table in (*packs.all(TargetTable), *packs.all(TaskTable)):
        head, about = packs.get(InstrumentShape, table.instrument), f"{_TABLE}{table.id}"
        registered = sum(1 for entry in table.entries if entry.id in standing)
        line = line_of(cases[about], scope) if about in cases else None
        href = _open_href(said(head.label), about) if may_open and line is None else ""
        found.append(TableLine(table.id, said(head.label), head.number, len(table.entries), registered, line, href))
    return sorted(found, key=lambda item: (item.registered == item.rows, item.id))


def _open_href(document: str, about: str) -> str:
    return f"{reverse('new_case', args=[PROCEDURE])}?{urlencode({'title': document[:280], 'about': about})}"
