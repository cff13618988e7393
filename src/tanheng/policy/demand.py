"""A demand found in a piece of text, before it is given its subject, its parties and its clause."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tanheng.policy.proposals import Operator, Span
from tanheng.policy.quantities import Quantity


@dataclass(frozen=True)
class Demand:
    """`indicator` empty means: the one that was spoken of last. `kind` as in a proposal."""

    indicator: str
    operator: Operator
    span: Span
    kind: str
    value: Decimal | None = None
    high: Decimal | None = None
    quantity: Quantity | None = None
    unit: str | None = None
    condition: str = ""
    tier: str | None = None
    subject: str = ""
    about: str = ""
    changes: bool = False
    period: str | None = None
    base: str | None = None
    verb: str = ""
