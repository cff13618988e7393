"""The accounts of areas through the program: a small city's statements recorded, each method run and explained."""

import pytest

from tests.records.worked import EXAMPLES, recorded, units_in_scope

METHODS = (
    "assessment_basis", "carbon_progress", "city_reconciliation", "coverage_adjustment", "plausibility",
    "quarterly_estimate",
)  # fmt: skip


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


def test_an_area_built_up_from_its_units_leads_down_to_the_cells_of_their_reports(tanheng, document):
    tanheng("init", "--pack", "cn_shanghai")
    units_in_scope()
    asked = ("run", "assessment_basis", "--period", "2024", "--set", "form=units", "--known-on", "2026-06-30")
    result = document(*asked, exit_code=1)["result"]
    whole = document("explain", result, "energy_over_list@area/example-east@2023")
    # 12 x (100 + 10) t x 1.4571 tce/t: the bakery entered in 2024 and is in both years
    assert whole["value"] == 12 * 110 * 1_457_100
    own = document("explain", result, "energy_over_own_list@area/example-east@2023")
    (part,) = own["parts"]
    below = document("explain", result, part["ref"].removeprefix("figure:"))
    assert below["value"] == part["value"] == 12 * 100 * 1_457_100
    month = document("explain", result, below["parts"][0]["address"])
    assert {term["ref"][:5] for step in month["steps"] for term in step["inputs"].values()} <= {
        "cell:",
        "entry",
        "figur",
        "step:",
    }
