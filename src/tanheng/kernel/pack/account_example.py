"""The shape of a worked example of an account: a few places and statements, and the cells calculated by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

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


class AccountExample(Titled):
    """A worked example of an account, typed and calculated by hand and never regenerated.

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
    statements: tuple[ExampleStatement, ...]
    expected: Mapping[str, int | None]
    findings: tuple[str, ...] = ()
    note: str = ""
