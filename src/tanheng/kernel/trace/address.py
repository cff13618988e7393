"""The address of a figure: `column@subject@period`, or with a fourth part for one carrier."""

from __future__ import annotations

from dataclasses import dataclass

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period


@dataclass(frozen=True)
class Address:
    """Which figure is meant: a column of a result, for a subject and a period, of one carrier or of all."""

    column: str
    subject: str
    period: Period
    carrier: str | None = None

    @staticmethod
    def parse(text: str) -> Address:
        """Reads `co2@area/…@2024` or `co2@facility/…@2024-03@diesel`.

        Refuses  address-unreadable: fewer than three or more than four parts; period-unreadable.
        """
        parts = text.split("@")
        if len(parts) not in (3, 4) or not all(parts):
            raise Refusal("address-unreadable", text=text)
        return Address(parts[0], parts[1], Period.parse(parts[2]), parts[3] if len(parts) == 4 else None)

    def __str__(self) -> str:
        parts = (self.column, self.subject, str(self.period))
        return "@".join(parts if self.carrier is None else (*parts, self.carrier))
