"""The manifest: the one list of the files that hold readings. A file that it does not name does not exist."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

from tanheng.kernel.faults import Refusal
from tanheng.metering.shapes import DEFAULT_OFFSET_S
from tanheng.store.atomic import write_bytes

SHAPE = "readings/1"
READINGS, SUPERSEDED = "readings", "superseded"
Span = tuple[int, int]
"""A stretch of time: what ends after the first second, up to and with the last."""


@dataclass(frozen=True)
class Part:
    """One file: where it is under the folder of the store, what it holds and how to tell that it is whole."""

    path: str
    month: str
    kind: str
    rows: int
    meters: tuple[int, int]
    ends: tuple[int, int]
    seqs: tuple[int, int]
    sha256: str

    def apart_from(self, other: Part) -> bool:
        """Whether no reading of one can be for the meter and time of a reading of the other."""
        return _apart(self.meters, other.meters) or _apart(self.ends, other.ends)

    def reaches(self, span: Span) -> bool:
        """Whether an end of the part may lie after the first second of a span and not after its last."""
        return self.ends[0] <= span[1] and span[0] < self.ends[1]


def _apart(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[1] < other[0] or other[1] < one[0]


@dataclass(frozen=True)
class Manifest:
    """The state of a store: its parts, the last batch of the journal that is in them, the next number of a reading.

    `retired` are files that newer ones replaced and that a program may still be reading; `imported` are the digests of
    the files that were imported in bulk, so that none counts twice.
    """

    parts: tuple[Part, ...] = ()
    folded: int = 0
    next_seq: int = 1
    offset_s: int = DEFAULT_OFFSET_S
    retired: tuple[str, ...] = ()
    imported: tuple[str, ...] = ()

    def months(self) -> tuple[str, ...]:
        """The months that hold readings, in their order."""
        return tuple(sorted({part.month for part in self.parts if part.kind == READINGS}))

    def of_month(self, month: str, kind: str = READINGS, span: Span | None = None) -> tuple[Part, ...]:
        """The parts of one month, or those of them that hold ends after the first second of `span`, up to its last."""
        found = tuple(part for part in self.parts if part.month == month and part.kind == kind)
        return found if span is None else tuple(part for part in found if part.reaches(span))

    def settled(self, month: str, span: Span | None = None) -> bool:
        """Whether no two parts of the month can hold the same meter and time, so that it reads without choosing."""
        return all(one.apart_from(other) for one, other in combinations(self.of_month(month, span=span), 2))

    def overlapping(self, month: str) -> tuple[Part, ...]:
        """The parts of a month that can hold the same meter and time as another one."""
        found = {
            part for pair in combinations(self.of_month(month), 2) if not pair[0].apart_from(pair[1]) for part in pair
        }
        return tuple(sorted(found, key=lambda part: part.path))

    def with_parts(self, added: Iterable[Part], *, without: Iterable[Part] = ()) -> Manifest:
        """The manifest with some parts more and some less; the files of the latter are retired."""
        gone = {part.path for part in without}
        kept = tuple(part for part in self.parts if part.path not in gone)
        return replace(self, parts=(*kept, *added), retired=(*self.retired, *sorted(gone)))

    def digest(self) -> str:
        """What a result writes down to say which readings it saw: the parts alone, in the order of their names."""
        named = sorted((part.path, part.sha256, part.kind) for part in self.parts)
        return hashlib.sha256(json.dumps([self.offset_s, named]).encode()).hexdigest()

    def write(self, path: Path) -> None:
        """Puts the manifest at `path` in one step."""
        write_bytes(path, json.dumps({"shape": SHAPE, **asdict(self)}, indent=1).encode())

    @staticmethod
    def read(path: Path) -> Manifest:
        """The manifest at `path`; an empty one where no store has been used yet.

        Refuses  readings-manifest-damaged: what stands there is no manifest.
        """
        try:
            document = json.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            return Manifest()
        except ValueError as error:
            raise Refusal("readings-manifest-damaged", file=path, problem=error) from error
        return _read(document, path)


def _read(document: object, path: Path) -> Manifest:
    try:
        fields = dict(document)  # type: ignore[call-overload]
        if fields.pop("shape") != SHAPE:
            raise Refusal("readings-manifest-damaged", file=path, problem="shape")
        parts = tuple(_part(part) for part in fields.pop("parts"))
        return Manifest(parts=parts, **{**fields, **_names(fields)})
    except (KeyError, TypeError, ValueError) as error:
        raise Refusal("readings-manifest-damaged", file=path, problem=error) from error


def _names(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(fields[name]) for name in ("retired", "imported")}


def _part(fields: dict[str, Any]) -> Part:
    pairs: dict[str, Any] = {name: tuple(fields[name]) for name in ("meters", "ends", "seqs")}
    return Part(**{**fields, **pairs})
