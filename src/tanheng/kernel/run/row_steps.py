"""The arithmetic of single rows: each step with its numbers, and where each number comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tanheng.kernel.fact.sources import source_ref
from tanheng.kernel.pack import Choice
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import Unit
from tanheng.kernel.quantity.formula import names_in, text_of
from tanheng.kernel.run.activity import Gap, UnitRatio
from tanheng.kernel.run.fills import Fill
from tanheng.kernel.run.line import Line
from tanheng.kernel.run.plan import Plan
from tanheng.kernel.run.why import entry_ref
from tanheng.kernel.trace import Address, Lookup, Step, Trace

Json = dict[str, Any]


@dataclass(frozen=True)
class RowSteps:
    """Prints the steps of rows that a trace has recorded, for one result column."""

    plan: Plan
    trace: Trace
    column: str
    fills: Mapping[Gap, Fill]

    def of(self, row: Mapping[str, Any]) -> list[Json]:
        """The steps behind the column in one row, the result last; none where the row has no value."""
        if row[self.column] is None:
            return []
        steps = self.trace.behind(row["branch"], self.column)
        wanted = {name for step in steps for name in names_in(step.formula)}
        lookups = {
            lookup.column: lookup for branch in ("", row["branch"]) for lookup in self.trace.lookups_of(branch, wanted)
        }
        weighted = [step for lookup in lookups.values() for step in self._weighted(row, lookup)]
        done = {step["column"]: step for step in (*self._filled(row), *weighted)}
        for step in steps:
            done[step.column] = self._step(row, step, lookups, done)
        return list(done.values())

    def address(self, row: Mapping[str, Any], column: str) -> Address:
        """The address of a column of a row."""
        return Address(column, str(row["facility"]), _period(row), str(Line.of(row)))

    def _filled(self, row: Mapping[str, Any]) -> list[Json]:
        """The extra step of an amount that was filled."""
        gap = Gap(str(row["facility"]), Line.of(row), _period(row))
        return [self.fills[gap].step(str(self.address(row, "stated_amount")))] if gap in self.fills else []

    def _step(
        self, row: Mapping[str, Any], step: Step, lookups: Mapping[str, Lookup], done: Mapping[str, Json]
    ) -> Json:
        return {
            "id": str(self.address(row, step.column)),
            "column": step.column,
            "formula": text_of(step.formula),
            "inputs": {name: self._input(row, name, lookups, done) for name in names_in(step.formula)},
            "value": row[step.column],
            "unit": self._unit(row, step.unit),
            "clause": step.clause,
        }

    def _input(
        self, row: Mapping[str, Any], name: str, lookups: Mapping[str, Lookup], done: Mapping[str, Json]
    ) -> Json:
        if name in done:
            ref, unit = f"step:{done[name]['id']}", done[name]["unit"]
        elif name in lookups:
            ref, unit = self._entry(row, lookups[name])
        else:
            ref, unit = _cell(row, name.removeprefix("stated_"))
        return {"value": row[name], "unit": unit, "ref": ref}

    def _entry(self, row: Mapping[str, Any], lookup: Lookup) -> tuple[str, str]:
        """The reference and unit of what a lookup gave."""
        answer = _answer(row, lookup)
        if isinstance(answer, Choice):
            return entry_ref(answer.factor, answer.used[0].entry), self._unit(row, lookup.unit)
        if isinstance(answer, UnitRatio):
            return f"entry:unit#{answer.stated}", answer.text
        raise TypeError(answer)

    def _weighted(self, row: Mapping[str, Any], lookup: Lookup) -> list[Json]:
        """The extra step of a factor that changed inside the period and is weighted by days."""
        answer = _answer(row, lookup)
        if not isinstance(answer, Choice) or answer.reason != "by_days":
            return []
        unit = self._unit(row, lookup.unit)
        inputs: Json = {}
        for index, used in enumerate(answer.used, 1):
            ref = entry_ref(answer.factor, used.entry)
            inputs[f"value_{index}"] = {"value": float(used.entry.value), "unit": unit, "ref": ref}
            inputs[f"days_{index}"] = {"value": used.days, "unit": "day", "ref": ref}
        count = range(1, len(answer.used) + 1)
        terms = " + ".join(f"value_{index} * days_{index}" for index in count)
        days = " + ".join(f"days_{index}" for index in count)
        return [
            {
                "id": str(self.address(row, lookup.column)),
                "column": lookup.column,
                "formula": f"({terms}) / ({days})",
                "inputs": inputs,
                "value": answer.number,
                "unit": unit,
                "clause": answer.clause or "",
            }
        ]

    def _unit(self, row: Mapping[str, Any], unit: Unit) -> str:
        line = self.plan.unit_of(Line.of(row)).text
        return unit.of_row(carrier_unit=line, stated_unit=str(row["unit"])).text


def _cell(row: Mapping[str, Any], said: str) -> tuple[str, str]:
    """Where an amount, or a value beside it, was stated, and its unit."""
    about = f"{said}_" if f"{said}_source" in row else ""
    return source_ref(row[about + "source"]), row[about + "unit"]


def _period(row: Mapping[str, Any]) -> Period:
    return Period(row["period_start"], row["period_end"])


def _answer(row: Mapping[str, Any], lookup: Lookup) -> object:
    return lookup.answers[tuple(row[column] for column in lookup.by)]
