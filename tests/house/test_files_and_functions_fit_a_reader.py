"""HOUSE 4: files of 80 to 250 lines, never above 400; functions mostly under 15 lines, never above 60."""

import ast

from tests.house.source_tree import ROOT, Module, modules, sample

LONGEST_FILE, LONGEST_FUNCTION = 400, 60
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}


def too_long(module: Module) -> list[str]:
    found = []
    if (lines := module.text.count("\n")) > LONGEST_FILE:
        found.append(f"{module.path}: {lines} lines, at most {LONGEST_FILE}")
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                found.append(module.at(node, f"{node.name} has {length} lines, at most {LONGEST_FUNCTION}"))
    return found


def vaguely_named(path: str) -> list[str]:
    words = {word for part in path.removesuffix(".py").split("/") for word in part.split("_")}
    return [f"{path}: '{word}' says nothing about what is inside" for word in sorted(words & VAGUE)]


def without_docstring(module: Module) -> list[str]:
    empty = not module.text.strip()
    missing = module.path.endswith("__init__.py") and not empty and ast.get_docstring(module.tree) is None
    return [f"{module.path}: a room says what it is for"] if missing else []


def test_no_file_and_no_function_is_longer_than_a_reader_can_hold():
    assert [line for module in modules() for line in too_long(module)] == []


def test_a_file_and_a_function_that_are_too_long_are_caught():
    function = "def f():\n" + "    x = 1\n" * LONGEST_FUNCTION
    assert len(too_long(sample(function + "y = 1\n" * LONGEST_FILE))) == 2


def test_no_file_is_named_for_nothing_in_particular():
    paths = [module.path for module in modules()] + [
        path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("*.py")
    ]
    assert [line for path in paths for line in vaguely_named(path)] == []


def test_a_file_named_for_nothing_in_particular_is_caught():
    assert vaguely_named("src/tanheng/kernel/table/join_helpers.py")
    assert vaguely_named("src/tanheng/common/__init__.py")


def test_every_room_says_what_it_is_for():
    assert [line for module in modules() for line in without_docstring(module)] == []


def test_a_room_that_does_not_say_what_it_is_for_is_caught():
    assert without_docstring(sample("x = 1\n", "src/tanheng/room/__init__.py"))
