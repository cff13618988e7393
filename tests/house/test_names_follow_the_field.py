"""HOUSE 5 and 11: the field's standard terms, never their look-alikes; tests are named as sentences about the world."""

import ast
import re

from tests.house.source_tree import ROOT, Module, modules, sample

INSTEAD = {
    "activity_level": "activity_data",
    "coefficient": "emission_factor",
    "heat_value": "net_calorific_value",
    "std_coal": "coal_equivalent_factor",
    "tec": "tce",
    "quota": "allowance",
    "write_off": "surrender or cancellation",
}


def _identifiers(node: ast.AST) -> list[str]:
    names = [getattr(node, field, None) for field in ("id", "attr", "arg", "name")]
    return [name for name in names if isinstance(name, str)]


def wrong_terms(module: Module) -> list[str]:
    found = []
    for node in ast.walk(module.tree):
        for identifier in _identifiers(node):
            for term, right in INSTEAD.items():
                if re.search(rf"(^|_){term}(s|$|_)", identifier.lower()):
                    found.append(module.at(node, f"{identifier}: say {right}"))
    return found


def is_a_sentence(name: str) -> bool:
    return len(name.removeprefix("test_").split("_")) >= 3


def test_code_uses_the_terms_of_the_field():
    assert [line for module in modules() for line in wrong_terms(module)] == []


def test_each_look_alike_of_a_term_is_caught():
    assert [term for term in INSTEAD if not wrong_terms(sample(f"def f({term}): pass"))] == []
    assert wrong_terms(sample("grid_coefficients = 1"))
    assert wrong_terms(sample("tectonic = vector = technology = 1")) == []


def test_every_test_is_named_for_a_sentence_about_the_world():
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    names = [(path, name) for path in files for name in re.findall(r"^ *def (test_\w+)", path.read_text("utf-8"), re.M)]
    assert [f"{path.relative_to(ROOT)}: {name}" for path, name in names if not is_a_sentence(name)] == []


def test_a_test_that_is_named_for_a_function_is_caught():
    assert not is_a_sentence("test_parse")
    assert is_a_sentence("test_a_revision_does_not_change_a_result_known_earlier")
