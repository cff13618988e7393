"""Which figures of a month are published when it is signed: those of areas, of no single unit. Reads only."""

from __future__ import annotations

from collections.abc import Sequence

from tanheng.kernel.period import Period
from tanheng.kernel.subject import LOCATED_IN, Directory
from tanheng.kernel.trace import Address
from tanheng.records.computing import open_result
from tanheng.records.disclosing import sums_shown
from tanheng.records.selecting import directory_as_of
from tanheng.store.results import StoredResult

_OF_MONTH = (
    "reported_energy_growth",
    "reported_energy_contribution",
    "above_scale_growth",
    "output_growth",
    "electricity_growth",
    "gas_growth",
)
_OF_YEAR = ("year_end_energy", "year_end_growth")


def quoted_of(result: str, area: str) -> list[str]:
    """The figures of an area and of the areas directly within it that have a value and may be shown to strangers.

    A published figure is read by everybody: a sum that would give a unit away is left out, and so is every unit.
    """
    stored = open_result(result)
    directory = directory_as_of(stored.receipt["parameters"]["log_position"])
    shown = sums_shown(stored, ())
    subjects = [each for each in (area, *parts_of(area, directory)) if shown is None or each in shown]
    return [str(address) for address in _valued(stored, subjects)]


def parts_of(area: str, directory: Directory) -> list[str]:
    """The areas that lie directly in an area, in the order of the directory."""
    inside = {
        item.child for item in directory.relations if item.kind == LOCATED_IN and item.parent == area and not item.end
    }
    return [each.id for each in directory.areas if each.id in inside]


def _valued(stored: StoredResult, subjects: Sequence[str]) -> list[Address]:
    columns = [name for name in (*_OF_MONTH, *_OF_YEAR) if name in stored.figures.columns]
    found = []
    for row in stored.figures.where_in("subject", subjects).rows():
        period = Period(row["period_start"], row["period_end"])
        if period == _longest(stored):
            found += [Address(name, row["subject"], period) for name in columns if row[name] is not None]
    order = {subject: place for place, subject in enumerate(subjects)}
    return sorted(found, key=lambda address: (order[address.subject], columns.index(address.column)))


def _longest(stored: StoredResult) -> Period:
    """The period that the figures of the whole are about: of the year's end the year, else what was asked."""
    asked = Period.parse(stored.receipt["parameters"]["period"])
    return Period.year(asked.start.year) if stored.receipt["method"].startswith("year_end") else asked
