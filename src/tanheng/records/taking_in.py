"""Recording workbooks that were checked: all that were sent together in one transaction, one event each, or none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from tanheng.kernel.faults import Refusal
from tanheng.records.chain import lock_log
from tanheng.records.checking import RECORDING, CheckedWorkbook, Progress, SentWorkbook, check_workbooks, judged
from tanheng.records.evidence import Attachment
from tanheng.records.models import Person
from tanheng.records.reach import Reach
from tanheng.records.recording import Recorded, record_observations
from tanheng.records.registers import Origin
from tanheng.records.suspecting import Suspicion
from tanheng.store import load_packs


@dataclass(frozen=True)
class Agreed:
    """A workbook and the dry run of it that somebody agreed to, with the evidence that came along."""

    file: SentWorkbook
    fingerprint: str
    evidence: tuple[Attachment, ...] = ()


def take_in(
    agreed: Sequence[Agreed],
    reach: Reach,
    actor: Person,
    progress: Progress,
    also: Callable[[Mapping[str, Recorded]], None] = lambda _: None,
) -> Mapping[str, Recorded]:
    """Records workbooks as their dry run said.

    Reads    also: what is to be noted of it in the same transaction.

    Gives    what was recorded of each, by its hash.
    Refuses  import-blocked: one of them has a blocking problem; import-differs-by-now: packs, directory or records have
             changed since, so that it would do something else than was agreed to; nothing is written then.
    """
    read = check_workbooks([item.file for item in agreed], reach, progress)
    progress(RECORDING, 0, len(agreed))
    with transaction.atomic():
        lock_log()
        packs = load_packs()
        now = judged([_unjudged(item) for item in read], packs)
        for item, said in zip(now, agreed, strict=True):
            _refuse(item, said)
        suspicion = Suspicion.of_packs(packs)
        pairs = zip(now, agreed, strict=True)
        recorded = {said.file.digest: _recorded(item, said, actor, suspicion) for item, said in pairs}
        also(recorded)
    return recorded


def _unjudged(item: CheckedWorkbook) -> CheckedWorkbook:
    """As it was read: what was found beside the records is found anew under the lock."""
    if item.reading is None:
        return item
    return CheckedWorkbook(item.file, item.reading, item.reading.findings, None)


def _refuse(item: CheckedWorkbook, agreed: Agreed) -> None:
    if item.blocked:
        raise Refusal("import-blocked", file=item.file.name)
    if item.fingerprint != agreed.fingerprint:
        raise Refusal("import-differs-by-now", file=item.file.name)


def _recorded(item: CheckedWorkbook, agreed: Agreed, actor: Person, suspicion: Suspicion) -> Recorded:
    file, reading = item.file, item.reading
    if reading is None:
        raise Refusal("import-blocked", file=file.name)
    origin = Origin(file.digest, file.published, reading.layout, agreed.evidence)
    return record_observations(
        reading.observations, actor, note=file.name, rows=reading.rows, suspicion=suspicion, origin=origin
    )
