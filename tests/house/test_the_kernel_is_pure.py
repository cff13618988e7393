"""HOUSE 1 and 7: values in, values out. The kernel asks no clock and no disk, and says what every public thing does.

Imports are checked by import-linter (`.importlinter`, contract `pure`); this file checks what needs no import.
"""

import ast

from tests.house.source_tree import Module, calls, modules, name_of, sample

CLOCK_AND_DISK = {
    "now",
    "utcnow",
    "today",
    "open",
    "read_text",
    "read_bytes",
    "write_text",
    "write_bytes",
    "input",
    "print",
}


def impure(module: Module) -> list[str]:
    return [
        module.at(call, f"{name_of(call)}() reaches outside")
        for call in calls(module.tree)
        if name_of(call) in CLOCK_AND_DISK
    ]


def undocumented(module: Module) -> list[str]:
    """Public functions and classes of the module, and public methods of its public classes, without a docstring."""
    found = []
    for node in [module.tree, *(part for part in module.tree.body if isinstance(part, ast.ClassDef))]:
        for part in node.body:
            public = isinstance(part, ast.FunctionDef | ast.ClassDef) and not part.name.startswith("_")
            if public and not getattr(node, "name", "").startswith("_") and ast.get_docstring(part) is None:
                found.append(module.at(part, f"{part.name} does not say what it does"))
    return found


def test_the_kernel_asks_no_clock_and_touches_no_disk():
    assert [line for module in modules("kernel") for line in impure(module)] == []


def test_a_kernel_that_asks_the_time_or_opens_a_file_is_caught():
    ways = ["datetime.now()", "date.today()", "open('x')", "path.read_text()", "print(1)"]
    assert [way for way in ways if not impure(sample(way))] == []


def test_everything_public_in_the_kernel_says_what_it_does():
    assert [line for module in modules("kernel") for line in undocumented(module)] == []


def test_a_public_function_or_method_that_says_nothing_is_caught():
    assert len(undocumented(sample("def f(): ...\nclass C:\n    '''C.'''\n    def m(self): ...\n"))) == 2
    assert undocumented(sample("def _private(): ...\n")) == []
