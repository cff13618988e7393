"""An explanation is the computation itself: an outsider who follows it arrives at the figure, from the cells up.

`why` (tests/kernel/world.py) evaluates every formula and follows every reference of each explanation made here.
"""

from datetime import date

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import Factor
from tanheng.kernel.period import Period
from tanheng.kernel.run import Result
from tanheng.kernel.subject import Area, Directory
from tests.kernel.world import (
    BAKERY,
    CITY,
    DALE,
    EAST,
    HILL,
    HOSPITAL,
    LONG_AGO,
    MILL,
    MONTHS,
    NOW,
    QUAY,
    SETTLED,
    WEST,
    asked,
    changed,
    computed,
    directory,
    every_month,
    figure,
    inputs,
    located,
    packs,
    stated,
    why,
    words,
)

JULY = date(2024, 7, 1)
REPORT = [
    *every_month(MILL, "diesel", 2.3), *every_month(MILL, "electricity", 46.875, unit="10^4 kWh"),
    *every_month(BAKERY, "natural_gas", 1.7), *every_month(HOSPITAL, "electricity", 100.5),
]  # fmt: skip
GIVEN = inputs(REPORT)
KEYS = {
    "value", "unit", "display", "address", "label", "status", "steps", "factors", "parts", "rest", "gaps", "fills",
    "findings", "receipt",
}  # fmt: skip
STEP = {"id", "column", "formula", "inputs", "value", "unit", "clause"}
FACTOR = {"id", "entry", "value", "unit", "clause", "status", "why", "ref"}


def addresses(told):
    return [part["address"] for part in told["parts"]]


def entries(told):
    return sorted(factor["entry"] for factor in told["factors"])


def follow(result, given, address, **options):
    """Explains a figure and all its parts, down to single rows; every part must give its own value."""
    told = why(result, given, address, **options)
    for part in told["parts"]:
        assert follow(result, given, part["address"], **options)["value"] == part["value"], part["address"]
    return told


def test_an_explanation_keeps_its_contract():
    told = why(computed(GIVEN), GIVEN, f"co2@{CITY}@2024")
    assert set(told) >= KEYS
    assert all(set(step) >= STEP for step in told["steps"])
    assert all(set(factor) >= FACTOR for factor in told["factors"])
    assert all(set(term) >= {"value", "unit", "ref"} for step in told["steps"] for term in step["inputs"].values())
    assert all({"address", "label", "value", "unit"} <= set(part) for part in told["parts"])
    assert told["unit"] == "gCO2" and told["display"]["unit"] == "tCO2"


@pytest.mark.parametrize("column", ["energy_calorific", "energy_coal_equivalent", "co2"])
@pytest.mark.parametrize("period", ["2024", "2024-02"])
def test_every_figure_is_explained_down_to_its_cells(column, period):
    told = follow(computed(GIVEN), GIVEN, f"{column}@{CITY}@{period}")
    assert told["value"] == figure(computed(GIVEN), column, CITY, period)


def test_the_steps_of_one_row_begin_at_its_cell_and_end_at_its_figure():
    told = why(computed(GIVEN), GIVEN, f"co2@{MILL}@2024-03@electricity")
    assert [step["column"] for step in told["steps"]] == ["amount", "co2"]
    assert told["steps"][0]["inputs"]["stated_amount"]["ref"].startswith("cell:book!sheet!F")
    assert told["steps"][0]["inputs"]["units_per_stated_unit"] == {
        "value": 10.0, "unit": "MWh/10^4 kWh", "ref": "entry:unit#10^4 kWh",
    }  # fmt: skip
    assert told["steps"][-1]["inputs"]["electricity_emission_factor"]["ref"] == (
        "entry:grid_electricity_average#shanghai-2022"
    )
    assert (told["parts"], told["rest"]) == ([], told["value"])


def test_a_clause_stands_beside_every_step_of_the_method():
    told = why(computed(GIVEN), GIVEN, f"co2@{BAKERY}@2024-03@natural_gas")
    assert all(packs().has_clause(step["clause"]) for step in told["steps"] if step["column"] != "amount")
    assert all(packs().has_clause(factor["clause"]) for factor in told["factors"])


def test_the_carriers_of_a_facility_are_its_parts():
    told = why(computed(GIVEN), GIVEN, f"co2@{MILL}@2024-03")
    assert addresses(told) == [f"co2@{MILL}@2024-03@electricity", f"co2@{MILL}@2024-03@diesel"]


