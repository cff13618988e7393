"""Which findings of the results of a month concern its area, and what still blocks it. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tanheng.kernel.period import Period
from tanheng.kernel.subject import Directory
from tanheng.records.selecting import directory_as_of
from tanheng.records.site_files import results
from tanheng.store.results import StoredResult
from tanheng.web.directory.ground import Ground, one_day
from tanheng.web.documents.month_case import AREA, MonthCase

Finding = Mapping[str, Any]
BLOCKER = "blocker"
_BESIDE = 3


def results_of(month: MonthCase) -> list[StoredResult]:
    """The results of a month as they were computed.

    Refuses  result-not-found, result-damaged.
    """
    return [results().load(id) for id in (month.dispatch, *month.ends) if id]


def findings_about(area: str, stored: Iterable[StoredResult]) -> list[Finding]:
    """What was found about an area, what lies in it, and the runs as a whole; what several runs find alike, once."""
    found: dict[tuple[str, str, str], Finding] = {}
    for result in stored:
        elsewhere = _elsewhere(area, directory_as_of(result.receipt["parameters"]["log_position"]), result)
        for each in result.findings:
            if not elsewhere & set(each["place"].replace("#", "@").split("@")):
                found.setdefault((each["code"], each["place"], each["message"]["en"]), each)
    return list(found.values())


def blocking(findings: Iterable[Finding]) -> list[str]:
    """The codes of the blocking ones among findings."""
    return sorted({each["code"] for each in findings if each["severity"] == BLOCKER})


def blocking_by_code(codes: Iterable[str], shown: Sequence[Finding]) -> list[tuple[str, list[Finding]]]:
    """What a reader is shown of each of these codes: what is accepted is a code."""
    return [(code, [each for each in shown if each["code"] == code]) for code in codes]


def open_blockers(month: MonthCase) -> list[str]:
    """The codes of what blocks the month and was not accepted.

    Refuses  result-not-found, result-damaged.
    """
    codes = blocking(findings_about(month.area, results_of(month)))
    return [code for code in codes if code not in month.accepted]


def reasons_for(month: MonthCase, result: StoredResult, elsewhere: str) -> dict[str, str]:
    """The reason for each blocking code of one result: the one that was given, or that it concerns no figure quoted.

    Reads    elsewhere: the sentence for what lies outside of the area.
    """
    here = set(blocking(findings_about(month.area, [result])))
    codes = blocking(result.findings)
    given = {code: month.accepted[code] for code in codes if code in month.accepted}
    return {**{code: elsewhere for code in codes if code not in here}, **given}


def _elsewhere(area: str, directory: Directory, result: StoredResult) -> set[str]:
    """The areas that do not lie in an area."""
    end = Period.parse(result.receipt["parameters"]["period"]).end
    ground, known = Ground(directory), [each.id for each in directory.areas]
    span = one_day(end - timedelta(days=1))
    return {each for each in known if each.startswith(AREA) and not ground.lies_in(each, area, *span)}


@dataclass(frozen=True)
class Accepted:
    """A kind of blocking finding that was accepted: what was found, as far as the reader sees it, and the reason."""

    code: str
    findings: Sequence[Finding]
    reason: str

    @property
    def first(self) -> Sequence[Finding]:
        """As many as stand beside one reason."""
        return self.findings[:_BESIDE]

    @property
    def more(self) -> int:
        """How many are not among the first."""
        return len(self.findings) - len(self.first)


def accepted_in_words(accepted: Mapping[str, str], findings: Sequence[Finding]) -> list[Accepted]:
    """What was accepted with its findings: a code says nothing to whoever reads the page."""
    return [
        Accepted(code, [each for each in findings if each["code"] == code], reason) for code, reason in accepted.items()
    ]


def shown_to(findings: Sequence[Finding], sight: Sequence[Finding]) -> list[Finding]:
    """The findings that a reader's sight of the results has as well, the blocking ones first."""
    seen = {(each["code"], each["place"]) for each in sight}
    mine = [each for each in findings if (each["code"], each["place"]) in seen]
    return sorted(mine, key=lambda each: (each["severity"] != BLOCKER, each["code"]))
