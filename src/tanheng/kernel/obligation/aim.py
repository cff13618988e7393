"""Targets brought together by subject, measure and tier: what is demanded of a year, and since the base year."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tanheng.kernel.account import Account
from tanheng.kernel.account.comparison import said
from tanheng.kernel.demand import Target
from tanheng.kernel.faults import Finding, Severity, Worded
from tanheng.kernel.obligation.demanded import CLAUSE, Claim, told, unit_of
from tanheng.kernel.obligation.reading import Span, asked_by, span_of
from tanheng.kernel.obligation.result import RATE, Actual, Reach, level_behind, on_rate_grid, results_of, step_once
from tanheng.kernel.pack.measure import Direction, Measure
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import name, number, worded_unit
from tanheng.kernel.subject import LOCATED_IN
from tanheng.kernel.trace import Address, Cell

FLOOR, STRETCH = "floor", "stretch"
_SHOWN = 5


@dataclass(frozen=True)
class Aim:
    """What is demanded of a subject by one measure and tier, over the period of the account.

    `annual` is demanded of the year: by a target for the year, else by the schedule of one of several years; over a
    period to date an amount is demanded as growth on the same months. `cumulative` is due since the base year by the
    target of several years (`plan`). Each is None where nothing demands it.
    """

    account: Account
    subject: str
    measure: Measure
    tier: str
    period: Period
    year_claim: Claim | None
    plan: Claim | None

    @property
    def target(self) -> Target:
        """The target of the year where there is one, else that of several years."""
        claim = self.year_claim or self.plan
        if claim is None:
            raise ValueError("an aim rests on a target")
        return claim.target

    @property
    def direction(self) -> Direction:
        """Whether its measure falls, is capped or rises."""
        return self.measure.direction

    @property
    def line(self) -> str | None:
        """The field (条) that a subject names behind its area."""
        return self.subject.partition("#")[2] or None

    @property
    def base(self) -> int | None:
        """The year since which it counts cumulatively."""
        return None if self.plan is None else self.plan.span.base

    @property
    def is_growth(self) -> bool:
        """Whether the year's demand is put as growth, because the period is no whole year."""
        return not self._is_year and self.measure.reckoned != "decline"

    @property
    def _is_year(self) -> bool:
        return self.period == Period.year(self.period.start.year)

    @cached_property
    def annual(self) -> Cell | None:
        """What is demanded of the year."""
        claim, year = self.year_claim or self.plan, self.period.start.year
        if claim is not None and self.is_growth and claim.is_growth_of(year):
            return claim.growth()
        asked = None if claim is None else claim.of_year(year)
        return self._as_growth(asked) if asked is not None and self.is_growth else asked

    @cached_property
    def cumulative(self) -> Cell | None:
        """What is due by the end of the year since the base year; None to date where amounts are demanded."""
        return None if self.plan is None or self.is_growth else self.plan.by(self.period.start.year)

    def _as_growth(self, asked: Cell) -> Cell | None:
        """The year's cap over the level of the year before: what may be grown by, in the same months as in the year."""
        before = level_behind(self.account, self.measure, self.subject, Period.year(self.period.start.year - 1))
        if before is None:
            return None
        share = name("asked") / name("before")
        formula = on_rate_grid(share if self.measure.reckoned == "increment" else share - number("1"))
        at = Address("demanded_growth", self.target.id, self.period, self.tier)
        return step_once(self.account, at, formula, {"asked": asked, "before": before}, RATE, CLAUSE)


def aims(account: Account, period: Period) -> list[Aim]:
    """Every target of a measure that counts on the knowledge date and runs in a year, by subject, measure and tier.

    Reads    period: a whole year, or from January to some month of one.
    Gives    for each (subject, measure, tier) one aim; a target without tier is a floor, a range has both. Of targets
             of several years that run in the year, the one with the latest base counts.
    Findings target-not-a-number, target-unit-unfit, target-subject-unknown, target-due-unreadable; blocking:
             target-base-missing, where the target is not past its last year; target-area-changed: a part came or
             went since the year before began; target-stated-twice: different numbers for one thing, none of them
             taken.
    Refuses  ValueError: the method does not say that it takes obligations.
    """
    year = period.start.year
    found: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in _Claims(account, year).all():
        if claim.span.holds_in(year):
            found.setdefault((claim.subject, claim.measure.id, claim.tier), []).append(claim)
    made = (_aim(account, period, claims) for _, claims in sorted(found.items(), key=lambda item: item[0]))
    taken = [aim for aim in made if aim is not None]
    if period.end == account.period.end:
        _say_changed(account, period, {aim.subject.partition("#")[0] for aim in taken})
    return taken


def actuals(account: Account, aim: Aim, reach: Reach = "annual") -> list[Actual]:
    """The results beside an aim, however made, in the order in which its measure prefers them; see `results_of`."""
    return results_of(account, aim.measure, aim.subject, aim.period, aim.base, reach)


def actual(account: Account, aim: Aim, reach: Reach = "annual") -> Actual | None:
    """The first result that has a number; None where there is none: no result is not a target met."""
    return next((item for item in actuals(account, aim, reach) if item.cell.value is not None), None)


def amount_behind(account: Account, aim: Aim, period: Period) -> Cell | None:
    """The level behind an aim over a period (energy in 10^4 tce); None where it is not known."""
    return level_behind(account, aim.measure, aim.subject, period)