@pytest.mark.parametrize("subject", [CITY, EAST, QUAY, MILL])
@pytest.mark.parametrize("period", ["2024-03", "2024Q2", "2024"])
def test_the_carriers_of_any_figure_add_up_to_it(subject, period):
    result = computed(GIVEN)
    values = [why(result, GIVEN, f"co2@{subject}@{period}@{carrier}")["value"] for carrier in carriers_in(subject)]
    assert sum(values) == why(result, GIVEN, f"co2@{subject}@{period}")["value"]


def carriers_in(subject):
    return ["diesel", "electricity"] + (["natural_gas"] if subject in (CITY, EAST) else [])


def test_a_part_of_the_year_is_explained_and_adds_up():
    result = computed(GIVEN)
    quarters = [follow(result, GIVEN, f"co2@{CITY}@2024Q{n}")["value"] for n in (1, 2, 3, 4)]
    assert sum(quarters) == figure(result, "co2", CITY)


# ---- parts and rest


@pytest.mark.parametrize("parts", [0, 1, 2, 5])
@pytest.mark.parametrize("subject", [CITY, EAST, MILL])
def test_parts_and_rest_make_the_whole_however_many_parts_are_shown(parts, subject):
    told = follow(computed(GIVEN), GIVEN, f"co2@{subject}@2024", parts=parts)
    assert len(told["parts"]) <= parts
    assert told["value"] == figure(computed(GIVEN), "co2", subject)


def test_the_largest_part_stands_first():
    values = [part["value"] for part in why(computed(GIVEN), GIVEN, f"co2@{CITY}@2024")["parts"]]
    assert values == sorted(values, reverse=True)


def test_what_lies_in_no_town_is_the_rest_of_its_district():
    given = inputs(REPORT, directory(located(MILL, EAST), located(BAKERY, HILL), located(HOSPITAL, DALE)))
    result = computed(given)
    told = follow(result, given, f"co2@{EAST}@2024")
    assert addresses(told) == [f"co2@{HILL}@2024"]
    assert told["rest"] == figure(result, "co2", MILL)


def test_steps_lead_up_to_the_figure_where_its_largest_part_has_no_towns():
    given = inputs(REPORT, directory(located(MILL, WEST), located(BAKERY, HILL)))
    told = why(computed(given), given, f"co2@{CITY}@2024")
    assert [step["id"] for step in told["steps"]] == [f"co2@{WEST}@2024", f"co2@{CITY}@2024"]


# ---- moves


def test_a_moved_facility_is_a_part_for_its_months_only():
    moved = directory(located(MILL, QUAY, LONG_AGO, JULY), located(MILL, DALE, JULY), located(BAKERY, QUAY))
    given = inputs(REPORT, moved)
    result = computed(given)
    assert set(addresses(follow(result, given, f"co2@{QUAY}@2024"))) == {f"co2@{MILL}@2024-01..2024-06",
                                                                        f"co2@{BAKERY}@2024"}  # fmt: skip
    assert addresses(follow(result, given, f"co2@{DALE}@2024")) == [f"co2@{MILL}@2024-07..2024-12"]
    assert addresses(follow(result, given, f"co2@{CITY}@2024"))


def test_a_facility_that_comes_back_is_a_part_for_each_stay():
    away = [located(MILL, QUAY, LONG_AGO, date(2024, 3, 1)), located(MILL, DALE, date(2024, 3, 1), date(2024, 9, 1))]
    given = inputs(REPORT, directory(*away, located(MILL, QUAY, date(2024, 9, 1))))
    told = follow(computed(given), given, f"co2@{QUAY}@2024")
    assert sorted(addresses(told)) == [f"co2@{MILL}@2024-01..2024-02", f"co2@{MILL}@2024-09..2024-12"]


def test_a_town_that_changed_district_while_another_moved_in_is_a_part_for_its_months_only():
    given = inputs(
        REPORT,
        directory(
            located(QUAY, EAST, LONG_AGO, JULY), located(QUAY, WEST, JULY),
            located(MILL, QUAY, LONG_AGO, JULY), located(MILL, HILL, JULY),
            located(HOSPITAL, DALE, LONG_AGO, date(2024, 8, 1)), located(HOSPITAL, QUAY, date(2024, 8, 1)),
            located(BAKERY, HILL),
        ),
    )  # fmt: skip
    told = follow(computed(given), given, f"co2@{EAST}@2024")
    assert f"co2@{QUAY}@2024-01..2024-06" in addresses(told)
    follow(computed(given), given, f"co2@{WEST}@2024")


