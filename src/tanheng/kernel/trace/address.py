"""The address of a figure: `column@subject@period`, or with a fourth part for one line of it.

Of a method that reads one indicator a line is a carrier: `co2@facility/…@2024-03@diesel`. Of one that reads several it
is `indicator:carrier`, or `indicator:carrier:item`: `energy_calorific@facility/…@2024-03@transformation_output:heat`.
"""

from __future__ import annotations

from dataclasses import dataclass

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period


@dataclass(frozen=True)
class Address:
    """Which figure is meant: a column of a result for a subject and a period, as a whole or one line of it."""

    column: str
    subject: str
    period: Period
    line: str | None = None

    @staticmethod
    def parse(text: str) -> Address:
        """Reads `co2@area/…@2024` or `co2@facility/…@2024-03@diesel`; the id of a subject may itself hold an @.

        Refuses  address-unreadable: fewer than three parts, or an empty one; period-unreadable.
        """
        parts = text.split("@")
        if len(parts) < 3 or not all(parts):
            raise Refusal("address-unreadable", text=text)
        column, *subject, last = parts
        if len(subject) == 1 or _is_period(last):
            return Address(column, "@".join(subject), Period.parse(last))
        return Address(column, "@".join(subject[:-1]), Period.parse(subject[-1]), last)

    def __str__(self) -> str:
        parts = (self.column, self.subject, str(self.period))
        return "@".join(parts if self.line is None else (*parts, self.line))


def _is_period(text: str) -> bool:
    try:
        Period.parse(text)
    except Refusal:
        return False
    return True
