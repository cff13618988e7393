"""What an account works with: observations, factors, settings, figures of units; each a cell with its reference."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import cached_property
from math import isfinite
from typing import Protocol

from tanheng.kernel.account.references import RuleValue, entry_ref, target_ref, unit_change
from tanheng.kernel.account.weighted import weighted_by_days
from tanheng.kernel.account.words import about
from tanheng.kernel.demand import Demands, Target, Task
from tanheng.kernel.fact import Fact, Facts, KeptRow, Registers, nothing_in
from tanheng.kernel.faults import Finding, Refusal, Severity
from tanheng.kernel.pack import (
    Choice,
    Chooser,
    Factor,
    IndicatorShape,
    MethodDefinition,
    MethodUse,
    PackSet,
    Reads,
    Status,
)
from tanheng.kernel.period import Accumulation, Period
from tanheng.kernel.quantity import Unit
from tanheng.kernel.subject import Directory
from tanheng.kernel.table import Table
from tanheng.kernel.trace import Address, Cell, Lookup, WorkingPaper

_PURE = Unit.parse("1")


class AccountMethod(Protocol):
    """What every account looks like."""

    def __call__(self, account: Account) -> None:
        """Writes the cells of the account on its paper."""


class FiguresOf(Protocol):
    """The figures of another method, which an account builds on."""

    def __call__(self, method: str, period: Period) -> Table:
        """The figures of `method` over a period: one row per (level, subject, period)."""


@dataclass
class Account:
    """One run of an account method: what it may read, and the paper it writes on.

    Everything read comes as a Cell, which carries its reference; what is missing comes as a gap with a finding, and
    never as zero.
    """

    definition: MethodDefinition
    use: MethodUse
    packs: PackSet
    directory: Directory
    period: Period
    facts: Facts
    choosers: dict[str, Chooser]
    settings: Mapping[str, str]
    figures_of: FiguresOf
    paper: WorkingPaper
    demands: Demands = field(default_factory=Demands)
    registers: Registers | None = None
    chosen: dict[tuple[str, tuple[str, ...]], dict[tuple[object, ...], Choice]] = field(default_factory=dict)
    rules: dict[str, RuleValue] = field(default_factory=dict)
    computed: dict[tuple[str, str, Period, str], dict[str, Cell]] = field(default_factory=dict)

    # ---- observations
    def facts_of(
        self,
        indicator: str | Reads,
        *,
        within: Period | None = None,
        subjects: Iterable[str] | None = None,
        facts: Facts | None = None,
    ) -> list[Fact]:
        """The facts of an indicator that the method's definition reads; see `reads` where it reads it more than once.

        Reads    facts: another vintage of the observations (default: as known on the knowledge date).
        Refuses  ValueError: an indicator that the definition does not say it reads.
        """
        reads = self.reads(indicator) if isinstance(indicator, str) else indicator
        return (facts or self.facts).of(
            reads.indicator,
            accumulation=reads.accumulation,
            coverage=reads.coverage or self.use.coverage,
            within=within,
            subjects=subjects,
        )

    def nothing(self, readings: Iterable[Reads] | None = None) -> Refusal:
        """The refusal of an account that has nothing in its period; it names the periods that have something.

        Reads    readings: what would have been read (default: all that the definition says it reads).
        """
        wanted = self.definition.reads if readings is None else readings
        known = {fact.period for reads in wanted for fact in self.facts_of(reads)}
        return nothing_in(self.period, method=self.definition.id, known_on=self.facts.known_on, known=known)

    def observed(
        self,
        indicator: str | Reads,
        subject: str,
        period: Period,
        *,
        carrier: str | None = None,
        item: str | None = None,
        unit: str | None = None,
        facts: Facts | None = None,
        severity: Severity | None = Severity.WARNING,
    ) -> Cell:
        """One statement, in `unit` (default: that of the indicator).

        Reads    severity: how much its absence weighs; None: it may well be absent, and nothing is said.
        Gives    a gap where nothing is known; a gap and a blocking finding where two statements contradict each other.
        """
        reads = self.reads(indicator) if isinstance(indicator, str) else indicator
        coverage = reads.coverage or self.use.coverage
        stated = (facts or self.facts).stated(reads.indicator, reads.accumulation, coverage, subject)
        line = "/".join(part for part in (carrier, item) if part is not None) or None
        address = Address(reads.indicator, subject, period, line)
        key = (period, carrier, item)
        found = stated[key] if key in stated else ()
        wanted = Unit.parse(unit) if unit is not None else self.packs.get(IndicatorShape, reads.indicator).unit
        if len(found) == 1:
            return self.cell_of(found[0], wanted)
        if found:
            self._say("observation-contradicted", address, Severity.BLOCKER, _contradiction(found))
        elif severity is not None:
            self._say("observation-missing", address, severity, {"known_on": (facts or self.facts).known_on})
        return self.paper.given(address, None, wanted, f"gap:{address}")

    def cell_of(self, fact: Fact, unit: Unit | None = None) -> Cell:
        """A fact as a cell, in another unit of its kind where one is asked for: the conversion is a step.

        Refuses  unit-mismatch: the unit is of another kind or basis.
        """
        line = "/".join(part for part in (fact.carrier, fact.item) if part is not None) or None
        address = Address(fact.indicator, fact.subject, fact.period, line)
        stated = self.paper.given(address, fact.value, fact.unit, f"cell:{fact.source}")
        ratio = Fraction(1) if unit is None else fact.unit.ratio_to(unit, what=fact.indicator)
        if unit is None or ratio == 1:
            return stated
        formula, inputs = unit_change(ratio, fact.unit, unit), {"stated": stated}
        for count in itertools.count(1):  # another vintage or another unit of the same thing is another cell
            column = f"{fact.indicator}_converted" + (f"_{count}" if count > 1 else "")
            converted = Address(column, fact.subject, fact.period, line)
            if converted not in self.paper.workings:
                break
            made = self.paper.workings[converted]
            if made.inputs["stated"].ref == stated.ref and made.cell.unit == unit:
                return made.cell
        return self.paper.step(converted, formula, inputs, unit=unit.text, clause="")

    # ---- factors, settings, figures of other methods
    def factor(self, role: str, period: Period, **keys: str) -> Cell:
        """The entry of a role's factor that governs a period.

        Gives    a gap and a finding that names the nearest entries, where none or two do.
        Refuses  definition-missing: a role that the use of the method names no factor for.
        """
        chooser = self.choosers[role]
        given = {key: self.use.given[key] for key in chooser.factor.keys if key in self.use.given}
        asked = {**given, **keys}
        line = "/".join(keys.values()) or None
        address = Address(role, chooser.factor.id, period, line)
        answer = chooser.choose(asked, period)
        if isinstance(answer, Finding):
            self.paper.findings.append(answer)
            return self.paper.given(address, None, chooser.factor.unit, f"gap:{address}")
        by = (*keys, "period_start", "period_end")
        self.chosen.setdefault((role, by), {})[*keys.values(), period.start, period.end] = answer
        if answer.reason == "by_days":
            return weighted_by_days(self.paper, address, chooser.factor, answer)
        ref = entry_ref(chooser.factor.id, answer.used[0].entry.id)
        return self.paper.given(address, answer.number, chooser.factor.unit, ref, unverified=answer.unverified)

    def factor_named(self, id: str, period: Period, **keys: str) -> Cell:
        """As `factor`, of a factor that another definition names by id (a deduction set, say).

        Refuses  definition-missing; factor-not-for-scheme.
        """
        if id not in self.choosers:
            factor = self.packs.get(Factor, id)
            self.choosers[id] = Chooser(factor, scheme=self.use.scheme, known_on=self.facts.known_on)
        return self.factor(id, period, **keys)

    def setting(self, id: str) -> str:
        """The value of a setting: the run's own, or that of the use of the method.

        Refuses  setting-unknown.
        """
        if id not in self.use.settings:
            known = ", ".join(sorted(self.use.settings)) or "-"
            raise Refusal("setting-unknown", name=id, method=self.definition.id, scheme=self.use.scheme, nearest=known)
        return self.settings[id] if id in self.settings else self.use.settings[id].value

    def set_number(self, id: str) -> Cell:
        """A setting that is a number, as a cell.

        Refuses  setting-unknown; setting-unreadable: it is no number, NaN or infinite.
        """
        text = self.setting(id)
        try:
            value = float(Decimal(text))
        except InvalidOperation as error:
            raise Refusal("setting-unreadable", name=id, value=text) from error
        if not isfinite(value):
            raise Refusal("setting-unreadable", name=id, value=text)
        unit = self.use.settings[id].unit or _PURE
        return self.paper.given(Address(id, "setting", self.period), value, unit, entry_ref("setting", id))

    def ruled(self, rule: RuleValue) -> Cell:
        """A number that a definition fixes, as a cell; an explanation lists it among the factors."""
        self.rules[rule.ref] = rule
        address = Address(rule.part, rule.definition, self.period)
        unverified = rule.status is Status.UNVERIFIED
        return self.paper.given(address, float(rule.value), Unit.parse(rule.unit), rule.ref, unverified=unverified)

    def figures(
        self, method: str, column: str, period: Period, *, level: str = "facility", expected: bool = True
    ) -> dict[str, Cell]:
        """The figures of a column of another method at a level, by subject; incomplete ones say so.

        Reads    expected: whether it is worth a word that the method has no data; it is not where there are others.
        Gives    nothing, and a finding, where the method has no data in the period at all.
        """
        asked = (method, column, period, level)
        if asked not in self.computed:
            self.computed[asked] = self._figures(method, column, period, level, expected=expected)
        return self.computed[asked]

    def _figures(self, method: str, column: str, period: Period, level: str, *, expected: bool) -> dict[str, Cell]:
        try:
            figures = self.figures_of(method, period)
        except Refusal as error:
            if error.code != "no-activity-data":
                raise
            finding = Finding(error.code, f"{method}@{period}", error.fields, Severity.WARNING)
            if expected and finding not in self.paper.findings:
                self.paper.findings.append(finding)
            return {}
        rows = figures.where(level=level, period_start=period.start, period_end=period.end)
        step = self.packs.get(IndicatorShape, column).on_grid.step
        found = {}
        for row in rows.rows():
            address = Address(column, row["subject"], period)
            cell = self.paper.given(
                address, row[column], step, f"figure:{address}", unverified=row[f"{column}_unverified"]
            )
            found[row["subject"]] = _incomplete(cell) if row[f"{column}_missing"] else cell
        return found

    # ---- what is demanded, and rows kept as they stand
    @cached_property
    def targets(self) -> list[Target]:
        """The targets that count on the knowledge date.

        Refuses  ValueError: the definition does not say that the method takes obligations.
        """
        return self._taking("obligations").targets(self.facts.known_on)

    @cached_property
    def tasks(self) -> list[Task]:
        """The tasks that count on the knowledge date; ValueError as for `targets`."""
        return self._taking("obligations").tasks(self.facts.known_on)

    def demanded(self, target: Target, unit: str, *, value: Decimal | None = None) -> Cell:
        """What a target demands as a cell, in `unit`; its reference is the target, which names its clause.

        Reads    value: another value of its demand, such as the upper one (default: value_norm, else value).
        Gives    a gap where the target names no value.
        """
        demand = target.demand
        known = value if value is not None else demand.value if demand.value_norm is None else demand.value_norm
        period = Period.parse(demand.by) if demand.by and ".." not in demand.by else self.period
        address = Address("target", target.id, period)
        number = None if known is None else float(known)
        return self.paper.given(address, number, Unit.parse(unit), target_ref(target.id))

    def kept(self, kind: str, *, subject: str | None = None, within: Period | None = None) -> list[KeptRow]:
        """The rows of a register, as known on the knowledge date.

        Refuses  ValueError: the definition does not say that the method takes registers.
        """
        if self.registers is None or "registers" not in self.definition.takes:
            raise ValueError(f"{self.definition.id} does not say that it takes registers")
        return self.registers.of(kind, subject=subject, within=within)

    def kept_number(self, row: KeptRow, field: str, address: Address, unit: str) -> Cell:
        """A field of a kept row as a cell that refers to the sender's cell; a gap where it is empty or no number."""
        said = row.fields[field] if field in row.fields else None
        if said is None:
            return self.paper.given(address, None, Unit.parse(unit), f"gap:{address}")
        try:
            value = float(Decimal(said.text))
        except InvalidOperation:
            fields = {"text": said.text[:40]}
            self.paper.findings.append(Finding("number-expected", said.source, fields, Severity.WARNING))
            return self.paper.given(address, None, Unit.parse(unit), f"gap:{address}")
        return self.paper.given(address, value, Unit.parse(unit), f"cell:{said.source}")

    def _taking(self, records: str) -> Demands:
        if records not in self.definition.takes:
            raise ValueError(f"{self.definition.id} does not say that it takes {records}")
        return self.demands

    @property
    def lookups(self) -> list[Lookup]:
        """The lookups made so far: one for each role and set of keys."""
        return [
            Lookup("", role, self.choosers[role].factor.id, self.choosers[role].factor.unit, by, answers)
            for (role, by), answers in self.chosen.items()
        ]

    def _say(self, code: str, address: Address, severity: Severity, fields: Mapping[str, object]) -> None:
        finding = Finding(code, str(address), {**about(self.packs, self.directory, address), **fields}, severity)
        if finding not in self.paper.findings:
            self.paper.findings.append(finding)

    def reads(self, indicator: str, accumulation: Accumulation | None = None, coverage: str | None = None) -> Reads:
        """The reading of an indicator in the method's definition; the first where accumulation and coverage are open.

        Refuses  ValueError: an indicator that the definition does not say it reads.
        """
        for reads in self.definition.reads:
            same = accumulation in (None, reads.accumulation)
            same = same and coverage in (None, reads.coverage or self.use.coverage)
            if reads.indicator == indicator and same:
                return reads
        raise ValueError(f"{self.definition.id} does not say that it reads {indicator}")


def _incomplete(cell: Cell) -> Cell:
    return Cell(cell.address, cell.value, cell.unit, cell.ref, cell.unverified, cell.leaves, cell.leaves)


def _contradiction(found: Sequence[Fact]) -> dict[str, object]:
    return {"count": len(found), "sources": "; ".join(fact.source.partition("/")[2] for fact in found)}
