"""HOUSE 7: a gap stays a gap. Filling is a named, cited, traced step; nothing turns what is missing into 0."""

import ast

from tests.house.source_tree import Module, calls, modules, name_of, sample

FILLERS = {"fill_null", "fill_nan", "fillna"}


def _is_zero(node: ast.expr) -> bool:
    if isinstance(node, ast.Call) and node.args:  # Value(0), Decimal("0"), pl.lit(0)
        return _is_zero(node.args[0])
    return isinstance(node, ast.Constant) and str(node.value) in {"0", "0.0"}


def silent_zeros(module: Module) -> list[str]:
    found = []
    for call in calls(module.tree):
        name = name_of(call)
        last = (call.args + [keyword.value for keyword in call.keywords])[-1:]
        if name in FILLERS:
            found.append(module.at(call, f"{name} fills without a name"))
        elif name in {"get", "pop"} and len(call.args) == 2 and _is_zero(call.args[1]):
            found.append(module.at(call, f".{name}(..., 0) takes what is missing for zero"))
        elif name.lower() in {"coalesce", "nvl", "ifnull"} and last and _is_zero(last[0]):
            found.append(module.at(call, f"{name}(..., 0) takes what is missing for zero"))
    return found


def test_nothing_missing_is_taken_for_zero():
    assert [line for module in modules() for line in silent_zeros(module)] == []


def test_each_way_of_taking_what_is_missing_for_zero_is_caught():
    ways = [
        "t.fill_null(1)",
        "d.get('x', 0)",
        "d.get(k, Decimal('0'))",
        "pl.coalesce(a, 0)",
        "Coalesce(Sum('x'), Value(0))",
    ]
    assert [way for way in ways if not silent_zeros(sample(way))] == []


def test_a_default_that_is_no_number_is_left_alone():
    assert silent_zeros(sample("d.get('x', '')\nd.get('y')\ncoalesce(a, b)\n")) == []
