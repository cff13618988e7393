"""What was true, as tables: what accounts made of the senders' files are compared with."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from tanheng.fiction.area_book import AreaBook
from tanheng.fiction.district import District
from tanheng.fiction.history import ENERGY, OUTPUT_VALUE, USE
from tanheng.kernel.period import Period

CARRIERS, UNITS, AREAS = "carriers.csv", "units.csv", "areas.csv"
STATEMENTS, BALANCES = "area_figures.csv", "balances.csv"
_HEADS = {
    CARRIERS: ("district", "unit", "month", "carrier", "amount", "stated_unit", "energy_gce"),
    UNITS: ("district", "unit", "month", "energy_gce", "comprehensive_gce", "output_value_10k_cny"),
    AREAS: ("district", "month", "reported_units", "energy_gce", "above_scale_units", "above_scale_gce"),
    STATEMENTS: ("area", "stated_with", "indicator", "item", "period", "accumulation", "value"),
    BALANCES: ("area", "year", "process", "carrier", "energy_tce"),
}


@dataclass(frozen=True)
class Truth:
    """Open tables: energy by unit, month and carrier; by unit and month; by district and month; figures of areas."""

    writers: dict[str, Any]

    def write(self, district: District, months: Sequence[Period]) -> None:
        """Writes what was true in one district, of the units that report."""
        for month in months:
            units = district.reported(month)
            totals = []
            for unit in units:
                rows = list(self._carriers(district, unit.id, month))
                self.writers[CARRIERS].writerows(rows)
                history = district.history(unit)
                totals.append(
                    (unit.sector.above_scale, sum(row[-1] for row in rows), _grams(history.at(_ENERGY, month)))
                )
                worth = history.at((OUTPUT_VALUE, "", ""), month)
                self.writers[UNITS].writerow(
                    (district.id, unit.id, month, *totals[-1][1:], "" if worth is None else worth)
                )
            above = [grams for is_above, _, grams in totals if is_above]
            all_energy = sum(energy for _, energy, _ in totals)
            self.writers[AREAS].writerow((district.id, month, len(units), all_energy, len(above), sum(above)))

    def write_book(self, book: AreaBook) -> None:
        """Writes what was true of areas as a whole, in the units in which it is printed."""
        for (area, period), figures in book.stated.items():
            for each in figures:
                row = (area, period, each.indicator, each.item, each.period, each.accumulation, each.value)
                self.writers[STATEMENTS].writerow(row)
        for (area, year), cells in book.balances.items():
            for (process, carrier), tce in cells.items():
                self.writers[BALANCES].writerow((area, year, process, carrier, tce))

    def _carriers(self, district: District, unit: str, month: Period) -> Iterable[tuple[Any, ...]]:
        (found,) = [item for item in district.units if item.id == unit]
        history = district.history(found)
        for carrier, _ in history.carriers_of(USE):
            how, amount = district.city.recipe.carriers[carrier], history.at((USE, carrier, ""), month)
            if amount is not None:
                grams = int(amount.scaleb(how.decimals)) * district.histories.digit_grams[carrier]
                yield (district.id, unit, month, carrier, amount, how.unit.text, grams)


_ENERGY = (ENERGY, "", "")


def _grams(tce: Decimal | None) -> int:
    return 0 if tce is None else int(tce.scaleb(6))


@contextmanager
def truth_in(folder: Path) -> Iterator[Truth]:
    """The tables in a folder, with their headings, closed at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        writers = {}
        for name, head in _HEADS.items():
            file = stack.enter_context((folder / name).open("w", encoding="utf-8", newline=""))
            writers[name] = csv.writer(file, lineterminator="\n")
            writers[name].writerow(head)
        yield Truth(writers)
