"""The page of the explain contract names every key that the code gives: outsiders check figures by that page."""

import ast
import re

from tests.house.source_tree import ROOT, Module, modules, sample

EXPLAIN = {f"src/tanheng/kernel/run/{name}.py" for name in ("explain", "labels", "drill")}
PAGE = ROOT / "docs" / "reference" / "explain-contract.md"


def keys_given(module: Module) -> set[str]:
    """The keys of every mapping that the functions of a module return as it is written."""
    returned = [node.value for node in ast.walk(module.tree) if isinstance(node, ast.Return)]
    keys = [key for value in returned for mapping in mappings(value) for key in mapping.keys]
    return {str(key.value) for key in keys if isinstance(key, ast.Constant)}


def mappings(value: ast.expr | None) -> list[ast.Dict]:
    """The mappings that an expression joins with `|`."""
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.BitOr):
        return [*mappings(value.left), *mappings(value.right)]
    return [value] if isinstance(value, ast.Dict) else []


def unnamed(keys: set[str], page: str) -> list[str]:
    return sorted(keys - set(re.findall(r"`(\w+)`", page)))


def test_the_page_names_every_key_of_an_explanation():
    code = [module for module in modules("kernel/run") if module.path in EXPLAIN]
    keys = set[str]().union(*(keys_given(module) for module in code))
    assert len(code) == len(EXPLAIN)
    assert keys >= {"value", "steps", "parts", "rest", "receipt", "formula", "status", "label"}
    assert unnamed(keys, PAGE.read_text("utf-8")) == []


def test_a_key_that_the_page_does_not_name_is_caught():
    for returned in ("{'value': 1, 'secret': 2}", "{'value': 1} | {'secret': 2}"):
        assert unnamed(keys_given(sample(f"def explain():\n    return {returned}\n")), "`value`") == ["secret"]
