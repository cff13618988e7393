"""What is computed and written for a month beside the web server: its figures, what is odd in them, its papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from tanheng.kernel.faults import Refusal
from tanheng.records.canonical import canonical
from tanheng.records.checking import Progress
from tanheng.records.computing import compute, computed_again, open_result
from tanheng.records.evidence import Attachment, keep_evidence
from tanheng.reports.month_brief import keep_briefs
from tanheng.reports.month_files import Month, month_of, month_papers
from tanheng.reports.month_runs import SCHEME, MonthRuns
from tanheng.reports.monthly_analysis import month_tables
from tanheng.reports.three_forms import files_of
from tanheng.store.packs import load_packs
from tanheng.store.results import StoredResult
from tanheng.web.cases.jobs import Kind
from tanheng.web.cases.services import Sent, make_move
from tanheng.web.directory.scope import Scope, scope_again
from tanheng.web.documents.month_blockers import blocking, findings_about, results_of
from tanheng.web.documents.month_case import MonthCase, month_of_id
from tanheng.web.documents.month_comments import comments_in_words

COMPUTE, CHECK, DRAFT = "month_compute", "month_check", "month_draft"
FREEZE, REVISE = "month_freeze", "month_revise"
_PLAUSIBILITY = "plausibility"
_MOST_NAMED = 6
Asked = Mapping[str, Any]
Outcome = Mapping[str, Any]


def compute_month(asked: Asked, progress: Progress) -> Outcome:
    """Computes a month and makes the move that keeps the result with its case: computed, or computed with blockers.

    Refuses  no-mandate: whoever asked holds the mandate no longer; case-moved-meanwhile; whatever the runs refuse.
    """
    scope, month = _begun(asked)
    found, without = _runs(month, asked, progress)
    about = findings_about(month.area, found.results)
    codes = blocking(about)
    given = {"result": found.dispatch.id, "year_end": " ".join(each.id for each in found.ends.values())}
    given["known_on"] = str(found.dispatch.receipt["parameters"]["known_on"])
    said = "、".join(_named(about, codes))
    sent = Sent(said=said, given=given, token=asked["token"], expected=asked["expected"])
    make_move(month.id, "blocked" if codes else "compute", sent=sent, scope=scope, blockers=codes)
    return {"href": month.href, "result": found.dispatch.id, "codes": codes, "without": without}


def revise_month(asked: Asked, progress: Progress) -> Outcome:
    """Computes a signed month with what is known now, beside the frozen figures; nothing of the case moves.

    Refuses  no-mandate; whatever the runs refuse.
    """
    _, month = _begun(asked)
    found, without = _runs(month, asked, progress)
    return {"href": month.href, "result": found.dispatch.id, "codes": [], "without": without}


def check_month(asked: Asked, progress: Progress) -> Outcome:
    """Looks for what is odd in the figures that came in, and keeps the result with the case.

    Refuses  no-mandate; case-moved-meanwhile; whatever the run refuses.
    """
    scope, month = _begun(asked)
    progress("checking", 0, 1)
    found = _plausibility(month, date.fromisoformat(asked["known_on"]))
    odd = [each for each in findings_about(month.area, [found]) if each["severity"] != "note"]
    sent = Sent(said=str(len(odd)), given={"check": found.id}, token=asked["token"], expected=asked["expected"])
    make_move(month.id, "checked", sent=sent, scope=scope)
    return {"href": month.href, "result": found.id, "codes": []}


def _plausibility(month: MonthCase, day: date) -> StoredResult:
    """The check of what units stated; of what their carriers come to where none stated a total.

    Refuses  no-activity-data: neither is there.
    """
    try:
        return compute(_PLAUSIBILITY, month.span, SCHEME, day, as_latest=False)
    except Refusal as refusal:
        if refusal.code != "no-activity-data":
            raise
    return compute(_PLAUSIBILITY, month.span, SCHEME, day, settings={"of": "computed"}, as_latest=False)


def draft_month(asked: Asked, progress: Progress) -> Outcome:
    """Writes the papers of a month with the comments in them, keeps them by hash, and numbers the draft.

    Refuses  no-mandate; month-without-result; case-moved-meanwhile; whatever making the papers refuses.
    """
    scope, month = _begun(asked)
    if not month.dispatch:
        raise Refusal("month-without-result")
    progress("reading", 0, 3)
    packs = load_packs()
    ends = {each.receipt["method"].removeprefix("year_end_by_"): each for each in map(open_result, month.ends)}
    found = month_of(open_result(month.dispatch), ends, month.area, packs)
    progress("writing", 1, 3)
    papers = month_papers(found, comments_in_words(month, scope), month.accepted)
    tables = {list(papers)[1]: month_tables(found.reading)}
    contents, odd = files_of(papers, packs, tables)
    progress("keeping", 2, 3)
    kept = tuple(_kept(name, content) for name, content in contents.items())
    sent = Sent(said=asked["said"], kept=kept, token=asked["token"], expected=asked["expected"])
    make_move(month.id, "drafted", sent=sent, scope=scope)
    return {"href": month.href, "result": month.dispatch, "codes": [], "odd": [each.as_json() for each in odd]}


def freeze_month(asked: Asked, progress: Progress) -> Outcome:
    """Records the signature of a month and freezes its figures; each result is computed again before it is published,
    outside of the lock that publishing takes.

    Refuses  no-mandate; case-moved-meanwhile; case-figures-blocked; whatever publishing refuses.
    """
    scope, month = _begun(asked)
    stored = results_of(month)
    for number, result in enumerate(stored):
        progress("repeating", number, len(stored))
        computed_again(canonical(result.receipt))
    kept = tuple(Attachment(**piece) for piece in asked["kept"])
    sent = Sent(asked["said"], given=asked["given"], kept=kept, token=asked["token"], expected=asked["expected"])
    make_move(month.id, "sign", sent=sent, scope=scope)
    return {"href": month.href, "result": month.dispatch, "codes": []}


def _begun(asked: Asked) -> tuple[Scope, MonthCase]:
    return scope_again(UUID(asked["person"]), asked["mandate"]), month_of_id(asked["case"])


def _runs(month: MonthCase, asked: Asked, progress: Progress) -> tuple[Month, list[Mapping[str, Any]]]:
    """The runs of the month, with what first pages say of it kept beside the results."""
    runs = MonthRuns(load_packs(), month.span, SCHEME, date.fromisoformat(asked["known_on"]), as_latest=False)
    progress("computing", 0, 3)
    dispatch = runs.dispatch()
    progress("foretelling", 1, 3)
    ends, without = runs.ends()
    progress("reading", 2, 3)
    found = month_of(dispatch, ends, month.area, runs.packs)
    keep_briefs(found)
    return found, [refusal.as_json() for refusal in without]


def _named(found: Sequence[Mapping[str, Any]], codes: Sequence[str]) -> list[str]:
    """The first of each blocking code in words: what the history of the case says."""
    first = {each["code"]: each["message"]["zh"] for each in reversed(found) if each["code"] in codes}
    return list(first.values())[:_MOST_NAMED]


def _kept(name: str, content: bytes) -> Attachment:
    return keep_evidence(name, content)


JOBS: Mapping[str, Kind] = {
    COMPUTE: compute_month,
    CHECK: check_month,
    DRAFT: draft_month,
    FREEZE: freeze_month,
    REVISE: revise_month,
}
