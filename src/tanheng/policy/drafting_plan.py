"""A draft put together from the city's plan, last year's own plan and this year's figures."""

from __future__ import annotations

from difflib import get_close_matches

from tanheng.kernel.faults import Finding, Refusal, Severity
from tanheng.kernel.pack import Classification, DirectoryShape, PackSet
from tanheng.policy.comparing_district import names_districts
from tanheng.policy.comparing_report import demand_said
from tanheng.policy.drafting import Draft, Unanswered, findings_on, refuse_year
from tanheng.policy.drafting_figures import Figures
from tanheng.policy.drafting_targets import TargetDrafter
from tanheng.policy.drafting_tasks import TaskDrafter
from tanheng.policy.plan_words import PlanWords
from tanheng.policy.plans import Plan, refuse_same


def drafted(city: Plan, last: Plan, figures: Figures, area: str, year: int, words: PlanWords) -> Draft:
    """The draft of a district's plan for a year.

    Every target is last year's with a figure of this year, or with the city's where that is a share or a rate; without
    either it is left open and says why. Tasks are last year's, moved a year on, and the city's that name the districts.

    Refuses  plan-with-itself; draft-year-not-later.
    """
    refuse_same(city, last)
    refuse_year(last, year)
    targets = TargetDrafter(city, last, figures, words, area)
    tasks = TaskDrafter(city, last, figures, words, area, year)
    made_targets, made_tasks = targets.targets(), tasks.tasks()
    unanswered = (*_unanswered(targets, tasks, words), *tasks.unanswered)
    findings = [*_on_years(city, year), *figures.findings, *targets.findings, *tasks.findings]
    findings += findings_on(made_targets, made_tasks, unanswered)
    return Draft(area, year, city, last, tuple(made_targets), tuple(made_tasks), unanswered, tuple(findings))


def area_named(name: str, last: Plan, packs: PackSet) -> str:
    """The name of an area: by its id or its name in a list of areas of a pack, or as last year's plan prints it.

    Refuses  draft-area-unknown.
    """
    known = {
        **{area.id: area.label.zh for shape in packs.all(DirectoryShape) for area in shape.areas},
        **{entry.label.zh: entry.label.zh for shape in packs.all(Classification) for entry in shape.entries},
    }
    if name in known:
        return known[name]
    printed = last.instrument.title + last.instrument.issuer
    if name in known.values() or (len(name) > 1 and name in printed):
        return name
    nearest = get_close_matches(name, [*known, *known.values()], 3, 0.3)
    raise Refusal("draft-area-unknown", area=name, nearest="、".join(nearest) or "-")


def _on_years(city: Plan, year: int) -> list[Finding]:
    if city.year is None or city.year == year:
        return []
    return [Finding("draft-city-year", city.name, {"city": city.year, "year": year}, Severity.WARNING)]


def _unanswered(targets: TargetDrafter, tasks: TaskDrafter, words: PlanWords) -> list[Unanswered]:
    """The city's targets that the draft does not take on."""
    found = list[Unanswered]()
    for item in targets.above:
        if id(item) in targets.answered:
            continue
        target = item.target
        parties = (*target.lead_parties, *target.supporting_parties)
        named = names_districts((*parties, target.subject), words)
        below = tasks.below(parties)
        clause, leads = "、".join(item.clauses), target.lead_parties
        found.append(Unanswered("指标", target.indicator, clause, demand_said(target), leads, below, named))
    return found
