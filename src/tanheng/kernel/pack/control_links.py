"""What the definitions of the control loop name and cite: measures, barometers, plans of decomposition, scorecards."""

from __future__ import annotations

from tanheng.kernel.pack.barometer_rule import Barometer, BarometerRule
from tanheng.kernel.pack.decomposition_plan import DecompositionExample, DecompositionPlan
from tanheng.kernel.pack.factor import Factor
from tanheng.kernel.pack.measure import Measure
from tanheng.kernel.pack.scorecard import Scorecard
from tanheng.kernel.pack.shape import Shape
from tanheng.kernel.pack.shapes import IndicatorShape, MethodDefinition


def named_in_control(value: Shape) -> list[tuple[type[Shape], str]]:
    """The definitions that a definition of the control loop names, by kind and id."""
    match value:
        case Barometer():
            return [(BarometerRule, value.rule)]
        case Measure():
            methods: list[tuple[type[Shape], str]] = [(MethodDefinition, id) for id in value.methods]
            return [*methods, *((IndicatorShape, id) for id in value.indicators_read)]
        case DecompositionPlan():
            observed = sorted({figure.indicator for figure in value.figures.values() if figure.indicator})
            benchmarks: list[tuple[type[Shape], str]] = [(Factor, value.benchmarks)] if value.benchmarks else []
            return [*benchmarks, *((IndicatorShape, id) for id in observed)]
        case DecompositionExample():
            return [(MethodDefinition, value.method), *named_in_control(value.plan)]
    return []


def cited_in_control(value: Shape) -> list[str]:
    """The clauses that a definition of the control loop cites."""
    match value:
        case BarometerRule() | Barometer():
            return [value.clause]
        case Measure():
            return [value.path_clause] if value.path_clause else []
        case DecompositionPlan():
            return [*value.clauses]
        case DecompositionExample():
            return [*value.plan.clauses]
        case Scorecard():
            vetoes = {veto.clause for veto in value.vetoes}
            return sorted({value.clause, *vetoes, *(item.clause for item in value.items)})
    return []
