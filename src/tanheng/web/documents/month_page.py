"""Everything the page of a month shows, as far as its reader sees. Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from tanheng.kernel.pack import ProcedureMove
from tanheng.kernel.period import Period
from tanheng.kernel.procedure import allowed
from tanheng.records.case_models import CaseMove
from tanheng.web.cases.models import Job
from tanheng.web.cases.seats import addressees, name_of, seats_of
from tanheng.web.cases.selectors import Line, line_of
from tanheng.web.directory.scope import Scope
from tanheng.web.documents.month_blockers import (
    Accepted,
    Finding,
    accepted_in_words,
    blocking,
    blocking_by_code,
    findings_about,
    results_of,
    shown_to,
)
from tanheng.web.documents.month_case import (
    STAGES,
    MonthCase,
    Point,
    month_case,
    months_of,
    open_points,
)
from tanheng.web.documents.month_comments import Comment, areas_that_commented, comments_by_area
from tanheng.web.documents.month_frozen import FrozenFigures, frozen_figures
from tanheng.web.documents.month_jobs import REVISE
from tanheng.web.documents.month_quoted import parts_of
from tanheng.web.documents.month_services import job_under_way, may_begin
from tanheng.web.documents.paper_files import files_of_move, may_read_papers
from tanheng.web.documents.paper_shown import DraftShown, SignatureShown, drafts_shown, signature_shown
from tanheng.web.documents.point_kinds import KINDS, kind_said
from tanheng.web.facts.data_calendar import Owed, owed
from tanheng.web.obligations.point_tasks import PointTask, tasks_of_points
from tanheng.web.results.briefs import BriefShown, brief_of
from tanheng.web.results.sight import open_sight
from tanheng.web.ui.words import language, said


@dataclass(frozen=True)
class Stage:
    """A stage of the month: its name, and whether it is done, the one now or to come."""

    label: str
    standing: str


@dataclass(frozen=True)
class Part:
    """An area within: what moved it, what was said for it, and whether nothing was said yet."""

    area: str
    label: str
    brief: BriefShown | None
    comments: Sequence[Comment]
    silent: bool


@dataclass(frozen=True)
class PointShown:
    """An open point in words; where it may be made a supervision note of."""

    key: str
    kind: str
    text: str
    party: str
    due: date
    late: bool
    month: str
    note_href: str
    notes: Sequence[tuple[str, str]]
    task: PointTask | None
    task_href: str


@dataclass(frozen=True)
class MonthPage:
    """The page of a month."""

    month: MonthCase
    title: str
    line: Line
    stages: Sequence[Stage]
    moves: Mapping[str, ProcedureMove]
    owed: Sequence[Owed]
    counts: Mapping[str, int]
    carried: Sequence[PointShown]
    check: str
    odd: Sequence[Finding]
    brief: BriefShown | None
    result: str
    known_on: str
    blockers: Sequence[tuple[str, Sequence[Finding]]]
    findings: Sequence[Finding]
    accepted: Mapping[str, str]
    accepted_shown: Sequence[Accepted]
    parts: Sequence[Part]
    departments: Sequence[Comment]
    own_area: str
    entered_for: Sequence[tuple[str, str]]
    drafts: Sequence[DraftShown]
    papers_shown: bool
    signature: SignatureShown | None
    frozen: FrozenFigures | None
    points: Sequence[PointShown]
    kinds: Sequence[tuple[str, str]]
    parties: Sequence[tuple[str, str]]
    job: Job | None
    job_pending: bool
    may_revise: bool
    history_href: str

    @property
    def expected(self) -> int:
        """The number of the last move: what whoever sends a form has seen."""
        return self.month.case.last.number

    @property
    def silent(self) -> Sequence[str]:
        """The areas that have not said anything."""
        return [part.label for part in self.parts if part.silent]

    @property
    def point_lists(self) -> Sequence[tuple[str, Sequence[PointShown]]]:
        """The open points: those of earlier months, and those of this one."""
        return [(gettext("From earlier months"), self.carried), (gettext("From this month"), self.points)]

    @property
    def collect_hint(self) -> str:
        """What is said before the collecting ends: that something is owed still."""
        missing = self.counts["owed"] + self.counts["late"]
        return gettext("%(count)d files are not in yet.") % {"count": missing} if missing else ""

    @property
    def silent_hint(self) -> str:
        """Who has said nothing yet."""
        return (
            gettext("Nothing was said yet for: %(names)s.") % {"names": "、".join(self.silent)} if self.silent else ""
        )


def month_page(area: str, period: Period, scope: Scope) -> MonthPage:
    """The page of the month of an area.

    Refuses  month-unknown.
    """
    return _Page(month_case(area, period, scope), scope).page()


@dataclass(frozen=True)
class _Page:
    month: MonthCase
    scope: Scope

    def page(self) -> MonthPage:
        month, scope, last = self.month, self.scope, self.month.case.last
        moves = {move.id: move for move in self._moves()}
        found = self._owed()
        blockers, findings = self._findings()
        job = job_under_way(month) if moves else None
        accepted = month.accepted if scope.sees(month.area) else {}
        check, odd = self._check()
        return MonthPage(
            month=month,
            title=last.title,
            line=line_of(last, scope),
            stages=self._stages(),
            moves=moves,
            owed=found,
            counts={state: sum(1 for each in found if each.state == state) for state in ("in", "owed", "late")},
            carried=self._carried(),
            check=check,
            odd=odd,
            brief=self._brief(month.area),
            result=month.dispatch if self._reads(month.area) else "",
            known_on=month.computing.given["known_on"] if month.computing else "",
            blockers=blockers,
            findings=findings,
            accepted=accepted,
            accepted_shown=accepted_in_words(accepted, [each for _, found in blockers for each in found]),
            parts=self._parts(),
            departments=self._departments(),
            own_area=self._own_area(),
            entered_for=self._entered_for(),
            drafts=self._drafts(),
            papers_shown=may_read_papers(month.area, scope),
            signature=self._signature(),
            frozen=frozen_figures(month, scope) if month.publications else None,
            points=[self._point(point) for point in open_points([month])],
            kinds=[(id, kind_said(id)) for id in KINDS],
            parties=list(addressees(scope).items()) if "point" in moves else [],
            job=job,
            may_revise=may_begin(REVISE, month, scope),
            job_pending=job is not None and job.is_pending,
            history_href=reverse("case", args=month.id.split("/", 1)),
        )

    def _moves(self) -> Sequence[ProcedureMove]:
        if not self.scope.mandate:
            return []
        standing = self.month.case.last.standing
        return allowed(self.month.case.procedure, standing, self.scope.role.id, seats_of(self.scope))

    def _reads(self, area: str) -> bool:
        return self.scope.sees(area, self.month.period)

    def _stages(self) -> Sequence[Stage]:
        labels = self.month.case.procedure.state_by_id
        at = STAGES.index(self.month.state) if self.month.state in STAGES else 0
        words = ["done"] * at + ["now"] + ["coming"] * (len(STAGES) - at - 1)
        return [Stage(said(labels[state].label), word) for state, word in zip(STAGES, words, strict=True)]

    def _owed(self) -> Sequence[Owed]:
        """What is owed of the month about the area and what lies in it, where the reader follows the collecting."""
        return owed(self.month.period, scope=self.scope) if self._reads(self.month.area) else []

    def _carried(self) -> Sequence[PointShown]:
        """What earlier months of the area left open."""
        if not self._reads(self.month.area):
            return []
        months = months_of(self.month.area)
        ahead = [each for each in months if each.period.start < self.month.period.start]
        settled = {key for each in months for key in each.settled()}
        return [self._point(point) for point in open_points(ahead) if point.key not in settled]

    def _check(self) -> tuple[str, Sequence[Finding]]:
        """The last check of what came in, and what it found."""
        made = self.month.made("checked", "collect_again")
        if not made or made[-1].move != "checked" or not self._reads(self.month.area):
            return "", []
        id = made[-1].given["check"]
        sight = open_sight(id, self.scope).narrowed()
        about = findings_about(self.month.area, [sight])
        return id, [each for each in about if each["severity"] != "note"]

    def _findings(self) -> tuple[Sequence[tuple[str, Sequence[Finding]]], Sequence[Finding]]:
        """What blocks the month, by code, and what else was found; of what lies out of reach, nothing."""
        if not self.month.dispatch or not self._reads(self.month.area):
            return [], []
        about = findings_about(self.month.area, results_of(self.month))
        seen = [each for id in (self.month.dispatch, *self.month.ends) for each in self._seen(id)]
        shown = shown_to(about, seen)
        codes = blocking(about)
        others = [each for each in shown if each["code"] not in codes and each["severity"] != "note"]
        return blocking_by_code(codes, shown), others

    def _seen(self, id: str) -> Sequence[Finding]:
        return open_sight(id, self.scope).narrowed().findings

    def _brief(self, area: str) -> BriefShown | None:
        if not self.month.dispatch or not self._reads(area):
            return None
        return brief_of(self.month.dispatch, self.month.ends, area, self.scope)

    def _parts(self) -> Sequence[Part]:
        """The areas within that the reader sees, once they were asked."""
        if not self.month.dispatch:
            return []
        directory = self.scope.ground.directory
        said_something, told = areas_that_commented(self.month), comments_by_area(self.month, self.scope)
        return [
            Part(
                area=area,
                label=directory.label_of(area, language()),
                brief=self._brief(area),
                comments=told[area] if area in told else [],
                silent=area not in said_something,
            )
            for area in parts_of(self.month.area, directory)
            if self._reads(area)
        ]

    def _departments(self) -> Sequence[Comment]:
        """What was said for nobody of the areas directly within: by departments, and by areas further down."""
        parts = set(parts_of(self.month.area, self.scope.ground.directory))
        told = comments_by_area(self.month, self.scope)
        return [comment for key, comments in told.items() if key not in parts for comment in comments]

    def _own_area(self) -> str:
        """The area for which the reader may comment; empty for a department, and for whoever enters for others."""
        within = self.scope.role.reach == "area" and self.scope.area != self.month.area
        return self.scope.area if within else ""

    def _entered_for(self) -> Sequence[tuple[str, str]]:
        if not (self.scope.sees_all and self.scope.may("supervise")):
            return []
        directory = self.scope.ground.directory
        return [(area, directory.label_of(area, language())) for area in parts_of(self.month.area, directory)]

    def _drafts(self) -> Sequence[DraftShown]:
        if not may_read_papers(self.month.area, self.scope):
            return []
        return drafts_shown(self.month.drafts, self.month.sent)

    def _signature(self) -> SignatureShown | None:
        signed = self.month.signature
        if signed is None:
            return None
        files = files_of_move(signed) if may_read_papers(self.month.area, self.scope) else []
        return signature_shown(signed, files)

    def _point(self, point: Point) -> PointShown:
        day, about = self.scope.day, point.key
        rows = CaseMove.objects.filter(procedure="supervision_note", about=about, number=1).order_by("id")
        notes = [(row.title, reverse("case", args=row.case.split("/", 1))) for row in rows]
        return PointShown(
            key=point.key,
            kind=kind_said(point.kind),
            text=point.text,
            party=name_of(point.party, self.scope),
            due=point.due,
            late=point.due < day,
            month=point.month.label(language()),
            note_href=self._note_href(point) if self.scope.may("supervise") else "",
            notes=notes,
            task=next(iter(tasks_of_points([about], self.scope).values()), None),
            task_href=f"{reverse('point_task')}?{urlencode({'point': about})}" if self._makes_tasks() else "",
        )

    def _makes_tasks(self) -> bool:
        return self.scope.may("supervise") and self.scope.may("adopt")

    def _note_href(self, point: Point) -> str:
        due = max(point.due, self.scope.day).isoformat()
        text = {"title": point.text[:80], "about": point.key, "said": point.text, "due": due}
        query = urlencode({**text, "addressee": name_of(point.party, self.scope)})
        return f"{reverse('new_case', args=['supervision_note'])}?{query}"
