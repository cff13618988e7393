"""What a run reads of the records, as files: the snapshot of the observations, and all else as text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tanheng.kernel.demand import Demands, KnownObligation
from tanheng.kernel.fact import rows_as_json, rows_of_json
from tanheng.kernel.run import Inputs
from tanheng.records.canonical import canonical, digest
from tanheng.records.directory_text import directory_of_text, directory_text
from tanheng.records.models import GENESIS, Event
from tanheng.records.obligation_models import REJECTED, Instrument, Obligation, Succession
from tanheng.records.registers import kept_rows
from tanheng.records.selecting import (
    directory_as_of,
    known_position,
    last_observation_position,
    latest,
    observation_rows,
)
from tanheng.records.site_files import home
from tanheng.store.snapshot import Snapshot, find_snapshot, write_snapshot

DIRECTORY, OBLIGATIONS, REGISTERS = "directory", "obligations", "registers"


@dataclass(frozen=True)
class RunInputs:
    """The inputs of a run. A publication keeps exactly these, so that it needs no database to be repeated.

    `texts` holds the directory and, for methods that take them, the obligations and the kept rows, each as JSON.
    """

    snapshot: Snapshot
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def directory(self) -> str:
        """The directory as text."""
        return self.texts[DIRECTORY]

    def inputs(self) -> Inputs:
        """The inputs as the kernel reads them."""
        digests = {name: digest(text) for name, text in self.texts.items()} | {"observations": self.snapshot.digest}
        demands = Demands.of_json(json.loads(self.texts[OBLIGATIONS])) if OBLIGATIONS in self.texts else Demands()
        kept = rows_of_json(json.loads(self.texts[REGISTERS])) if REGISTERS in self.texts else ()
        return Inputs(self.snapshot.table(), directory_of_text(self.directory), digests, demands, kept).titled()


def inputs_at(position: int | None = None, takes: Iterable[str] = ()) -> RunInputs:
    """The inputs as recorded up to a position of the log; the snapshot is made now or found again.

    Reads    takes: what the method reads beside observations and directory: obligations, registers.
    Refuses  log-position-unknown.
    """
    until = known_position(position)
    texts = {DIRECTORY: directory_text(directory_as_of(until))}
    if OBLIGATIONS in (taken := set(takes)):
        texts[OBLIGATIONS] = canonical(demands_as_of(until).as_json())
    if REGISTERS in taken:
        texts[REGISTERS] = canonical(rows_as_json(row.as_fact() for row in kept_rows(position=until)))
    return RunInputs(_snapshot(last_observation_position(until)), texts)


def demands_as_of(position: int | None = None) -> Demands:
    """Everything that reviews accepted up to a position, with the day on which each document was issued.

    Refuses  log-position-unknown.
    """
    until = known_position(position)
    heads = {item.instrument: item for item in latest(Instrument, until).values()}
    rows = [row for row in latest(Obligation, until).values() if row.decision != REJECTED]
    known = tuple(
        KnownObligation(row.as_obligation(), heads[row.instrument].issued or row.event.at.date()) for row in rows
    )
    return Demands(known, tuple(row.as_succession() for row in latest(Succession, until).values()))


def _snapshot(position: int) -> Snapshot:
    """The folder is named after the event's hash, which stands for all that was recorded until then: a home that
    is joined to another database never finds the snapshot of the first.
    """
    event = Event.objects.filter(position=position).first()
    folder = home().snapshots / (event.hash if event else GENESIS)[:16]
    if (found := find_snapshot(folder)) is not None:
        return found
    folder.mkdir(parents=True, exist_ok=True)
    return write_snapshot(observation_rows(position), folder, position)
