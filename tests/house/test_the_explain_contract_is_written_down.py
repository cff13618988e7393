"""The page of the explain contract names every key that the code gives: outsiders check figures by that page."""

import ast
import re

from tests.house.source_tree import ROOT, Module, modules, sample

EXPLAIN = "src/tanheng/kernel/run/explain.py"
PAGE = ROOT / "docs" / "reference" / "explain-contract.md"


def keys_given(module: Module) -> set[str]:
    """The keys of every mapping that the functions of a module return as it is written."""
    returned = [node.value for node in ast.walk(module.tree) if isinstance(node, ast.Return)]
    keys = [key for value in returned if isinstance(value, ast.Dict) for key in value.keys]
    return {str(key.value) for key in keys if isinstance(key, ast.Constant)}


def unnamed(keys: set[str], page: str) -> list[str]:
    return sorted(keys - set(re.findall(r"`(\w+)`", page)))


def test_the_page_names_every_key_of_an_explanation():
    code = next(module for module in modules("kernel/run") if module.path == EXPLAIN)
    assert keys_given(code) >= {"value", "steps", "parts", "rest", "receipt", "formula"}
    assert unnamed(keys_given(code), PAGE.read_text("utf-8")) == []


def test_a_key_that_the_page_does_not_name_is_caught():
    assert unnamed(keys_given(sample("def explain():\n    return {'value': 1, 'secret': 2}\n")), "`value`") == [
        "secret"
    ]
