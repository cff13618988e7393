"""The accounts of areas through the program: a small city's statements recorded, each method run and explained."""

from datetime import date
from decimal import Decimal

import pytest

from tanheng.kernel.fact import Observation, ObservationKey
from tanheng.kernel.pack import AccountExample, IndicatorShape
from tanheng.kernel.period import Period
from tanheng.kernel.subject import LOCATED_IN, Area, Directory, Facility, Relation
from tanheng.records.people import person_named
from tanheng.records.recording import record_directory, record_observations
from tanheng.store import load_packs
from tanheng.store.home import SHIPPED_PACKS

PACKS = load_packs(["cn_national", "cn_shanghai"], [SHIPPED_PACKS])
EXAMPLES = {example.method: example for example in PACKS.all(AccountExample)}
METHODS = (
    "assessment_basis", "carbon_progress", "city_reconciliation", "coverage_adjustment", "plausibility",
    "quarterly_estimate",
)  # fmt: skip


def recorded(example):
    """The places and statements of a worked example, as records of the site."""
    clerk = person_named("clerk")
    names = {place.id: {"zh": f"{place.id}的名称", "en": place.id} for place in example.places}
    areas = tuple(Area(place.id, names[place.id], place.level) for place in example.places if place.level)
    facilities = tuple(
        Facility(place.id, names[place.id], dict(place.codes)) for place in example.places if not place.level
    )
    lying = [place for place in example.places if place.lies_in]
    relations = tuple(Relation(LOCATED_IN, place.id, place.lies_in, place.since) for place in lying)
    record_directory(Directory((), areas, facilities, relations), clerk)
    record_observations([observation(item, number) for number, item in enumerate(example.statements, 1)], clerk)


def observation(said, number):
    named = (("carrier", said.carrier), ("item", said.item))
    key = ObservationKey(
        said.indicator, said.subject, tuple((name, value) for name, value in named if value is not None),
        Period.parse(said.period), said.accumulation, said.coverage, said.use_class,
    )  # fmt: skip
    unit = said.unit or PACKS.get(IndicatorShape, said.indicator).unit.text
    return Observation(key, Decimal(said.value), unit, "final", date(2025, 3, 1), f"{'0' * 64}/表.xlsx!表!A{number}")


@pytest.fixture
def ran(tanheng, document):
    """A worked example on a site of its own, run: the document that `tanheng run --json` prints."""

    def run(method):
        example = EXAMPLES[method]
        tanheng("init", "--pack", "cn_shanghai")
        recorded(example)
        asked = ("--period", example.period, "--known-on", example.known_on)
        return example, document("run", method, *asked, exit_code=BLOCKED[method])

    return run


BLOCKED = dict.fromkeys(METHODS, 0) | {"assessment_basis": 1}  # what its deduction set leaves out blocks publication


@pytest.mark.parametrize("method", METHODS)
def test_each_account_runs_on_recorded_statements_and_explains_its_figures(method, ran, document):
    example, told = ran(method)
    for address, expected in example.expected.items():
        assert document("explain", told["result"], address)["value"] == expected, address
    assert set(example.findings) <= {finding["code"] for finding in told["findings"]}
    figures = {figure["address"]: figure["value"] for figure in told["figures"]}
    for address, expected in example.expected.items():
        if address in figures:
            assert figures[address] == expected


@pytest.mark.parametrize("method", METHODS)
def test_each_account_is_listed_and_explained_in_words(method, ran, tanheng):
    example, _ = ran(method)
    listing = tanheng("run", method, "--period", example.period, exit_code=BLOCKED[method]).stdout
    assert "的名称" in listing or "facility/" in str(example.places)
    address = next(iter(example.expected))
    assert address.partition("@")[0] in tanheng("explain", "latest", address).stdout


def test_a_setting_of_the_run_changes_the_figure_and_stands_in_the_receipt(ran, document):
    _, told = ran("carbon_progress")
    frozen = "co2_frozen@area/example-city@2023"
    again = document("run", "carbon_progress", "--period", "2023", "--set", "base_year=2022")
    assert again["receipt"]["parameters"]["settings"] == {"base_year": "2022"}
    before, after = (document("explain", item["result"], frozen)["value"] for item in (told, again))
    assert after - before == 78_000_000_000_000 // 1000  # 52 000 000 MWh x (0.5849 - 0.5834)
