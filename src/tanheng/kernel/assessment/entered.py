"""Points that a person entered: self-score, review, right of reply, final; each kept with its reason and evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property

from tanheng.kernel.account import Account
from tanheng.kernel.fact import KeptRow
from tanheng.kernel.pack import Scorecard
from tanheng.kernel.period import Period
from tanheng.kernel.trace import Address, Cell

KIND = "assessment_scores"
STAGES = ("self", "review", "reply", "final")
STAGE_WORDS = dict(zip(("自评", "复核", "申辩", "终评"), STAGES, strict=True))
_YES, _NO = ("是", "免", "免予考核", "yes", "y", "1", "√"), ("否", "不免", "no", "n", "0", "×")


@dataclass(frozen=True)
class Entered:
    """One entry of one stage."""

    row: KeptRow
    stage: str

    @property
    def grade(self) -> str:
        """The grade of another assessment, where the item takes one."""
        return self.row.text("grade") or ""

    @property
    def evidence(self) -> tuple[str, ...]:
        """The numbers of the files that prove it."""
        said = self.row.text("evidence") or ""
        return tuple(part.strip() for part in said.replace("；", ";").replace("、", ";").split(";") if part.strip())

    @property
    def reason(self) -> str:
        """Why so many points."""
        return self.row.text("reason") or ""

    @property
    def exempt(self) -> bool | None:
        """Whether the item does not apply to the subject; None where what stands there is neither yes nor no."""
        text = (self.row.text("exempt") or "").strip().lower()
        if text in _YES:
            return True
        return False if not text or text in _NO else None

    @property
    def says_anything(self) -> bool:
        """Whether the row was filled in: a sheet comes back with rows that nobody touched."""
        return any(self.row.text(field) for field in ("points", "grade", "exempt"))

    @property
    def verdict(self) -> tuple[object, ...]:
        """What is said, so that two entries can be told apart; a number is the same however it is written."""
        return _number(self.row.text("points")), self.grade, self.exempt

    @property
    def said_points(self) -> Decimal | None:
        """The points as a number; None where none, or no number, stands there."""
        number = _number(self.row.text("points"))
        return number if isinstance(number, Decimal) else None

    def points(self, account: Account, at: Address) -> Cell:
        """The points as a cell that refers to the sheet on which they were entered."""
        return account.kept_number(self.row, "points", at, "point")


@dataclass(frozen=True)
class Entries:
    """The entries of one card up to the stage of the run; read once."""

    account: Account
    card: Scorecard

    def of(self, subject: str, year: Period, item: str | None = None) -> list[Entered]:
        """What was entered about a subject, by stage and then in the order of the log; untouched rows are left out."""
        mine = self._by_subject[subject, str(year)] if (subject, str(year)) in self._by_subject else []
        return [one for one in mine if item in (None, one.row.text("item"))]

    def other_cards(self, subject: str, year: Period) -> list[str]:
        """The other cards by which a subject was scored in a year."""
        said = {row.text("scorecard") or "" for row in self._rows if _is_about(row, subject, year)}
        return sorted(said - {self.card.id, ""})

    def strangers(self, cards: Sequence[str], subjects: Sequence[str]) -> Iterator[tuple[KeptRow, str, str]]:
        """The rows that belong nowhere: which, which column, and what stands there.

        Reads    cards, subjects: all that are known. A row of another known card is not looked at.
        """
        items, known = {item.id for item in self.card.items}, set(subjects)
        for row in self._rows:
            card = row.text("scorecard") or ""
            if card not in cards:
                yield row, "scorecard", card
            elif card == self.card.id:
                checks = (("subject", known), ("item", items), ("stage", set(STAGES)))
                for column, allowed in checks:
                    text = row.text(column) or ""
                    if (_stage(text) if column == "stage" else text) not in allowed:
                        yield row, column, text

    @cached_property
    def _rows(self) -> Sequence[KeptRow]:
        return self.account.kept(KIND)

    @cached_property
    def _by_subject(self) -> dict[tuple[str, str], list[Entered]]:
        counting = STAGES[: STAGES.index(self.account.setting("stage")) + 1]
        found: dict[tuple[str, str], list[Entered]] = {}
        for row in self._rows:
            one = Entered(row, _stage(row.text("stage") or ""))
            if row.text("scorecard") == self.card.id and one.stage in counting and one.says_anything:
                found.setdefault((row.text("subject") or "", row.text("year") or ""), []).append(one)
        return {key: sorted(entries, key=_in_order) for key, entries in found.items()}


def counting(entries: Sequence[Entered]) -> list[Entered]:
    """The entries of the latest stage that has any: one, or several that must say the same."""
    return [one for one in entries if one.stage == entries[-1].stage]


def _stage(text: str) -> str:
    return STAGE_WORDS[text] if text in STAGE_WORDS else text


def _in_order(one: Entered) -> tuple[int, int]:
    return STAGES.index(one.stage), one.row.position


def _is_about(row: KeptRow, subject: str, year: Period) -> bool:
    return row.text("subject") == subject and row.text("year") == str(year)


def _number(text: str | None) -> object:
    try:
        return text if text is None else Decimal(text)
    except InvalidOperation:
        return text
