"""The demo city through the real store: rows to workbooks, workbooks to observations, observations to a snapshot."""

import csv
import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

from tanheng.kernel.pack import Example, Layout, PackSet, Senders
from tanheng.kernel.period import Period
from tanheng.kernel.run import Inputs, Parameters, Result, run
from tanheng.store.home import SHIPPED_PACKS
from tanheng.store.packs import directory_of, load_packs
from tanheng.store.snapshot import write_snapshot
from tanheng.store.workbook import read_workbook
from tanheng.store.workbook_writing import write_workbook

CITY, METHOD, SCHEME = "linjiang", "unit_energy_and_co2", "city_inventory"
KNOWLEDGE_DATES = (date(2025, 6, 30), date(2026, 6, 30))
GOLDEN = Path(__file__).with_name("figures_of_2024.csv")
COLUMNS = ("energy_calorific", "energy_coal_equivalent", "co2")
FIELDS = ("known_on", "level", "subject", "period", *(f"{name}_g" for name in COLUMNS), "co2_missing", "rows")


@cache
def packs() -> PackSet:
    """The packs of the city and those it builds on, as shipped."""
    return load_packs([CITY], [SHIPPED_PACKS])


def example() -> Example:
    """The worked example that was typed by hand."""
    (found,) = (example for example in packs().all(Example) if example.method == METHOD)
    return found


def inputs_in(folder: Path) -> Inputs:
    """Everything the city's senders ever sent, as a snapshot."""
    snapshot = write_snapshot(_observations(folder), folder, 3)
    return Inputs(snapshot.table(), directory_of(packs()), {"observations": snapshot.digest, "directory": "as shipped"})


def _observations(folder: Path) -> Iterator[Mapping[str, Any]]:
    (senders,) = packs().all(Senders)
    for position, sent in enumerate(senders.files, 1):
        layout = packs().get(Layout, sent.layout)
        rows = csv.DictReader((SHIPPED_PACKS / CITY / "senders" / sent.csv).read_text("utf-8").splitlines())
        path = folder / sent.workbook
        write_workbook(path, layout, list(rows), sent.workbook)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        reading = read_workbook(path, layout, packs(), directory_of(packs()), sent.published, digest)
        assert reading.may_be_imported, reading.findings
        for observation in reading.observations:
            yield {**observation.as_json(), "position": position}


def computed(inputs: Inputs, known_on: date, period: str = "2024") -> Result:
    """The city's figures of a period as known on a date."""
    return run(METHOD, packs(), inputs, Parameters(Period.parse(period), SCHEME, known_on, 3))


def figures_of_2024(inputs: Inputs) -> str:
    """Every figure of 2024 as known on each date, as the lines of a CSV."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(FIELDS)
    for known_on in KNOWLEDGE_DATES:
        writer.writerows(sorted(_line(known_on, row) for row in computed(inputs, known_on).figures.rows()))
    return text.getvalue()


def _line(known_on: date, row: Mapping[str, Any]) -> list[str]:
    period = str(Period(row["period_start"], row["period_end"]))
    values = ["" if row[name] is None else str(row[name]) for name in (*COLUMNS, "co2_missing", "rows")]
    return [known_on.isoformat(), row["level"], row["subject"], period, *values]
