"""The readings of a site: a journal in front, immutable files by month, one manifest that says which count.

home/readings/meters.db       the register of meters
              journal.db      batches acknowledged and not yet in files
              manifest.json   the files that count
              month=2026-01/  the files
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import polars as pl

from tanheng.kernel.faults import Refusal
from tanheng.metering.batch import Ack, Batch
from tanheng.metering.disk_faults import answering
from tanheng.metering.journal import Journal
from tanheng.metering.manifest import READINGS, SUPERSEDED, Manifest, Part, Span
from tanheng.metering.parts import by_month, chosen, joined, write_part
from tanheng.metering.register import Register
from tanheng.metering.sweeping import retire, sweep

FOLD_ROWS = 8_000_000


class Store:
    """The readings of one site. Any number of programs read and append; one at a time folds, compacts or imports."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.register = Register.open(root / "meters.db")
        self.journal = Journal(root / "journal.db", self.manifest.folded)

    @staticmethod
    def open(home: Path) -> Store:
        """The store of the site at `home`, made when it is not there."""
        return Store(Path(home) / "readings")

    @property
    def manifest(self) -> Manifest:
        """The list of files as it stands now."""
        return Manifest.read(self.root / "manifest.json")

    def append(self, batch: Batch) -> Ack:
        """Writes one batch down; durable when it returns, and once only however often it is sent.

        Refuses  batch-key-reused: the key already stands for other readings.
        """
        answer = self.append_all([batch])[0]
        if isinstance(answer, Refusal):
            raise answer
        return answer

    def append_all(self, batches: Sequence[Batch]) -> list[Ack | Refusal]:
        """Writes several batches down with one confirmation of the disk; an answer for each, in their order."""
        return self.journal.append(batches)

    def fold(self) -> int:
        """Moves what the journal holds into files and gives how many readings that were.

        The manifest that names the new files names the last batch in them too: after a crash at any moment a batch is
        in the journal or in the files, never in both and never in neither.
        """
        total = 0
        with self.writing():
            while rows := self._fold_some():
                total += rows
        return total

    def _fold_some(self) -> int:
        manifest = self.manifest
        taken = list(self.journal.after(manifest.folded, FOLD_ROWS))
        if not taken:
            return 0
        readings = joined([batch for _, batch in taken], manifest.next_seq)
        added = self.written(readings, manifest) if readings.height else []
        last, following = taken[-1][0], manifest.next_seq + readings.height
        self.settle(replace(manifest.with_parts(added), folded=last, next_seq=following))
        self.journal.forget(last)
        return readings.height

    def written(self, readings: pl.DataFrame, manifest: Manifest) -> list[Part]:
        """Writes readings as parts, one for each month, and one for those that others in the same table replaced."""
        parts = []
        for month, rows in by_month(readings, manifest.offset_s):
            for kind, kept in zip((READINGS, SUPERSEDED), chosen(rows), strict=True):
                if kept.height:
                    parts.append(write_part(self.root, month, kept, kind))
        return parts

    def settle(self, manifest: Manifest) -> None:
        """Makes a manifest the one that counts."""
        retired = tuple(name for name in manifest.retired if (self.root / name).exists())
        retire(self.root, set(retired) - set(self.manifest.retired))
        path = self.root / "manifest.json"
        with answering(path):
            replace(manifest, retired=retired).write(path)

    def months(self) -> tuple[str, ...]:
        """The months that hold readings."""
        return self.manifest.months()

    def parts(self, month: str) -> tuple[Path, ...]:
        """The files of one month. Unless `manifest.settled(month)`, of equal (meter, at) the highest seq counts."""
        return tuple(self.root / part.path for part in self.manifest.of_month(month))

    def relation(self, month: str, span: Span | None = None) -> str:
        """The readings of one month as a relation for DuckDB: meter, at, value, flag, seq, each meter and time once.

        Reads    span: files that hold nothing of it are left out; what else lies in the others is not.
        Gives    SQL in brackets, to stand behind FROM.
        """
        manifest = self.manifest
        paths = [self.root / part.path for part in manifest.of_month(month, span=span)]
        return relation(paths, manifest.settled(month, span))

    def replaced(self, month: str) -> str | None:
        """The readings of one month that took the place of others: meter, at, value, flag, value_before.

        Gives    SQL in brackets, to stand behind FROM, with one row for each reading replaced; None where none can be.
        """
        manifest = self.manifest
        kept = [self.root / part.path for part in manifest.of_month(month, SUPERSEDED)]
        across = [self.root / part.path for part in manifest.overlapping(month)]
        rows = [_replaced_within(kept, self.relation(month))] if kept else []
        return " union all ".join([*rows, *([_replaced_across(across)] if across else [])]) or None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keeps other writers of files out until the block ends.

        Refuses  readings-being-written: another program folds, compacts or imports at this moment.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / ".writing").open("w") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Refusal("readings-being-written", folder=self.root) from error
            sweep(self.root, self.manifest)
            yield

    def set_offset(self, offset_s: int) -> None:
        """Sets the civil time of an empty store, in seconds from UTC.

        Refuses  readings-offset-fixed: the store holds readings, and the days of their files would be wrong.
        """
        manifest = self.manifest
        if manifest.parts:
            raise Refusal("readings-offset-fixed", offset=manifest.offset_s)
        self.settle(replace(manifest, offset_s=offset_s))

    def close(self) -> None:
        """Lets go of the journal."""
        self.journal.close()


def relation(paths: Sequence[Path], settled: bool) -> str:
    """The relation of `Store.relation` for given files."""
    columns = 'meter, "at", value, flag, seq'  # at is a word of DuckDB's SQL
    if not paths:
        return (
            '(select null::integer as meter, null::bigint as "at", null::bigint as value, null::utinyint as flag, '
            "null::bigint as seq where false)"
        )
    names = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
    plain = f"select {columns} from read_parquet([{names}], hive_partitioning = false)"
    return (
        f"({plain})"
        if settled
        else f'({plain} qualify row_number() over (partition by meter, "at" order by seq desc) = 1)'
    )


def _replaced_within(superseded: Sequence[Path], relation: str) -> str:
    """Readings that took the place of those in files of superseded ones."""
    names = ", ".join("'" + str(path).replace("'", "''") + "'" for path in superseded)
    return (
        'select w.meter, w."at", w.value, w.flag, s.value as value_before '
        f"from read_parquet([{names}], hive_partitioning = false) as s join {relation} as w "
        'on w.meter = s.meter and w."at" = s."at"'
    )


def _replaced_across(paths: Sequence[Path]) -> str:
    """Readings of files that overlap and took the place of others there."""
    names = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
    return (
        'select meter, "at", max_by(value, seq) as value, max_by(flag, seq) as flag, '
        f"min_by(value, seq) as value_before from read_parquet([{names}], hive_partitioning = false) as a "
        'group by meter, "at" having count(*) > 1'
    )
