"""The shape of a worked example of an account: a few places and statements, and the cells calculated by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tanheng.kernel.pack.obligation_shapes import TargetShape
from tanheng.kernel.pack.shape import Shape, Titled
from tanheng.kernel.period import Accumulation


class ExamplePlace(Shape):
    """An area (with a level) or a facility (without one), what it lies in, and of what it is in scope."""

    id: str
    level: str | None = None
    lies_in: str | None = None
    in_scope_of: str | None = None
    since: date = date(2000, 1, 1)
    codes: Mapping[str, str] = {}


class ExampleStatement(Shape):
    """A statement that the example reads; its unit is that of the indicator where none is given."""

    indicator: str
    subject: str
    period: str
    value: str
    accumulation: Accumulation
    coverage: str
    use_class: str = "statistics_aggregate"
    unit: str | None = None
    carrier: str | None = None
    item: str | None = None


class ExampleRow(Shape):
    """A row of a register that the example reads: its fields as text, by name."""

    kind: str
    subject: str | None = None
    period: str | None = None
    fields: Mapping[str, str]


class AccountExample(Titled):
    """A worked example of an account, typed and calculated by hand and never regenerated.

    `targets` are demanded and `kept` are rows of registers, both known since the day from which statements are.
    `expected` gives by address the whole number of grid steps, or nothing where there must be no number; `findings` the
    codes that must be among those found.
    """

    method: str
    scheme: str
    period: str
    known_on: date
    clause: str = ""
    settings: Mapping[str, str] = {}
    places: tuple[ExamplePlace, ...]
    statements: tuple[ExampleStatement, ...] = ()
    targets: tuple[TargetShape, ...] = ()
    kept: tuple[ExampleRow, ...] = ()
    expected: Mapping[str, int | None]
    findings: tuple[str, ...] = ()
    note: str = ""
