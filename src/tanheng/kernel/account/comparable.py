"""Two years of one series on one footing: what a census revised is not compared with what it left as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tanheng.kernel.account.account import Account
from tanheng.kernel.account.comparison import subject_words, year_before
from tanheng.kernel.fact import Fact, Statement
from tanheng.kernel.faults import Finding, Severity
from tanheng.kernel.pack import Reads
from tanheng.kernel.period import Period


@dataclass(frozen=True)
class Pair:
    """A figure and the one a year before it, of one vintage of the series."""

    now: Fact
    before: Fact


@dataclass
class Series:
    """One indicator of all subjects, with every vintage up to the knowledge date.

    A census republishes some years of a series, and those before them stay as they were: the two do not compare, and
    the growth between them is that of the vintage before the census. A figure stands on the new footing if it was
    published with the census or later; the setting census_status names the status that marks what a census restated.
    """

    account: Account
    reads: Reads
    by_subject: Mapping[str, Sequence[Statement]] = field(init=False)

    def __post_init__(self) -> None:
        reads, found = self.reads, dict[str, list[Statement]]()
        coverage = reads.coverage or self.account.use.coverage
        facts = self.account.facts
        for statement in facts.vintages_of(reads.indicator, accumulation=reads.accumulation, coverage=coverage):
            found.setdefault(statement.fact.subject, []).append(statement)
        self.by_subject = found

    def pair(self, subject: str, period: Period) -> Pair | None:
        """The figure of a period and of the year before, in the newest vintage in which no census lies between them.

        Gives    None where one of the two is not there, or is stated twice; None and a finding series-broken where no
                 vintage has both on one footing; a note earlier-vintage-used where it is not the newest that counts.
        """
        newest = self._both(subject, period, self.account.facts.known_on)
        if newest is None:
            return None
        for day in self._days(subject):
            found = self._both(subject, period, day)
            if found is not None and self._footing(subject, found.now) == self._footing(subject, found.before):
                if found != newest:
                    self._say("earlier-vintage-used", subject, period, day, Severity.NOTE)
                return found
        self._say("series-broken", subject, period, self.account.facts.known_on, Severity.WARNING)
        return None

    def at(self, subject: str, period: Period, day: date | None = None) -> Fact | None:
        """What counts for a period on a day (default: the knowledge date); None where nothing or two things do."""
        known = day or self.account.facts.known_on
        statements = self._of(subject)
        facts = [item.fact for item in statements if item.fact.period == period and item.counts_on(known)]
        return facts[0] if len(facts) == 1 else None

    def _of(self, subject: str) -> Sequence[Statement]:
        return self.by_subject[subject] if subject in self.by_subject else ()

    def _both(self, subject: str, period: Period, day: date) -> Pair | None:
        now, before = self.at(subject, period, day), self.at(subject, year_before(period), day)
        return Pair(now, before) if now is not None and before is not None else None

    def _days(self, subject: str) -> list[date]:
        """The days on which something about the subject was published, the newest first."""
        return sorted({item.known_from for item in self._of(subject)}, reverse=True)

    def _footing(self, subject: str, fact: Fact) -> int:
        """How many censuses had restated the series when the figure was published."""
        marked = self.account.setting("census_status")
        censuses = {item.fact.published for item in self._of(subject) if item.fact.status == marked}
        return sum(1 for published in censuses if published <= fact.published)

    def _say(self, code: str, subject: str, period: Period, vintage: date, severity: Severity) -> None:
        indicator = self.reads.indicator
        words = subject_words(self.account, subject)
        fields = {"indicator": indicator, "subject": words, "period": str(period), "vintage": vintage}
        place = f"{indicator}@{subject}@{period}"
        self.account.paper.findings.append(Finding(code, place, fields, severity))
