"""A small made-up city through the real store: recipe to files, files to observations, observations to accounts."""

import csv
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tanheng.fiction import City, build, directory_of_city
from tanheng.kernel.pack import Layout
from tanheng.kernel.period import Period
from tanheng.kernel.run import Inputs, Parameters, Result, run
from tanheng.store.snapshot import write_snapshot
from tanheng.store.workbook import Reading, read_workbook
from tests.fiction.a_city import small_city

MONTHS = Period.parse("2024-01..2025-02")
KNOWN_ON = date(2026, 6, 30)
METHOD, SCHEME, FORM = "unit_energy_and_co2", "city_inventory", "unit_report"


@dataclass(frozen=True)
class Read:
    """One file of the city as it was read: its entry in the manifest beside what came of it."""

    path: str
    entry: Mapping[str, Any]
    reading: Reading


@dataclass(frozen=True)
class MadeUp:
    """The city, its folder, and every file of one form as it was read, in the order in which they came."""

    city: City
    folder: Path
    manifest: Mapping[str, Any]
    read: tuple[Read, ...]

    def inputs(self, taken: list[Read]) -> Inputs:
        """The observations of some of the files; a file with a blocker gives none."""
        lines = [
            {**item.as_json(), "position": position}
            for position, file in enumerate(taken, 2)
            for item in (file.reading.observations if file.reading.may_be_imported else ())
        ]
        snapshot = write_snapshot(iter(lines), self.folder, len(taken) + 1)
        directory = directory_of_city(self.city)
        return Inputs(snapshot.table(), directory, {"observations": snapshot.digest, "directory": "made up"})

    def computed(self, taken: list[Read], period: Period = MONTHS) -> Result:
        """The accounts over a period, as known when everything has come."""
        return run(METHOD, self.city.packs, self.inputs(taken), Parameters(period, SCHEME, KNOWN_ON, len(taken) + 1))

    def missing(self) -> set[tuple[str, str]]:
        """District and month of the files of this form that never came."""
        return {(entry["area"], entry["period"]) for entry in self.manifest["missing"] if entry["form"] == FORM}

    def truth(self, name: str) -> list[dict[str, str]]:
        """A table of the truth."""
        with (self.folder / "truth" / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


def made_up(folder: Path, *, slips: float) -> MadeUp:
    """Builds the city with that share of each slip and reads every file of the units' reports."""
    city = small_city(slips=slips)
    build(city, folder, MONTHS.months())
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    entries = [(path, entry) for path, entry in manifest["files"].items() if entry["form"] == FORM]
    entries.sort(key=lambda item: (item[1]["published"], item[0]))
    return MadeUp(city, folder, manifest, tuple(_read(city, folder, path, entry) for path, entry in entries))


def _read(city: City, folder: Path, path: str, entry: Mapping[str, Any]) -> Read:
    layout, file = city.packs.get(Layout, entry["layout"]), folder / path
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    day = date.fromisoformat(entry["published"])
    return Read(path, entry, read_workbook(file, layout, city.packs, directory_of_city(city), day, digest))


def faults_of(files: tuple[Read, ...]) -> Iterator[tuple[str, str, str]]:
    """What the manifest says must be found: file, code and cell of each planted fault that can be noticed."""
    for file in files:
        for fault in file.entry["faults"]:
            for code in fault["finds"]:
                yield Path(file.path).name, code, fault["cell"]
