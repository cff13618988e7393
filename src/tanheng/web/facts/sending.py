"""Sending workbooks in, having them checked, recording them, taking them off the desk again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from tanheng.kernel.faults import Refusal
from tanheng.records.checking import Progress, SentWorkbook, check_workbooks
from tanheng.records.evidence import Attachment, keep_evidence
from tanheng.records.mandates import mandate_of
from tanheng.records.models import Person
from tanheng.records.reach import Reach
from tanheng.records.recording import Recorded
from tanheng.records.taking_in import Agreed, take_in
from tanheng.store import load_packs
from tanheng.web.cases.jobs import begin_job, job_of
from tanheng.web.cases.models import Job
from tanheng.web.directory.scope import Scope, scope_under
from tanheng.web.facts.dry_runs import keep_dry_run
from tanheng.web.facts.models import Batch, BatchFile

CHECK, RECORD = "check_workbooks", "record_workbooks"
WORKBOOKS = ("csv", "et", "xls", "xlsx")
MOST_FILES = 20
"""How many workbooks can be sent at a time: a setting."""
ACT = "import"


@dataclass(frozen=True)
class Sending:
    """What a form brought: workbooks by name and content, the day they were published, their layout if it was said."""

    files: Sequence[tuple[str, bytes]]
    published: date
    layout: str = ""
    token: str = ""
    evidence: Sequence[tuple[str, bytes]] = ()
    form: bool = False


def send_workbooks(sending: Sending, *, scope: Scope) -> Batch:
    """Keeps workbooks and has them checked in the background; nothing is recorded.

    Gives    the batch; the one that is there already where the same form was sent twice.
    Refuses  not-permitted; no-mandate; evidence-…: one is no workbook, or none that is taken; workbooks-too-many;
             workbook-sent-twice; nothing of what was sent is taken then.
    """
    scope.require(ACT)
    if scope.person is None:
        raise Refusal("no-mandate")
    if not sending.files:
        raise Refusal("evidence-empty", name="-")
    if len(sending.files) > MOST_FILES:
        raise Refusal("workbooks-too-many", count=len(sending.files), most=MOST_FILES)
    kept = [_kept(name, content) for name, content in sending.files]
    _refuse_twice(kept)
    evidence = [asdict(keep_evidence(name, content)) for name, content in sending.evidence]
    told = {"mandate": scope.mandate, "published": sending.published, "evidence": evidence, "form": sending.form}
    with transaction.atomic():
        batch, is_new = _own(scope.person, sending.token, told)
        if not is_new:
            return batch
        for number, item in enumerate(kept, 1):
            BatchFile.objects.create(
                batch=batch, number=number, name=item.name, digest=item.digest, asked_layout=sending.layout
            )
        _begin(batch, CHECK)
    return batch


def _own(person: UUID, token: str, told: Mapping[str, Any]) -> tuple[Batch, bool]:
    """The batch of a form, and whether it is new; of the same form that comes twice at once, one is."""
    if not token:
        return Batch.objects.create(person=person, **told), True
    return Batch.objects.get_or_create(person=person, token=token, defaults=told)


def _kept(name: str, content: bytes) -> Attachment:
    kept = keep_evidence(name, content)
    if kept.kind not in WORKBOOKS:
        raise Refusal("evidence-kind-unknown", name=kept.name, kinds=", ".join(WORKBOOKS))
    return kept


def _refuse_twice(kept: Sequence[Attachment]) -> None:
    first: dict[str, str] = {}
    for item in kept:
        if item.digest in first:
            raise Refusal("workbook-sent-twice", first=first[item.digest], second=item.name)
        first[item.digest] = item.name


def _begin(batch: Batch, kind: str) -> None:
    title = "、".join(batch.files.values_list("name", flat=True))
    job = begin_job(kind=kind, title=title, asked={"batch": str(batch.id)}, person=batch.person)
    batch.job, batch.refused = job.id, None
    batch.state = Batch.CHECKING if kind == CHECK else Batch.RECORDING
    batch.save(update_fields=["job", "state", "refused"])


def check_again(id: str, *, scope: Scope, layouts: Mapping[int, str] | None = None) -> Batch:
    """Has a batch checked once more, as packs, directory and records stand now; `layouts` by number of the file.

    Refuses  import-unknown; not-permitted; import-not-checked: it is being checked or recorded, or was recorded.
    """
    scope.require(ACT)
    with transaction.atomic():
        batch = _locked(id, scope)
        if not is_resting(batch):
            raise Refusal("import-not-checked")
        for number, layout in (layouts or {}).items():
            batch.files.filter(number=number).update(asked_layout=layout[:200])
        _begin(batch, CHECK)
    return batch


def record_batch(id: str, *, scope: Scope) -> Batch:
    """Has a batch recorded in the background, as its dry run said; sent twice, it is recorded once.

    Refuses  import-unknown; not-permitted; import-not-checked; import-blocked.
    """
    scope.require(ACT)
    with transaction.atomic():
        batch = _locked(id, scope)
        if batch.state in (Batch.RECORDING, Batch.RECORDED):
            return batch
        if batch.state != Batch.CHECKED:
            raise Refusal("import-not-checked")
        if (blocked := blocked_file(batch)) is not None:
            raise Refusal("import-blocked", file=blocked.name)
        _begin(batch, RECORD)
    return batch


def is_resting(batch: Batch) -> bool:
    """Whether nothing is at work on a batch: it is checked, or what was at it broke off."""
    if batch.state == Batch.RECORDED:
        return False
    return batch.state == Batch.CHECKED or job_of(str(batch.job), batch.person).state in (Job.REFUSED, Job.FAILED)


def blocked_file(batch: Batch) -> BatchFile | None:
    """The first workbook of a batch that keeps all of it from being recorded."""
    blocked = set(batch.files.filter(findings__weight=0))
    return next((file for file in batch.files.all() if not file.was_read or file in blocked), None)


def discard_batch(id: str, *, scope: Scope) -> None:
    """Takes a batch off the desk; what was recorded of it stays recorded, and so do the files.

    Refuses  import-unknown; import-not-checked: it is being recorded.
    """
    with transaction.atomic():
        batch = _locked(id, scope)
        if batch.state != Batch.RECORDED and not is_resting(batch):
            raise Refusal("import-not-checked")
        batch.delete()


def batch_of(id: str, scope: Scope) -> Batch:
    """A batch of one's own; one of somebody else is answered like one that does not exist.

    Refuses  import-unknown.
    """
    found = Batch.objects.filter(id=_number(id), person=scope.person).first()
    if found is None:
        raise Refusal("import-unknown", name=id[:40])
    return found


def _locked(id: str, scope: Scope) -> Batch:
    batch_of(id, scope)
    return Batch.objects.select_for_update().get(id=id)


def _number(id: str) -> UUID:
    try:
        return UUID(id)
    except ValueError as error:
        raise Refusal("import-unknown", name=id[:40]) from error


# ---- the jobs themselves


def check(asked: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
    """Checks the workbooks of a batch and keeps what was found.

    Refuses  no-mandate: the mandate under which they were sent has ended.
    """
    batch = Batch.objects.get(id=asked["batch"])
    scope = _scope(batch)
    checked = check_workbooks([_sent(file, batch) for file in batch.files.all()], reach_of(scope), progress)
    packs = load_packs()
    with transaction.atomic():
        for file, item in zip(batch.files.all(), checked, strict=True):
            keep_dry_run(file, item, packs, scope.ground.directory)
        batch.state = Batch.CHECKED
        batch.save(update_fields=["state"])
    return {"href": reverse("sent_workbooks", args=[batch.id])}


def record(asked: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
    """Records the workbooks of a batch. What is refused stands on its page; the batch can be checked once more.

    Refuses  no-mandate, not-permitted; whatever `take_in` refuses.
    """
    batch = Batch.objects.get(id=asked["batch"])
    if batch.state != Batch.RECORDING:
        return {"href": reverse("sent_workbooks", args=[batch.id])}
    try:
        scope = _scope(batch)
        scope.require(ACT)
        _record(batch, scope, progress)
    except Refusal as refusal:
        Batch.objects.filter(id=batch.id).update(state=Batch.CHECKED, refused=refusal.as_json())
        raise
    return {"href": reverse("sent_workbooks", args=[batch.id])}


def _record(batch: Batch, scope: Scope, progress: Progress) -> None:
    files = list(batch.files.all())
    evidence = tuple(Attachment(**item) for item in batch.evidence)
    agreed = [Agreed(_sent(file, batch), file.fingerprint, evidence) for file in files]

    def note(recorded: Mapping[str, Recorded]) -> None:
        for file in files:
            file.position = recorded[file.digest].position
            file.save(update_fields=["position"])
        Batch.objects.filter(id=batch.id).update(state=Batch.RECORDED)

    take_in(agreed, reach_of(scope), Person.objects.get(id=batch.person), progress, note)


def _sent(file: BatchFile, batch: Batch) -> SentWorkbook:
    return SentWorkbook(file.name, file.digest, batch.published, file.asked_layout)


def _scope(batch: Batch) -> Scope:
    """The scope of the mandate that a batch was sent under, as it is today."""
    mandate = mandate_of(batch.mandate)
    if not mandate.acts_on(timezone.localdate()):
        raise Refusal("no-mandate")
    return scope_under(mandate)


def reach_of(scope: Scope) -> Reach:
    """How far a reader may speak."""
    return Reach(scope.sees_all, scope.sees)
