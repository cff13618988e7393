"""The annual assessments that papers are about: by which scorecard, of which year, from which results. Reads only."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import Scorecard
from tanheng.kernel.period import Period
from tanheng.kernel.run import Parameters
from tanheng.records.case_models import CaseMove
from tanheng.records.computing import open_result
from tanheng.records.site_files import results
from tanheng.store.packs_in_use import packs_in_use
from tanheng.web.directory.scope import Scope
from tanheng.web.documents.paper_case import ASSESSMENT, PROCEDURE, WITHDRAWN, PaperCase, paper_case
from tanheng.web.results.stored_runs import StoredRun, stored_runs

METHOD, SCHEME = "annual_assessment", "energy_assessment"
STAGES = ("self", "review", "reply", "final")
"""Up to which stage entries count, in their order."""
NOBODY = "-"
"""Where a file of a draft is about no single subject."""


@dataclass(frozen=True)
class ScoredLine:
    """A subject as a draft scored it: figures as they stand on its sheet; empty where one is open."""

    subject: str
    label: dict[str, str]
    score: str
    grade: dict[str, str] | None
    rank: int | None
    open_items: int


def card_named(id: str) -> Scorecard:
    """A scorecard of the packs in use.

    Refuses  paper-unknown.
    """
    found = next((card for card in packs_in_use().all(Scorecard) if card.id == id), None)
    if found is None:
        raise Refusal("paper-unknown")
    return found


def year_named(text: str) -> Period:
    """A year.

    Refuses  paper-unknown.
    """
    if not (text.isdecimal() and len(text) == 4 and int(text)):
        raise Refusal("paper-unknown")
    return Period.year(int(text))


def assessment_case(scorecard: str, year: Period) -> PaperCase:
    """The paper of a year's assessment: the last one that was not withdrawn."""
    return paper_case(ASSESSMENT, f"{scorecard}/{year}", year)


def run_shown(scorecard: str, year: Period, scope: Scope) -> StoredRun | None:
    """The result of a year's assessment to be published: known last, recorded last, counted up to the latest stage."""
    found = [run for run in stored_runs(METHOD, scope) if run.period == year and settings_of(run.id)[0] == scorecard]
    order = sorted(found, key=lambda run: -STAGES.index(settings_of(run.id)[1]))
    return next(iter(order), None)


def assessments_stored(scope: Scope) -> Sequence[tuple[str, Period]]:
    """The assessments that were computed, the latest year first: scorecard and year."""
    found = {(settings_of(run.id)[0], run.period) for run in stored_runs(METHOD, scope)}
    known = {card.id for card in packs_in_use().all(Scorecard)}
    return sorted((item for item in found if item[0] in known), key=lambda item: (-item[1].start.toordinal(), item[0]))


def settings_of(result: str) -> tuple[str, str]:
    """The scorecard and the stage of a stored assessment."""
    return _settings(str(results().root), result)


@lru_cache(maxsize=1024)
def _settings(_root: str, result: str) -> tuple[str, str]:
    settings = Parameters.of_json(open_result(result).receipt["parameters"]).settings
    stage = settings["stage"] if "stage" in settings else STAGES[-1]
    return settings["scorecard"] if "scorecard" in settings else "", stage


def scored_lines(draft: CaseMove) -> Sequence[ScoredLine]:
    """The subjects as a draft scored them; none of one that was edited elsewhere."""
    told = json.loads(draft.given["sheets"]) if "sheets" in draft.given else []
    return [ScoredLine(**line) for line in told]


def subjects_of_files(draft: CaseMove) -> Sequence[str]:
    """Whom each file of a draft is about, in their order; nobody for one that was edited elsewhere."""
    told = str(draft.given["subjects"]).split() if "subjects" in draft.given else []
    return told if len(told) == len(draft.evidence) else [NOBODY] * len(draft.evidence)


def reads_file(draft: CaseMove, piece: int, scope: Scope) -> bool:
    """Whether a file of a draft is open: all to who sees the site, a sheet to whose subject it is."""
    return scope.sees_all or is_own(subjects_of_files(draft)[piece], scope)


def is_own(subject: str, scope: Scope) -> bool:
    """Whether a sheet is about somebody in reach: a district sees its own, and none of the other districts'."""
    return subject != NOBODY and not scope.is_public and scope.sees(subject)


def draft_shown(paper: PaperCase) -> CaseMove | None:
    """The draft that counts: the last one that was made here."""
    return next((move for move in reversed(paper.made("drafted")) if "sheets" in move.given), None)


def own_papers(scope: Scope) -> Sequence[PaperCase]:
    """The assessments of which a draft holds a sheet of the reader's own, the latest year first."""
    rows = CaseMove.objects.filter(procedure=PROCEDURE, about__startswith=f"{ASSESSMENT}/")
    ended = set(rows.filter(state=WITHDRAWN).values_list("case", flat=True))
    names = dict.fromkeys(row.about for row in rows.order_by("-about", "id") if row.case not in ended)
    found = []
    for about in names:
        scorecard, _, year = about.removeprefix(f"{ASSESSMENT}/").partition("/")
        paper = assessment_case(scorecard, year_named(year))
        draft = draft_shown(paper)
        if draft is not None and any(is_own(line.subject, scope) for line in scored_lines(draft)):
            found.append(paper)
    return found
