"""The tasks of a draft: last year's, moved a year on, and those that the city names the districts for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tanheng.kernel.fact import plain_decimal
from tanheng.kernel.faults import Finding, Severity, Worded
from tanheng.policy.comparing_district import is_ratio, names_districts
from tanheng.policy.comparing_report import demand_said
from tanheng.policy.comparing_strength import measured
from tanheng.policy.comparing_targets import once, paired
from tanheng.policy.comparing_tasks import answers
from tanheng.policy.drafting import DraftTask, Unanswered, left_open
from tanheng.policy.drafting_figures import Figures
from tanheng.policy.plan_words import PlanWords
from tanheng.policy.plans import Deed, Plan
from tanheng.policy.proposals import TargetProposal

_NO_DIGIT = r"(?<![\d.])"


@dataclass
class TaskDrafter:
    """Drafts the table of tasks; `unanswered` are the city's tasks that nobody takes on."""

    city: Plan
    last: Plan
    figures: Figures
    words: PlanWords
    area: str
    year: int
    unanswered: list[Unanswered] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def tasks(self) -> list[DraftTask]:
        """All tasks, those of the city behind last year's, numbered."""
        self.names = _names(self.last, self.words)
        found = answers(self.city.deeds, self.last.deeds, self.words, float(self.words.comparing.answer_alike))
        above: dict[int, Deed] = {}
        for deed, pair in zip(self.city.deeds, found, strict=True):
            if pair is not None:
                above.setdefault(id(pair.second), deed)
        drafted = [self._kept(deed, above[id(deed)] if id(deed) in above else None) for deed in self.last.deeds]
        for deed, pair in zip(self.city.deeds, found, strict=True):
            if pair is None and self._named(deed):
                drafted.append(self._from_city(deed))
            elif pair is None:
                self.unanswered.append(self._open(deed))
        return [_with_id(task, f"4-{number}") for number, task in enumerate(drafted, 1)]

    def below(self, parties: Sequence[str]) -> tuple[str, ...]:
        """Who in the district does the work of parties of the city: names that last year's plan uses, and no others."""
        found = list[str]()
        for party in parties:
            known = self.words.directory.find(party)
            if party in self.words.drafting.groups:
                found += self.words.drafting.groups[party]
            elif known is not None and known.department not in {"group", "party_organ"}:
                kinds = self.words.drafting.counterparts
                wanted = kinds[known.department] if known.department in kinds else (known.department,)
                found += [name for kind in wanted if (name := self._name(kind))][:1]
        return tuple(dict.fromkeys(found))

    def _name(self, department: str) -> str:
        return self.names[department] if department in self.names else ""

    def _named(self, deed: Deed) -> bool:
        return names_districts((*deed.lead_parties, *deed.supporting_parties), self.words)

    def _kept(self, deed: Deed, above: Deed | None) -> DraftTask:
        text, changes = _moved_on(deed.text, self.last.year, self.year)
        text, more, left = self._figures(text, deed, above)
        basis = f"沿用上年{deed.clause}" + (f"；对应市级{above.clause}" if above else "")
        return DraftTask(
            "", deed.category, text, deed.schedule or (above.schedule if above else ""), deed.lead_parties,
            deed.supporting_parties, basis, (*changes, *more), tuple(left.values()), tuple(left),
        )  # fmt: skip

    def _figures(self, text: str, deed: Deed, above: Deed | None) -> tuple[str, tuple[str, ...], Mapping[str, Worded]]:
        """The text with this year's figures in the place of last year's, or with what is missing said there."""
        pairs = paired(once(above.targets), once(deed.targets), self.words) if above else []
        asked = {id(pair.second.target): pair.first.target for pair in pairs}
        changes, left = list[str](), dict[str, Worded]()
        for target in deed.targets:
            printed = _printed(target, text)
            if printed is None:
                continue
            new, told, why = self._figure(target, asked[id(target)] if id(target) in asked else None)
            text = text.replace(printed, new, 1)
            changes.append(told)
            left |= {target.indicator: why} if why else {}
        return text, tuple(changes), left

    def _figure(self, target: TargetProposal, asked: TargetProposal | None) -> tuple[str, str, Worded | None]:
        unit = "" if target.unit in {None, "1"} else str(target.unit)
        value = plain_decimal(target.value) if target.value is not None else ""
        row = self.figures.about(self.area, target.indicator, target.indicator_id)
        if row is not None and row.value is not None:
            return f"{plain_decimal(row.value)}{row.unit or unit}", f"数值取自{row.place}", None
        if asked is not None and asked.value is not None and is_ratio(measured(asked, self.words).unit, self.words):
            return f"{plain_decimal(asked.value)}{asked.unit}", f"数值取自市级{asked.clause}", None
        zh = self.words.drafting.reasons["no_figure"].format(last=f"{value}{unit}")
        why = Worded(zh, f"last year {value}{unit}, no figure was given for this year")
        return left_open(why), f"上年数值{value}{unit}改为待补", why

    def _from_city(self, deed: Deed) -> DraftTask:
        text = deed.text
        for above, below in self.words.drafting.lower.items():
            text = text.replace(above, below)
        changes, left = ["由市级任务转化"], dict[str, Worded]()
        for target in deed.targets:
            printed = _printed(target, text)
            row = self.figures.about(self.area, target.indicator, target.indicator_id)
            if printed is not None and row is not None and row.value is not None:
                text = text.replace(printed, f"{plain_decimal(row.value)}{row.unit or target.unit}", 1)
                changes.append(f"数值取自{row.place}")
            elif printed is not None and not is_ratio(measured(target, self.words).unit, self.words):
                zh = self.words.drafting.reasons["city_amount"].format(city=printed)
                why = Worded(zh, f"the city's {printed} is not divided among districts")
                text = text.replace(printed, left_open(why), 1)
                left[target.indicator] = why
        leads = self.below(deed.lead_parties)
        if not leads:
            party = "、".join(deed.lead_parties)
            fields = {"party": party, "task": deed.text[:30]}
            self.findings.append(Finding("draft-department-unmapped", deed.clause, fields, Severity.WARNING))
            leads = (left_open(Worded(self.words.drafting.reasons["no_lead"], "no counterpart in the district")),)
        supporting = tuple(name for name in self.below(deed.supporting_parties) if name not in leads)
        text += self.words.drafting.sentences["from_city"].format(clause=deed.clause)
        basis = f"市级{deed.clause}（点名各区）"
        return DraftTask(
            "", self._category(leads[0]), text, deed.schedule, leads, supporting, basis, tuple(changes),
            tuple(left.values()), tuple(left),
        )  # fmt: skip

    def _category(self, lead: str) -> str:
        """Where a task of the city goes: to the category in which its lead has most of last year's tasks."""
        mine = Counter(deed.category for deed in self.last.deeds if deed.lead_parties[:1] == (lead,))
        return mine.most_common(1)[0][0] if mine else self.words.drafting.sentences["other"]

    def _open(self, deed: Deed) -> Unanswered:
        demand = "；".join(demand_said(item.target) for item in once(deed.targets))
        parties = self.below((*deed.lead_parties, *deed.supporting_parties))
        return Unanswered("任务", deed.text, deed.clause, demand, deed.lead_parties, parties, named_below=False)


