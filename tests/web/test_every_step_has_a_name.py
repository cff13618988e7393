"""Whoever reads why a figure has its value finds every quantity by a name in the language of the page."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from tanheng.kernel.pack import IndicatorShape, Measure
from tanheng.kernel.trace import step_words
from tanheng.web.ui.words import spoken
from tests.kernel.going_down import figures_of
from tests.kernel.test_every_figure_goes_down_to_what_was_stated import dispatch, lights, progress, scores
from tests.kernel.world import packs

KERNEL = Path(__file__).resolve().parents[2] / "src" / "tanheng" / "kernel"
NAMES_ITS_FIRST = {"name", "at", "_at", "pure", "Address"}
A_PART = "energy"
"""Stands for whatever a name is put together from: a sector, a carrier, the id of an indicator."""


def names_in_the_code() -> Iterator[tuple[str, str]]:
    """Every name that a formula or a cell is written with, and the file that writes it."""
    for path in sorted(KERNEL.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        kept = dict(constants(tree))
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and (text := written(call, kept)):
                yield text, path.name


def constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The texts that a file gives a name of its own."""
    for line in tree.body:
        if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant) and isinstance(line.value.value, str):
            yield from ((target.id, line.value.value) for target in line.targets if isinstance(target, ast.Name))


def written(call: ast.Call, kept: dict[str, str]) -> str:
    said = getattr(call.func, "id", getattr(call.func, "attr", ""))
    place = 1 if said == "step" else 0
    if said not in {*NAMES_ITS_FIRST, "step"} or len(call.args) <= place:
        return ""
    first = call.args[place]
    if isinstance(first, ast.Name):
        return kept.get(first.id, "")
    if isinstance(first, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in first.values]
        text = "".join(parts)
        return re.sub(r"(?<=_)\{\}$", "1", text).replace("{}", A_PART)
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""


def labels() -> dict[str, dict[str, str]]:
    shapes = (*packs().all(Measure), *packs().all(IndicatorShape))
    return {shape.id: {"zh": shape.label.zh, "en": shape.label.en} for shape in shapes}


def called(name: str, lang: str, known: dict[str, dict[str, str]]) -> str:
    with translation.override("en" if lang == "en" else "zh-hans"):
        return step_words(name, lang, known) or spoken(name)


def is_chinese(words: str) -> bool:
    return re.search("[\u4e00-\u9fff]", words) is not None and re.search("[A-Za-z]{4}", words) is None


# what is put together from an id of the world: the kinds of carbon, the criteria that a plan gives itself
FROM_DATA = {"co2_1", "split_criterion_1", "energy/energy", "energyenergy", "gap_annual_1"}


def test_every_name_that_a_formula_is_written_with_has_a_chinese_one():
    known = labels()
    names = {name: file for name, file in names_in_the_code() if re.fullmatch(r"[a-z][\w/]*", name)}
    assert len(names) > 150
    odd = {name: file for name, file in names.items() if not is_chinese(called(name, "zh", known))}
    assert {name: file for name, file in odd.items() if name not in FROM_DATA} == {}


@pytest.mark.parametrize("made", [lights, dispatch, scores, progress])
def test_every_step_below_a_figure_is_named_in_both_languages(made):
    run, known = made(), labels()
    told = [run.why(address) for address in figures_of(run)]
    names = {step["column"] for each in told for step in each["steps"]}
    names |= {name for each in told for step in each["steps"] for name in step["inputs"]}
    assert names
    assert [name for name in sorted(names - FROM_DATA) if not is_chinese(called(name, "zh", known))] == []
    assert [name for name in sorted(names) if re.search("[\u4e00-\u9fff]", called(name, "en", known))] == []
    assert [name for name in sorted(names) if not called(name, "en", known)] == []


def test_a_name_made_of_an_indicator_goes_by_its_label():
    known = {"electricity_use": {"zh": "用电量", "en": "Electricity use"}}
    assert step_words("electricity_use_same_period", "zh", known) == "用电量（上年同期）"
    assert step_words("electricity_use_same_period", "en", known) == "Electricity use, same period of last year"
    assert step_words("part_3", "zh", known) == "部分 3"
    assert step_words("nothing_of_the_kind", "zh", known) is None
