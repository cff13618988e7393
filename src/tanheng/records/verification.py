"""Whether the log still holds: every link, every row that an event vouches for, every content that rows name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import cast

from django.db.models import F, QuerySet, Value
from django.db.models.functions import StrIndex, Substr

from tanheng.kernel.faults import Finding, Refusal
from tanheng.records.append_only import BatchRow
from tanheng.records.case_models import CaseMove
from tanheng.records.chain import commitment, hash_of, table_of
from tanheng.records.models import BATCH_TABLES, GENESIS, Event, LogHead, Observation, Publication
from tanheng.records.obligation_models import Instrument
from tanheng.records.selecting import IMPORT, UNDOING
from tanheng.records.site_files import blobs

_NOTHING: Mapping[str, object] = commitment([])
_NAMED_AT_MOST = 20
_HASH = re.compile("[0-9a-f]{64}")
_FILE_AT = 65  # behind the hash and the slash


def verify_chain() -> list[Finding]:
    """Reads the whole log and every row that hangs from it.

    Gives    nothing when all is as it was written. Otherwise chain-gap or chain-broken for the first link that
             does not hold, rows-changed for every event whose rows were changed, removed or added to, and
             undoing-without-import for an event that takes back what is no import.
    """
    # What others append from here on is left to the next verification.
    until = Event.objects.order_by("-position").values_list("position", flat=True).first() or 0
    last, broken = _walk()
    found = [broken] if broken else _head_findings(last)
    for model in BATCH_TABLES:
        found += _row_findings(model, until)
    return [*found, *_undoing_findings(until)]


def verify_kept() -> list[Finding]:
    """Reads every content that the log relies on: what publications keep, the workbooks that amounts came
    from, the documents that obligations rest on, and the evidence of cases.

    Gives    nothing when all is there unchanged. Otherwise blob-not-found or blob-damaged for each content.
    """
    kept = {hash: f"{item.reference}:{name}" for item in Publication.objects.all() for name, hash in item.blobs.items()}
    return [
        finding
        for hash, place in {**_workbooks(), **_documents(), **_evidence(), **kept}.items()
        for finding in _kept_findings(hash, place)
    ]


def _workbooks() -> dict[str, str]:
    """The files that observations name as their source, by hash; a source that is no kept file is left aside."""
    sources = Observation.objects.annotate(file=StrIndex("source", Value("!"))).filter(file__gt=_FILE_AT)
    names = sources.annotate(name=Substr("source", 1, F("file") - 1)).values_list("name", flat=True).distinct()
    pairs = [name.partition("/") for name in names.order_by("name")]
    return {hash: file for hash, slash, file in pairs if slash and _HASH.fullmatch(hash)}


def _documents() -> dict[str, str]:
    """The documents that obligations rest on, and their readings, by hash."""
    rows = Instrument.objects.order_by("event_id", "row")
    return {hash: f"{row.instrument}:{row.file}" for row in rows for hash in (row.source, row.reading)}


def _evidence() -> dict[str, str]:
    """The files that came with moves of cases, by hash; a piece that is only named has none."""
    rows = CaseMove.objects.exclude(evidence=[]).values_list("case", "number", "evidence")
    pieces = [(case, number, piece) for case, number, evidence in rows for piece in evidence]
    return {piece["digest"]: f"{case}:{number}:{piece['name']}" for case, number, piece in pieces if piece["digest"]}


def _kept_findings(hash: str, place: str) -> Iterator[Finding]:
    try:
        blobs().get(hash)
    except Refusal as refusal:
        yield Finding(refusal.code, place, refusal.fields)


def _walk() -> tuple[Event | None, Finding | None]:
    """Follows the links to the last event, or to the first link that does not hold."""
    last: Event | None = None
    for event in Event.objects.order_by("position").iterator():
        if event.position != _position(last) + 1:
            return last, _gap(_position(last) + 1, event.position)
        if event.previous_hash != _hash(last) or event.hash != event.computed_hash():
            return last, _broken(event.position)
        last = event
    return last, None


def _head_findings(last: Event | None) -> list[Finding]:
    """Compares the end of the log with the last event. Events appended since the walk began are no gap."""
    head = LogHead.objects.filter(pk=1).first() or LogHead()
    if head.position > _position(last) and not Event.objects.filter(position=head.position).exists():
        return [_gap(_position(last) + 1, head.position)]
    if head.position < _position(last) or (head.position == _position(last) and head.hash != _hash(last)):
        return [_broken(_position(last))]
    return []


def _row_findings(model: type[BatchRow], until: int) -> list[Finding]:
    """Compares the rows of one table with what their events vouch for."""
    table = table_of(model)
    expected = dict(_commitments(table, until))
    found = []
    for position, rows in _rows_by_event(model, until):
        promised = expected.pop(position) if position in expected else _NOTHING
        found += _batch_findings(table, position, list(rows), promised)
    for position, promised in expected.items():
        found += _batch_findings(table, position, [], promised)
    return sorted(found, key=lambda finding: finding.place)


def _commitments(table: str, until: int) -> Iterator[tuple[int, Mapping[str, object]]]:
    for position, payload in Event.objects.filter(position__lte=until).values_list("position", "payload").iterator():
        if "rows" in payload and table in payload["rows"]:
            yield position, payload["rows"][table]


def _rows_by_event(model: type[BatchRow], until: int) -> Iterator[tuple[int, Iterable[BatchRow]]]:
    rows = cast("QuerySet[BatchRow]", model.objects.all())
    if model is Observation:
        # Its statement names the position of the row it supersedes: one join instead of one query per row.
        rows = cast("QuerySet[BatchRow]", Observation.objects.select_related("supersedes"))
    ordered = rows.filter(event_id__lte=until).order_by("event_id", "row").iterator(chunk_size=2000)
    yield from groupby(ordered, key=lambda row: row.position)


def _batch_findings(table: str, position: int, rows: list[BatchRow], promised: Mapping[str, object]) -> list[Finding]:
    if not (wrong := _wrong_rows(rows, int(str(promised["count"])))) and commitment(rows) == promised:
        return []
    # Every row agrees with its own hash and the batch does not: a row was exchanged together with its hash.
    named = ", ".join(map(str, wrong[:_NAMED_AT_MOST])) if wrong else "?"
    place = f"{table}:position={position};row={named}"
    return [Finding("rows-changed", place, {"table": table, "position": position, "rows": named})]


def _wrong_rows(rows: list[BatchRow], count: int) -> list[int]:
    """The numbers of rows that say something else than their hash, are missing, or were added."""
    changed = {row.row for row in rows if hash_of(row) != row.row_hash}
    return sorted(changed | ({row.row for row in rows} ^ set(range(1, count + 1))))


def _undoing_findings(until: int) -> Iterator[Finding]:
    """An undoing names an import before it, and each import is undone once at most."""
    imported = set(Event.objects.filter(kind=IMPORT, position__lte=until).values_list("position", flat=True))
    for event in Event.objects.filter(kind=UNDOING, position__lte=until).order_by("position"):
        undone = event.payload["undone"]
        if undone not in imported or undone >= event.position:
            fields = {"position": event.position, "undone": undone}
            yield Finding("undoing-without-import", f"event:position={event.position}", fields)
        imported.discard(undone)


def _position(last: Event | None) -> int:
    return last.position if last else 0


def _hash(last: Event | None) -> str:
    return last.hash if last else GENESIS


def _gap(expected: int, actual: int) -> Finding:
    return Finding("chain-gap", f"event:position={expected}", {"expected": expected, "actual": actual})


def _broken(position: int) -> Finding:
    return Finding("chain-broken", f"event:position={position}", {"position": position})
