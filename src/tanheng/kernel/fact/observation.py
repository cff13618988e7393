"""An observation: a value somebody stated about a subject and a period, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tanheng.kernel.period import Accumulation, Period


@dataclass(frozen=True)
class ObservationKey:
    """What an observation is about. Two observations with one key are a statement and its revision.

    `coverage` (口径) and `accumulation` belong to the key: figures of unequal coverage are never compared.
    `dimensions` are the breakdown, such as the carrier, in alphabetical order.
    """

    indicator: str
    subject: str
    dimensions: tuple[tuple[str, str], ...]
    period: Period
    accumulation: Accumulation
    coverage: str
    use_class: str

    def __str__(self) -> str:
        breakdown = ";".join(f"{name}={value}" for name, value in self.dimensions)
        fields = (self.indicator, self.subject, breakdown, str(self.period), self.accumulation.value)
        return "|".join((*fields, self.coverage, self.use_class))


@dataclass(frozen=True)
class Observation:
    """One statement: the key, the value as it was written, its unit, its status and its place in a file.

    `published` is when the world could know it. `source` is `<sha256>/<file name>!<sheet>!<cell>`.
    """

    key: ObservationKey
    value: Decimal
    unit: str
    status: str
    published: date
    source: str

    def says_the_same_as(self, other: Observation) -> bool:
        """Whether both state the same value in the same unit and status; where it stands does not matter."""
        return (self.value, self.unit, self.status) == (other.value, other.unit, other.status)

    def as_json(self) -> Mapping[str, str | Mapping[str, str]]:
        """The observation in a form whose text is the same wherever it is written, for hashing."""
        return {
            "indicator": self.key.indicator,
            "subject": self.key.subject,
            "dimensions": dict(self.key.dimensions),
            "period_start": self.key.period.start.isoformat(),
            "period_end": self.key.period.end.isoformat(),
            "accumulation": self.key.accumulation.value,
            "coverage": self.key.coverage,
            "use_class": self.key.use_class,
            "value": plain_decimal(self.value),
            "unit": self.unit,
            "status": self.status,
            "published": self.published.isoformat(),
            "source": self.source,
        }


def plain_decimal(value: Decimal) -> str:
    """The value in plain digits without idle zeros, none of its digits rounded away."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text
