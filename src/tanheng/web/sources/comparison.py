"""Two recorded documents side by side: two years of a plan, or a district's plan against the city's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tanheng.kernel.subject import Directory
from tanheng.policy.comparing import Comparison, TargetLine, TaskLine, compared
from tanheng.policy.comparing_district import compared_with_city
from tanheng.policy.comparing_report import VERDICTS, counts_said, demand_said
from tanheng.policy.comparing_targets import Demanded
from tanheng.policy.plan_words import PlanWords
from tanheng.policy.plans import Deed
from tanheng.policy.recorded_plans import plan_of_record
from tanheng.records.standing_obligations import instruments_as_of
from tanheng.store.packs_in_use import packs_in_use
from tanheng.web.directory.scope import Scope
from tanheng.web.sources.documents import READ
from tanheng.web.ui.words import language


@dataclass(frozen=True)
class Row:
    """One target or task: what became of it, what it is about, how the one and the other document say it, and why."""

    verdict: str
    verdict_said: str
    about: str
    first: str
    second: str
    why: str


@dataclass(frozen=True)
class ComparisonPage:
    """The choice of two documents, and where both are chosen what was found."""

    choices: Sequence[tuple[str, str]]
    first: str
    second: str
    district: bool
    found: Comparison | None = None
    counts: str = ""
    targets: Sequence[Row] = ()
    tasks: Sequence[Row] = ()


def comparison_page(scope: Scope, first: str, second: str, day: date, *, district: bool) -> ComparisonPage:
    """Two documents compared; only the choice where one of them is not named.

    Refuses  not-permitted, instrument-unknown, plan-with-itself, plan-demands-nothing.
    """
    scope.require(READ)
    choices = [(item.instrument, item.title) for item in instruments_as_of()]
    if not first or not second:
        return ComparisonPage(choices, first, second, district)
    words = PlanWords.of(packs_in_use())
    one, two = plan_of_record(first, day, words), plan_of_record(second, day, words)
    found = compared_with_city(one, two, words) if district else compared(one, two, words)
    return ComparisonPage(
        choices,
        first,
        second,
        district,
        found,
        counts_said(found, language()),
        [_target(line, scope.ground.directory) for line in found.targets],
        [_task(line) for line in found.tasks],
    )


def _target(line: TargetLine, directory: Directory) -> Row:
    item = line.first or line.second
    named = [item.target.indicator, directory.label_of(item.target.subject, language())] if item else []
    about = " · ".join(name for name in named if name)
    return Row(line.verdict, _verdict(line), about, _demand(line.first), _demand(line.second), _why(line))


def _task(line: TaskLine) -> Row:
    item = line.first or line.second
    about = item.category if item else ""
    return Row(line.verdict, _verdict(line), about, _deed(line.first), _deed(line.second), _why(line))


def _verdict(line: TargetLine | TaskLine) -> str:
    return VERDICTS[line.verdict][language() == "en"]


def _why(line: TargetLine | TaskLine) -> str:
    return format(line.why, language())


def _demand(item: Demanded | None) -> str:
    return demand_said(item.target, language()) if item else "—"


def _deed(deed: Deed | None) -> str:
    return deed.text if deed else "—"
