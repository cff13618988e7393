"""Cells that were shifted under their headings: one finding for a column, instead of one for every row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from openpyxl.utils import coordinate_to_tuple

from tanheng.kernel.faults import Finding
from tanheng.store.cell_values import folded, plain
from tanheng.store.layout_headings import letter
from tanheng.store.layout_names import RowNames
from tanheng.store.layout_place import SheetPlace
from tanheng.store.layout_text import without_numbering
from tanheng.store.layout_values import Numbers

_FEWEST = 3
_OF_A_SHIFT = {
    "number-expected",
    "facility-unknown",
    "carrier-unknown",
    "subject-unknown",
    "cell-empty",
    "item-unknown",
}


def unshifted(place: SheetPlace, numbers: Numbers, names: RowNames) -> Iterator[Finding]:
    """The findings of the cells by column; where most cells of a column are wrong and fit a neighbour, one instead."""
    for found, fits in ((names.wrong, _name_fits(place)), (numbers.wrong, _number_fits)):
        for number, findings in found.items():
            shifted = [finding for finding in findings if finding.code in _OF_A_SHIFT]
            neighbour = _neighbour(place, number, shifted, fits)
            if neighbour:
                fields = {"heading": place.head.title(number), "wrong": len(shifted), "neighbour": letter(neighbour)}
                yield Finding("column-shifted", shifted[0].place, fields)
                yield from (finding for finding in findings if finding not in shifted)
            else:
                yield from findings


def _neighbour(place: SheetPlace, number: int, findings: Sequence[Finding], fits: Callable[[Any], bool]) -> int | None:
    """The column beside this one whose cells would fit; None where too few cells are wrong, or none fits."""
    rows = [coordinate_to_tuple(finding.place.rpartition("!")[2])[0] for finding in findings]
    body = len(place.sheet.values) - place.head.last
    if len(rows) < _FEWEST or 2 * len(rows) < body:
        return None
    for other in (number - 1, number + 1):
        if other >= 1 and 2 * sum(fits(place.sheet.value(row, other)) for row in rows) > len(rows):
            return other
    return None


def _number_fits(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _name_fits(place: SheetPlace) -> Callable[[Any], bool]:
    known = place.known

    def fits(value: Any) -> bool:
        if value is None:
            return False
        text = folded(without_numbering(plain(value))[0])
        return text in known.by_code or text in known.carriers or text in known.areas

    return fits
