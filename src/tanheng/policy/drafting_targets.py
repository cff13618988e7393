"""The targets of a draft: from this year's figures, else from the city where its figure holds below too, else open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tanheng.kernel.fact import plain_decimal
from tanheng.kernel.faults import Finding, Severity, Worded
from tanheng.policy.comparing_district import is_ratio
from tanheng.policy.comparing_report import demand_said
from tanheng.policy.comparing_strength import measured
from tanheng.policy.comparing_targets import Demanded, once, paired, whole_of
from tanheng.policy.drafting import TARGETS, TOWNS, UNITS, DraftTarget, left_open
from tanheng.policy.drafting_figures import Figure, Figures
from tanheng.policy.plan_words import PlanWords
from tanheng.policy.plans import Plan
from tanheng.policy.proposals import TargetProposal
from tanheng.policy.review_words import OPERATORS

_NUMBERS: Mapping[str, int] = {TARGETS: 1, TOWNS: 2, UNITS: 3}


@dataclass
class TargetDrafter:
    """Drafts the targets of annexes 1 to 3; `answered` are the city's targets that the draft takes on."""

    city: Plan
    last: Plan
    figures: Figures
    words: PlanWords
    area: str
    answered: set[int] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def targets(self) -> list[DraftTarget]:
        """All targets, annex by annex, in the order of last year's plan; new ones of the figures behind them."""
        self.above = once(self.city.targets)
        in_tasks = {id(target) for deed in self.last.deeds for target in deed.targets}
        before = once(self.last.targets)
        mine = [item for item in before if id(item.target) not in in_tasks]
        whole = [item for item in mine if not _alone(item, self.words)]
        pairs = {id(pair.second): pair for pair in paired(self.above, before, self.words)}
        self.answered |= {id(pair.first) for pair in pairs.values()}
        drafted = [self._one(item, TARGETS, pairs[id(item)].first if id(item) in pairs else None) for item in whole]
        annexes = _annexes([item for item in mine if _alone(item, self.words)], self.words)
        drafted += [self._one(item, annex, None) for item, annex in annexes]
        return _numbered([*drafted, *self._of_figures()])

    def _one(self, item: Demanded, annex: str, above: Demanded | None) -> DraftTarget:
        target = item.target
        subject = self.area if whole_of(target.subject, self.words) else target.subject
        last, city = demand_said(target), demand_said(above.target) if above else ""
        figure = self.figures.about(subject, target.indicator, target.indicator_id)
        if figure is not None:
            self.used.add(figure.place)
            if not self._fits(figure, target.unit):
                figure = None
        demand, basis, why = self._demand(item, above, figure)
        return DraftTarget(
            "", annex, target.indicator, subject, left_open(why) if why else demand, basis,
            last=f"{last}（{'、'.join(item.clauses)}）", city=f"{city}（{'、'.join(above.clauses)}）" if above else "",
            actual=figure.actual if figure else "", operator=OPERATORS[target.operator.value],
            unit=target.unit or "", parties=target.lead_parties + target.supporting_parties, open=why,
        )  # fmt: skip

    def _demand(self, item: Demanded, above: Demanded | None, figure: Figure | None) -> tuple[str, str, Worded | None]:
        """The demand, where it is from, and why it is open where it is."""
        target, sentences = item.target, self.words.drafting.reasons
        if figure is not None and figure.value is not None:
            operator = figure.operator or OPERATORS[target.operator.value]
            unit = figure.unit or target.unit or ""
            return f"{operator}{plain_decimal(figure.value)}{'' if unit == '1' else unit}", _source(figure), None
        if (
            above is not None
            and above.target.value is not None
            and is_ratio(measured(above.target, self.words).unit, self.words)
        ):
            return _said(above.target), f"市级{'、'.join(above.clauses)}", None
        if measured(target, self.words).value is None or target.kind == "coverage":
            return _in_words(item), f"沿用上年{'、'.join(item.clauses)}", None
        last = _said(target)
        zh = sentences["no_figure"].format(last=last)
        en = f"last year {demand_said(target, 'en')}, no figure was given for this year"
        if above is not None and above.target.value is not None:
            zh = f"{sentences['city_amount'].format(city=_said(above.target))}；{zh}"
            en = f"the city's {demand_said(above.target, 'en')} is not divided among districts; {en}"
        return "", "", Worded(zh, en)

    def _fits(self, figure: Figure, unit: str | None) -> bool:
        """Whether a figure is in a unit of the same kind as the plan's; one without a unit is taken to be."""
        units = self.words.lexicon.unit_by_print
        if not figure.unit or not unit or figure.unit == unit:
            return True
        if figure.unit in units and unit in units and units[figure.unit].norm == units[unit].norm:
            return True
        fields = {"indicator": figure.indicator, "unit": figure.unit, "expected": unit}
        self.findings.append(Finding("draft-figure-unit", figure.place, fields, Severity.WARNING))
        return False

    def _of_figures(self) -> list[DraftTarget]:
        """Targets that only the figures have: a new town, an indicator of the city that the district takes on."""
        new = [row for row in self.figures.rows if row.place not in self.used and row.annex in _NUMBERS]
        found = list[DraftTarget]()
        for row in new:
            if row.value is None:
                continue
            self.used.add(row.place)
            above = [item for item in self.above if row.indicator_id and item.target.indicator_id == row.indicator_id]
            if row.subject == self.area:
                self.answered |= {id(item) for item in above}
            operator = row.operator or (OPERATORS[above[0].target.operator.value] if above else OPERATORS["reach"])
            city = demand_said(above[0].target) if above else ""
            demand = f"{operator}{plain_decimal(row.value)}{row.unit}"
            parties = tuple(part for part in row.lead.split("、") if part)
            found.append(
                DraftTarget(
                    "",
                    row.annex,
                    row.indicator,
                    row.subject,
                    demand,
                    _source(row),
                    city=city,
                    actual=row.actual,
                    operator=operator,
                    unit=row.unit,
                    parties=parties,
                )
            )
        return found


