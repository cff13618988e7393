"""What every part of a split works with: the plan, its subjects, and their figures as cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from tanheng.kernel.account import Account, RuleValue
from tanheng.kernel.account.comparison import field_words
from tanheng.kernel.faults import Finding, Refusal, Severity, Worded
from tanheng.kernel.pack import IndicatorShape
from tanheng.kernel.pack.decomposition_plan import AMOUNT, BASIS, DecompositionPlan, PlanFigure, PlanSubject
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import Formula, Unit, name, number, worded_unit
from tanheng.kernel.trace import Address, Cell

CLAUSE = "decomposition-methods"
HUNDRED = number("100", "%")
ONE = number("1")
_AT_ONCE = 100

_USUAL: Mapping[str, Worded] = {AMOUNT: Worded("能耗", "energy"), BASIS: Worded("产出", "output")}


@dataclass(frozen=True)
class Member:
    """A subject with its figures: amount and basis of the base year, and both as they are expected at the end."""

    subject: PlanSubject
    amount: Cell
    trend: Cell
    basis: Cell | None = None
    basis_after: Cell | None = None

    @property
    def id(self) -> str:
        """The id of the subject."""
        return self.subject.id

    @property
    def is_split(self) -> bool:
        """Whether it gets a demand of its own."""
        return self.subject.standing == "split"


@dataclass
class Splitting:
    """One split on its paper. The period of the run is that by which the target is due."""

    account: Account
    plan: DecompositionPlan
    base: Period = field(init=False)

    def __post_init__(self) -> None:
        self.base = Period.parse(self.plan.base)

    @property
    def unit(self) -> Unit:
        """The unit of the amounts."""
        return self.plan.figures[AMOUNT].unit

    @property
    def has_basis(self) -> bool:
        """Whether an amount per basis is split."""
        return self.plan.kind == "intensity"

    @cached_property
    def subjects(self) -> list[PlanSubject]:
        """The subjects of the plan, each once; the whole is none of its parts."""
        return list({item.id: item for item in reversed(self.plan.subjects) if item.id != self.plan.parent}.values())[
            ::-1
        ]

    def at(self, column: str, subject: str, line: str | None = None) -> Address:
        """The address of a cell of the split."""
        return Address(column, subject, self.account.period, line)

    def step(self, at: Address, formula: Formula, inputs: Mapping[str, Cell], unit: str, about: str) -> Cell:
        """A cell between the givens and the results."""
        return self.account.paper.step(at, formula, inputs, unit=unit, clause=f"{CLAUSE}#{about}")

    def result(self, column: str, subject: str, formula: Formula, inputs: Mapping[str, Cell], about: str) -> Cell:
        """A cell of a result."""
        return self.account.paper.result(self.at(column, subject), formula, inputs, clause=f"{CLAUSE}#{about}")

    def says(self, part: str, value: Decimal, unit: str, label: tuple[str, str], clause: str = "") -> Cell:
        """A number that the plan states, as a cell."""
        return self.account.ruled(
            RuleValue(self.plan.id, part, value, unit, clause or self.plan.clause, self.plan.status, label)
        )

    def total(self, column: str, cells: Sequence[Cell], about: str, subject: str = "") -> Cell:
        """The sum of cells of one unit; of very many, by way of sums of a hundred each."""
        parts = list(cells)
        count = 0
        while len(parts) > _AT_ONCE:
            groups = [parts[start : start + _AT_ONCE] for start in range(0, len(parts), _AT_ONCE)]
            parts = [self._sum(column, group, about, subject, f"{count}/{n}") for n, group in enumerate(groups, 1)]
            count += 1
        return self._sum(column, parts, about, subject, None)

    def _sum(self, column: str, cells: Sequence[Cell], about: str, subject: str, line: str | None) -> Cell:
        inputs = {f"part_{number_}": cell for number_, cell in enumerate(cells, 1)}
        formula: Formula | None = None
        for term in inputs:
            formula = name(term) if formula is None else formula + name(term)
        at = self.at(column, subject or self.plan.parent, line)
        if formula is None:
            return self.account.paper.given(at, None, self.unit, f"gap:{at}")
        return self.step(at, formula, inputs, cells[0].unit.text, about)

    # ---- figures
    def figure(self, name_: str, subject: str, stated: Mapping[str, Decimal]) -> Cell:
        """A figure of a subject for the base year: as the plan states it, else as it is observed; or a gap."""
        figure = self.plan.figures[name_]
        if name_ in stated:
            whose, what = self.words(subject), self.figure_words(name_)
            label = (f"{whose.zh} {what.zh}", f"{whose.en} {what.en}")
            return self.says(f"{subject}.{name_}", stated[name_], figure.unit.text, label)
        if figure.indicator:
            return self._observed(figure, subject)
        at = Address(name_, subject, self.base)
        self.find("split-figure-missing", subject, figure=self.figure_words(name_), period=str(self.base))
        return self.account.paper.given(at, None, figure.unit, f"gap:{at}")

    def figure_words(self, name_: str) -> Worded:
        """What a figure of the plan is called: by the plan, by its indicator, or by what it is reckoned for."""
        figure = self.plan.figures[name_]
        if figure.label is not None:
            return Worded(figure.label.zh, figure.label.en)
        if figure.indicator:
            return self._named(figure)
        return _USUAL[name_] if name_ in _USUAL else Worded(name_, name_)

    def _observed(self, figure: PlanFigure, subject: str) -> Cell:
        try:
            reads = self.account.reads(figure.indicator, figure.accumulation, figure.coverage)
        except ValueError as error:
            known = ", ".join(sorted({item.indicator for item in self.account.definition.reads}))
            raise Refusal("split-indicator-unread", indicator=figure.indicator, known=known) from error
        unit = figure.unit.text
        named = self._named(figure) if figure.label is None else Worded(figure.label.zh, figure.label.en)
        try:
            found = self.account.observed(reads, subject, self.base, item=figure.item, unit=unit, severity=None)
        except Refusal as error:
            if error.code != "unit-mismatch":
                raise
            self.find("split-unit-differs", subject, figure=named, problem=error)
            at = Address(figure.indicator, subject, self.base)
            return self.account.paper.given(at, None, figure.unit, f"gap:{at}")
        if found.value is None:
            self.find("split-figure-missing", subject, figure=named, period=str(self.base))
        return found

    def _named(self, figure: PlanFigure) -> Worded:
        """What an observed figure is called: its indicator, and which item of it."""
        shape = self.account.packs.get(IndicatorShape, figure.indicator).label
        if figure.item is None:
            return Worded(shape.zh, shape.en)
        item = field_words(self.account, figure.item)
        return Worded(f"{shape.zh}（{item.zh}）", f"{shape.en} ({item.en})")

    # ---- findings
    def words(self, subject: str) -> Worded:
        """The name of a subject: that of the directory, else that of the plan, else its id."""
        directory, own = self.account.directory, self._own_names
        if subject in directory.labels or subject not in own:
            return Worded(directory.label_of(subject, "zh"), directory.label_of(subject, "en"))
        return own[subject]

    @cached_property
    def _own_names(self) -> Mapping[str, Worded]:
        named = [(item.id, item.label) for item in self.plan.subjects]
        return {id: Worded(label.zh, label.en) for id, label in named if label is not None}

    def find(self, code: str, subject: str, severity: Severity = Severity.BLOCKER, **fields: object) -> None:
        """Adds a finding about a subject, once."""
        place = f"{self.plan.id}:{subject}"
        finding = Finding(code, place, {"subject": self.words(subject), "plan": self.plan.id, **fields}, severity)
        if finding not in self.account.paper.findings:
            self.account.paper.findings.append(finding)


def members_of(split: Splitting) -> list[Member]:
    """The subjects whose figures bear a split, each with them.

    Gives    findings for a figure that is not above zero, which counts as a gap and leaves the whole without a
             number, and for growth that is stated of
             some and not of others, or of none. One that gets no demand enters where the plan expects a fall of it.
    """
    entering = [item for item in split.subjects if item.standing == "split" or item.expects is not None]
    grows = _judge_growth(split, entering)
    found = []
    for subject in entering:
        amount = split.figure(AMOUNT, subject.id, subject.stated)
        basis = split.figure(BASIS, subject.id, subject.stated) if split.has_basis else None
        if not _bears(split, subject, amount, basis):
            amount, basis = _gap(split, amount), None if basis is None else _gap(split, basis)
        found.append(_member(split, subject, amount, basis) if grows else Member(subject, amount, amount, basis, basis))
    return found


def _gap(split: Splitting, cell: Cell) -> Cell:
    """Nothing in the place of a figure that bears no split: without its subject the whole would be another whole."""
    return split.account.paper.given(cell.address, None, cell.unit, f"gap:{cell.address}")


def _judge_growth(split: Splitting, entering: Sequence[PlanSubject]) -> bool:
    """Whether the plan expects growth of anybody; of whom it does not, while it does of others, is named."""
    without = [item.id for item in entering if item.growth is None]
    if len(without) == len(entering):
        split.find("split-without-growth", split.plan.parent, Severity.NOTE)
        return False
    for subject in without:
        split.find("split-growth-missing", subject)
    return True


def _bears(split: Splitting, subject: PlanSubject, amount: Cell, basis: Cell | None) -> bool:
    """Whether the figures of a subject bear a split: none of them is zero or below."""
    odd = [(name_, cell) for name_, cell in ((AMOUNT, amount), (BASIS, basis)) if cell is not None]
    odd = [(name_, cell) for name_, cell in odd if cell.value is not None and cell.value <= 0]
    for name_, cell in odd:
        split.find(
            "split-figure-not-positive",
            subject.id,
            figure=split.figure_words(name_),
            value=cell.value,
            unit=worded_unit(cell.unit.text),
        )
    return not odd


def _member(split: Splitting, subject: PlanSubject, amount: Cell, basis: Cell | None) -> Member:
    growth = _growth(split, subject)
    grown = ONE + name("growth") / HUNDRED

    def after(column: str, cell: Cell) -> Cell:
        at = split.at(column, subject.id)
        return split.step(at, name("now") * grown, {"now": cell, "growth": growth}, cell.unit.text, "trend")

    trend = after("split_trend_amount", amount)
    return Member(subject, amount, trend, basis, None if basis is None else after("split_basis_after", basis))


def _growth(split: Splitting, subject: PlanSubject) -> Cell:
    if subject.growth is None:
        at = split.at("growth", subject.id)
        return split.account.paper.given(at, None, Unit.parse("%"), f"gap:{at}")
    label = ("预计增速", "expected growth")
    return split.says(f"{subject.id}.growth", subject.growth, "%", label)
