"""The annual assessment of districts or units by a scorecard: items, score, grade and rank, each explained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add

from tanheng.kernel.account import Account
from tanheng.kernel.account.comparison import said, whole_year
from tanheng.kernel.assessment.alike import is_alike, name_strangers
from tanheng.kernel.assessment.compared import GAP, Comparisons
from tanheng.kernel.assessment.entered import STAGES, Entries
from tanheng.kernel.assessment.scored_items import SCORE, ScoredItems
from tanheng.kernel.assessment.scoring import ANNUAL, CUMULATIVE, met
from tanheng.kernel.faults import Finding, Refusal, Severity, Worded
from tanheng.kernel.pack import Scorecard, Veto
from tanheng.kernel.pack.scorecard import Reach
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import Formula, greatest_of, least_of, name, number
from tanheng.kernel.trace import Address, Cell

COMPLETE, GRADE, RANK, CHANGE = "score_complete", "assessment_grade", "assessment_rank", "score_change"
FACILITY = "facility"
_STEP = "10^-2 point"


def annual_assessment(account: Account) -> None:
    """Scores every subject of a scorecard for a year and, where it can be done, for the year before.

    item = points x what its form makes of gap and completion; an item that is judged is entered, with its evidence
    score = sum of the items; grade = how many cuts the score reaches, or that of a veto; rank = 1 + those above

    Reads    setting scorecard, stage, exempt_items, ranked_at_most; targets and actuals (see `compared`); kept rows
             assessment_scores: subject, year, item, stage, points, reason, evidence.
    Gives    score with one line per item (grid 0.01 points), its change against the year before by the same card,
             grade (0 is the lowest) and rank. An open item is in no sum; grade and rank need all of them.
    Refuses  period-not-year; scorecard-not-chosen; no-assessed-subject: nobody of the card's level.
    Source   the clause of each item of the scorecard
    """
    year = whole_year(account)
    card = _card(account)
    for what in card.not_expressed:
        fields = {"method": card.id, "what": Worded(what.zh, what.en)}
        account.paper.findings.append(Finding("not-expressed", card.id, fields))
    beside = Comparisons(account)
    subjects = _subjects(account, card, beside.subjects(Period.year(year)))
    entries = Entries(account, card)
    name_strangers(account, entries)
    scored = [ScoredItems(account, card, subject, Period.year(year), beside, entries) for subject in subjects]
    sheets = [_Sheet(items, account, card) for items in scored]
    if not sheets:
        raise Refusal("no-assessed-subject", scorecard=card.id, level=card.level, known_on=account.facts.known_on)
    for sheet in sheets:
        sheet.write()
        sheet.compare_with_last_year()
    _name_self_scores(account, card, scored)
    _rank(account, [sheet for sheet in sheets if sheet.complete.value is not None], len(sheets))


def _name_self_scores(account: Account, card: Scorecard, scored: Sequence[ScoredItems]) -> None:
    """After the self-score somebody else has to look: items that nobody has looked at are counted and named."""
    count = sum(items.only_self_scored() for items in scored)
    stage = account.setting("stage")
    if count and stage != STAGES[0]:
        fields = {"count": count, "stage": stage}
        account.paper.findings.append(Finding("score-not-reviewed", card.id, fields, Severity.WARNING))


def _card(account: Account) -> Scorecard:
    chosen, known = account.setting("scorecard"), {card.id: card for card in account.packs.all(Scorecard)}
    if chosen not in known:
        raise Refusal("scorecard-not-chosen", scorecard=chosen or "-", known=", ".join(sorted(known)) or "-")
    return known[chosen]


def _subjects(account: Account, card: Scorecard, demanded: set[str]) -> list[str]:
    """The areas of the card's level, with or without targets; of units those that have a target."""
    if card.level == FACILITY:
        known = {facility.id for facility in account.directory.facilities}
        return sorted(known & demanded)
    return sorted(area.id for area in account.directory.areas if area.level == card.level)


