"""What is computed and written for an assessment beside the web server, and which of its scores are published."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from tanheng.kernel.assessment.annual_assessment import GRADE, RANK
from tanheng.kernel.trace import Address
from tanheng.records.checking import Progress
from tanheng.records.computing import compute, open_result
from tanheng.records.evidence import keep_evidence
from tanheng.reports.assessed import Assessed, SubjectSheet, assessed
from tanheng.reports.score_sheet import score_sheet, summary
from tanheng.reports.three_forms import files_of
from tanheng.store.packs import load_packs
from tanheng.web.cases.jobs import Kind
from tanheng.web.cases.services import Sent, make_move
from tanheng.web.documents.assessment_case import METHOD, NOBODY, SCHEME, ScoredLine
from tanheng.web.documents.paper_case import ASSESSMENT
from tanheng.web.documents.paper_jobs import Asked, Outcome, begun, freeze
from tanheng.web.documents.paper_services import COMPUTE, DRAFT, FREEZE, id_of, kind_of_job

_AREA = "area/"


def compute_assessment(asked: Asked, progress: Progress) -> Outcome:
    """Scores a year by a scorecard.

    Refuses  no-mandate; whatever the run refuses.
    """
    _, paper = begun(asked)
    progress("computing", 0, 1)
    settings = {"scorecard": asked["scorecard"], "stage": asked["stage"]}
    day = date.fromisoformat(asked["known_on"])
    found = compute(METHOD, paper.period, SCHEME, day, packs=load_packs(), settings=settings, as_latest=False)
    return {"href": paper.href, "results": [found.id]}


def draft_assessment(asked: Asked, progress: Progress) -> Outcome:
    """Writes the summary and the sheet of each subject, keeps them by hash, and numbers the draft.

    Refuses  no-mandate; case-moved-meanwhile; whatever making the papers refuses.
    """
    scope, paper = begun(asked)
    progress("reading", 0, 2)
    found, packs = assessed(open_result(paper.results[0])), load_packs()
    progress("writing", 1, 2)
    contents, _ = files_of({f"{found.year}年考核结果汇总": summary(found)}, packs)
    subjects = [NOBODY] * len(contents)
    for number, sheet in enumerate(found.sheets):
        progress("writing", number, len(found.sheets))
        made, _ = files_of({f"{found.year}年考核评分表_{sheet.label['zh']}": score_sheet(found, sheet)}, packs)
        contents |= made
        subjects += [sheet.subject] * (len(contents) - len(subjects))
    kept = tuple(keep_evidence(name, content) for name, content in contents.items())
    lines = [asdict(scored_line(sheet)) for sheet in found.sheets]
    given = {"sheets": json.dumps(lines, ensure_ascii=False), "subjects": " ".join(subjects)}
    sent = Sent(said=asked["said"], given=given, kept=kept, token=asked["token"], expected=asked["expected"])
    make_move(id_of(paper), "drafted", sent=sent, scope=scope)
    return {"href": paper.href}


def scored_line(sheet: SubjectSheet) -> ScoredLine:
    """A subject as its sheet says it."""
    return ScoredLine(
        subject=sheet.subject,
        label=dict(sheet.label),
        score="" if sheet.score is None else f"{sheet.score:.2f}",
        grade=None if sheet.grade is None else dict(sheet.grade.label),
        rank=sheet.rank,
        open_items=sheet.open_items,
    )


def quoted_scores(result: str) -> list[str]:
    """The addresses of the scores, grades and ranks of areas; of single units none."""
    found = assessed(open_result(result))
    return [address for sheet in found.sheets if sheet.subject.startswith(_AREA) for address in _quoted(found, sheet)]


def _quoted(found: Assessed, sheet: SubjectSheet) -> list[str]:
    said = {GRADE: sheet.grade, RANK: sheet.rank}
    beside = [Address(column, sheet.subject, found.year) for column, value in said.items() if value is not None]
    return [str(each) for each in ([] if sheet.score is None else [sheet.address, *beside])]


JOBS: Mapping[str, Kind] = {
    kind_of_job(ASSESSMENT, COMPUTE): compute_assessment,
    kind_of_job(ASSESSMENT, DRAFT): draft_assessment,
    kind_of_job(ASSESSMENT, FREEZE): freeze,
}
