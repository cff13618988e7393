"""Sums stay exact, and their parts are merged where a reader may not see them; no sum gives one or two units away.

The invented city has three units: two in the north, one in the south.
"""

from __future__ import annotations

import pytest

from tanheng.records.computing import open_result
from tanheng.records.models import Observation
from tanheng.records.people import person_named
from tanheng.records.publishing import publish
from tanheng.web.results.sight import Sight
from tests.web.a_city import CITY, KILN, MILL, NORTH, PERIOD, SHOP, SOUTH, computed, move_mill

WITHHELD = "不予显示"


def explained(client, result, subject: str, column: str = "co2"):
    return client.get(f"/api/results/{result.id}/explain?address={column}@{subject}@{PERIOD}")


def rows(client, result) -> dict[str, dict]:
    listed = client.get(f"/api/results/{result.id}/figures").json()
    return {row["subject"]: row["figures"]["co2"] for row in listed}


@pytest.fixture
def whole(result):
    """The result, published as a whole."""
    publish(result.id, "全部", person_named("王芳"), [], {"gap": "已催报"})
    return result


def test_a_department_sees_the_city_and_neither_its_units_nor_sums_of_one_or_two(result, as_role):
    client = as_role("department")
    found = rows(client, result)
    exact = open_result(result.id).figures.where(subject=CITY, period_start=PERIOD.start, period_end=PERIOD.end).rows()
    assert found[CITY]["value"] == exact[0]["co2"]
    assert {subject: found[subject]["value"] for subject in (NORTH, SOUTH)} == {NORTH: None, SOUTH: None}
    assert not {KILN, MILL, SHOP} & set(found)


def test_the_sum_of_an_explanation_stays_exact_when_its_parts_are_merged(result, as_role):
    everything, merged = (explained(as_role(role), result, CITY).json() for role in ("office", "department"))
    assert merged["value"] == everything["value"]
    assert (merged["parts"], merged["rest"]) == ([], everything["value"])
    assert {part["address"].split("@")[1] for part in everything["parts"]} == {NORTH, SOUTH}
    assert merged["gaps"] == []
    assert "facility/" not in str({name: merged[name] for name in ("parts", "steps", "gaps", "fills", "findings")})


def test_a_page_says_that_a_sum_rests_on_too_few_units(result, as_role):
    page = f"/results/{result.id}/area/t-north/"
    assert WITHHELD in as_role("department").get(page).content.decode()
    assert WITHHELD not in as_role("district").get(page).content.decode()
    assert explained(as_role("department"), result, NORTH).status_code == 404


def test_a_department_with_units_of_its_own_sees_those_and_no_sum_less_them_that_tells_of_two(result, as_role):
    client = as_role("department", party=KILN)
    found = rows(client, result)
    assert found[KILN]["value"] is not None
    assert found[CITY]["value"] is None, "the city less the kiln would be two units"


def test_strangers_see_of_a_result_that_was_published_whole_what_gives_no_unit_away(whole, anyone):
    found = rows(anyone, whole)
    assert found[CITY]["value"] is not None
    assert {found[subject]["value"] for subject in (NORTH, SOUTH)} == {None}
    assert explained(anyone, whole, MILL).status_code == 404
    assert explained(anyone, whole, CITY).json()["parts"] == []
    page = anyone.get(f"/results/{whole.id}/area/t-city/").content.decode()
    assert "窑" not in page.replace("窑炉", "")


def test_strangers_see_nothing_of_a_result_that_was_not_published(result, anyone):
    assert anyone.get("/api/results").json() == []
    for path in (f"/api/results/{result.id}", f"/api/results/{result.id}/figures", f"/results/{result.id}/"):
        assert anyone.get(path).status_code == 404


def test_strangers_see_a_single_figure_that_was_quoted_and_not_the_rest_of_its_result(result, anyone):
    publish(result.id, "北区", person_named("王芳"), [f"co2@{NORTH}@{PERIOD}"], {"gap": "已催报"})
    told = explained(anyone, result, NORTH).json()
    assert (told["parts"], told["rest"]) == ([], told["value"])
    assert explained(anyone, result, NORTH, "energy_calorific").status_code == 404
    assert explained(anyone, result, CITY).status_code == 404
    assert anyone.get(f"/api/results/{result.id}/figures").status_code == 404


def test_a_unit_sees_itself_down_to_its_cell_and_no_neighbours_in_the_workbook(result, as_role):
    client = as_role("unit")
    told = explained(client, result, MILL).json()
    assert told["parts"]
    source = Observation.objects.filter(subject=MILL).order_by("event_id", "row").first().source
    place, sheet, cell = source.rsplit("!", 2)
    html = client.get(f"/sources/{place.partition('/')[0]}/{sheet}/{cell}/").content.decode()
    assert 'id="cell"' in html
    assert "窑" not in html


def test_a_town_sees_the_months_of_a_unit_that_left_it_and_not_those_after(result, as_role):
    move_mill(person_named("王芳"))
    later = computed()
    months = {
        month: [
            as_role(role, area=area).get(f"/api/results/{later.id}/explain?address=co2@{MILL}@{month}").status_code
            for role, area in (("town", "area/t-town"), ("town", "area/t-port"))
        ]
        for month in ("2024-01", "2024-02")
    }
    assert months == {"2024-01": [200, 200], "2024-02": [404, 200]}, "who has it now sees its past as well"


def test_findings_that_name_a_unit_out_of_reach_are_not_told(result, as_role):
    def named(role: str) -> list[str]:
        return [finding["code"] for finding in as_role(role).get(f"/api/results/{result.id}").json()["findings"]]

    assert "gap" in named("office")
    assert "gap" in named("unit"), "it is about the mill itself"
    assert "gap" not in named("department")


def test_what_is_narrowed_for_a_reader_keeps_every_sum_of_the_reach(result, as_role, client):
    scope = client.get("/account/").context["scope"]
    stored = open_result(result.id)
    assert Sight(stored, scope).narrowed() is stored, "nothing is copied for whoever sees everything"
