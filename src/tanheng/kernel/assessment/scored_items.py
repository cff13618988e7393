"""One subject and year of an assessment, item by item: measured, entered or exempt; what keeps one open is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tanheng.kernel.account import Account, RuleValue
from tanheng.kernel.account.comparison import subject_words
from tanheng.kernel.assessment.compared import Compared, Comparisons
from tanheng.kernel.assessment.entered import STAGES, Entered, Entries, counting
from tanheng.kernel.assessment.scoring import needs, points_of
from tanheng.kernel.faults import Finding, Severity, Worded
from tanheng.kernel.pack import Scorecard, ScoreItem
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import Formula, Unit, name
from tanheng.kernel.trace import Address, Cell

SCORE = "score"
_POINT = "point"


@dataclass
class ScoredItems:
    """The items of a subject and year; `said` is false for a year that is only compared with: its gaps go unsaid."""

    account: Account
    card: Scorecard
    subject: str
    year: Period
    beside: Comparisons
    entries: Entries
    said: bool = True

    def write(self) -> list[Cell]:
        """A cell for each item of the card; one that is open is a gap."""
        return [self._item(item) for item in self.card.items]

    def only_self_scored(self) -> int:
        """How many items rest on what the subject gave itself."""
        judged = [self._entered_for(item) for item in self.card.items if item.form in ("judged", "grade")]
        return sum(1 for entered in judged if entered and entered[-1].stage == STAGES[0])

    def exempt(self) -> frozenset[str]:
        """The items that do not apply to the subject."""
        return frozenset(item.id for item in self.card.items if self._exemption(self._entered_for(item)))

    def has_anything(self) -> bool:
        """Whether anything was demanded, measured or entered for the year."""
        measured = any(self.compared(item.measure) is not None for item in self.card.items if item.measure)
        return measured or bool(self.entries.of(self.subject, self.year))

    def compared(self, measure: str) -> Compared | None:
        """The comparison of a measure; None where nothing is demanded by it."""
        return self.beside.of(self.subject, measure, self.year)

    def at(self, column: str, item: ScoreItem | None = None) -> Address:
        """Where a figure of the subject stands."""
        return Address(column, self.subject, self.year, None if item is None else item.id)

    def _entered_for(self, item: ScoreItem) -> list[Entered]:
        return self.entries.of(self.subject, self.year, item.id)

    def _item(self, item: ScoreItem) -> Cell:
        entered = self._entered_for(item)
        if len({one.verdict for one in counting(entered)}) > 1:
            return self._contradicted(item, counting(entered))
        if entered and entered[-1].exempt is None:
            return self._unreadable(item, entered[-1])
        exemption = self._exemption(entered)
        if exemption is not None:
            return self._exempt(item, exemption)
        if item.form in ("judged", "grade"):
            return self._entered(item, entered)
        if entered:
            self._say("score-of-measured-item", Severity.WARNING, item, cell=entered[-1].row.place)
        return self._measured(item)

    def _exemption(self, entered: Sequence[Entered]) -> Entered | None:
        """The entry that exempts an item: that of the latest stage, so that a review can refuse what was asked for."""
        return entered[-1] if entered and entered[-1].exempt else None

    def _contradicted(self, item: ScoreItem, entered: Sequence[Entered]) -> Cell:
        cells = "；".join(f"{one.row.text('points') or one.grade or '-'}（{one.row.place}）" for one in entered)
        self._say("score-contradicted", Severity.BLOCKER, item, stage=entered[-1].stage, cells=cells)
        return self._gap(item)

    def _unreadable(self, item: ScoreItem, last: Entered) -> Cell:
        self._say("score-unreadable", Severity.BLOCKER, item, stage=last.stage, cell=last.row.place)
        return self._gap(item)

    def _measured(self, item: ScoreItem) -> Cell:
        found = self.compared(item.measure)
        beside = {} if found is None else {id: found.of(id, item.reach) for id in needs(item)}
        if not beside or any(cell.value is None for cell in beside.values()):
            whole = found is None or not found.incomplete
            self._say("target-not-set" if whole else "result-incomplete", Severity.BLOCKER, item)
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
        points = self._graded(item, last) if item.form == "grade" else last.points(self.account, self.at(SCORE, item))
        if points is None or points.value is None:
            return self._unreadable(item, last)
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
        if not entry.reason:
            self._say("exemption-without-reason", Severity.BLOCKER, item, cell=entry.row.place)
            return self._gap(item)
        rule = self.account.setting("exempt_items")
        worth = item.points if rule == "full" else Decimal(0)
        self._say("item-exempt", Severity.NOTE, item, reason=entry.reason, points=worth)
        cell = self.account.ruled(self._rule(item, f"{item.id}.exempt", worth))
        return self._put(item, name("exempt"), {"exempt": cell})

    def _put(self, item: ScoreItem, formula: Formula, inputs: Mapping[str, Cell]) -> Cell:
        return self.account.paper.result(self.at(SCORE, item), formula, inputs, clause=item.clause)

    def _gap(self, item: ScoreItem) -> Cell:
        """An open item: a figure without a value, which can be asked about like any other."""
        at = self.at(SCORE, item)
        missing = self.account.paper.given(at, None, Unit.parse(_POINT), f"gap:{at}")
        return self._put(item, name("open"), {"open": missing})

    def _points(self, item: ScoreItem) -> Cell:
        return self.account.ruled(self._rule(item, item.id, item.points))

    def _rule(self, item: ScoreItem, part: str, worth: Decimal) -> RuleValue:
        label = (item.label.zh, item.label.en)
        return RuleValue(self.card.id, part, worth, _POINT, item.clause, item.status, label)

    def _say(self, code: str, severity: Severity, item: ScoreItem, **fields: object) -> None:
        if not self.said:
            return
        words = Worded(item.label.zh, item.label.en)
        about = {"subject": subject_words(self.account, self.subject), "period": str(self.year), "item": words}
        finding = Finding(code, str(self.at(SCORE, item)), {**about, **fields}, severity)
        if finding not in self.account.paper.findings:
            self.account.paper.findings.append(finding)