def _said(target: TargetProposal) -> str:
    """A demand as a document prints it, without blanks."""
    return demand_said(target).replace(" ", "")


def _in_words(item: Demanded) -> str:
    """A demand without a figure in the words of last year's plan, the name of its indicator left out."""
    target = item.target
    said = "".join(target.quote.split()).removeprefix("".join(target.indicator.split()))
    return said or _said(target)


def _alone(item: Demanded, words: PlanWords) -> bool:
    """Whether a target is asked of one town or one unit, which answers for it itself."""
    target = item.target
    return target.lead_parties == (target.subject,) and not whole_of(target.subject, words)


def _annexes(items: Sequence[Demanded], words: PlanWords) -> list[tuple[Demanded, str]]:
    """Which annex each belongs to: a table most of whose rows are towns is that of the towns."""
    tables: dict[str, list[Demanded]] = {}
    for item in items:
        tables.setdefault(item.clauses[0].rpartition("-")[0], []).append(item)
    found = list[tuple[Demanded, str]]()
    for rows in tables.values():
        towns = sum(item.target.subject.endswith(words.drafting.towns) for item in rows)
        found += [(item, TOWNS if towns * 2 > len(rows) else UNITS) for item in rows]
    return found


def _source(figure: Figure) -> str:
    return f"本年数据{figure.place}" + (f"（{figure.source}）" if figure.source else "")


def _numbered(targets: Sequence[DraftTarget]) -> list[DraftTarget]:
    found, counts = list[DraftTarget](), dict.fromkeys(_NUMBERS, 0)
    for target in sorted(targets, key=lambda item: _NUMBERS[item.annex]):
        counts[target.annex] += 1
        found.append(replace(target, id=f"{_NUMBERS[target.annex]}-{counts[target.annex]}"))
    return found
