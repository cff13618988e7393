"""What a request of the API says of one step of a month or a paper, as services take it."""

from __future__ import annotations

from dataclasses import replace

from ninja.files import UploadedFile

from tanheng.web.cases.services import Sent
from tanheng.web.directory.scope import Scope
from tanheng.web.documents import api_shapes as shapes
from tanheng.web.documents import paper_services
from tanheng.web.documents.paper_case import PaperCase
from tanheng.web.ui.uploads import contents_of


def step_sent(asked: shapes.StepAsked) -> Sent:
    """A step without files."""
    return Sent(said=asked.said, token=asked.token, expected=asked.expected)


def draft_sent(asked: shapes.StepAsked, evidence: list[UploadedFile]) -> Sent:
    """A step that brings files."""
    return replace(step_sent(asked), files=contents_of(evidence))


def signature_sent(asked: shapes.SignatureAsked, evidence: list[UploadedFile]) -> Sent:
    """A signature with its scan: what is said of it is given to the move where it is not empty."""
    told = {"document_number": asked.document_number, "signer": asked.signer, "signed_on": asked.signed_on.isoformat()}
    return replace(draft_sent(asked, evidence), given={name: text for name, text in told.items() if text})


def move_on(paper: PaperCase, move: str, asked: shapes.StepAsked, *, scope: Scope) -> None:
    """Takes a paper one move further.

    Refuses  as `send_paper` and `move_paper`.
    """
    if move == "send":
        paper_services.send_paper(paper, sent=step_sent(asked), scope=scope)
    else:
        paper_services.move_paper(paper, move, sent=step_sent(asked), scope=scope)
