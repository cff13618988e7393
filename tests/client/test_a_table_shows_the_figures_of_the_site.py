"""A figure is the same in a notebook, through the API, on its page and at the command line."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest
from click.testing import CliRunner
from django.test import Client

from tanheng.cli import main
from tanheng.client import Site
from tanheng.client.answers import Answer, SiteRefused
from tanheng.kernel.faults import Refusal
from tanheng.records.site_files import home
from tests.web.a_city import CITY, MILL, NORTH
from tests.web.every_address import PERIOD


class ByTestClient:
    """A way to the site of this test, as whoever has logged in."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, path: str) -> Answer:
        found = self.client.get(f"/api{path}")
        return Answer(found.status_code, {name.lower(): text for name, text in found.headers.items()}, found.content)


@pytest.fixture
def site(result, client) -> Site:
    return Site("test", ByTestClient(client))


def test_a_figure_is_the_same_on_its_page_through_the_api_in_a_table_and_at_the_command_line(site, result, client):
    address = f"co2@{NORTH}@{PERIOD}"
    table = site.figures(level="district").where(subject=NORTH)
    (row,) = table
    (cell,) = [item["figures"]["co2"] for item in client.get(f"/api/results/{result.id}/figures?level=district").json()
               if item["subject"] == NORTH]  # fmt: skip
    home().make()
    said = CliRunner().invoke(main, ["explain", result.id, address, "--json"])
    told = json.loads(said.output)
    page = client.get(f"/results/{result.id}/figure/{address}/").content.decode()
    assert row["co2"] == Decimal(cell["exact"])
    assert told["value"] == cell["value"] == int(row["co2"] * 1_000_000)
    assert told["display"]["value"] == cell["display"] == table.explain(0, "co2").told["display"]["value"]
    assert re.search(rf">\s*{re.escape(cell['display'])}\s*<", page)
    assert table.column("co2").unit == cell["display_unit"] == told["display"]["unit"]


def test_what_has_no_value_is_none_in_a_table_and_a_gap_is_said(site):
    mill = site.figures(level="facility", period="2024-02").where(subject=MILL)
    assert mill[0]["co2_status"].startswith(("incomplete", "missing"))
    assert "—" in site.barometer()._repr_html_() or len(site.barometer()) == 0


def test_a_row_is_explained_down_to_its_factors(site):
    why = site.figures(level="facility").where(subject=MILL).explain(0)
    assert why.address == f"energy_calorific@{MILL}@{PERIOD}"
    assert len(why.factors) > 0 and set(why.factors["status"]) <= {"verified", "secondary", "unverified"}
    assert why.label in why._repr_html_()


def test_a_table_hands_its_units_on_to_pandas_and_polars(site):
    table = site.figures(level="district")
    heading = "co2 [tCO2]"
    assert heading in table.to_pandas().columns and heading in table.to_polars().columns
    assert table.to_polars()[heading].to_list() == [None if each is None else float(each) for each in table["co2"]]
    assert list(table.to_pandas()["subject"]) == table["subject"]


def test_a_name_with_marks_of_html_is_text_in_a_notebook(site):
    shown = site.units()._repr_html_()
    assert "<script>" not in shown and "&lt;script&gt;" in shown


def test_a_reader_sees_in_tables_what_the_mandate_reaches(result, as_role):
    seen = {role: set(Site("t", ByTestClient(as_role(role))).figures(level="facility")["subject"])
            for role in ("office", "unit")}  # fmt: skip
    assert seen["unit"] == {MILL} < seen["office"]


def test_every_table_of_a_site_where_nothing_was_demanded_is_empty_or_full_and_none_breaks(site):
    tables = [site.results, site.targets, site.barometer, site.tasks, site.areas, site.units, site.publications,
              site.factors, site.methods, site.indicators, site.documents, site.observations]  # fmt: skip
    shown = {table.__name__: len(table()) for table in tables}
    assert shown["targets"] == shown["barometer"] == shown["tasks"] == shown["documents"] == 0
    assert min(shown[name] for name in ("results", "areas", "units", "factors", "methods", "observations")) > 0


def test_an_observation_comes_with_its_unit_status_and_cell(site):
    rows = site.observations(subject=MILL, period="2024-01")
    assert set(rows["unit"]) == {"10^4 Nm3", "10^4 kWh"} and all("!" in source for source in rows["source"])
    assert Decimal("8.05") in rows["value"]


def test_a_refusal_of_the_site_is_told_in_its_words(site):
    with pytest.raises(SiteRefused) as told:
        site.figures("ffff")
    assert told.value.code == "result-not-found" and told.value.message("zh") and told.value.next_step("en")


@pytest.mark.parametrize(("ask", "code"), [
    (lambda table: table.explain(0, "energy"), "figure-not-explained"),
    (lambda table: table["energy"], "no-such-column"),
    (lambda table: table.where(energy=1), "no-such-column"),
])  # fmt: skip
def test_a_slip_of_the_pen_is_refused_with_what_there_is(site, ask, code):
    with pytest.raises(Refusal) as told:
        ask(site.figures())
    assert told.value.code == code and "co2" in told.value.next_step("zh")


def test_a_list_that_comes_in_parts_is_whole_in_a_table(site, monkeypatch):
    whole = site.indicators()["id"]
    monkeypatch.setattr("tanheng.client.site._AT_ONCE", 7)
    assert site.indicators()["id"] == whole and len(whole) > 20
    assert CITY in site.areas()["id"]
