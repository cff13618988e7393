"""What two targets of one subject say together: a total and an intensity imply what the intensity is measured by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tanheng.kernel.demand import Target
from tanheng.kernel.faults import Finding, Severity
from tanheng.kernel.quantity import Unit

TOTAL, INTENSITY = "energy_total", "energy_intensity"


def implied_bases(targets: Sequence[Target]) -> list[Finding]:
    """The basis (floor area, treated volume) that a cap on energy and one on its intensity imply: total / intensity.

    Gives    a note for every subject and period that has both, so that a person can hold it against what is known; a
             finding where the intensity is not above zero.
    Source   decomposition-methods#whole
    """
    found = []
    for total in _of(targets, TOTAL):
        for intensity in _of(targets, INTENSITY):
            if (total.subject, total.demand.by) == (intensity.subject, intensity.demand.by):
                found += _implied(total, intensity)
    return found


def _of(targets: Iterable[Target], indicator: str) -> list[Target]:
    return [item for item in targets if item.indicator == indicator and item.demand.operator == "at_most"]


def _implied(total: Target, intensity: Target) -> list[Finding]:
    above, unit = total.demand, intensity.demand.unit_norm or intensity.demand.unit
    per, _, basis = unit.partition("/")
    total_unit = above.unit_norm or above.unit
    amount = above.value if above.value_norm is None else above.value_norm
    each = intensity.demand.value if intensity.demand.value_norm is None else intensity.demand.value_norm
    if amount is None or each is None or not (Unit.is_known(total_unit) and Unit.is_known(per)):
        return []
    about: dict[str, object] = {"subject": total.subject, "total": total.id, "intensity": intensity.id}
    if each <= 0:
        return [Finding("targets-intensity-not-positive", intensity.id, {**about, "value": each, "unit": unit})]
    ratio = Unit.parse(total_unit).ratio_to(Unit.parse(per), what=total.id)
    implied = amount * ratio.numerator / ratio.denominator / each
    return [
        Finding("targets-imply-basis", total.id, {**about, "value": f"{implied:,.1f}", "basis": basis}, Severity.NOTE)
    ]
