"""An assessment as its documents show it: every subject with its items, score, grade, rank, and what would move it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from tanheng.kernel.assessment.annual_assessment import COMPLETE, GRADE, RANK
from tanheng.kernel.assessment.compared import FULFILLED, GAP
from tanheng.kernel.assessment.entered import Entered, Entries
from tanheng.kernel.assessment.scored_items import SCORE
from tanheng.kernel.assessment.sensitivity import Move, sensitivity, to_next
from tanheng.kernel.pack import Grade, InstrumentShape, PackSet, Scorecard, ScoreItem
from tanheng.kernel.period import Period
from tanheng.kernel.run import AccountRun
from tanheng.kernel.subject import Directory
from tanheng.kernel.trace import Address, Cell
from tanheng.records.workings import workings_of
from tanheng.store.results import StoredResult

_HUNDREDTHS = -2
_OPEN = {"zh": "未定", "en": "open"}


@dataclass(frozen=True)
class ScoredItem:
    """One item of one subject: its points (None: open), and for measured ones how far the target is met."""

    item: ScoreItem
    points: Decimal | None
    address: Address
    gap: Decimal | None
    completion: Decimal | None
    entries: tuple[Entered, ...]
    clause: str
    why: tuple[Mapping[str, Any], ...]

    @property
    def stage(self) -> str | None:
        """The stage whose entry counted; None for what is measured, or not entered."""
        judged = self.item.form in ("judged", "grade") or self.exempt
        return self.entries[-1].stage if judged and self.entries else None

    @property
    def exempt(self) -> bool:
        """Whether the item does not apply to the subject, as the latest stage says."""
        return bool(self.entries and self.entries[-1].exempt)

    @property
    def self_points(self) -> Decimal | None:
        """What the subject gave itself, where it said so in a number."""
        own = [entry.said_points for entry in self.entries if entry.stage == "self"]
        return own[-1] if own else None


@dataclass(frozen=True)
class SubjectSheet:
    """One subject: its items, the sum so far, and grade and rank once no item is open."""

    subject: str
    label: Mapping[str, str]
    items: tuple[ScoredItem, ...]
    score: Decimal | None
    grade: Grade | None
    rank: int | None
    change: Decimal | None
    to_next: Decimal | None
    address: Address

    @property
    def open_items(self) -> int:
        """How many items have no points yet."""
        return sum(1 for item in self.items if item.points is None)

    def as_cells(self, lang: str) -> list[str]:
        """The subject as a line of a table."""
        grade = _OPEN[lang] if self.grade is None else self.grade.label[lang]
        rank = "–" if self.rank is None else str(self.rank)
        score, change, lacks = (_shown(value) for value in (self.score, self.change, self.to_next))
        return [self.label[lang], score, change, grade, rank, lacks, str(self.open_items)]


@dataclass(frozen=True)
class Assessed:
    """A whole assessment: the card, the sheets in the order of ranks, and the stored result they come from."""

    result: StoredResult
    card: Scorecard
    year: Period
    stage: str
    sheets: tuple[SubjectSheet, ...]
    packs: PackSet

    @property
    def fictional(self) -> bool:
        """Whether the figures are made up."""
        return bool(self.packs.fictional)

    @cached_property
    def moves(self) -> list[Move]:
        """Which items would move whose rank, those that gain most first; among whole sheets, and what is not exempt."""
        whole = {
            sheet.subject: {one.item.id: one.points for one in sheet.items if one.points is not None}
            for sheet in self.sheets
            if not sheet.open_items
        }
        worth = {item.id: item.points for item in self.card.items}
        settled = {sheet.subject: {one.item.id for one in sheet.items if one.exempt} for sheet in self.sheets}
        return [move for move in sensitivity(whole, worth, settled) if move.moves]

    def as_json(self) -> dict[str, Any]:
        """The assessment as one document."""
        return {
            "result": self.result.id,
            "scorecard": self.card.id,
            "year": str(self.year),
            "stage": self.stage,
            "receipt": dict(self.result.receipt),
            "subjects": [_sheet_json(sheet) for sheet in self.sheets],
            "moves": [{name: _plain(value) for name, value in vars(move).items()} for move in self.moves],
            "findings": list(self.result.findings),
        }


def assessed(result: StoredResult) -> Assessed:
    """The assessment that a stored result of `annual_assessment` holds.

    Refuses  inputs-differ, packs-not-kept, replay-differs.
    """
    done = workings_of(result)
    card = done.account.packs.get(Scorecard, done.account.setting("scorecard"))
    year = done.account.period
    subjects = [cell.address.subject for cell in done.paper.of_column(SCORE) if _is_total(cell, year)]
    reading = _Reading(done, card, year, result.findings)
    totals = reading.whole_scores(subjects)
    sheets = sorted((reading.sheet(subject, totals) for subject in subjects), key=_by_rank)
    return Assessed(result, card, year, done.account.setting("stage"), tuple(sheets), done.account.packs)


@dataclass(frozen=True)
class _Reading:
    """Reads the sheets off the paper."""

    done: AccountRun
    card: Scorecard
    year: Period
    findings: Sequence[Mapping[str, Any]]

    @cached_property
    def entries(self) -> Entries:
        return Entries(self.done.account, self.card)

    @property
    def directory(self) -> Directory:
        return self.done.account.directory

    @property
    def packs(self) -> PackSet:
        return self.done.account.packs

    def whole_scores(self, subjects: Sequence[str]) -> dict[str, Decimal]:
        """The scores without an open item."""
        found = {subject: self.value(Address(COMPLETE, subject, self.year)) for subject in subjects}
        return {subject: value.scaleb(_HUNDREDTHS) for subject, value in found.items() if value is not None}

    def sheet(self, subject: str, totals: Mapping[str, Decimal]) -> SubjectSheet:
        """One subject."""
        at = Address(SCORE, subject, self.year)
        score, change = self.value(at), self.value(Address("score_change", subject, self.year))
        rank, below = (self.value(Address(column, subject, self.year)) for column in (RANK, GRADE))
        return SubjectSheet(
            subject=subject,
            label={lang: self.directory.label_of(subject, lang) for lang in ("zh", "en")},
            items=tuple(self._item(subject, item) for item in self.card.items),
            score=None if score is None else score.scaleb(_HUNDREDTHS),
            grade=None if below is None else list(reversed(self.card.grades))[int(below)],
            rank=None if rank is None else int(rank),
            change=None if change is None else change.scaleb(_HUNDREDTHS),
            to_next=to_next(totals, subject) if subject in totals else None,
            address=at,
        )

    def _item(self, subject: str, item: ScoreItem) -> ScoredItem:
        at = Address(SCORE, subject, self.year, item.id)
        points = self.value(at)
        beside = {column: self.value(self._beside(column, subject, item)) for column in (GAP, FULFILLED)}
        return ScoredItem(
            item=item,
            points=None if points is None else points.scaleb(_HUNDREDTHS),
            address=at,
            gap=_per_cent(beside[GAP]),
            completion=_per_cent(beside[FULFILLED]),
            entries=tuple(self.entries.of(subject, self.year, item.id)),
            clause=self._clause(item.clause),
            why=tuple(finding for finding in self.findings if finding["place"] == str(at)),
        )

    def _clause(self, clause: str) -> str:
        """A clause as its document is called; its address where no pack in use has the document."""
        id, _, address = clause.partition("#")
        known = {instrument.id: instrument for instrument in self.packs.all(InstrumentShape)}
        if id not in known:
            return clause
        named = next((one.label.zh for one in known[id].clauses if one.address == address), address)
        return f"{known[id].label.zh}：{named}"

    def _beside(self, column: str, subject: str, item: ScoreItem) -> Address:
        return Address(column, subject, self.year, f"{item.measure}/{item.reach}")

    def value(self, address: Address) -> Decimal | None:
        """The value of a cell; None where it is a gap or not there."""
        workings = self.done.paper.workings
        cell = workings[address].cell if address in workings else None
        return None if cell is None or cell.value is None else Decimal(str(cell.value))


def _is_total(cell: Cell, year: Period) -> bool:
    return cell.address.line is None and cell.address.period == year


def _by_rank(sheet: SubjectSheet) -> tuple[bool, int, Decimal, str]:
    """Ranked ones first; those with open items after them by what they have so far."""
    rank = sheet.rank if sheet.rank is not None else 0
    so_far = sheet.score if sheet.score is not None else Decimal(-1)
    return sheet.rank is None, rank, -so_far, sheet.subject


def _per_cent(steps: Decimal | None) -> Decimal | None:
    return None if steps is None else steps.scaleb(-7)


def _shown(value: Decimal | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Decimal) else value


def _sheet_json(sheet: SubjectSheet) -> dict[str, Any]:
    return {
        "subject": sheet.subject,
        "label": dict(sheet.label),
        "score": _plain(sheet.score),
        "grade": None if sheet.grade is None else sheet.grade.id,
        "rank": sheet.rank,
        "change": _plain(sheet.change),
        "to_next": _plain(sheet.to_next),
        "address": str(sheet.address),
        "items": [
            {
                "item": one.item.id,
                "points": _plain(one.points),
                "of": str(one.item.points),
                "self_points": _plain(one.self_points),
                "stage": one.stage,
                "gap_percent": _plain(one.gap),
                "completion_percent": _plain(one.completion),
                "address": str(one.address),
                "entries": [_entry_json(entry) for entry in one.entries],
                "why": [finding["message"] for finding in one.why],
            }
            for one in sheet.items
        ],
    }


def _entry_json(entry: Entered) -> dict[str, Any]:
    fields = ("points", "grade", "reason", "evidence", "exempt", "scored_by")
    said = {field: entry.row.text(field) for field in fields}
    return {"stage": entry.stage, **said, "place": entry.row.place, "position": entry.row.position}
