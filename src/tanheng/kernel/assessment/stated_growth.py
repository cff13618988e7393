"""Growth of what senders state of whole areas, against the 上年同期 of the same table and last year's table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tanheng.kernel.account import Account
from tanheng.kernel.account.comparison import said_summed, year_before
from tanheng.kernel.account.references import sum_of
from tanheng.kernel.assessment.growth import Areas, contribution, growth_of
from tanheng.kernel.fact import Fact, Facts
from tanheng.kernel.pack import IndicatorShape, Reads
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import name
from tanheng.kernel.trace import Address, Cell

CLAUSE, ADJUSTMENT = "assessment-practice#dispatch", "assessment-practice#coverage-adjustment"
Line = str | None
Index = dict[tuple[str, Line], list[Fact]]


@dataclass(frozen=True)
class Amounts:
    """What is known of one area: this year's amount, the comparison in its table, and last year's publication."""

    now: Cell
    printed: Cell
    published: Cell


@dataclass(frozen=True)
class StatedGrowth:
    """One quantity of all areas, such as electricity: `stem` begins the names of its results; `facts`: see `stated`.

    now / its own comparison - 1; now / last year's publication - 1; the difference is the coverage adjustment.
    """

    account: Account
    areas: Areas
    indicator: str
    stem: str
    facts: Facts
    known: dict[tuple[str, str, Period], Index] = field(default_factory=dict)

    def write(self) -> Mapping[str, Amounts]:
        """The growths of every area that states the quantity, the share of its lines and parts in them.

        Gives    the amounts by area. An area that states nothing itself is the sum of the areas in it, and says so.
        """
        found = {area: self._amounts(area, lines) for area, lines in self._lines.items()}
        for area in self._unstated(list(found)):
            found[area] = self._summed(area, {part: found[part] for part in self.areas.within(area) if part in found})
            self._of_summed_lines(area, found[area])
        for area, amounts in found.items():
            self._growths(area, amounts)
            self._of_lines(area, amounts)
        for area in found:
            self._of_parts(area, found)
        return found

    # ---- amounts
    def _amounts(self, area: str, lines: Sequence[Line]) -> Amounts:
        before = year_before(self.account.period)
        return Amounts(
            self._sum("to_date", area, self.account.period, self._now, lines),
            self._sum("same_period", area, before, self._printed, lines),
            self._sum("published", area, before, self._now, lines),
        )

    def _sum(self, suffix: str, area: str, period: Period, reads: Reads, lines: Sequence[Line]) -> Cell:
        """The sum of all lines that this year's table has; one that is not there leaves none."""
        cells = {f"part_{place}": self._cell(reads, area, period, line) for place, line in enumerate(lines, 1)}
        unit = self.account.packs.get(IndicatorShape, self.indicator).unit.text
        at = Address(f"{self.stem}_{suffix}", area, period)
        return self.account.paper.step(at, sum_of([name(part) for part in cells]), cells, unit=unit, clause=CLAUSE)

    def _cell(self, reads: Reads, area: str, period: Period, line: Line) -> Cell:
        unit, index = self.account.packs.get(IndicatorShape, reads.indicator).unit, self._index(reads, period)
        facts = index[area, line] if (area, line) in index else []
        if len(facts) == 1:
            return self.account.cell_of(facts[0], unit)
        if facts:
            return self.account.observed(reads, area, period, item=line)  # says what contradicts what
        at = Address(reads.indicator, area, period, line)
        return self.account.paper.given(at, None, unit, f"gap:{at}")

    def _summed(self, area: str, parts: Mapping[str, Amounts]) -> Amounts:
        """The sum of the areas within that have this year and a comparison; without some it is no sum of the area."""
        whole = {part: each for part, each in parts.items() if None not in (each.now.value, each.printed.value)}
        absent = [part for part in self.areas.within(area) if part not in whole]
        said_summed(self.account, area, self.account.period, self.indicator, absent)
        before = year_before(self.account.period)
        return Amounts(
            self._added("to_date", area, self.account.period, {part: whole[part].now for part in whole}),
            self._added("same_period", area, before, {part: whole[part].printed for part in whole}),
            self._added("published", area, before, {part: whole[part].published for part in whole}),
        )

    def _added(self, suffix: str, area: str, period: Period, cells: Mapping[str, Cell]) -> Cell:
        at = Address(f"{self.stem}_{suffix}", area, period)
        unit = self.account.packs.get(IndicatorShape, self.indicator).unit
        if not cells:
            return self.account.paper.given(at, None, unit, f"gap:{at}")
        inputs = {f"part_{place}": cell for place, cell in enumerate(cells.values(), 1)}
        formula = sum_of([name(part) for part in inputs])
        return self.account.paper.step(at, formula, inputs, unit=unit.text, clause=CLAUSE)

    # ---- growths
    def _growths(self, area: str, amounts: Amounts) -> None:
        paper, period = self.account.paper, self.account.period
        own = growth_of(self.account, Address(f"{self.stem}_growth", area, period), amounts.now, amounts.printed)
        at = Address(f"{self.stem}_growth_published", area, period)
        published = growth_of(self.account, at, amounts.now, amounts.published)
        at, formula = Address(f"{self.stem}_adjustment", area, period), name("in_table") - name("on_publication")
        paper.whole(at, formula, {"in_table": own, "on_publication": published}, clause=ADJUSTMENT)

    def _of_lines(self, area: str, amounts: Amounts) -> None:
        """How much each line of a table adds to the growth of its sum."""
        lines = self._lines[area] if area in self._lines else ()
        for line in lines if len(lines) > 1 else ():
            now = self._cell(self._now, area, self.account.period, line)
            before = self._cell(self._printed, area, year_before(self.account.period), line)
            at = Address(f"{self.stem}_contribution", area, self.account.period, line)
            contribution(self.account, at, now, before, amounts.printed)

    def _of_summed_lines(self, area: str, amounts: Amounts) -> None:
        """The same for a sum of areas: a line of it is the sum of their lines, each known for both years."""
        before, known = year_before(self.account.period), dict[Line, list[tuple[Cell, Cell]]]()
        for part in self.areas.within(area):
            for line in self._lines[part] if part in self._lines else ():
                now = self._cell(self._now, part, self.account.period, line)
                printed = self._cell(self._printed, part, before, line)
                if None not in (now.value, printed.value):
                    known.setdefault(line, []).append((now, printed))
        for line, pairs in known.items() if len(known) > 1 else ():
            now = self._line_sum(Address(f"{self.stem}_to_date", area, self.account.period, line), pairs, 0)
            printed = self._line_sum(Address(f"{self.stem}_same_period", area, before, line), pairs, 1)
            at = Address(f"{self.stem}_contribution", area, self.account.period, line)
            contribution(self.account, at, now, printed, amounts.printed)

    def _line_sum(self, at: Address, pairs: Sequence[tuple[Cell, Cell]], year: int) -> Cell:
        inputs = {f"part_{place}": pair[year] for place, pair in enumerate(pairs, 1)}
        unit = self.account.packs.get(IndicatorShape, self.indicator).unit.text
        formula = sum_of([name(each) for each in inputs])
        return self.account.paper.step(at, formula, inputs, unit=unit, clause=CLAUSE)

    def _of_parts(self, area: str, found: Mapping[str, Amounts]) -> None:
        """How much each area within adds to the growth of the whole."""
        for part in self.areas.within(area):
            if part in found:
                at = Address(f"{self.stem}_contribution", part, self.account.period)
                contribution(self.account, at, found[part].now, found[part].printed, found[area].printed)

    # ---- what is stated
    @cached_property
    def _lines(self) -> Mapping[str, Sequence[Line]]:
        """By area the lines of this year's table."""
        found: dict[str, list[Line]] = {}
        for area, line in self._index(self._now, self.account.period):
            if area in self.areas.levels:
                found.setdefault(area, []).append(line)
        return found

    @cached_property
    def _now(self) -> Reads:
        """The accumulation in which the quantity is stated in the period: to date, or January and February as one."""
        readings = [reads for reads in self.account.definition.reads if reads.indicator == self.indicator]
        stated = [reads for reads in readings if self._index(reads, self.account.period)]
        return (stated or readings)[0]

    @cached_property
    def _printed(self) -> Reads:
        shapes = self.account.packs.all(IndicatorShape)
        (printed,) = [shape.id for shape in shapes if shape.comparison_of == self.indicator]
        return self.account.reads(printed, self._now.accumulation)

    def _index(self, reads: Reads, period: Period) -> Index:
        key = (reads.indicator, reads.accumulation.value, period)
        if key not in self.known:
            index: Index = {}
            self.known[key] = index
            for fact in self.account.facts_of(reads, within=period, facts=self.facts):
                if fact.period == period:
                    index.setdefault((fact.subject, fact.item), []).append(fact)
        return self.known[key]

    def _unstated(self, found: Iterable[str]) -> list[str]:
        """The areas that state nothing themselves and have parts that do."""
        stated = set(found)
        return [area for area in self.areas.levels if area not in stated and stated & set(self.areas.within(area))]


def stated(account: Account) -> Facts:
    """What the definition of a method reads, of just the period of the run and of that a year earlier."""
    spans = [account.period, year_before(account.period)]
    wanted = sorted({reads.indicator for reads in account.definition.reads})
    known = account.facts
    rows = known.shelf.of(*wanted).where_any({"period_start": [span.start], "period_end": [span.end]} for span in spans)
    return Facts.among(rows.collected(), known.known_on, known.use_classes)