@dataclass
class _Sheet:
    """The score, grade and comparison of one subject and year."""

    items: ScoredItems
    account: Account
    card: Scorecard

    @property
    def complete(self) -> Cell:
        """The score once no item is open."""
        return self.account.paper.workings[self.items.at(COMPLETE)].cell

    @property
    def year(self) -> Period:
        """The year that is scored."""
        return self.items.year

    @property
    def subject(self) -> str:
        """Who is scored."""
        return self.items.subject

    def write(self) -> None:
        """Items, score and grade."""
        cells = self.items.write()
        self.account.paper.total(self.items.at(SCORE), cells, clause=self.card.clause)
        inputs = {f"item_{number}": cell for number, cell in enumerate(cells, 1)}
        whole = reduce(add, (name(id) for id in inputs))
        self.account.paper.step(self.items.at(COMPLETE), whole, inputs, unit=_STEP, clause=self.card.clause)
        if self.card.grades:
            self._grade()

    def compare_with_last_year(self) -> None:
        """The change of the score against the year before: by the same card, with the same items, of the same area."""
        before = _Sheet(
            replace(self.items, year=Period.year(self.year.start.year - 1), said=False), self.account, self.card
        )
        if not is_alike(self.items, before.items):
            return
        before.write()
        if self.complete.value is not None and before.complete.value is None:
            said(self.account, "score-of-last-year-missing", self.subject, Severity.NOTE, before.year)
        inputs = {"now": self.complete, "before": before.complete}
        formula = name("now") - name("before")
        self.account.paper.whole(self.items.at(CHANGE), formula, inputs, clause=self.card.clause)

    # ---- grade
    def _grade(self) -> None:
        """How many grades lie below the one reached; a veto takes its own grade whatever the score."""
        grades = self.card.grades
        cuts = [grade.from_ for grade in grades if grade.from_ is not None and grade.from_ > 0]
        lowest = sum(1 for grade in grades if grade.from_ is None)
        one, none = number("1", _STEP), number("0", _STEP)
        steps = [number(str(int(cut * 100)), _STEP) for cut in cuts]
        above = [least_of(greatest_of(name("score") - step + one, none), one) / one for step in steps]
        by_score = reduce(add, above, number(str(lowest)))
        inputs = {"score": self.complete}
        formula = by_score
        for place, veto in enumerate(self.card.vetoes, 1):
            formula, inputs = self._vetoed(veto, place, formula, inputs)
        self.account.paper.result(self.items.at(GRADE), formula, inputs, clause=self.card.clause)

    def _vetoed(
        self, veto: Veto, place: int, formula: Formula, inputs: Mapping[str, Cell]
    ) -> tuple[Formula, dict[str, Cell]]:
        found = self.items.compared(veto.measure)
        gaps = {"annual": (ANNUAL,), "cumulative": (CUMULATIVE,)}.get(veto.missed, (ANNUAL, CUMULATIVE))
        reach: dict[str, Reach] = {ANNUAL: "annual", CUMULATIVE: "cumulative"}
        at = self.items.at(GRADE)
        missing = self.account.paper.given(at, None, self.account.paper.grids[GAP].step, f"gap:{at}")
        named = {f"{gap}_{place}": missing if found is None else found.of(gap, reach[gap]) for gap in gaps}
        kept = [met(gap) for gap in named]
        one = number("1")
        spared = one - _product([one - each for each in kept]) if veto.missed == "both" else _product(kept)
        below = [grade.id for grade in reversed(self.card.grades)].index(veto.grade)
        return spared * formula + (one - spared) * number(str(below)), {**inputs, **named}


def _rank(account: Account, sheets: Sequence[_Sheet], of: int) -> None:
    """1 + the number of subjects with a higher score, among those whose score is whole."""
    if len(sheets) > int(account.setting("ranked_at_most")):
        return
    if len(sheets) < of:
        fields = {"ranked": len(sheets), "of": of}
        account.paper.findings.append(Finding("rank-incomplete", account.definition.id, fields, Severity.WARNING))
    one, none = number("1", _STEP), number("0", _STEP)
    for mine in sheets:
        others = {f"other_{place}": each.complete for place, each in enumerate(sheets) if each is not mine}
        above = [least_of(greatest_of(name(other) - name("mine"), none), one) / one for other in others]
        formula = reduce(add, above, number("1"))
        at = Address(RANK, mine.subject, mine.year)
        account.paper.result(at, formula, {"mine": mine.complete, **others}, clause=mine.card.clause)


def _product(factors: Sequence[Formula]) -> Formula:
    first, *others = factors
    for factor in others:
        first = first * factor
    return first
