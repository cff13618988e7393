"""Whoever follows an explanation arrives at the stored figure, whatever the city."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.kernel.world import asked, computed, why
from tests.laws.city import FIRST, PERIOD, cities

LAW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ALL_KNOWN = asked(FIRST.replace(year=2027), PERIOD)


@LAW
@given(cities(), st.sampled_from(["co2", "energy_calorific", "energy_coal_equivalent"]), st.integers(0, 4), st.data())
def test_a_figure_is_explained_from_the_cells_up_and_its_parts_give_their_own_values(city, column, parts, data):
    given_rows = city.inputs
    result = computed(given_rows, ALL_KNOWN)
    row = data.draw(st.sampled_from(result.figures.keyed("subject").rows()))
    address = f"{column}@{row['subject']}@{row['period_start']}..{row['period_end']}"
    told = why(result, given_rows, address, parts=parts)
    assert told["value"] == row[column]
    assert told["status"]["missing"] == row[column + "_missing"] == len(told["gaps"])
    for part in told["parts"]:
        assert why(result, given_rows, part["address"])["value"] == part["value"], part["address"]


@LAW
@given(cities(), st.data())
def test_the_entries_listed_are_the_entries_that_some_row_refers_to(city, data):
    given_rows = city.inputs
    result = computed(given_rows, ALL_KNOWN)
    row = data.draw(st.sampled_from(result.figures.where(level="facility").rows()))
    told = why(result, given_rows, f"co2@{row['subject']}@{row['period_start']}..{row['period_end']}", parts=99)
    rows = [why(result, given_rows, part["address"]) for part in told["parts"]] or [told]
    used = {term["ref"] for one in rows for step in one["steps"] for term in step["inputs"].values()}
    listed = {factor["ref"] for factor in told["factors"]}
    assert listed - {ref for ref in listed if ref.startswith("entry:unit#")} == {
        ref for ref in used if ref.startswith("entry:") and not ref.startswith("entry:unit#")
    }
