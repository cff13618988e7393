"""HOUSE 7: no year in an `if`. What changes with the year is an entry with a period, not a branch."""

import ast

from tests.house.source_tree import Module, modules, sample


def _names_a_year(node: ast.AST) -> bool:
    if not isinstance(node, ast.Constant):
        return False
    if isinstance(node.value, int) and not isinstance(node.value, bool):
        return 1949 <= node.value <= 2100
    return (
        isinstance(node.value, str)
        and node.value[:2] in {"19", "20"}
        and node.value[:4].isdigit()
        and len(node.value) <= 10
    )


def years_in_conditions(module: Module) -> list[str]:
    decisions = (ast.Compare, ast.MatchValue)
    return [
        module.at(node, "a year decides: make it a dated entry of a pack")
        for node in ast.walk(module.tree)
        if isinstance(node, decisions) and any(_names_a_year(part) for part in ast.walk(node))
    ]


def test_no_year_decides_anything_in_code():
    assert [line for module in modules() for line in years_in_conditions(module)] == []


def test_each_way_for_a_year_to_decide_is_caught():
    ways = [
        "x = 1 if year >= 2025 else 2",
        "if start < date(2026, 1, 1): pass",
        "match year:\n    case 2024: pass",
        "p == '2024'",
    ]
    assert [way for way in ways if not years_in_conditions(sample(way))] == []


def test_a_number_that_is_no_year_may_decide():
    assert years_in_conditions(sample("if month > 12 or rows > 10000 or code == 'x2024': pass")) == []
