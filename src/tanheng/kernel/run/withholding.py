"""What a reader may see of figures that are made of confidential statements: chosen after computing, never before.

The figures themselves, their digest and their receipt stay as they were computed. Shown are the areas that bear it;
units never are, and an explanation ends at the sum of the areas.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tanheng.kernel.accounting.disclosure import DisclosureRule, Layer, Weight, shown_areas
from tanheng.kernel.faults import Finding, Refusal, Severity
from tanheng.kernel.pack import MethodDefinition, PackSet, Suppression
from tanheng.kernel.run.inputs import Parameters
from tanheng.kernel.run.plan import Plan
from tanheng.kernel.run.run import place
from tanheng.kernel.subject import Directory
from tanheng.kernel.table import Table
from tanheng.kernel.trace import Address

Json = dict[str, Any]
_FACILITY, _UNIT = "facility", "facility/"
_MONTH = ("period_start", "period_end")


@dataclass(frozen=True)
class Withholding:
    """The rule that a result is under, and the areas of which it may be shown."""

    rule: Suppression
    shown: frozenset[str]

    def figures(self, figures: Table) -> Table:
        """The figures of a reader: units left out, the values of hidden areas empty; `withheld` marks those."""
        areas = [level for (level,) in figures.distinct(["level"]) if level != _FACILITY]
        of_areas = figures.where_in("level", areas)
        open_rows = of_areas.where_in("subject", self.shown).with_constant(withheld=False)
        hidden = {id for (id,) in of_areas.distinct(["subject"])} - self.shown
        values = {name.removesuffix("_missing") for name in figures.columns if name.endswith("_missing")}
        kept = [name for name in figures.columns if name not in values]
        empty = of_areas.where_in("subject", hidden).select(kept).with_constant(withheld=True)
        return open_rows.stack(empty).collected()

    def findings(self, findings: Sequence[Mapping[str, Any]], figures: Table) -> tuple[Mapping[str, Any], ...]:
        """The findings of a reader: those that name a unit are left out, and what is withheld is said."""
        areas = {id for level, id in figures.distinct(["level", "subject"]) if level != _FACILITY}
        fields = {
            "areas": len(areas - self.shown),
            "minimum": self.rule.minimum_units,
            "share": format(100 * self.rule.dominance_share, "f"),
            "rule": self.rule.id,
        }
        note = Finding("figures-withheld", f"suppression={self.rule.id}", fields, Severity.NOTE)
        return (*(finding for finding in findings if not names_a_unit(finding)), note.as_json())

    def check(self, address: Address) -> None:
        """Confirms that a figure may be shown; one line of a sum may rest on a single unit, whatever the sum rests on.

        Refuses  figure-withheld.
        """
        if address.subject not in self.shown or address.line is not None:
            fields = {"minimum": self.rule.minimum_units, "share": format(100 * self.rule.dominance_share, "f")}
            raise Refusal("figure-withheld", address=str(address), **fields)

    def explanation(self, told: Json) -> Json:
        """An explanation in which the parts that may not be seen are merged into the rest; the sum stays exact."""
        merged = merged_explanation(told, lambda part: part.subject in self.shown)
        findings = [finding for finding in told["findings"] if not names_a_unit(finding)]
        return merged | {"gaps": [], "fills": [], "findings": findings}


def merged_explanation(told: Json, is_shown: Callable[[Address], bool]) -> Json:
    """An explanation in which the parts that are not shown are merged into the rest; the sum stays exact, and of its
    steps the sum alone is left.
    """
    parts = [part for part in told["parts"] if is_shown(Address.parse(part["address"]))]
    hidden = [part["value"] for part in told["parts"] if part not in parts and part["value"] is not None]
    rest = told["rest"] + sum(hidden)
    steps = [_merged(step, parts, rest, told["unit"]) for step in told["steps"][-1:]]
    return told | {"parts": parts, "rest": rest, "steps": steps}


def withholding(figures: Table, packs: PackSet, directory: Directory, receipt: Mapping[str, Any]) -> Withholding | None:
    """What a reader may see of the figures of a receipt; None where its scheme uses no confidential statements.

    Reads    figures: exact, with those of the single units by month. Figures without units show nothing, since nobody
             can tell what they rest on.
    """
    rule, parameters = packs.suppression, Parameters.of_json(receipt["parameters"])
    if rule is None or not is_confidential(packs, receipt):
        return None
    if packs.get(MethodDefinition, receipt["method"]).form != "rows":
        return Withholding(rule, frozenset())
    plan = Plan.of(receipt["method"], packs, parameters)
    limits = DisclosureRule(rule.minimum_units, Fraction(rule.dominance_share))
    return Withholding(rule, shown_areas(_layers(figures, plan, directory), limits))


def sums_for_strangers(
    figures: Table, packs: PackSet, directory: Directory, receipt: Mapping[str, Any], known: Collection[str]
) -> frozenset[str] | None:
    """The areas whose sums may be shown to a reader who sees the units in `known` one by one and no others; None where
    all may, because the figures are made of no units or the packs have no rule.

    Reads    figures: exact, with those of the single units by month. What the reader knows is subtracted before it is
             judged: sums rest on the units that are not known.
    """
    rule, parameters = packs.suppression, Parameters.of_json(receipt["parameters"])
    if rule is None or packs.get(MethodDefinition, receipt["method"]).form != "rows":
        return None
    plan = Plan.of(receipt["method"], packs, parameters)
    _, strange = figures.parted("subject", known)
    areas = {id for level, id in figures.distinct(["level", "subject"]) if level != _FACILITY}
    limits = DisclosureRule(rule.minimum_units, Fraction(rule.dominance_share))
    layers = _layers(strange, plan, directory)
    resting = {area for layer in layers for path in layer for area in path}
    return shown_areas(layers, limits) | frozenset(areas - resting)


def is_confidential(packs: PackSet, receipt: Mapping[str, Any]) -> bool:
    """Whether the scheme of a receipt may use statements of a confidential class."""
    rule = packs.suppression
    use = packs.method_use(receipt["method"], receipt["parameters"]["scheme"])
    return rule is not None and bool(set(use.use_classes) & set(rule.use_classes))


def names_a_unit(finding: Mapping[str, Any]) -> bool:
    """Whether a finding is about a single unit."""
    return _UNIT in finding["place"] or any(_UNIT in str(value) for value in finding["fields"].values())


def _layers(figures: Table, plan: Plan, directory: Directory) -> list[Layer]:
    """One layer for each month and result, from the months of the single units and where they lay.

    A year-to-date is one layer: what its figures rest on are the units that stated it."""
    period, results = plan.parameters.period, plan.definition.results
    months = {(month.start, month.end) for month in plan.spans(period)}
    units = figures.where(level=_FACILITY).rename(subject=_FACILITY).keyed(_FACILITY, *_MONTH)
    placed = place(units.select([_FACILITY, *_MONTH, *results]), directory.stays(period), plan).rows()
    layers: dict[tuple[Any, str], dict[tuple[str, ...], Weight]] = {}
    for row in placed:
        if (row["period_start"], row["period_end"]) not in months:
            continue
        path = tuple(row[level] for level in reversed(plan.area_levels) if row[level] is not None)
        for result in results:
            if row[result] is not None:
                layer = layers.setdefault((row["period_start"], result), {})
                weight = Weight.of(row[result])
                layer[path] = layer[path].joined(weight) if path in layer else weight
    return list(layers.values())


def _merged(step: Json, parts: Sequence[Json], rest: int, unit: str) -> Json:
    """The step of a sum over the parts that are seen, and the rest."""
    terms = [part for part in parts if part["value"] is not None]
    inputs = {
        f"part_{number}": {"value": part["value"], "unit": unit, "ref": f"figure:{part['address']}"}
        for number, part in enumerate(terms, 1)
    }
    if rest:
        inputs["rest"] = {"value": rest, "unit": unit, "ref": f"figure:{step['id']}"}
    return step | {"inputs": inputs, "formula": " + ".join(inputs)}
