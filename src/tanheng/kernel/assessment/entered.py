"""Points that a person entered: self-score, review, right of reply, final; each kept with its reason and evidence."""

from __future__ import annotations

from dataclasses import dataclass

from tanheng.kernel.account import Account
from tanheng.kernel.fact import KeptRow
from tanheng.kernel.period import Period
from tanheng.kernel.trace import Address, Cell

KIND = "assessment_scores"
STAGES = ("self", "review", "reply", "final")


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
    def exempt(self) -> bool:
        """Whether the item does not apply to the subject."""
        return bool(self.row.text("exempt"))

    def points(self, account: Account, at: Address) -> Cell:
        """The points as a cell that refers to the sheet on which they were entered."""
        return account.kept_number(self.row, "points", at, "point")


def entered_scores(
    account: Account, scorecard: str, subject: str, year: Period, item: str | None = None
) -> list[Entered]:
    """The entries about a subject and year, by stage and then in the order of the log, up to the stage of the run."""
    until = STAGES.index(account.setting("stage"))
    about = {"scorecard": scorecard, "subject": subject, "year": str(year)}
    rows = account.kept(KIND)
    mine = [row for row in rows if all(row.text(field) == said for field, said in about.items())]
    found = [Entered(row, row.text("stage") or "") for row in mine if item in (None, row.text("item"))]
    counting = [one for one in found if one.stage in STAGES[: until + 1]]
    return sorted(counting, key=lambda one: (STAGES.index(one.stage), one.row.position))
