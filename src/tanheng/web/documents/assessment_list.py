"""The annual assessments that a reader finds among the papers. Reads only."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext

from tanheng.kernel.pack import Scorecard
from tanheng.store.packs_in_use import packs_in_use
from tanheng.web.cases.selectors import line_of
from tanheng.web.directory.scope import Scope
from tanheng.web.documents.assessment_case import assessment_case, assessments_stored, card_named, own_papers
from tanheng.web.documents.paper_case import PaperCase
from tanheng.web.ui.words import language, said


def assessment_lines(scope: Scope) -> Sequence[tuple[str, str, str]]:
    """Address, name and state of each: all that were scored for who sees the site, those with a sheet of one's own."""
    if not scope.sees_all:
        return [_line(paper, scope) for paper in own_papers(scope)]
    return [_line(assessment_case(card, year), scope) for card, year in assessments_stored(scope)]


def cards_offered(scope: Scope) -> Sequence[tuple[str, str]]:
    """The scorecards by which the reader may have a year scored."""
    if not (scope.sees_all and scope.may("compute")):
        return []
    return sorted((card.id, said(card.label)) for card in packs_in_use().all(Scorecard))


def _line(paper: PaperCase, scope: Scope) -> tuple[str, str, str]:
    label = said(card_named(paper.name.partition("/")[0]).label)
    state = gettext("not begun") if paper.case is None else line_of(paper.case.last, scope).state
    return paper.href, f"{label} · {paper.period.label(language())}", state
