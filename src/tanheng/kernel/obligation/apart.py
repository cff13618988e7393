"""Energy that stands apart from a subject's target: exempted projects, units that the city itself manages (市管)."""

from __future__ import annotations

from dataclasses import dataclass

from tanheng.kernel.account import Account
from tanheng.kernel.account.comparison import subject_words
from tanheng.kernel.account.references import sum_of
from tanheng.kernel.faults import Finding, Severity, Worded
from tanheng.kernel.obligation.aim import Aim
from tanheng.kernel.obligation.result import level_behind, pure
from tanheng.kernel.period import Accumulation, Period
from tanheng.kernel.quantity import Formula, name, number
from tanheng.kernel.trace import Cell

APART = "energy_apart"
_ONE, _PERCENT = number("1"), number("100", "%")


@dataclass(frozen=True)
class Apart:
    """The lines that stand apart from one aim, by the setting `apart`; what nobody stated is in no sum."""

    account: Account
    aim: Aim

    def amounts(self) -> dict[str, Cell]:
        """By line, what is taken out of an amount of the year; of an increment, what the line grew by is not known."""
        if self.aim.measure.kind != "energy" or self.aim.measure.reckoned != "amount":
            return {}
        return self._stated(self._year)

    def decline(self, reached: Cell) -> tuple[Formula, dict[str, Cell]] | None:
        """1 - (1 - r) x (1 - apart now / energy now) / (1 - apart before / energy before), in per cent.

        Reads    reached: the decline of the whole; both years' energy and lines.
        Gives    None where nothing stands apart; None and a finding where a line is stated for one of the years only.
        """
        if self.aim.measure.kind != "energy" or self.aim.period != self._year:
            return None
        before = Period.year(self._year.start.year - 1)
        lines = {"now": self._stated(self._year), "before": self._stated(before)}
        odd = sorted(set(lines["now"]) ^ set(lines["before"]))
        if odd:
            self._one_year_only(odd)
            return None
        levels = {
            when: level_behind(self.account, self.aim.measure, self.aim.subject, year)
            for when, year in (("now", self._year), ("before", before))
        }
        inputs = {f"energy_{when}": cell for when, cell in levels.items() if cell is not None}
        if not lines["now"] or len(inputs) < len(levels):
            return None
        inputs["reached"] = reached
        for when, cells in lines.items():
            inputs |= {f"{line}_{when}": cell for line, cell in cells.items()}
        left = {when: self._left(when, sorted(lines[when])) for when in lines}
        return (_ONE - (_ONE - pure("reached")) * left["now"] / left["before"]) * _PERCENT, inputs

    def _left(self, when: str, lines: list[str]) -> Formula:
        return _ONE - sum_of([name(f"{line}_{when}") for line in lines]) / name(f"energy_{when}")

    @property
    def _year(self) -> Period:
        return Period.year(self.aim.period.start.year)

    def _stated(self, year: Period) -> dict[str, Cell]:
        reads = self.account.reads(APART, Accumulation.YEAR)
        unit = self.aim.measure.unit.text if self.aim.measure.reckoned != "decline" else None
        found = {}
        for line in self.account.setting("apart").split(","):
            cell = self.account.observed(reads, self.aim.subject, year, item=line, unit=unit, severity=None)
            if cell.value is not None:
                found[line] = cell
        return found

    def _one_year_only(self, lines: list[str]) -> None:
        words = {
            "subject": subject_words(self.account, self.aim.subject),
            "period": str(self._year),
            "lines": Worded("、".join(lines), ", ".join(lines)),
        }
        place = f"{APART}@{self.aim.subject}@{self._year}"
        self.account.paper.findings.append(Finding("apart-in-one-year", place, words, Severity.WARNING))
