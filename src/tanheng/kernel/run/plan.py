"""A run made ready: the method, its factors and grids found in the packs, before any row is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from tanheng.kernel.accounting import METHODS, Method
from tanheng.kernel.faults import Refusal, Worded
from tanheng.kernel.pack import Carrier, Factor, Factors, IndicatorShape, MethodDefinition, MethodUse, PackSet, Reads
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import Grid, Unit
from tanheng.kernel.run.inputs import Parameters
from tanheng.kernel.run.line import SEVERAL, Line
from tanheng.kernel.trace import Trace

_AMOUNT = Unit.parse("carrier_unit")
_FUNCTION = Worded("核算函数", "function")
_CARRIER = Worded("能源品种", "carrier")


@dataclass(frozen=True)
class Plan:
    """What a run will do, with every name resolved."""

    definition: MethodDefinition
    use: MethodUse
    method: Method
    factors: Factors
    grids: Mapping[str, Grid]
    packs: PackSet
    parameters: Parameters

    @staticmethod
    def of(method_id: str, packs: PackSet, parameters: Parameters) -> Plan:
        """Resolves a method by id.

        Refuses  definition-missing: no such method, factor, indicator, function or given key; scheme-unknown.
        """
        definition = packs.get(MethodDefinition, method_id)
        use = packs.method_use(method_id, parameters.scheme)
        if definition.function not in METHODS:
            known = ", ".join(sorted(METHODS))
            raise Refusal("definition-missing", kind=_FUNCTION, id=definition.function, nearest=known)
        roles = {role: packs.get(Factor, id) for role, id in use.factors.items()}
        _refuse_unanswered_keys(roles.values(), use)
        factors = Factors(roles, parameters.scheme, parameters.known_on, use.given)
        grids = {id: packs.get(IndicatorShape, id).on_grid for id in definition.results}
        return Plan(definition, use, METHODS[definition.function], factors, grids, packs, parameters)

    @property
    def area_levels(self) -> tuple[str, ...]:
        """The levels above the facility, from the smallest area to the largest."""
        return self.definition.levels[1:]

    @property
    def line(self) -> tuple[str, ...]:
        """The columns that tell the lines of a unit apart: its carriers, and what is read of them where that varies."""
        return ("carrier",) if len(self.indicators) == 1 else SEVERAL

    @property
    def row(self) -> tuple[str, ...]:
        """The columns that tell the rows apart."""
        return ("facility", *self.line, "period_start", "period_end")

    def spans(self, period: Period) -> tuple[Period, ...]:
        """The periods of the rows within a period of the run: its months; a year-to-date is one row, as a whole."""
        return (period,) if self.definition.reads_to_date else period.months()

    def has_figures_for(self, period: Period) -> bool:
        """Whether figures of a run may be asked for a period: any of its months; of year-to-dates the whole alone."""
        whole = self.parameters.period
        if self.definition.reads_to_date:
            return period == whole
        return whole.covers(period) and period.is_whole_months()

    @property
    def indicators(self) -> tuple[str, ...]:
        """What the method reads amounts of."""
        return tuple(dict.fromkeys(reads.indicator for reads in self.definition.reads))

    @property
    def measured(self) -> tuple[str, ...]:
        """What the method reads beside the amounts, the first one first where several are known."""
        return tuple(dict.fromkeys(reads.indicator for reads in self.definition.beside))

    def coverage_of(self, reads: Reads) -> str:
        """The coverage in which observations are read: that of the method's use, unless they have one of their own."""
        return reads.coverage or self.use.coverage

    def unit_of(self, line: Line, indicator: str | None = None) -> Unit:
        """The unit in which a line is counted, or that of another indicator for its carrier.

        Refuses  definition-missing: an indicator or carrier that no pack in use has.
        """
        unit = self.packs.get(IndicatorShape, indicator or line.indicator or self.indicators[0]).unit
        if line.carrier is None:
            return unit
        return unit.of_row(carrier_unit=self.carrier(line.carrier).unit.text)

    def lines_known(self) -> list[str]:
        """The lines that figures of the method may have, items left out."""
        carriers = sorted(self.packs.carriers)
        if len(self.line) == 1:
            return carriers
        return [str(Line(carrier, indicator)) for indicator in self.indicators for carrier in (*carriers, None)]

    def carriers_of(self, kind: str) -> tuple[str, ...]:
        """The carriers of a kind."""
        return tuple(id for id, carrier in self.packs.carriers.items() if carrier.kind == kind)

    def carrier(self, id: str) -> Carrier:
        """The carrier of that id.

        Refuses  definition-missing: observations name a carrier that no pack in use has.
        """
        if id not in self.packs.carriers:
            nearest = ", ".join(get_close_matches(id, self.packs.carriers, 3, 0.3) or sorted(self.packs.carriers)[:5])
            raise Refusal("definition-missing", kind=_CARRIER, id=id, nearest=nearest or "-")
        return self.packs.carriers[id]

    def new_trace(self) -> Trace:
        """An empty collector that knows the units of the amounts and the grids of the results."""
        return Trace(self.grids, units={"stated_amount": _AMOUNT})


def _refuse_unanswered_keys(factors: Iterable[Factor], use: MethodUse) -> None:
    """A key of a factor is the carrier of the row, or given for the whole run."""
    for factor in factors:
        for key in factor.keys:
            if key not in (*use.given, "carrier"):
                nearest = ", ".join(sorted(use.given)) or "-"
                raise Refusal("definition-missing", kind=_given_key(use), id=key, nearest=nearest)


def _given_key(use: MethodUse) -> Worded:
    return Worded(f"{use.id} 中给定的维度", f"given key of {use.id}")
