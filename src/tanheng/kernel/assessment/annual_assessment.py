"""The annual assessment of districts or units by a scorecard: items, score, grade and rank, each explained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import add

from tanheng.kernel.account import Account, RuleValue
from tanheng.kernel.account.comparison import said, subject_words, whole_year
from tanheng.kernel.assessment.compared import GAP, Compared, Comparisons
from tanheng.kernel.assessment.entered import Entered, entered_scores
from tanheng.kernel.assessment.scoring import ANNUAL, CUMULATIVE, met, needs, points_of
from tanheng.kernel.faults import Finding, Refusal, Severity, Worded
from tanheng.kernel.pack import Scorecard, ScoreItem, Veto
from tanheng.kernel.pack.scorecard import Reach
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import Formula, greatest_of, least_of, name, number
from tanheng.kernel.trace import Address, Cell

SCORE, COMPLETE, GRADE, RANK, CHANGE = (
    "score",
    "score_complete",
    "assessment_grade",
    "assessment_rank",
    "score_change",
)
FACILITY = "facility"
_POINT, _STEP = "point", "10^-2 point"


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
    sheets = [_Sheet(account, card, subject, Period.year(year), beside) for subject in subjects]
    if not sheets:
        raise Refusal("no-assessed-subject", scorecard=card.id, level=card.level, known_on=account.facts.known_on)
    for sheet in sheets:
        sheet.write()
        sheet.compare_with_last_year()
    _rank(account, [sheet for sheet in sheets if sheet.complete.value is not None], len(sheets))


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
    """One subject and year; `said` is false for a year that is only compared with, whose gaps are nobody's finding."""

    account: Account
    card: Scorecard
    subject: str
    year: Period
    beside: Comparisons
    said: bool = True

    @property
    def complete(self) -> Cell:
        """The score once no item is open."""
        return self.account.paper.workings[self._at(COMPLETE)].cell

    def write(self) -> None:
        """Items, score and grade."""
        cells = [self._item(item) for item in self.card.items]
        self.account.paper.total(self._at(SCORE), cells, clause=self.card.clause)
        inputs = {f"item_{number}": cell for number, cell in enumerate(cells, 1)}
        whole = reduce(add, (name(id) for id in inputs))
        self.account.paper.step(self._at(COMPLETE), whole, inputs, unit=_STEP, clause=self.card.clause)
        if self.card.grades:
            self._grade()

    def compare_with_last_year(self) -> None:
        """The change of the score against the year before by the same card, where that year has a whole score."""
        last_year = Period.year(self.year.start.year - 1)
        before = _Sheet(self.account, self.card, self.subject, last_year, self.beside, said=False)
        if not before.has_anything():
            said(self.account, "score-of-last-year-missing", self.subject, Severity.NOTE, before.year)
            return
        before.write()
        inputs = {"now": self.complete, "before": before.complete}
        formula = name("now") - name("before")
        self.account.paper.whole(self._at(CHANGE), formula, inputs, clause=self.card.clause)

    def has_anything(self) -> bool:
        """Whether anything was demanded, measured or entered for the year."""
        measured = any(self._compared(item.measure) is not None for item in self.card.items if item.measure)
        return measured or bool(entered_scores(self.account, self.card.id, self.subject, self.year))

    # ---- items
    def _item(self, item: ScoreItem) -> Cell:
        entered = entered_scores(self.account, self.card.id, self.subject, self.year, item.id)
        if any(one.exempt for one in entered):
            return self._exempt(item, next(one for one in entered if one.exempt))
        if item.form in ("judged", "grade"):
            return self._entered(item, entered)
        return self._measured(item)

    def _measured(self, item: ScoreItem) -> Cell:
        found = self._compared(item.measure)
        beside = {} if found is None else {id: found.of(id, item.reach) for id in needs(item)}
        if not beside or any(cell.value is None for cell in beside.values()):
            self._say("target-not-set", Severity.BLOCKER, item)
            return self._gap(item)
        return self._put(item, points_of(item), {"points": self._points(item), **beside})

    def _entered(self, item: ScoreItem, entered: Sequence[Entered]) -> Cell:
        """The points of the latest stage that has any; without evidence where it is asked for, none count."""
        if not entered:
            self._say("score-not-entered", Severity.BLOCKER, item, by=item.scored_by or "-")
            return self._gap(item)
        last = entered[-1]
        if item.evidence and not last.evidence:
            self._say("evidence-missing", Severity.BLOCKER, item, stage=last.stage, cell=last.row.place)
            return self._gap(item)
        points = self._graded(item, last) if item.form == "grade" else last.points(self.account, self._at(SCORE, item))
        if points is None or points.value is None:
            self._say("score-unreadable", Severity.BLOCKER, item, stage=last.stage, cell=last.row.place)
            return self._gap(item)
        if not 0 <= points.value <= float(item.points):
            most = {"most": item.points, "points": points.value, "cell": last.row.place}
            self._say("score-beyond-item", Severity.BLOCKER, item, **most)
            return self._gap(item)
        return self._put(item, name("entered"), {"entered": points})

    def _graded(self, item: ScoreItem, last: Entered) -> Cell | None:
        """The points that the table gives to the grade which was entered."""
        if last.grade not in item.table:
            return None
        return self.account.ruled(self._rule(item, f"{item.id}.{last.grade}", item.table[last.grade]))

    def _exempt(self, item: ScoreItem, entry: Entered) -> Cell:
        """An exempted item: all its points, or none, as the setting says; the exemption is named with its reason."""
        rule = self.account.setting("exempt_items")
        worth = item.points if rule == "full" else Decimal(0)
        self._say("item-exempt", Severity.NOTE, item, reason=entry.reason or "-", points=worth)
        cell = self.account.ruled(self._rule(item, f"{item.id}.exempt", worth))
        return self._put(item, name("exempt"), {"exempt": cell})

    def _put(self, item: ScoreItem, formula: Formula, inputs: Mapping[str, Cell]) -> Cell:
        return self.account.paper.result(self._at(SCORE, item), formula, inputs, clause=item.clause)

    def _gap(self, item: ScoreItem) -> Cell:
        at = self._at(SCORE, item)
        return self.account.paper.given(at, None, self.account.paper.grids[SCORE].step, f"gap:{at}")

    def _points(self, item: ScoreItem) -> Cell:
        return self.account.ruled(self._rule(item, item.id, item.points))

    def _rule(self, item: ScoreItem, part: str, worth: Decimal) -> RuleValue:
        label = (item.label.zh, item.label.en)
        return RuleValue(self.card.id, part, worth, _POINT, item.clause, item.status, label)

    def _compared(self, measure: str) -> Compared | None:
        return self.beside.of(self.subject, measure, self.year)

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
        self.account.paper.result(self._at(GRADE), formula, inputs, clause=self.card.clause)

    def _vetoed(
        self, veto: Veto, place: int, formula: Formula, inputs: Mapping[str, Cell]
    ) -> tuple[Formula, dict[str, Cell]]:
        found = self._compared(veto.measure)
        gaps = {"annual": (ANNUAL,), "cumulative": (CUMULATIVE,)}.get(veto.missed, (ANNUAL, CUMULATIVE))
        reach: dict[str, Reach] = {ANNUAL: "annual", CUMULATIVE: "cumulative"}
        at = self._at(GRADE)
        missing = self.account.paper.given(at, None, self.account.paper.grids[GAP].step, f"gap:{at}")
        named = {f"{gap}_{place}": missing if found is None else found.of(gap, reach[gap]) for gap in gaps}
        kept = [met(gap) for gap in named]
        one = number("1")
        spared = one - _product([one - each for each in kept]) if veto.missed == "both" else _product(kept)
        below = [grade.id for grade in reversed(self.card.grades)].index(veto.grade)
        return spared * formula + (one - spared) * number(str(below)), {**inputs, **named}

    def _at(self, column: str, item: ScoreItem | None = None) -> Address:
        return Address(column, self.subject, self.year, None if item is None else item.id)

    def _say(self, code: str, severity: Severity, item: ScoreItem, **fields: object) -> None:
        if not self.said:
            return
        words = Worded(item.label.zh, item.label.en)
        about = {"subject": subject_words(self.account, self.subject), "period": str(self.year), "item": words}
        finding = Finding(code, str(self._at(SCORE, item)), {**about, **fields}, severity)
        if finding not in self.account.paper.findings:
            self.account.paper.findings.append(finding)


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
