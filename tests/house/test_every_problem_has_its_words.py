"""HOUSE 9: one list of codes, no code without words in both languages, no words that nothing can say."""

import ast
from string import Formatter

from tanheng.kernel.faults.codes import CODES, Code
from tests.house.source_tree import Module, calls, modules, name_of, sample

LISTS = "src/tanheng/kernel/faults/"  # the codes of each room stand in a file of their own


def _raised(module: Module) -> list[tuple[ast.Call, str]]:
    """Calls of Refusal and Finding whose code is written in place, with the code."""
    found = []
    for call in calls(module.tree):
        written = call.args[:1] + [keyword.value for keyword in call.keywords if keyword.arg == "code"]
        if name_of(call) in {"Refusal", "Finding"} and written and isinstance(written[0], ast.Constant):
            found.append((call, str(written[0].value)))
    return found


def _fields_of(text: str) -> set[str]:
    return {name.partition(".")[0] for _, name, _, _ in Formatter().parse(text) if name}


def _fields_given(call: ast.Call) -> set[str] | None:
    """The fields a call gives; None where it hands over a mapping made elsewhere."""
    if name_of(call) == "Refusal":
        names = [keyword.arg for keyword in call.keywords]
        return None if None in names else {name for name in names if name}
    written = call.args[2:3] + [keyword.value for keyword in call.keywords if keyword.arg == "fields"]
    if not written:
        return {"place"}
    if not isinstance(written[0], ast.Dict) or not all(isinstance(key, ast.Constant) for key in written[0].keys):
        return None
    return {"place", *(str(key.value) for key in written[0].keys if isinstance(key, ast.Constant))}


def unlisted(module: Module) -> list[str]:
    return [
        module.at(call, f"{code} is not in the list of codes") for call, code in _raised(module) if code not in CODES
    ]


def speechless(module: Module) -> list[str]:
    """Calls that leave out a field their message needs: they would fail just when they are wanted."""
    found = []
    for call, code in _raised(module):
        given = _fields_given(call)
        if given is not None and code in CODES:
            words = CODES[code]
            needed = set().union(*(_fields_of(text) for text in (words.zh, words.en, words.do_zh, words.do_en)))
            if missing := needed - given:
                found.append(module.at(call, f"{code} needs {sorted(missing)}"))
    return found


def lopsided(code: Code) -> bool:
    """Whether one language says less than the other, or says nothing."""
    complete = all(text.strip() for text in (code.zh, code.en, code.do_zh, code.do_en))
    same_fields = _fields_of(code.zh) == _fields_of(code.en) and _fields_of(code.do_zh) == _fields_of(code.do_en)
    return not (complete and same_fields and any("一" <= sign <= "鿿" for sign in code.zh))


def said_in(tree: ast.AST) -> set[str]:
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_every_code_in_use_is_in_the_list():
    assert [line for module in modules() for line in unlisted(module)] == []


def test_a_code_that_is_not_in_the_list_is_caught():
    assert unlisted(sample("raise Refusal('no-such-code', x=1)"))
    assert unlisted(sample("Finding(code='no-such-code', place='x')"))


def test_every_code_in_the_list_is_said_somewhere():
    said = set().union(*(said_in(module.tree) for module in modules() if not module.path.startswith(LISTS)))
    assert sorted(set(CODES) - said) == []


def test_a_code_that_nothing_says_is_not_found_among_what_is_said():
    assert said_in(sample("Finding('gap', place)").tree) == {"gap"}


def test_every_message_gets_the_fields_it_needs():
    assert [line for module in modules() for line in speechless(module)] == []


def test_a_message_without_a_field_it_needs_is_caught():
    assert speechless(sample("raise Refusal('unit-mismatch', what='x')"))
    assert speechless(sample("Finding('gap', 'table:x', {'subject': 1, 'carrier': 2})"))
    assert speechless(sample("raise Refusal('unit-mismatch', **fields)")) == []


def test_every_code_says_the_same_in_chinese_and_in_english():
    assert [code.id for code in CODES.values() if lopsided(code)] == []


def test_a_code_that_says_less_in_one_language_is_caught():
    assert lopsided(Code("x", "缺少 {a}。", "{a} lacks {b}.", "请补。", "Add it."))
    assert lopsided(Code("x", "Not Chinese.", "Not Chinese.", "请补。", "Add it."))
