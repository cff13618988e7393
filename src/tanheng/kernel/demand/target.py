"""A number or a state demanded of a subject."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from tanheng.kernel.pack.shape import Label


@dataclass(frozen=True)
class Demand:
    """What is demanded: an operator, its values in the printed and in the compared unit, the period it is due in."""

    operator: str
    value: Decimal | None = None
    value_high: Decimal | None = None
    unit: str = ""
    value_norm: Decimal | None = None
    unit_norm: str = ""
    by: str = ""


@dataclass(frozen=True)
class Baseline:
    """What a change is measured from."""

    period: str
    status: str = ""


@dataclass(frozen=True)
class Path:
    """How a demand is spread over the years before it is due; `table` holds, by period, what is due by its end."""

    form: str
    table: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Target:
    """A target as it is exchanged and recorded; see `target/1` for the meaning of its fields."""

    id: str
    label: Label
    clause: str
    demand: Demand
    place: str = ""
    subject: str = ""
    indicator: str = ""
    demanded: str = ""
    kind: str = "numeric"
    tier: str | None = None
    force: str | None = None
    baseline: Baseline | None = None
    condition: str = ""
    path: Path | None = None
    lead_parties: tuple[str, ...] = ()
    supporting_parties: tuple[str, ...] = ()
    open_list: bool = False
    lead_inferred: bool = False
    part_of: str = ""
    same_as: str = ""
    note: str = ""

    @property
    def instrument(self) -> str:
        """The document that demands it."""
        return self.clause.partition("#")[0]
