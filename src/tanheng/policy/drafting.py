"""A district's draft plan: what it holds. Nothing in it is made up: what is open says why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tanheng.kernel.faults import Finding, Refusal, Severity, Worded
from tanheng.policy.plans import Plan

TARGETS, TOWNS, UNITS, TASKS, UNANSWERED = "targets", "towns", "units", "tasks", "unanswered"
OPEN_LEFT, OPEN_RIGHT = "〔待补：", "〕"


@dataclass(frozen=True)
class DraftTarget:
    """A target of a draft: `demand` as it is printed; `open` says why it has no figure; `basis` where it is from."""

    id: str
    annex: str
    indicator: str
    subject: str
    demand: str
    basis: str
    last: str = ""
    city: str = ""
    actual: str = ""
    operator: str = ""
    unit: str = ""
    parties: tuple[str, ...] = ()
    open: Worded | None = None


@dataclass(frozen=True)
class DraftTask:
    """A task of a draft: `changes` are what was changed against last year's text or the city's; `open_names` are
    the indicators that `open` is about."""

    id: str
    category: str
    text: str
    schedule: str
    lead_parties: tuple[str, ...]
    supporting_parties: tuple[str, ...]
    basis: str
    changes: tuple[str, ...] = ()
    open: tuple[Worded, ...] = ()
    open_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unanswered:
    """A demand of the city that the draft does not take on; `parties` are whose matter it would be below."""

    kind: str
    what: str
    clause: str
    demand: str
    city_parties: tuple[str, ...]
    parties: tuple[str, ...]
    named_below: bool


@dataclass(frozen=True)
class Draft:
    """A whole draft, with the findings on how it came about."""

    area: str
    year: int
    city: Plan
    last: Plan
    targets: tuple[DraftTarget, ...]
    tasks: tuple[DraftTask, ...]
    unanswered: tuple[Unanswered, ...]
    findings: tuple[Finding, ...]

    def of_annex(self, annex: str) -> list[DraftTarget]:
        """The targets of one annex."""
        return [target for target in self.targets if target.annex == annex]


def left_open(why: Worded) -> str:
    """What stands in a draft where a figure is missing."""
    return f"{OPEN_LEFT}{why.zh}{OPEN_RIGHT}"


def refuse_year(last: Plan, year: int) -> None:
    """Refuses  draft-year-not-later: last year's plan is not of an earlier year."""
    if last.year is not None and last.year >= year:
        raise Refusal("draft-year-not-later", year=year, last=last.year)


def findings_on(
    targets: Sequence[DraftTarget], tasks: Sequence[DraftTask], unanswered: Sequence[Unanswered]
) -> list[Finding]:
    """Everything in a draft that somebody has to fill in or to decide."""
    found = [
        Finding(
            "draft-figure-missing",
            target.id,
            {
                "annex": f"附件{target.id[0]}",
                "indicator": target.indicator,
                "subject": target.subject,
                "why": target.open,
            },
            Severity.WARNING,
        )
        for target in targets
        if target.open
    ]
    found += [
        Finding(
            "draft-figure-missing",
            task.id,
            {"annex": "附件4", "indicator": task.text[:30], "subject": "、".join(task.lead_parties) or "-", "why": why},
            Severity.WARNING,
        )
        for task in tasks
        for why in task.open
    ]
    found += [
        Finding("draft-city-unanswered", item.clause, {"what": item.what[:40], "clause": item.clause}, Severity.NOTE)
        for item in unanswered
    ]
    return found
