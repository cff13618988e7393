"""Publishing a result, keeping everything that computing it again needs, and computing it again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import transaction

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import PackSet
from tanheng.kernel.procedure import Act
from tanheng.kernel.run import Inputs
from tanheng.kernel.trace import Address
from tanheng.records.append_only import BatchRow
from tanheng.records.canonical import canonical, digest
from tanheng.records.cases import Matter, opening_row
from tanheng.records.chain import append, lock_log
from tanheng.records.computing import computed_again, inputs_of, run_again
from tanheng.records.disclosing import check_figure, for_readers
from tanheng.records.kept_packs import load_once, packs_archive
from tanheng.records.models import LONGEST_TITLE, Person, Publication
from tanheng.records.procedures import procedure_of
from tanheng.records.run_inputs import DIRECTORY, OBLIGATIONS, REGISTERS, RunInputs
from tanheng.records.site_files import blobs, results
from tanheng.store.results import RESULT_FILES, StoredResult
from tanheng.store.snapshot import read_snapshot

PUBLISHING = "publishing"
"""The procedure by which results are published."""
_TEXTS = (DIRECTORY, OBLIGATIONS, REGISTERS)


@dataclass(frozen=True)
class Repetition:
    """A publication computed again from its own blobs: the digest of its figures then and now."""

    publication: Publication
    digest_then: str
    digest_now: str

    @property
    def same(self) -> bool:
        """Whether the figures are the same."""
        return self.digest_then == self.digest_now


def publish(
    result_ref: str,
    title: str,
    actor: Person,
    figures: Iterable[str] = (),
    accepted: Mapping[str, str] | None = None,
    *,
    in_case: bool = False,
) -> Publication:
    """Makes a result public, as a whole or by some of its figures, under one event of kind `published`.

    Reads    figures: addresses of the figures that are quoted; none: the whole result.
             accepted: for each code of a blocking finding that is accepted, the reason. Both go into the event.
             in_case: a case was opened before and its next move publishes; else this is a case of a single move.
    Gives    the publication; the one that exists where the same result has the same title and figures.
    Refuses  title-unusable, result-not-found, figure-not-found, figure-withheld, acceptance-without-reason;
             publication-blocked: a blocking finding that is not accepted; inputs-differ, packs-not-kept,
             result-damaged: it cannot be repeated.
    """
    title = _usable(title)
    result = results().load(result_ref)
    _check_findings(result)
    quoted = [_quoted(result, address) for address in figures]
    reasons = _reasons(result, accepted or {})
    row = Publication(
        title=title,
        result=result.id,
        figures=quoted,
        figures_digest=result.receipt["figures"],
        receipt_digest=digest(canonical(result.receipt)),
        blobs=_kept(result),
        accepted=reasons,
    )
    with transaction.atomic():
        lock_log()
        if (existing := _existing(row)) is not None:
            return existing
        said = {"result": result.id, "title": title, "figures": quoted, "accepted": reasons}
        append("published", said, actor, [row] if in_case else [row, _case_of_one_move(row)])
    return row


def publications() -> list[Publication]:
    """All publications in the order of the log."""
    return list(Publication.objects.select_related("event").order_by("event_id"))


def open_publication(reference: str) -> Publication:
    """A publication by its reference (`publication/12` or `12`), or `latest`.

    Refuses  publication-not-found.
    """
    known = publications()
    wanted = reference.removeprefix("publication/")
    found = known[-1:] if wanted == "latest" else [item for item in known if str(item.position) == wanted]
    if not found:
        listed = ", ".join(item.reference for item in known[-5:]) or "-"
        raise Refusal("publication-not-found", reference=reference, known=listed)
    return found[0]


def repeat(publication: Publication) -> Repetition:
    """Computes a publication again from what it kept: packs, snapshot, directory and receipt, and nothing else.

    Refuses  blob-not-found, blob-damaged: something it kept is gone or was changed.
    """
    receipt, packs, inputs = published_run(publication)
    result = run_again(receipt, packs, inputs)
    return Repetition(publication, publication.figures_digest, result.receipt.figures)


def published_run(publication: Publication) -> tuple[dict[str, Any], PackSet, Inputs]:
    """The receipt, packs and inputs that a publication kept.

    Refuses  blob-not-found, blob-damaged: something it kept is gone or was changed.
    """
    kept, names = blobs(), publication.blobs
    contents = {name: kept.get(hash) for name, hash in names.items()}
    texts = {name: contents[name].decode() for name in _TEXTS if name in contents}
    inputs = RunInputs(read_snapshot(kept.path(names["snapshot"])), texts)
    return json.loads(contents["receipt"]), load_once(contents["packs"]), inputs.inputs()


def published_result(publication: Publication) -> StoredResult:
    """The result as it was published, as readers may see it; put back among the results where those were emptied.

    Refuses  blob-not-found, blob-damaged; result-damaged: the folder holds another receipt or other findings.
    """
    folder = results().root / publication.result
    if not folder.is_dir():
        kept = {name: blobs().get(publication.blobs[name]) for name in RESULT_FILES}
        results().put_back(publication.result, kept)
    result = results().load(publication.result)
    if digest(canonical(result.receipt)) != publication.receipt_digest:
        raise Refusal("result-damaged", result=result.id, problem="receipt digest")
    if sha256((folder / RESULT_FILES["findings"]).read_bytes()).hexdigest() != publication.blobs["findings"]:
        raise Refusal("result-damaged", result=result.id, problem="findings digest")
    return for_readers(result)


def result_columns(result: StoredResult) -> list[str]:
    """The columns that hold figures: those with a count of what is missing beside them."""
    return [name for name in result.figures.columns if f"{name}_missing" in result.figures.columns]


def _case_of_one_move(row: Publication) -> BatchRow:
    """The case that publishing at once is: whoever asks how it came to be finds it beside those that took longer."""
    act = Act("publish_at_once", "office", blockers=())
    return opening_row(procedure_of(PUBLISHING), Matter(row.title, f"result/{row.result}"), act)


def _usable(title: str) -> str:
    """A title without spaces around it; SQLite would keep one of any length, and PostgreSQL fail at it."""
    title = title.strip()
    if not title or len(title) > LONGEST_TITLE or not title.isprintable():
        raise Refusal("title-unusable", limit=LONGEST_TITLE, length=len(title))
    return title


def _quoted(result: StoredResult, text: str) -> str:
    """An address in its shortest form, for a figure that the result has."""
    address = Address.parse(text)
    period = address.period
    rows = result.figures.where(subject=address.subject, period_start=period.start, period_end=period.end)
    columns = result_columns(result)
    if address.column not in columns or address.line is not None or not rows.height():
        raise Refusal("figure-not-found", address=text, nearest=", ".join(columns))
    check_figure(result, address)
    return str(address)


def _check_findings(result: StoredResult) -> None:
    """The findings decide what may be published, and the file they are read from is no record: they are made again."""
    again, _, _ = computed_again(canonical(result.receipt))
    if _told(finding.as_json() for finding in again.findings) != _told(result.findings):
        raise Refusal("result-damaged", result=result.id, problem="findings of a repetition")


def _told(findings: Iterable[Mapping[str, Any]]) -> list[tuple[str, ...]]:
    """What findings say, their sentences aside: a later version may word them better."""
    return sorted((item["code"], item["severity"], item["place"], canonical(item["fields"])) for item in findings)


def _reasons(result: StoredResult, accepted: Mapping[str, str]) -> dict[str, str]:
    """The reason for each blocking code of a result."""
    codes = sorted({finding["code"] for finding in result.findings if finding["severity"] == "blocker"})
    if unreasoned := [code for code, reason in accepted.items() if not reason.strip()]:
        raise Refusal("acceptance-without-reason", codes=", ".join(unreasoned))
    if open_codes := [code for code in codes if code not in accepted]:
        raise Refusal("publication-blocked", result=result.id, codes=", ".join(open_codes))
    return {code: accepted[code] for code in codes}


def _kept(result: StoredResult) -> dict[str, str]:
    """Puts everything a repetition needs among the blobs, once a first repetition has given the same figures.

    Blobs of a publication that is refused afterwards do no harm.
    """
    again, _, _ = computed_again(canonical(result.receipt))
    if again.receipt.figures != result.receipt["figures"]:
        raise Refusal("result-damaged", result=result.id, problem="figures digest of a repetition")
    inputs = inputs_of(result.receipt)
    folder, kept = results().root / result.id, blobs()
    return {
        **{name: kept.put((folder / file).read_bytes()) for name, file in RESULT_FILES.items()},
        "packs": kept.put(packs_archive(result.receipt["packs"])),
        "snapshot": kept.put(inputs.snapshot.path.read_bytes()),
        **{name: kept.put(text.encode()) for name, text in inputs.texts.items()},
    }


def _existing(row: Publication) -> Publication | None:
    found = Publication.objects.filter(result=row.result, title=row.title).order_by("event_id")
    return next((item for item in found if item.figures == row.figures), None)
