"""Lazy columns whose keys are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self

import polars as pl

from tanheng.kernel.faults import Refusal
from tanheng.kernel.quantity import Formula
from tanheng.kernel.table.expression import as_column

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Table:
    """Columns, of which `keys` tell the rows apart. Nothing is computed until rows are asked for.

    `combinations` are the distinct combinations of some columns, where they have been counted once for all that
    will ask; an operation that could change them forgets them.
    """

    frame: pl.LazyFrame
    keys: tuple[str, ...]
    combinations: pl.DataFrame | None = None

    # ---- making one
    @staticmethod
    def of_rows(rows: Iterable[Row], schema: Mapping[str, Any], *, keys: Sequence[str]) -> Table:
        """A table of rows with the columns of `schema` (TEXT, DAY, NUMBER, COUNT, BOOLEAN or an enumeration)."""
        return Table(pl.LazyFrame(list(rows), schema=dict(schema), orient="row"), tuple(keys))

    @staticmethod
    def of_columns(columns: Mapping[str, tuple[Any, Sequence[Any]]], *, keys: Sequence[str]) -> Table:
        """A table of columns, each with its kind and its values."""
        series = {name: pl.Series(name, values, dtype=kind) for name, (kind, values) in columns.items()}
        return Table(pl.LazyFrame(series), tuple(keys))

    @staticmethod
    def enumeration(values: Iterable[str]) -> pl.Enum:
        """A column kind for text that takes few values: held as small integers, joined and grouped as such."""
        return pl.Enum(sorted(set(values)))

    # ---- asking it
    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(self.frame.collect_schema().names())

    def kinds(self, columns: Sequence[str]) -> dict[str, Any]:
        """The kinds of some columns, for making a table that joins to this one."""
        schema = self.frame.collect_schema()
        return {column: schema[column] for column in columns}

    def rows(self) -> list[dict[str, Any]]:
        """All rows, as dictionaries."""
        return self.frame.collect().to_dicts()

    def height(self) -> int:
        """The number of rows."""
        return int(self.frame.select(pl.len()).collect().item())

    def distinct(self, columns: Sequence[str]) -> list[tuple[Any, ...]]:
        """The combinations that occur in some columns, in ascending order."""
        known = self.combinations
        settled = known is not None and set(columns) <= set(known.columns)
        frame = known.lazy() if known is not None and settled else self.frame
        return frame.select(columns).unique().sort(columns).collect().rows()

    def with_combinations(self, *columns: str) -> Table:
        """The same table, knowing the combinations that occur in some columns: one pass instead of one a question."""
        return replace(self, combinations=self.frame.select(columns).unique().collect())

    def values(self, column: str) -> list[Any]:
        """One column."""
        return self.frame.select(column).collect().to_series().to_list()

    def count(self, by: Sequence[str], *, different: str | None = None) -> Table:
        """How many rows each combination of some columns has, as `count`; and how many values of `different`."""
        counts = {"count": pl.len()} | ({"different": pl.col(different).n_unique()} if different else {})
        counts = {name: count.cast(pl.Int64) for name, count in counts.items()}
        return Table(self.frame.group_by(list(by)).agg(**counts), tuple(by))

    def runs(self, by: Sequence[str], *, rising: str) -> Table | None:
        """The runs of equal `by` in which the rows stand, each with its `count`; None where `rising` does not rise.

        Where no combination of `by` has two runs, none has a value of `rising` twice: one pass over rows in their
        order tells what counting the different values would.
        """
        starts = pl.any_horizontal([pl.col(name).ne_missing(pl.col(name).shift()) for name in by])
        rises = pl.col(rising) > pl.col(rising).shift()
        found = self.frame.select(starts=starts, rises=starts | rises).collect()
        if not found["rises"].all():
            return None
        first = found["starts"].arg_true()
        ends = first.shift(-1, fill_value=found.height)
        runs = self.frame.select(by).collect()[first].with_columns(count=(ends - first).cast(pl.Int64))
        return Table(runs.lazy(), tuple(by))

    def has_key(self, columns: Sequence[str]) -> bool:
        """Whether no two rows have the same values in some columns."""
        kept = self.frame.select(columns).unique().select(pl.len()).collect().item()
        return bool(kept == self.height())

    def has_empty(self, column: str) -> bool:
        """Whether any cell of a column is empty."""
        return bool(self.frame.select(pl.col(column).has_nulls()).collect().item())

    def magnitude(self, columns: Sequence[str]) -> dict[str, float]:
        """The sum of the absolute values of some columns, as doubles: enough to tell whether a sum fits."""
        found = self.frame.select(pl.col(columns).cast(pl.Float64).abs().sum()).collect().row(0, named=True)
        return {column: float(value) for column, value in found.items()}

    # ---- narrowing and widening
    def keyed(self, *keys: str) -> Table:
        """The same rows under other keys."""
        return replace(self, keys=keys)

    def collected(self) -> Table:
        """The same table with everything computed so far held in memory.

        Refuses  result-too-large: a row result that does not fit the whole numbers of its grid.
        """
        try:
            return replace(self, frame=self.frame.collect().lazy())
        except pl.exceptions.InvalidOperationError as error:
            # the only conversion that can fail is that of a row result to whole numbers
            raise Refusal("result-too-large", problem=str(error).splitlines()[0]) from error

    def where(self, **equal: str | date) -> Table:
        """The rows in which each named column has the given value."""
        kinds = self.kinds(list(equal))
        return self._filtered(set(equal), *(_equals(name, value, kinds[name]) for name, value in equal.items()))

    def where_in(self, column: str, values: Iterable[str]) -> Table:
        """The rows whose `column` is one of `values`."""
        return self._filtered({column}, _one_of(column, values, self.frame.collect_schema()[column]))

    def where_any(self, alternatives: Iterable[Mapping[str, Sequence[Any]]]) -> Table:
        """The rows that one of several alternatives describes: in each named column one of the given values."""
        found = list(alternatives)
        kinds = self.kinds([name for each in found for name in each])
        tests = [[_one_of(name, values, kinds[name]) for name, values in each.items()] for each in found]
        return self._filtered(set(kinds), pl.any_horizontal([pl.all_horizontal(each) for each in tests]))

    def parted(self, column: str, values: Iterable[Any]) -> tuple[Table, Table]:
        """The rows whose `column` is one of `values`, and all the others."""
        inside = _one_of(column, values, self.frame.collect_schema()[column])
        return self._filtered({column}, inside), self._filtered({column}, ~inside)

    def where_inside(self, start: date, end: date) -> Table:
        """The rows whose period lies inside start (included) and end (excluded)."""
        inside = (pl.col("period_start") >= start, pl.col("period_end") <= end)
        return self._filtered({"period_start", "period_end"}, *inside)

    def where_valid(self, day: date, *, start: str, end: str) -> Table:
        """The rows whose interval holds a day; an empty end is open."""
        open_ended = pl.col(end).is_null() | (pl.lit(day) < pl.col(end))
        return self._filtered({start, end}, pl.col(start) <= day, open_ended)

    def where_any_differs(self, columns: Sequence[str], value: int) -> Table:
        """The rows in which any of some columns has another value."""
        return self._filtered(set(columns), pl.any_horizontal(pl.col(columns) != value))

    def where_present(self, column: str) -> Table:
        """The rows in which a column is not empty."""
        return self._filtered({column}, pl.col(column).is_not_null())

    def where_absent(self, column: str) -> Table:
        """The rows in which a column is empty."""
        return self._filtered({column}, pl.col(column).is_null())

    def _filtered(self, columns: set[str], *conditions: pl.Expr) -> Table:
        """The combinations survive a condition on their own columns only: of any other, rows may have been the last."""
        known = self.combinations
        survives = known is not None and columns <= set(known.columns)
        combinations = known.filter(*conditions) if known is not None and survives else None
        return replace(self, frame=self.frame.filter(*conditions), combinations=combinations)

    def _with(self, **columns: pl.Expr) -> Self:
        """The combinations survive new columns beside their own; not a column of theirs made anew."""
        known = self.combinations
        survives = known is not None and not set(columns) & set(known.columns)
        return replace(self, frame=self.frame.with_columns(**columns), combinations=known if survives else None)

    def as_text(self, column: str) -> Table:
        """An enumeration as plain text."""
        return self._with(**{column: pl.col(column).cast(pl.String)})

    def select(self, columns: Sequence[str]) -> Table:
        """Some of the columns."""
        return replace(self, frame=self.frame.select(columns))

    def without(self, *columns: str) -> Table:
        """All columns but some."""
        return replace(self, frame=self.frame.drop(columns), combinations=None)

    def rename(self, **names: str) -> Table:
        """Columns under other names: rename(old="new")."""
        keys = tuple(names[key] if key in names else key for key in self.keys)
        return Table(self.frame.rename(names), keys)

    def with_constant(self, **values: Any) -> Table:
        """Columns that hold one value in every row."""
        return self._with(**{name: pl.lit(value) for name, value in values.items()})

    # ---- computing
    def derive(self, column: str, formula: Formula) -> Self:
        """One more column, by a formula over the others; an empty input gives an empty result."""
        return self._with(**{column: as_column(formula)})

    def any_of(self, column: str, flags: Sequence[str]) -> Self:
        """A flag that is set where any of the given flags is."""
        return self._with(**{column: pl.any_horizontal(flags)})

    def join_exact(self, other: Table, *, on: Sequence[str]) -> Table:
        """The columns of `other` beside each row; a row without a match keeps empty cells, and stays a gap."""
        return replace(self, frame=self.frame.join(other.frame, on=list(on), how="left"))

    def join_valid(self, other: Table, *, on: Sequence[str], day: str, start: str, end: str) -> Table:
        """The columns of `other` whose interval start..end holds the day of each row; empty where none does.

        Reads    other: intervals that do not overlap for any one key, so that a row has at most one match.
        """
        keys, added = list(on), [name for name in other.columns if name not in (*on, start, end)]
        matched = self.frame.join(other.frame, on=keys, how="left")
        holds = (pl.col(start) <= pl.col(day)) & (pl.col(end).is_null() | (pl.col(day) < pl.col(end)))
        if other.has_key(on):  # one interval a key: no row has been doubled
            placed = matched.with_columns(pl.when(holds).then(pl.col(name)).alias(name) for name in added)
            return replace(self, frame=placed.drop(start, end))
        found = matched.filter(holds).select(*self.keys, *added)
        return replace(self, frame=self.frame.join(found, on=list(self.keys), how="left"))

    def differences(self, other: Table, *, columns: Sequence[str]) -> Table:
        """The keys at which two tables of the same columns differ in any of some columns, or that only one has.

        Gives    the columns of this table, and those of the other beside them as `<column>_after`; ordered by key.
        """
        both = self.frame.join(
            other.frame, on=list(self.keys), how="full", coalesce=True, suffix="_after", nulls_equal=True
        )
        unlike = pl.any_horizontal([pl.col(name).ne_missing(pl.col(f"{name}_after")) for name in columns])
        return Table(both.filter(unlike).sort(self.keys), self.keys)

    def look_up(self, answers: Sequence[Table], *, empty_keys: bool = False) -> Table:
        """Several small tables at once: those with the same keys are merged first, so each key set costs one join.

        Reads    empty_keys: an empty part of a key is a part like any other, and not a gap.
        """
        merged: dict[tuple[str, ...], pl.LazyFrame] = {}
        for answer in answers:
            keys, frame = answer.keys, answer.frame
            merged[keys] = frame if keys not in merged else _merge(merged[keys], frame, keys)
        joined = self.frame
        for keys, small in merged.items():
            joined = _join_one(joined, keys, small, nulls_equal=empty_keys)
        return replace(self, frame=joined)

    def stack(self, *others: Table) -> Table:
        """The rows of several tables under each other; a column that one of them lacks is empty in its rows."""
        frames = [self.frame, *(other.frame for other in others)]
        return replace(self, frame=pl.concat(frames, how="diagonal"), combinations=_all_combinations(self, *others))


def _one_of(name: str, values: Iterable[Any], kind: Any) -> pl.Expr:
    """One value is compared, several are looked for; those that no cell of an enumeration can hold are left out."""
    wanted = sorted(set(values))
    if len(wanted) == 1:
        return _equals(name, wanted[0], kind)
    if isinstance(kind, pl.Enum):
        wanted = sorted(set(wanted).intersection(kind.categories))
    return pl.col(name).is_in(pl.Series(wanted, dtype=kind).implode())


def _equals(name: str, value: str | date, kind: Any) -> pl.Expr:
    """Of an enumeration it may be known beforehand that every value, or none, is the one asked for."""
    if isinstance(kind, pl.Enum) and value not in kind.categories:
        return pl.lit(False)
    if isinstance(kind, pl.Enum) and len(kind.categories) == 1:
        return pl.col(name).is_not_null()
    return pl.col(name) == value


def _all_combinations(*tables: Table) -> pl.DataFrame | None:
    """The combinations of stacked tables, where all of them have been counted over the same columns."""
    known = [table.combinations for table in tables if table.combinations is not None]
    if len(known) < len(tables) or len({tuple(frame.columns) for frame in known}) > 1:
        return None
    return pl.concat(known).unique()


def _merge(left: pl.LazyFrame, right: pl.LazyFrame, keys: tuple[str, ...]) -> pl.LazyFrame:
    if not keys:
        return pl.concat([left, right], how="horizontal")
    return left.join(right, on=list(keys), how="full", coalesce=True)


def _join_one(frame: pl.LazyFrame, keys: tuple[str, ...], small: pl.LazyFrame, *, nulls_equal: bool) -> pl.LazyFrame:
    if keys:
        return frame.join(small, on=list(keys), how="left", nulls_equal=nulls_equal)
    row = small.collect().row(0, named=True)
    return frame.with_columns(**{name: pl.lit(value) for name, value in row.items()})
