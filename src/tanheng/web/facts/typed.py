"""What is typed into fields on a page, and what comes of it: months of a unit's report, or columns of a form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, Protocol, TypeVar

from tanheng.kernel.faults import Refusal
from tanheng.web.facts.entry_cells import LONGEST, EntryCell, judged_cell
from tanheng.web.facts.models import Batch


class Row(Protocol):
    """A row of fields; a place without a field is None."""

    @property
    def id(self) -> Any: ...
    @property
    def cells(self) -> Sequence[EntryCell | None]: ...


class Grid(Protocol):
    """Rows of fields, and the position of the log that they show."""

    @property
    def rows(self) -> Sequence[Any]: ...
    @property
    def seen(self) -> int: ...


Key = TypeVar("Key")
OneRow = TypeVar("OneRow", bound=Row)
OneGrid = TypeVar("OneGrid", bound=Grid)


@dataclass(frozen=True)
class Typed(Generic[Key]):
    """Fields as they came: the values by row and column, the position that the sender had seen, a remark, evidence."""

    values: Mapping[tuple[Key, str], str]
    seen: int
    note: str = ""
    token: str = ""
    evidence: Sequence[tuple[str, bytes]] = ()


@dataclass(frozen=True)
class Entered(Generic[OneGrid]):
    """What came of them: the batch, or the grid with what is wrong in it. `meanwhile`: somebody else was faster."""

    batch: Batch | None
    grid: OneGrid
    meanwhile: bool = False

    @property
    def refusal(self) -> Refusal | None:
        """What a page says above the grid."""
        return Refusal("entry-changed-meanwhile") if self.meanwhile else None


def stopped(grid: OneGrid) -> Entered[OneGrid] | None:
    """What stands in the way of judged fields; None where they may go on.

    Refuses  entry-empty: nothing was changed.
    """
    cells = [cell for row in grid.rows for cell in row.cells if cell is not None]
    if any(cell.is_wrong for cell in cells):
        return Entered(None, grid, any(cell.theirs for cell in cells))
    if not any(cell.is_touched for cell in cells):
        raise Refusal("entry-empty")
    return None


def judged_row(
    row: OneRow, before: OneRow | None, values: Mapping[tuple[Any, str], str], about: Callable[[EntryCell], str]
) -> OneRow:
    """A row as it was typed; `before` is the row as the sender had seen it, `about` what a field's figure is about."""
    cells = list[EntryCell | None]()
    for number, cell in enumerate(row.cells):
        if cell is None or (row.id, cell.column) not in values:
            cells.append(cell)
            continue
        text = values[row.id, cell.column].strip()[:LONGEST]
        earlier = (before.cells[number] if before else None) or EntryCell(cell.column)
        cells.append(judged_cell(cell, earlier, text, about=about(cell)))
    return replace(row, cells=cells)  # type: ignore[type-var]


def with_typed(grid: OneGrid, values: Mapping[tuple[Any, str], str]) -> OneGrid:
    """The grid with what was typed in its fields, unjudged."""

    def typed(row: Row, cell: EntryCell | None) -> EntryCell | None:
        if cell is None or (row.id, cell.column) not in values:
            return cell
        return replace(cell, typed=values[row.id, cell.column])

    rows = [replace(row, cells=[typed(row, cell) for cell in row.cells]) for row in grid.rows]
    return replace(grid, rows=rows)  # type: ignore[type-var]
