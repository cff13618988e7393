"""A small made-up city read from its files alone: every form that accounts of areas read, and the truth beside it."""

import csv
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from tanheng.fiction import City, build, directory_of_city, found_city
from tanheng.kernel.demand import Demands
from tanheng.kernel.pack import Definition, PackSet
from tanheng.kernel.pack.recipe import Recipe, RecipeNames
from tanheng.kernel.period import Period
from tanheng.kernel.run import Inputs, Parameters, Result, run
from tanheng.store import Reading, read_workbook
from tanheng.store.snapshot import write_snapshot
from tests.fiction.a_city import UNITS, fictional_pack, packs_of_two_districts

MONTHS = Period.parse("2024-01..2025-12")
KNOWN_ON = date(2026, 12, 31)
FORMS = {
    "area_year",
    "area_quarter",
    "balance",
    "unit_report",
    "entry_report",
    "gdp",
    "gdp_census",
    "above_scale",
    "monthly_report",
    "electricity",
    "feedback",
}


@dataclass(frozen=True)
class Areas:
    """The city, its folder and what was read of each file, in the order in which they came."""

    city: City
    folder: Path
    readings: tuple[tuple[Mapping[str, Any], Reading], ...]

    def ran(self, method: str, scheme: str, period: str, known_on: date = KNOWN_ON, **settings: str) -> Result:
        """A method over what the files say."""
        asked = Parameters(Period.parse(period), scheme, known_on, len(self.readings) + 1, settings=settings)
        return run(method, self.city.packs, self.inputs(), asked)

    def inputs(self, demands: Demands | None = None) -> Inputs:
        """What the files say, with what is demanded of the city."""
        lines = [
            {**item.as_json(), "position": position}
            for position, (_, reading) in enumerate(self.readings, 2)
            for item in (reading.observations if reading.may_be_imported else ())
        ]
        snapshot = write_snapshot(iter(lines), self.folder, len(self.readings) + 1)
        digests = {"observations": snapshot.digest, "directory": "x"}
        return Inputs(snapshot.table(), directory_of_city(self.city), digests, demands or Demands())

    def truth(self, name: str) -> list[dict[str, str]]:
        """A table of the truth."""
        with (self.folder / "truth" / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def true(self, stated_with: str) -> dict[tuple[str, str, str, str], Fraction]:
        """What is true by area, indicator, item and period, as the table of a year or a quarter has it."""
        return {
            (row["area"], row["indicator"], row["item"], row["period"]): Fraction(row["value"])
            for row in self.truth("area_figures.csv")
            if row["stated_with"] == stated_with
        }


def made_up_areas(folder: Path) -> Areas:
    """Builds two years of the city, one unit of it managed by the city itself, and reads the forms that areas need."""
    city = found_city(_packs(), fictional_pack(), UNITS)
    build(city, folder, MONTHS.months())
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    entries = [(path, entry) for path, entry in manifest["files"].items() if entry["form"] in FORMS]
    entries.sort(key=lambda item: (item[1]["published"], item[0]))
    directory = directory_of_city(city)
    return Areas(city, folder, tuple((entry, _read(city, directory, folder / path, entry)) for path, entry in entries))


def _read(city: City, directory: Any, file: Path, entry: Mapping[str, Any]) -> Reading:
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    day = date.fromisoformat(entry["published"])
    return read_workbook(file, None, city.packs, directory, day, digest)


def _packs() -> PackSet:
    """Two districts; the first named unit is the city's own, every monthly report has the slip, nothing is missing."""
    packs = packs_of_two_districts(0.0)
    return PackSet(tuple(_changed(item) for item in packs.definitions), packs.hashes)


def _changed(item: Definition) -> Definition:
    value = item.value
    if isinstance(value, RecipeNames):
        own = value.named[0].model_copy(update={"municipal": True})
        return Definition(item.pack, item.place, value.model_copy(update={"named": (own, *value.named[1:])}))
    if isinstance(value, Recipe):
        slips = tuple(
            slip.model_copy(update={"share": 1.0 if slip.kind == "as_ten_thousand" else 0.0}) for slip in value.slips
        )
        return Definition(item.pack, item.place, value.model_copy(update={"slips": slips, "missing": 0.0}))
    return item