def test_a_facility_that_lies_nowhere_is_explained_all_the_same():
    given = inputs(REPORT, directory(located(BAKERY, HILL)))
    assert follow(computed(given), given, f"co2@{MILL}@2024")["value"] == figure(computed(given), "co2", MILL)


def test_a_stranger_to_the_directory_is_no_part_of_its_only_facility():
    given = inputs(REPORT, directory(located(MILL, QUAY), facilities=[MILL]))
    assert follow(computed(given), given, f"co2@{MILL}@2024")["value"] == figure(computed(given), "co2", MILL)


def test_a_facility_whose_id_holds_an_at_sign_is_explained():
    id = "facility/甲@乙/1号"
    given = inputs(every_month(id, "diesel", 2.0), directory(located(id, QUAY), facilities=[id]))
    assert addresses(follow(computed(given), given, f"co2@{QUAY}@2024")) == [f"co2@{id}@2024"]


# ---- gaps


HOLED = inputs([row for row in REPORT if (row["subject"], row["period_start"].month) != (BAKERY, 5)])


def test_a_gap_is_named_in_every_figure_above_it_and_in_no_other():
    result = computed(HOLED)
    for subject, period, count in ((CITY, "2024", 1), (HILL, "2024-05", 1), (BAKERY, "2024", 1), (EAST, "2024Q2", 1),
                                   (CITY, "2024-04", 0), (QUAY, "2024", 0), (WEST, "2024-05", 0)):  # fmt: skip
        told = follow(result, HOLED, f"co2@{subject}@{period}")
        assert (len(told["gaps"]), told["status"]["missing"]) == (count, count), (subject, period)


def test_a_figure_of_nothing_but_a_gap_has_no_value_and_no_steps():
    told = follow(computed(HOLED), HOLED, f"co2@{HILL}@2024-05")
    assert (told["value"], told["display"]["value"], told["rest"]) == (None, None, 0)
    assert told["gaps"][0]["period"] == "2024-05"
    assert why(computed(HOLED), HOLED, f"co2@{BAKERY}@2024-05@natural_gas")["steps"] == []


def test_a_gap_of_one_carrier_is_none_of_another():
    given = inputs([row for row in REPORT if (row["carrier"], row["period_start"].month) != ("diesel", 5)])
    result = computed(given)
    assert len(why(result, given, f"co2@{CITY}@2024@diesel")["gaps"]) == 1
    assert why(result, given, f"co2@{CITY}@2024@electricity")["gaps"] == []


def test_a_gap_in_the_months_elsewhere_is_not_named_here():
    moved = directory(located(BAKERY, HILL, LONG_AGO, date(2024, 3, 1)), located(BAKERY, DALE, date(2024, 3, 1)))
    given = inputs([row for row in REPORT if (row["subject"], row["period_start"].month) != (BAKERY, 5)], moved)
    result = computed(given)
    assert why(result, given, f"co2@{HILL}@2024")["gaps"] == []
    assert len(why(result, given, f"co2@{DALE}@2024")["gaps"]) == 1


# ---- factors


def test_the_factors_listed_are_those_behind_the_figure_and_no_others():
    told = why(computed(GIVEN), GIVEN, f"co2@{MILL}@2024-03@electricity")
    assert entries(told) == ["10^4 kWh", "shanghai-2022"]
    energy = why(computed(GIVEN), GIVEN, f"energy_calorific@{CITY}@2024")
    assert {factor["id"] for factor in energy["factors"]} == {"coal_equivalent_factor", "unit"}


def test_a_unit_that_only_others_stated_is_not_listed():
    assert "10^4 kWh" not in entries(why(computed(GIVEN), GIVEN, f"co2@{BAKERY}@2024"))


CHANGE = changed(
    packs(),
    oxidation_rate={
        "entries": [
            packs().get(Factor, "oxidation_rate").entry("diesel-default").model_copy(update=change)
            for change in ({"id": "first-half", "end": JULY}, {"id": "second-half", "start": JULY})
        ]
    },
)


