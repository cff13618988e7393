"""The files of papers: where they are handed out, and who may read them. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from tanheng.records.case_models import CaseMove
from tanheng.web.directory.scope import Scope

_DIGEST_SHOWN = 12


@dataclass(frozen=True)
class PaperFile:
    """A file: its name, size, the beginning of its digest, and where it is read."""

    name: str
    size: int
    digest: str
    href: str


def may_read_papers(area: str, scope: Scope) -> bool:
    """Whether the papers about an area are open: they name single units of it, so whoever reads them must see those."""
    return scope.sees_all or (scope.role.reach == "area" and bool(area) and scope.sees(area))


def files_of_move(move: CaseMove) -> Sequence[PaperFile]:
    """The files that came with a move."""
    procedure, name = move.case.split("/", 1)
    return [
        PaperFile(
            piece["name"],
            int(piece["size"]),
            str(piece["digest"])[:_DIGEST_SHOWN],
            reverse("case_evidence", args=[procedure, name, move.number, index]),
        )
        for index, piece in enumerate(move.evidence)
        if piece["digest"]
    ]
