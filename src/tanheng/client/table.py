"""A table of a site: rows with named columns, each with its unit; shown well in a notebook, handed on to pandas or
Polars, and every figure in it can be asked why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any, overload

from tanheng.client.answers import refused

if TYPE_CHECKING:
    import pandas
    import polars

    from tanheng.client.explanation import Explanation

Row = Mapping[str, Any]
_SHOWN = 60


@dataclass(frozen=True)
class Column:
    """A column: its name, what it is called, and its unit with its basis; `is_figure` where cells are exact numbers."""

    name: str
    label: str = ""
    unit: str = ""
    is_figure: bool = False

    @property
    def heading(self) -> str:
        """The name with its unit, as data frames carry it: `co2 [tCO2]`."""
        return f"{self.name} [{self.unit}]" if self.unit else self.name


@dataclass(frozen=True)
class Table:
    """Rows in the order of the site. Figures are exact `Decimal`s; what has no value is None and never zero."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    addresses: tuple[Mapping[str, tuple[str, str]], ...] = field(default=(), repr=False)
    ask: Callable[[str, str], Explanation] | None = field(default=None, repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    @overload
    def __getitem__(self, key: int) -> Row: ...
    @overload
    def __getitem__(self, key: str) -> list[Any]: ...
    def __getitem__(self, key: int | str) -> Row | list[Any]:
        """A row by its number, or a column by its name."""
        if isinstance(key, int):
            return self.rows[key]
        return [row[self.column(key).name] for row in self.rows]

    def column(self, name: str) -> Column:
        """The column of that name.

        Refuses  no-such-column.
        """
        found = next((item for item in self.columns if item.name == name), None)
        if found is None:
            raise refused("no-such-column", column=name, known=", ".join(item.name for item in self.columns))
        return found

    def where(self, **fixed: object) -> Table:
        """The rows whose cells are these: `table.where(level="district")`.

        Refuses  no-such-column.
        """
        names = [self.column(name).name for name in fixed]
        kept = [number for number, row in enumerate(self.rows) if all(row[name] == fixed[name] for name in names)]
        addresses = tuple(self.addresses[number] for number in kept) if self.addresses else ()
        return replace(self, rows=tuple(self.rows[number] for number in kept), addresses=addresses)

    def explain(self, row: int, column: str = "") -> Explanation:
        """Why a figure of a row has its value: of the column that is named, or of the first that has a reason.

        Refuses  figure-not-explained: nothing in this row was computed; whatever explaining refuses.
        """
        known = self.addresses[row] if self.addresses else {}
        chosen = column or next(iter(known), "")
        if self.ask is None or chosen not in known:
            raise refused("figure-not-explained", column=column or "-", known=", ".join(known) or "-")
        return self.ask(*known[chosen])

    def to_polars(self) -> polars.DataFrame:
        """A Polars frame; headings carry the units, figures are 64-bit floats: nearest to the exact ones."""
        import polars

        return polars.DataFrame(self._columns())

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas frame; headings carry the units, figures are 64-bit floats: nearest to the exact ones."""
        import pandas

        return pandas.DataFrame(self._columns())

    def _columns(self) -> dict[str, list[Any]]:
        return {item.heading: [_framed(row[item.name], item) for row in self.rows] for item in self.columns}

    def _repr_html_(self) -> str:
        """The first rows for a notebook: units in the head, what has no value as a stroke."""
        heads = "".join(f"<th>{escape(item.label or item.name)}{_unit(item)}</th>" for item in self.columns)
        lines = "".join(f"<tr>{self._cells(row)}</tr>" for row in self.rows[:_SHOWN])
        more = f"<p>… {len(self) - _SHOWN} more</p>" if len(self) > _SHOWN else ""
        head = f"<table><caption>{escape(self.title)} ({len(self)})</caption>"
        return f"{head}<thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>{more}"

    def _cells(self, row: Row) -> str:
        return "".join(
            f'<td style="text-align:{"right" if item.is_figure else "left"}">{escape(said(row[item.name]))}</td>'
            for item in self.columns
        )

    def __str__(self) -> str:
        heads = [item.heading for item in self.columns]
        lines = [[said(row[item.name]) for item in self.columns] for row in self.rows[:_SHOWN]]
        return "\n".join(["\t".join(heads), *("\t".join(line) for line in lines)])


def said(value: object) -> str:
    """A cell as people read it."""
    if value is None:
        return "—"
    return f"{value:,f}" if isinstance(value, Decimal) else str(value)


def _unit(column: Column) -> str:
    return f"<br><small>{escape(column.unit)}</small>" if column.unit else ""


def _framed(value: object, column: Column) -> object:
    if value is None or isinstance(value, (str, bool, int, float, date, datetime)):
        return value
    return float(value) if column.is_figure and isinstance(value, Decimal) else str(value)


def table_of(title: str, rows: Sequence[Row]) -> Table:
    """A table of rows that have the same plain cells; the names of its columns are those of the rows."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    figures = {name for row in rows for name, value in row.items() if isinstance(value, Decimal)}
    columns = tuple(Column(name, is_figure=name in figures) for name in names)
    return Table(title, columns, tuple(rows))