def test_an_entry_that_governs_only_the_months_elsewhere_is_not_listed():
    moved = directory(located(MILL, QUAY, LONG_AGO, JULY), located(MILL, DALE, JULY))
    given = inputs(every_month(MILL, "diesel", 2.0), moved)
    result = computed(given, use=CHANGE)
    for subject, entry in ((QUAY, "first-half"), (DALE, "second-half")):
        told = why(result, given, f"co2@{subject}@2024", CHANGE)
        assert [factor["entry"] for factor in told["factors"] if factor["id"] == "oxidation_rate"] == [entry]


def test_an_entry_that_governs_only_a_gap_is_not_listed():
    given = inputs([row for row in every_month(MILL, "diesel", 2.0) if row["period_start"] < JULY])
    told = why(computed(given, use=CHANGE), given, f"co2@{CITY}@2024", CHANGE)
    assert "second-half" not in entries(told)
    assert told["status"]["missing"] == 6


def test_the_explanation_says_why_an_old_value_stands_in():
    told = why(computed(GIVEN), GIVEN, f"co2@{HOSPITAL}@2024-03")
    (factor,) = told["factors"]
    assert "is carried forward under tanheng-settings#carry-forward-grid" in factor["why"]["en"]
    assert "沿用适用期 2022-01-01..2023-01-01 的值" in factor["why"]["zh"]
    assert "published 2024-12-20, so known on 2025-06-30" in factor["why"]["en"]


def test_a_factor_weighted_by_days_is_a_step_of_its_own():
    table = packs().get(Factor, "shanghai_monitoring_electricity")
    use = changed(packs(), shanghai_monitoring_electricity={"straddle": "by_days"})
    rows = every_month(HOSPITAL, "electricity", 100.5, Period.parse("2022Q1"), published=date(2023, 1, 1))
    given = inputs(rows)
    result = computed(given, asked(NOW, "2022Q1", "shanghai_ets"), use)
    told = why(result, given, f"co2@{HOSPITAL}@2022-02@electricity", use)
    weighted = next(step for step in told["steps"] if step["column"] == "electricity_emission_factor")
    assert weighted["formula"] == "(value_1 * days_1 + value_2 * days_2) / (days_1 + days_2)"
    assert [term["value"] for term in weighted["inputs"].values()] == [0.788, 10, 0.42, 18]
    assert entries(told) == sorted(entry.id for entry in table.entries)


def test_findings_about_factors_behind_other_figures_are_not_shown():
    result = computed(GIVEN)
    assert why(result, GIVEN, f"co2@{BAKERY}@2024")["findings"] == []
    found = {finding["code"] for finding in why(result, GIVEN, f"co2@{CITY}@2024")["findings"]}
    assert found == {"factor-carried-forward"}


# ---- refusals


@pytest.mark.parametrize(
    "address",
    [
        f"co3@{CITY}@2024", "co2@area/nowhere@2024", f"co2@{CITY}@2023", f"co2@{CITY}@2024-12..2025-01",
        f"co2@{CITY}@2024@peat", f"co2@{CITY}@2024-01-15..2024-03-10", f"co2@{CITY}@2024-01-01..2024-01-31",
        f"co2@{HILL}@2024@diesel", "co2@area/province@2024",
    ],
)  # fmt: skip
def test_a_figure_that_the_result_does_not_have_is_refused(address):
    province = Directory(
        areas=(*SETTLED.areas, Area("area/province", words("p"), "province")), facilities=SETTLED.facilities,
        relations=(*SETTLED.relations, located(CITY, "area/province")),
    )  # fmt: skip
    given = inputs(REPORT, province)
    with pytest.raises(Refusal, match="figure-not-found"):
        why(computed(given), given, address)


def test_a_stored_figure_that_its_receipt_does_not_compute_to_is_never_explained():
    result = computed(GIVEN)
    other = inputs([*REPORT[1:], stated(MILL, "diesel", "2024-01", 9.9)])
    with pytest.raises(Refusal, match="replay-differs"):
        why(result, other, f"co2@{MILL}@2024-01")
    with pytest.raises(Refusal, match="replay-differs"):
        why(Result(computed(other).figures, (), (), result.receipt), GIVEN, f"co2@{CITY}@2024")


def test_the_receipt_goes_with_the_explanation():
    result = computed(GIVEN)
    assert why(result, GIVEN, f"co2@{CITY}@2024-01")["receipt"] == result.receipt.as_json()
    assert len(MONTHS) == 12