def _say_changed(account: Account, period: Period, subjects: Collection[str]) -> None:
    """Names the areas that parts came to or left since the year before began: their years are not about one area."""
    start, directory = Period.year(period.start.year - 1).start, account.directory
    days: dict[str, set[date]] = {}
    for relation in directory.relations:
        ends = {relation.child, relation.parent} & set(subjects)
        if not ends or relation.kind != LOCATED_IN or relation.withdrawn or directory.level_of(relation.child) is None:
            continue
        for day in (relation.start, relation.end):
            if day is not None and start < day < period.end:
                for subject in ends:
                    days.setdefault(subject, set()).add(day)
    for subject, found in sorted(days.items()):
        said(account, "target-area-changed", subject, Severity.BLOCKER, period, day=min(found))


def _aim(account: Account, period: Period, claims: list[Claim]) -> Aim | None:
    first = claims[0]
    yearly = [claim for claim in claims if claim.span.years in (None, 1) or claim.span.onwards]
    plans = [claim for claim in claims if claim not in yearly]
    latest = max((claim.span.base for claim in plans if claim.span.base is not None), default=None)
    one = _single(account, yearly)
    plan = _single(account, [claim for claim in plans if claim.span.base == latest])
    if one is None and plan is None:
        return None
    return Aim(account, first.subject, first.measure, first.tier, period, one, plan)


def _single(account: Account, claims: list[Claim]) -> Claim | None:
    """The only number that is demanded; a number that is stated again is the same one."""
    numbers = {(claim.value, unit_of(claim.target, claim.measure, claim.of), claim.span.due) for claim in claims}
    if len(numbers) > 1:
        first = claims[0]
        label = first.measure.label
        subject = Worded(*(account.directory.label_of(first.subject, lang) for lang in ("zh", "en")))
        dues = sorted({claim.span.due for claim in claims})
        fields = {
            "subject": subject,
            "measure": Worded(label.zh, label.en),
            "span": ", ".join(map(str, dues)),
            "count": len(numbers),
            "targets": ", ".join(claim.target.id for claim in claims),
        }
        finding = Finding("target-stated-twice", f"{first.subject}@{first.measure.id}", fields)
        if finding not in account.paper.findings:  # each quarter that is looked back upon asks again
            account.paper.findings.append(finding)
    return claims[0] if len(numbers) == 1 else None


class _Claims:
    """The targets of an account as claims; what cannot be measured is named."""

    def __init__(self, account: Account, year: int) -> None:
        self.account, self.year = account, year
        self.measures = {measure.indicator: measure for measure in account.packs.all(Measure)}
        self.strange: dict[str, set[str]] = {}

    @cached_property
    def named(self) -> dict[str, set[str]]:
        """The subjects by name: few targets name theirs by anything but its id."""
        found: dict[str, set[str]] = {}
        for id, label in self.account.directory.labels.items():
            found.setdefault(label["zh"], set()).add(id)
        return found

    def all(self) -> Iterable[Claim]:
        """One claim for each number that a target of a measure demands; a repeated target is one target."""
        for target in self.account.targets:
            if target.indicator in self.measures and not target.same_as:
                yield from self._of(target, self.measures[target.indicator])
        if self.strange:
            self._name_strangers()

    def _of(self, target: Target, measure: Measure) -> Iterable[Claim]:
        asked, span = asked_by(target, measure), span_of(target)
        if asked is None:
            return self._say("target-not-a-number", target, Severity.NOTE, operator=target.demand.operator)
        if span is None:
            return self._say("target-due-unreadable", target, Severity.WARNING, by=target.demand.by or "-")
        subject = self._subject(target)
        if subject is not None and span.base is None and (measure.reckoned != "amount" or asked.of == "base"):
            return self._without_base(target, span)
        if unit_of(target, measure, asked.of) is None:
            unit = target.demand.unit_norm or target.demand.unit
            return self._say(
                "target-unit-unfit", target, Severity.WARNING, unit=unit, expected=worded_unit(measure.unit.text)
            )
        if subject is None:
            self.strange.setdefault(target.subject or "-", set()).add(target.id)
            return []
        tier = target.tier or FLOOR
        numbers = [(tier, asked.floor), *([(STRETCH, asked.stretch)] if asked.stretch is not None else [])]
        return [Claim(self.account, target, measure, subject, *item, asked.of, span) for item in numbers]

    def _without_base(self, target: Target, span: Span) -> list[Claim]:
        """A target that still runs and cannot be measured leaves a hole in the result, which nobody may overlook."""
        return self._say("target-base-missing", target, Severity.BLOCKER) if span.due >= self.year else []

    def _subject(self, target: Target) -> str | None:
        """The subject's id; a name that only one subject of the directory has stands for it."""
        place, mark, line = target.subject.partition("#")
        if place in self.account.directory.labels:
            return target.subject
        known = self.named[place] if place in self.named else set()
        return f"{next(iter(known))}{mark}{line}" if len(known) == 1 else None

    def _name_strangers(self) -> None:
        """One finding for all of them: at a district's site most targets of the city are about others."""
        shown = sorted(self.strange)
        more = f", … +{len(shown) - _SHOWN}" if len(shown) > _SHOWN else ""
        count = len(set[str]().union(*self.strange.values()))
        fields = {"count": count, "subjects": ", ".join(shown[:_SHOWN]) + more}
        finding = Finding("target-subject-unknown", "directory", fields, Severity.WARNING)
        if finding not in self.account.paper.findings:
            self.account.paper.findings.append(finding)

    def _say(self, code: str, target: Target, severity: Severity, **fields: object) -> list[Claim]:
        finding = Finding(code, f"target:{target.id}", {**told(target), **fields}, severity)
        if finding not in self.account.paper.findings:
            self.account.paper.findings.append(finding)
        return []
