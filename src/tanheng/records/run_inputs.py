"""What a run reads of the records, as files: the snapshot of the observations, and the directory as text."""

from __future__ import annotations

from dataclasses import dataclass

from tanheng.kernel.run import Inputs
from tanheng.records.canonical import digest
from tanheng.records.directory_text import directory_of_text, directory_text
from tanheng.records.models import GENESIS, Event
from tanheng.records.selecting import directory_as_of, known_position, last_observation_position, observation_rows
from tanheng.records.site_files import home
from tanheng.store.snapshot import Snapshot, find_snapshot, write_snapshot


@dataclass(frozen=True)
class RunInputs:
    """The two inputs of a run. A publication keeps exactly these, so that it needs no database to be repeated."""

    snapshot: Snapshot
    directory: str

    def inputs(self) -> Inputs:
        """The inputs as the kernel reads them."""
        digests = {"observations": self.snapshot.digest, "directory": digest(self.directory)}
        return Inputs(self.snapshot.table(), directory_of_text(self.directory), digests)


def inputs_at(position: int | None = None) -> RunInputs:
    """The inputs as recorded up to a position of the log; the snapshot is made now or found again.

    Refuses  log-position-unknown.
    """
    until = known_position(position)
    return RunInputs(_snapshot(last_observation_position(until)), directory_text(directory_as_of(until)))


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
