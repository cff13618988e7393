"""The accounts of areas through the program: a small city's statements recorded, each method run and explained."""

import pytest

from tests.records.worked import EXAMPLES, recorded

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
