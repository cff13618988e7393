"""The definitions of several packs together, with the hash of each pack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property, reduce
from typing import TypeVar, cast

from tanheng.kernel.faults import Finding, Refusal, Worded
from tanheng.kernel.pack.account_example import AccountExample
from tanheng.kernel.pack.balance_layout import BalanceLayout
from tanheng.kernel.pack.barometer_rule import Barometer, BarometerRule
from tanheng.kernel.pack.classification import Classification
from tanheng.kernel.pack.control_links import cited_in_control, named_in_control
from tanheng.kernel.pack.decomposition_plan import DecompositionExample, DecompositionPlan
from tanheng.kernel.pack.deduction_set import DeductionSet
from tanheng.kernel.pack.factor import CarryForward, Factor
from tanheng.kernel.pack.fields import Fields
from tanheng.kernel.pack.layout import LayoutProfile, SheetWords
from tanheng.kernel.pack.measure import Measure
from tanheng.kernel.pack.metering_shapes import METERING_KINDS, clauses_of
from tanheng.kernel.pack.obligation_shapes import OBLIGATION_KINDS, cited_by, listed_in
from tanheng.kernel.pack.planning_shapes import PLANNING_KINDS
from tanheng.kernel.pack.policy_shapes import POLICY_KINDS
from tanheng.kernel.pack.procedure_shapes import PROCEDURE_KINDS, cited_in_procedures, named_in_procedures
from tanheng.kernel.pack.recipe import RECIPE_KINDS
from tanheng.kernel.pack.scheme import Schemes
from tanheng.kernel.pack.scorecard import Scorecard
from tanheng.kernel.pack.shape import Label, Shape
from tanheng.kernel.pack.shapes import (
    Carrier,
    Carriers,
    Demo,
    DirectoryShape,
    Example,
    IndicatorShape,
    InstrumentShape,
    Layout,
    MethodDefinition,
    MethodUse,
    PackManifest,
    Senders,
)
from tanheng.kernel.pack.suppression import Suppression
from tanheng.kernel.pack.task_schedule import TaskSchedules
from tanheng.kernel.pack.template import Template
from tanheng.kernel.pack.working_shapes import WORKING_KINDS
from tanheng.kernel.source import Citation

Kind = TypeVar("Kind", bound=Shape)


@dataclass(frozen=True)
class Definition:
    """One definition and the place it was read from: `pack id/file:line`."""

    pack: str
    place: str
    value: Shape


@dataclass(frozen=True)
class PackSet:
    """What a run may look up: every definition of the packs in use, and the content hash of each pack."""

    definitions: tuple[Definition, ...]
    hashes: Mapping[str, str]

    def all(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """Every definition of a kind."""
        if kind not in self._by_kind:
            self._by_kind[kind] = tuple(item.value for item in self.definitions if isinstance(item.value, kind))
        return cast("tuple[Kind, ...]", self._by_kind[kind])

    @cached_property
    def _by_kind(self) -> dict[type[Shape], tuple[Shape, ...]]:
        """The kinds that were asked for: an account asks for the same ones cell by cell."""
        return {}

    @cached_property
    def carriers(self) -> Mapping[str, Carrier]:
        """The carriers by id."""
        return {carrier.id: carrier for group in self.all(Carriers) for carrier in group.carriers}

    def scheme_label(self, id: str) -> Label:
        """A scheme in words; its id where no pack in use has words for it."""
        known = {scheme.id: scheme.label for group in self.all(Schemes) for scheme in group.schemes}
        return known[id] if id in known else Label(zh=id, en=id)

    @cached_property
    def _by_id(self) -> Mapping[tuple[type[Shape], str], Shape]:
        return {(type(item.value), _id(item.value)): item.value for item in self.definitions}

    @cached_property
    def suppression(self) -> Suppression | None:
        """The rule of confidentiality that holds here: all those of the packs in use, the stricter ones first."""
        rules = self.all(Suppression)
        return reduce(Suppression.joined, rules) if rules else None

    @property
    def fictional(self) -> bool:
        """Whether any pack in use describes a made-up place."""
        return any(manifest.fictional for manifest in self.all(PackManifest))

    def get(self, kind: type[Kind], id: str) -> Kind:
        """The definition of a kind by id.

        Refuses  definition-missing: no pack in use has it.
        """
        found = self._by_id[kind, id] if (kind, id) in self._by_id else None
        if not isinstance(found, kind):
            known = [other for shape, other in self._by_id if shape is kind]
            nearest = get_close_matches(id, known, 3, 0.3) or sorted(known)[:5]
            raise Refusal("definition-missing", kind=_KIND_NAMES[kind], id=id, nearest=", ".join(nearest) or "-")
        return found

    def method_use(self, method: str, scheme: str) -> MethodUse:
        """How a method is used under a scheme.

        Refuses  scheme-unknown: no pack in use says how.
        """
        uses = {use.scheme: use for use in self.all(MethodUse) if use.method == method}
        if scheme not in uses:
            raise Refusal("scheme-unknown", method=method, scheme=scheme, schemes=", ".join(sorted(uses)) or "-")
        return uses[scheme]

    def usual_scheme(self, method: str) -> str:
        """The scheme of a method for whoever names none: its only one, or else the inventory of a city."""
        schemes = {use.scheme for use in self.all(MethodUse) if use.method == method}
        return schemes.pop() if len(schemes) == 1 else _USUAL_SCHEME

    def has_clause(self, citation: str) -> bool:
        """Whether an instrument in use has the cited clause."""
        cited = Citation.parse(citation)
        return (cited.instrument, cited.address) in self._clauses

    @cached_property
    def _clauses(self) -> frozenset[tuple[str, str]]:
        return frozenset(
            (instrument.id, clause.address) for instrument in self.all(InstrumentShape) for clause in instrument.clauses
        )

    def kind_of(self, value: Shape) -> Worded:
        """What kind of definition it is, in words."""
        return _KIND_NAMES[type(value)]

    def citing(self, citation: str) -> tuple[Definition, ...]:
        """The definitions that rest on a clause: `gbt-2589-2020#8`."""
        return tuple(self._citing[citation]) if citation in self._citing else ()

    @cached_property
    def _citing(self) -> Mapping[str, list[Definition]]:
        found: dict[str, list[Definition]] = {}
        for item in self.definitions:
            for citation in dict.fromkeys(_citations(item.value)):
                found.setdefault(citation, []).append(item)
        return found

    def check(self) -> list[Finding]:
        """Problems between definitions: an id defined twice, a clause or a factor cited that does not exist, a factor
        used under a scheme it is not for, a result that may not be summed, two comparisons of one indicator.
        """
        return [
            *self._defined_twice(),
            *self._broken_citations(),
            *self._broken_methods(),
            *self._unfit_factors(),
            *self._unsummable_results(),
            *self._unknown_codes(),
            *self._compared_twice(),
        ]

    def _defined_twice(self) -> Iterable[Finding]:
        first: dict[tuple[Worded, str], str] = {}
        for item in self.definitions:
            for key in _names_of(item.value):
                if key in first:
                    fields = {"kind": key[0], "id": key[1], "first": first[key], "second": item.place}
                    yield Finding("definition-twice", item.place, fields)
                first[key] = item.place

    def _broken_citations(self) -> Iterable[Finding]:
        for item in self.definitions:
            for citation in _citations(item.value):
                if not self.has_clause(citation):
                    yield Finding("clause-missing", item.place, {"clause": citation})

    def _broken_methods(self) -> Iterable[Finding]:
        for item in self.definitions:
            for kind, id in _named_by(item.value):
                if (kind, id) not in self._by_id:
                    fields = {"kind": _KIND_NAMES[kind], "id": id, "nearest": "-"}
                    yield Finding("definition-missing", item.place, fields)

    def _unfit_factors(self) -> Iterable[Finding]:
        for item in self.definitions:
            use = item.value
            for id in sorted(set(use.factors.values())) if isinstance(use, MethodUse) else ():
                factor = self._by_id.get((Factor, id))
                if isinstance(factor, Factor) and isinstance(use, MethodUse) and use.scheme not in factor.schemes:
                    fields = {"factor": id, "scheme": use.scheme, "schemes": ", ".join(factor.schemes)}
                    yield Finding("factor-not-for-scheme", item.place, fields)

    def _unsummable_results(self) -> Iterable[Finding]:
        """A run sums its results over months and areas: only flows bear that."""
        for item in self.definitions:
            method = item.value
            for id in method.results if isinstance(method, MethodDefinition) and method.form == "rows" else ():
                indicator = self._by_id.get((IndicatorShape, id))
                if isinstance(indicator, IndicatorShape) and indicator.adds != "flow":
                    problem = f"results: {id} is a {indicator.adds}, and a run sums flows only"
                    yield Finding("definition-invalid", item.place, {"problem": problem})

    def _unknown_codes(self) -> Iterable[Finding]:
        """Codes of carriers that their classification does not list."""
        for item in self.definitions:
            for carrier in item.value.carriers if isinstance(item.value, Carriers) else ():
                for id, code in carrier.codes.items():
                    known = self._by_id.get((Classification, id))
                    if isinstance(known, Classification) and code not in known.by_code:
                        problem = f"codes: {id} has no code {code} ({carrier.id})"
                        yield Finding("definition-invalid", item.place, {"problem": problem})

    def _compared_twice(self) -> Iterable[Finding]:
        """What a table prints beside a figure (上年同期) has one indicator: a method could not choose between two."""
        first: dict[str, str] = {}
        for item in self.definitions:
            shape = item.value
            if not isinstance(shape, IndicatorShape) or not shape.comparison_of:
                continue
            earlier = first.setdefault(shape.comparison_of, shape.id)
            if earlier != shape.id:
                fields = {"indicator": shape.comparison_of, "first": earlier, "second": shape.id}
                yield Finding("comparison-twice", item.place, fields)


_KIND_NAMES: Mapping[type[Shape], Worded] = {
    PackManifest: Worded("定义包", "pack"),
    Carriers: Worded("能源品种表", "list of carriers"),
    IndicatorShape: Worded("指标", "indicator"),
    Factor: Worded("因子", "factor"),
    InstrumentShape: Worded("依据文件", "instrument"),
    MethodDefinition: Worded("方法", "method"),
    MethodUse: Worded("方法的用法", "use of a method"),
    Layout: Worded("版式", "layout"),
    LayoutProfile: Worded("版式", "layout"),
    SheetWords: Worded("表格用语", "words of sheets"),
    DirectoryShape: Worded("名录", "directory"),
    Senders: Worded("报送清单", "list of senders"),
    Example: Worded("算例", "example"),
    AccountExample: Worded("算例", "example"),
    Demo: Worded("演示", "demonstration"),
    Schemes: Worded("制度表", "list of schemes"),
    Classification: Worded("分类", "classification"),
    DeductionSet: Worded("扣减规则", "deduction set"),
    Suppression: Worded("保密规则", "rule of confidentiality"),
    Fields: Worded("调度领域表", "list of fields"),
    BarometerRule: Worded("晴雨表规则", "rule of lights"),
    Barometer: Worded("晴雨表", "barometer"),
    Scorecard: Worded("考核评分表", "scorecard"),
    Measure: Worded("考核指标口径", "measure"),
    DecompositionPlan: Worded("目标分解方案", "decomposition plan"),
    DecompositionExample: Worded("算例", "example"),
    TaskSchedules: Worded("任务时限用语", "words of task schedules"),
    Template: Worded("模板", "template"),
    BalanceLayout: Worded("平衡表格式", "layout of a balance"),
    **METERING_KINDS,
    **OBLIGATION_KINDS,
    **PLANNING_KINDS,
    **POLICY_KINDS,
    **PROCEDURE_KINDS,
    **RECIPE_KINDS,
    **WORKING_KINDS,
}
_USUAL_SCHEME = "city_inventory"
_CARRIER = Worded("能源品种", "carrier")


def _id(value: Shape) -> str:
    return str(getattr(value, "id"))  # noqa: B009  (every shape that heads a file has one; the base class does not)


def _names_of(value: Shape) -> list[tuple[Worded, str]]:
    """All that a definition file gives a meaning to, by kind and id: a lookup by any of them must find one thing."""
    own = (_KIND_NAMES[type(value)], _id(value))
    match value:
        case Carriers():
            return [own, *((_CARRIER, carrier.id) for carrier in value.carriers)]
        case MethodUse():
            return [own, (own[0], f"{value.method} ({value.scheme})")]
    return [own, *listed_in(value)]


def _named_by(value: Shape) -> list[tuple[type[Shape], str]]:
    """The definitions that a definition names."""
    match value:
        case MethodDefinition():
            read = {reads.indicator for reads in (*value.reads, *value.beside)}
            return [(IndicatorShape, id) for id in (*value.results, *sorted(read - set(value.results)))]
        case MethodUse():
            methods = [(MethodDefinition, id) for id in (value.method, *value.builds_on)]
            return [*methods, *((Factor, id) for id in value.factors.values())]
        case Demo() | AccountExample():
            return [(MethodDefinition, value.method)]
        case LayoutProfile():
            listed: list[tuple[type[Shape], str]] = [(IndicatorShape, id) for id in value.indicators]
            listed += [(Classification, value.rows.classification), (LayoutProfile, value.replaces)]
            return [(kind, id) for kind, id in listed if id]
        case IndicatorShape():
            return [(IndicatorShape, id) for id in (value.comparison_of, value.part_of) if id]
        case Carriers():
            return [(Classification, id) for id in sorted({id for carrier in value.carriers for id in carrier.codes})]
        case DeductionSet():
            factors = {deduction.conversion for deduction in value.deducts if deduction.conversion}
            replaced = [(DeductionSet, value.replaces)] if value.replaces else []
            return [*replaced, *((Factor, id) for id in sorted(factors))]
    return [*named_in_control(value), *named_in_procedures(value)]


def _citations(value: Shape) -> list[str]:
    match value:
        case Factor():
            rule = [value.when_missing.clause] if isinstance(value.when_missing, CarryForward) else []
            return sorted({entry.clause for entry in value.entries}) + rule
        case MethodDefinition():
            return [value.clause]
        case MethodUse():  # the settings of a use may say what they rest on
            return sorted({setting.clause for setting in value.settings.values() if setting.clause})
        case Example() | AccountExample() if value.clause:
            return [value.clause]
        case Classification() | Suppression() | BalanceLayout() | Fields():
            return [value.clause]
        case DeductionSet():
            caps = {deduction.cap.clause for deduction in value.deducts if deduction.cap}
            conversions = {deduction.conversion_clause for deduction in value.deducts if deduction.conversion_clause}
            return sorted({value.clause, *caps, *conversions, *(deduction.clause for deduction in value.deducts)})
    return [*clauses_of(value), *cited_by(value), *cited_in_control(value), *cited_in_procedures(value)]