def _names(last: Plan, words: PlanWords) -> Mapping[str, str]:
    """The departments that last year's plan names, each under the name that it uses first."""
    found: dict[str, str] = {}
    for deed in last.deeds:
        for name in (*deed.lead_parties, *deed.supporting_parties):
            known = words.directory.find(name)
            if known is not None and known.department not in {"group", "party_organ"}:
                found.setdefault(known.department, name)
    return found


def _moved_on(text: str, last: int | None, year: int) -> tuple[str, tuple[str, ...]]:
    """The text with last year, and the year before it, moved on; other years stay."""
    if last is None:
        return text, ()
    changes = list[str]()

    def moved(found: re.Match[str]) -> str:
        changes.append(f"{found[0]}年改为{int(found[0]) + year - last}年")
        return str(int(found[0]) + year - last)

    text = re.sub(rf"{_NO_DIGIT}(?:{last}|{last - 1})(?=\s*年)", moved, text)
    return text, tuple(changes)


def _printed(target: TargetProposal, text: str) -> str | None:
    """The figure of a target as the text prints it; None where it prints none."""
    if target.value is None or target.kind != "numeric":
        return None
    digits = re.escape(plain_decimal(abs(target.value)))
    unit = "" if target.unit in {None, "1"} else re.escape(str(target.unit))
    found = re.search(rf"{_NO_DIGIT}{digits}{unit}", text)
    return found[0] if found else None


def _with_id(task: DraftTask, id: str) -> DraftTask:
    return DraftTask(**{**vars(task), "id": id})
