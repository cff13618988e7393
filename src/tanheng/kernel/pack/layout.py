"""The shape of a layout profile: how one sender's sheet is read, and what must agree in it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Literal

from pydantic import model_validator

from tanheng.kernel.pack.shape import Label, Shape, Titled
from tanheng.kernel.period import Accumulation

Origin = Literal["ours", "S", "U"]
Reading = Literal[
    "subject_code", "subject_name", "label", "row_code", "unit", "period", "text",
    "value", "growth", "sum", "quotient", "listed", "ignored",
    "item", "claim", "accumulation", "coverage", "data_status",
]  # fmt: skip
_CHECKS = {"growth", "sum", "quotient"}
OF_THE_ROW = ("item", "claim", "accumulation", "coverage", "data_status")
"""What a column may say of the figure of its own row, where a table has one figure a row."""


class LayoutColumn(Shape):
    """One column, named by the path of its headings from top to bottom; each level lists what senders write.

    In a heading `*` stands for any text and `#` for a number, so that `1-#月` is the heading of every month. `reads`
    says what its cells are. A `value` becomes an observation of `indicator` over `accumulation`, `years_back` years
    earlier where it is 上年同期. `growth` must be `of[0]` over `of[1]` less one, `sum` the sum of `of`, `quotient`
    `of[0]` over `of[1]`: these are checked and never imported. `listed` is a number that only takes part in totals; its
    total is imported as `total_is`. A row below 其中 is imported as `of_which`, and only where that is given.
    `unit` holds where the sheet states none, `unit_from` names the column that states it row by row.
    `item`, `claim`, `accumulation`, `coverage` and `data_status` columns say what their own row is about, by `words`.
    `at` is the letter where the column stood when the layout was learned.
    """

    id: str
    path: tuple[tuple[str, ...], ...]
    reads: Reading
    optional: bool = False
    at: str = ""
    indicator: str = ""
    accumulation: Accumulation | None = None
    years_back: int = 0
    unit: str = ""
    unit_from: str = ""
    item: str = ""
    carrier: str = ""
    of: tuple[str, ...] = ()
    of_which: str = ""
    total_is: str = ""
    signed: bool = False
    kept_as: Literal["text", "number", "date", "percent", ""] = ""
    coverage: str = ""
    use_class: str = ""
    data_status: str = ""
    words: Mapping[str, str] = {}

    @model_validator(mode="after")
    def _is_whole(self) -> LayoutColumn:
        if not self.path or not all(self.path):
            raise ValueError(f"column {self.id}: every level of its path needs a heading")
        if self.reads == "value" and not (self.indicator or self.accumulation or self.unit_from):
            raise ValueError(f"column {self.id}: a value needs an indicator and an accumulation, or rows that say them")
        if self.words and self.reads not in OF_THE_ROW:
            raise ValueError(f"column {self.id}: `words` belongs to {', '.join(OF_THE_ROW)}")
        if (self.reads in _CHECKS) != bool(self.of):
            raise ValueError(f"column {self.id}: `of` belongs to growth, sum and quotient")
        return self


class KnownRow(Shape):
    """A row whose label is known beforehand: what it stands for, and the part it plays.

    `value` is imported, `total` checked against its parts, `of_which` part of the row above it, `text` kept as words,
    `skipped` left alone. `parts` are the items whose sum a total must be; without them the tree says it. `indicators`
    say by column what a row is about where its columns differ in that, `indicator` for all of them. `items` are those
    that a column of items may name beside it, `coverage` and `data_status` hold where no column says another.
    """

    names: tuple[str, ...]
    role: Literal["value", "total", "of_which", "text", "skipped", ""] = ""
    indicator: str = ""
    indicators: Mapping[str, str] = {}
    item: str = ""
    carrier: str = ""
    unit: str = ""
    parts: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    coverage: str = ""
    data_status: str = ""


class LayoutPeriod(Shape):
    """Where the period stands: the places are tried in order; `labels` are the words before it in a cell."""

    found_in: tuple[Literal["title", "cell", "sheet", "file", "column"], ...] = ("cell", "title", "sheet", "file")
    labels: tuple[str, ...] = ()


class LayoutSubject(Shape):
    """Whom the figures are about: a facility or an area, named by a column, or once for the sheet.

    `labels` are the words before the code or name in a cell; `aliases` further names by which senders call a subject.
    """

    kind: Literal["facility", "area", "none"] = "facility"
    found_in: tuple[Literal["column", "cell", "title", "sheet", "file"], ...] = ("column",)
    labels: tuple[str, ...] = ()
    aliases: Mapping[str, str] = {}


class LayoutRows(Shape):
    """How the rows under the headings hang together.

    `flat`: every row stands by itself, totals aside. `tree`: indents and 其中 say which row is part of which.
    `names` says what a label names: a carrier, an item of a classification (or of `known`), an indicator (`known`
    only), or nothing. `any_item` takes an unknown label as an item of its own. `once`: a second row about the same
    is a mistake.
    """

    form: Literal["flat", "tree"] = "flat"
    names: Literal["", "carrier", "item", "indicator"] = ""
    classification: str = ""
    any_item: bool = False
    once: bool = True
    known: tuple[KnownRow, ...] = ()


class LayoutTotals(Shape):
    """Total rows: whether one is expected, where a subtotal stands, and the column that weighs the rows of a sum.

    `subject` says whom a total is about where its rows have subjects of their own; `use_class` who may use it, given
    that the rule of confidentiality lets a figure of these rows be shown.
    """

    expected: bool = False
    subtotals: Literal["below", "above"] = "below"
    weigh_by: str = ""
    subject: LayoutSubject | None = None
    use_class: str = ""


class LayoutChecks(Shape):
    """How far a printed figure may be from the one that its parts give, and how much a difference weighs.

    `growth_points` are percentage points, `sum_share` and `quotient_share` shares of the figure; rounding of the
    printed digits is allowed on top. Absent, the settings of the sheet words hold. Of the sheet words alone: a file is
    odd beside the records where `unit_slip_count` values changed by one power of ten, give or take `unit_slip_share`,
    and where a period repeats `repeated_figures_count` or more figures of another one.
    """

    growth_points: Decimal | None = None
    sum_share: Decimal | None = None
    quotient_share: Decimal | None = None
    growth_blocks: bool | None = None
    sums_block: bool | None = None
    unit_slip_share: Decimal | None = None
    unit_slip_count: int | None = None
    repeated_figures_count: int | None = None


class LayoutProfile(Titled):
    """How a sender's sheet is read, from its title to its footnotes: `layout/2`.

    `status`: ours, S (common practice) or U (uncertain); a reading through U says so. `sheets`, `titles` and `files`
    are patterns with `*`; no `sheets` means every visible sheet whose headings fit, one of them unless `every_sheet`.
    `replaces` is the layout that this one is used instead of.
    `kept_in` names the register in which each row is kept as it stands, figures or not.
    """

    status: Origin
    form: str = ""
    sender: Label
    note: Label | None = None
    replaces: str = ""
    sheets: tuple[str, ...] = ()
    every_sheet: bool = False
    titles: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    header_rows: int = 1
    period: LayoutPeriod = LayoutPeriod()
    subject: LayoutSubject = LayoutSubject()
    unit_labels: tuple[str, ...] = ()
    units: Mapping[str, str] = {}
    columns: tuple[LayoutColumn, ...]
    rows: LayoutRows = LayoutRows()
    totals: LayoutTotals = LayoutTotals()
    checks: LayoutChecks = LayoutChecks()
    kept_in: str = ""
    coverage: str = ""
    use_class: str = ""
    data_status: str = "final"

    @model_validator(mode="after")
    def _hangs_together(self) -> LayoutProfile:
        ids = [column.id for column in self.columns]
        if twice := sorted({id for id in ids if ids.count(id) > 1}):
            raise ValueError(f"columns stand twice: {', '.join(twice)}")
        named = {id for column in self.columns for id in (*column.of, column.unit_from)} | {self.totals.weigh_by}
        if unknown := sorted(named - set(ids) - {""}):
            raise ValueError(f"checks name columns that do not exist: {', '.join(unknown)}")
        if self.indicators and not (self.coverage and self.use_class):
            raise ValueError("a layout that gives observations says their coverage and use_class")
        return self

    @cached_property
    def by_id(self) -> Mapping[str, LayoutColumn]:
        """The columns by id."""
        return {column.id: column for column in self.columns}

    def reading(self, *kinds: Reading) -> tuple[LayoutColumn, ...]:
        """The columns whose cells are read as one of these."""
        return tuple(column for column in self.columns if column.reads in kinds)

    @cached_property
    def indicators(self) -> tuple[str, ...]:
        """Every indicator of which this layout gives observations."""
        columns = (id for column in self.columns for id in (column.indicator, column.of_which, column.total_is))
        rows = (id for row in self.rows.known for id in (row.indicator, *row.indicators.values()))
        return tuple(sorted({id for id in (*columns, *rows) if id}))


class SheetWords(Titled):
    """The words of senders' sheets that no layout needs to repeat, and the settings of its checks.

    `units` by word; words of total, 其中 and footnote rows; marks that stand for an empty cell; `headings` by column
    id, for proposing a layout; `checks` the tolerances that hold where a layout has none of its own.
    """

    units: Mapping[str, str]
    totals: tuple[str, ...]
    subtotals: tuple[str, ...]
    of_which: tuple[str, ...]
    footnotes: tuple[str, ...]
    empty: tuple[str, ...]
    unit_labels: tuple[str, ...]
    period_labels: tuple[str, ...]
    headings: tuple[LayoutColumn, ...] = ()
    checks: LayoutChecks
