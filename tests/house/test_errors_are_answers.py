"""HOUSE 9: data problems are findings, broken requests are refusals; nothing is swallowed, nothing is only logged."""

import ast

from tests.house.source_tree import Module, modules, sample

TOO_WIDE = {"Exception", "BaseException"}


def swallowing(module: Module) -> list[str]:
    found = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ExceptHandler):
            caught = {name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)} if node.type else set()
            if node.type is None or caught & TOO_WIDE:
                found.append(module.at(node, "catches everything: name what can go wrong"))
        if isinstance(node, ast.Import | ast.ImportFrom) and any(alias.name == "logging" for alias in node.names):
            found.append(module.at(node, "logs: say it as a finding or a refusal"))
    return found


def test_no_error_is_swallowed_and_none_is_only_logged():
    assert [line for module in modules() for line in swallowing(module)] == []


def test_each_way_of_swallowing_an_error_is_caught():
    handler = "try:\n    f()\nexcept{}:\n    pass\n"
    ways = [handler.format(what) for what in ("", " Exception", " (ValueError, BaseException)")] + ["import logging\n"]
    assert [way for way in ways if not swallowing(sample(way))] == []


def test_an_error_that_is_named_may_be_caught():
    assert swallowing(sample("try:\n    f()\nexcept (ValueError, KeyError):\n    raise\n")) == []
