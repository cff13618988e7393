"""Drafts and signatures as every page of a paper shows them: the month's and the barometer's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from tanheng.records.case_models import CaseMove
from tanheng.records.people import names_of
from tanheng.web.documents.paper_files import PaperFile, files_of_move


@dataclass(frozen=True)
class DraftShown:
    """A draft: its number, who made it when, the remark, the files; whether it is the one that was sent."""

    number: str
    who: str
    at: datetime
    said: str
    files: Sequence[PaperFile]
    is_sent: bool


@dataclass(frozen=True)
class SignatureShown:
    """What was recorded of the signature, the scan, and the publications by name and address."""

    number: str
    signer: str
    signed_on: str
    files: Sequence[PaperFile]
    publications: Sequence[tuple[str, str]]


def drafts_shown(made: Sequence[CaseMove], sent: CaseMove | None) -> list[DraftShown]:
    """The drafts, the last one first; `sent` is the move by which one of them went to be signed."""
    names = names_of(move.event.actor for move in made)
    return [
        DraftShown(
            number=move.given["draft"],
            who=names[move.event.actor] if move.event.actor in names else "",
            at=move.event.at,
            said="" if move.said == "—" else move.said,
            files=files_of_move(move),
            is_sent=sent is not None and sent.given["draft"] == move.given["draft"],
        )
        for move in reversed(made)
    ]


def signature_shown(signed: CaseMove, files: Sequence[PaperFile]) -> SignatureShown:
    """The signature with those of its files that a reader may open."""
    given = signed.given
    found = [
        (each, reverse("publication", args=[each.partition("/")[2]])) for each in str(given["publications"]).split()
    ]
    return SignatureShown(given["document_number"], given["signer"], given["signed_on"], files, found)
