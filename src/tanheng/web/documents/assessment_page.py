"""What the page of an assessment's papers shows, and to whom: all of it, or the sheet of one's own. Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import Scorecard
from tanheng.records.case_models import CaseMove
from tanheng.records.computing import open_result
from tanheng.records.site_files import blobs
from tanheng.web.cases.selectors import line_of
from tanheng.web.directory.scope import Scope
from tanheng.web.documents.assessment_case import (
    NOBODY,
    STAGES,
    ScoredLine,
    assessment_case,
    card_named,
    draft_shown,
    is_own,
    reads_file,
    run_shown,
    scored_lines,
    settings_of,
    subjects_of_files,
    year_named,
)
from tanheng.web.documents.month_blockers import accepted_in_words, blocking, blocking_by_code
from tanheng.web.documents.paper_case import PaperCase
from tanheng.web.documents.paper_files import PaperFile
from tanheng.web.documents.paper_page import PaperPage, moves_open, signature_of
from tanheng.web.documents.paper_services import findings_of, job_of_paper
from tanheng.web.documents.paper_shown import drafts_shown
from tanheng.web.results.stored_runs import StoredRun

_DIGEST_SHOWN = 12


@dataclass(frozen=True)
class SheetShown:
    """The sheet of a subject: what it says, and its files."""

    line: ScoredLine
    files: Sequence[PaperFile]


@dataclass(frozen=True)
class Receipt:
    """What the papers rest on: the result, as known when, from which records, up to which stage."""

    id: str
    known_on: str
    log_position: int
    stage: str
    engine: str


@dataclass(frozen=True, kw_only=True)
class AssessmentPage(PaperPage):
    """The papers of a year's assessment. `whole` says whether the reader sees every subject."""

    card: Scorecard
    whole: bool
    run: StoredRun | None
    receipt: Receipt | None
    sheets: Sequence[SheetShown]
    summary: Sequence[PaperFile]

    @property
    def publications(self) -> Sequence[tuple[str, str]]:
        """What was published."""
        return self.signature.publications if self.signature else []


def stage_words() -> Mapping[str, str]:
    """The stages of scoring in the language of the page, by id."""
    words = (gettext("self-assessment"), gettext("review"), gettext("reply"), gettext("final word"))
    return dict(zip(STAGES, words, strict=True))


def assessment_page(scorecard: str, year: str, scope: Scope) -> AssessmentPage:
    """The page: of everything for who sees the site, of one's own sheets for anybody else.

    Refuses  paper-unknown: no such scorecard or year, or no sheet of the reader's own.
    """
    card, period = card_named(scorecard), year_named(year)
    paper = assessment_case(card.id, period)
    draft = draft_shown(paper)
    sheets = _sheets(paper, draft, scope)
    if not scope.sees_all and not sheets:
        raise Refusal("paper-unknown")
    run = run_shown(card.id, period, scope) if scope.sees_all else None
    found = findings_of([run.id]) if run is not None and paper.case is None else []
    accepted = accepted_in_words(paper.accepted, findings_of(paper.results) if paper.accepted else [])
    job = job_of_paper(paper) if scope.may("publish") else None
    rests_on = next(iter(paper.results), run.id if run is not None else "")
    return AssessmentPage(
        paper=paper,
        card=card,
        whole=scope.sees_all,
        line=None if paper.case is None else line_of(paper.case.last, scope),
        run=run,
        receipt=_receipt(rests_on) if rests_on else None,
        sheets=sheets,
        summary=_files(paper, draft, NOBODY) if draft is not None and scope.sees_all else [],
        blockers=blocking_by_code(blocking(found), found),
        accepted_shown=accepted if scope.sees_all else [],
        moves=moves_open(paper, scope) if scope.sees_all else {},
        may_begin=paper.case is None and run is not None and scope.may("publish"),
        may_compute=paper.case is None and scope.may("compute"),
        drafts=drafts_shown(paper.made("drafted"), paper.sent) if scope.sees_all else [],
        signature=signature_of(paper) if scope.sees_all else None,
        job=job,
    )


def _receipt(result: str) -> Receipt:
    told = open_result(result).receipt
    asked = told["parameters"]
    return Receipt(result, asked["known_on"], asked["log_position"], settings_of(result)[1], told["engine"])


def _sheets(paper: PaperCase, draft: CaseMove | None, scope: Scope) -> Sequence[SheetShown]:
    if draft is None:
        return []
    lines = [line for line in scored_lines(draft) if scope.sees_all or is_own(line.subject, scope)]
    return [SheetShown(line, _files(paper, draft, line.subject)) for line in lines]


def _files(paper: PaperCase, draft: CaseMove, subject: str) -> Sequence[PaperFile]:
    about = subjects_of_files(draft)
    return [
        PaperFile(
            piece["name"],
            int(piece["size"]),
            str(piece["digest"])[:_DIGEST_SHOWN],
            reverse("assessment_file", args=[*paper.name.split("/"), draft.number, index]),
        )
        for index, piece in enumerate(draft.evidence)
        if about[index] == subject
    ]


def assessment_file(scorecard: str, year: str, number: int, piece: int, scope: Scope) -> tuple[str, bytes]:
    """A file of a draft by name and content.

    Refuses  paper-unknown: none of that number, or not the reader's own; the two are answered alike. blob-….
    """
    paper = assessment_case(card_named(scorecard).id, year_named(year))
    draft = next((move for move in paper.made("drafted") if move.number == number), None)
    if draft is None or piece >= len(draft.evidence) or not reads_file(draft, piece, scope):
        raise Refusal("paper-unknown")
    return draft.evidence[piece]["name"], blobs().get(draft.evidence[piece]["digest"])
