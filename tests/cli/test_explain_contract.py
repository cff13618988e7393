"""An outsider reads the JSON of `tanheng explain` and checks every number in it, knowing nothing of the program."""

import hashlib

import pytest
from openpyxl import load_workbook

from tanheng.kernel.pack import Example
from tanheng.store import load_packs
from tanheng.store.home import SHIPPED_PACKS

FIELDS = {
    "value", "unit", "display", "address", "label", "status", "steps", "factors", "parts", "rest", "gaps", "fills",
    "findings", "receipt",
}  # fmt: skip
ADDRESSES = [
    "co2@area/linjiang@2024",
    "energy_coal_equivalent@area/lj-xiling@2024",  # a unit moved between two of its towns in July
    "co2@area/lj-yuntai@2024",
    "energy_calorific@facility/lj-hengda@2024",
    "co2@facility/lj-hengda@2024-03",
    "co2@facility/lj-hengda@2024-03@electricity",
]


@pytest.fixture
def result(city, document):
    return document("run", "unit_energy_and_co2", "--period", "2024", "--known-on", "2025-06-30")["result"]


def evaluated(step):
    names = {name: term["value"] for name, term in step["inputs"].items()}
    return eval(step["formula"], {"__builtins__": {}, "round": round}, names)


@pytest.mark.parametrize("address", ADDRESSES)
def test_whoever_evaluates_the_formulas_gets_the_values(address, result, document):
    found = document("explain", result, address)
    assert set(found) == FIELDS
    for step in found["steps"]:
        assert step["value"] == evaluated(step), step["id"]
        assert step["formula"].isascii()
    assert found["steps"][-1]["value"] == found["value"]
    assert sum(part["value"] for part in found["parts"]) + found["rest"] == found["value"] or not found["parts"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_reference_leads_somewhere_that_says_the_same(address, result, document, workbooks):
    found = document("explain", result, address)
    steps = {step["id"]: step for step in found["steps"]}
    factors = {factor["ref"]: factor for factor in found["factors"]}
    books = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path, _ in workbooks}
    for step in found["steps"]:
        for term in step["inputs"].values():
            kind, _, target = term["ref"].partition(":")
            if kind == "step":
                assert (steps[target]["value"], steps[target]["unit"]) == (term["value"], term["unit"])
            elif kind == "entry":
                assert factors[term["ref"]]["value"] == term["value"]
                assert factors[term["ref"]]["status"] in {"verified", "secondary", "unverified"}
            elif kind == "cell":
                digest, _, place = target.partition("/")
                _, sheet, cell = place.split("!")
                assert load_workbook(books[digest], data_only=True)[sheet][cell].value == term["value"]
            else:
                assert kind == "figure"


def test_each_part_explains_itself_to_the_same_value_down_to_the_single_row(result, document):
    pending, seen = ["co2@area/lj-xiling@2024"], 0
    while pending:
        found = document("explain", result, pending.pop())
        seen += 1
        for part in found["parts"][:2]:
            assert document("explain", result, part["address"])["value"] == part["value"]
            pending.append(part["address"])
    assert seen > 6


def test_few_parts_and_the_rest_still_make_the_whole(result, document):
    found = document("explain", result, "co2@area/linjiang@2024", "--parts", 1)
    assert len(found["parts"]) == 1
    assert found["rest"] > 0
    assert found["parts"][0]["value"] + found["rest"] == found["value"]


CASES = [
    (example, case)
    for example in load_packs(folders=[SHIPPED_PACKS]).all(Example)
    if example.method == "unit_energy_and_co2"  # of the city itself; the others bring statements of their own
    for case in example.cases
]  # fmt: skip


@pytest.mark.parametrize(("example", "case"), CASES, ids=[f"{e.id}-{c.known_on}" for e, c in CASES])
def test_the_worked_example_is_reproduced_to_the_gram(example, case, city, document):
    run = ("run", example.method, "--period", "2024", "--scheme", example.scheme, "--known-on", case.known_on)
    result = document(*run)["result"]
    for name, value in case.expected.items():
        column, at, carrier = name.partition("@")
        address = f"{column}@{example.subject}@{example.period}{at}{carrier}"
        assert document("explain", result, address)["value"] == int(value), address


def test_for_people_a_figure_is_told_with_where_each_number_comes_from_down_to_the_cells(result, tanheng):
    said = tanheng("explain", result, "co2@facility/lj-hengda@2024-03").stdout
    assert "← 单元格" in said
    assert "来源单元格" in said
    assert not [sign for sign in ("10^", "tCO2", "gCO2", " 1 1") if sign in said]
