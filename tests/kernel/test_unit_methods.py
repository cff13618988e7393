"""Unit methods read several indicators: every line counts once, with its sign, its own measured value and its place."""

from dataclasses import replace
from datetime import date

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tanheng.kernel.run import Line, drill, run, statement_changes, statements
from tanheng.kernel.trace import Address
from tests.kernel.unit_methods import (
    CO2,
    REPORTING,
    STATISTICAL,
    all_year,
    by,
    green,
    in_form,
    parameters,
    said,
)
from tests.kernel.world import BAKERY, CITY, EAST, MILL, NOW, THEN, changed, codes, figure, inputs, packs, why

MARCH = "2024-03"
USE = {"measured_net_calorific_value": "GJ/t", "measured_coal_equivalent_factor": "tce[calorific_value]/t"}


def measured(value, *, indicator="measured_net_calorific_value", facility=MILL, period=MARCH, **other):
    accumulation = "year" if Period.parse(period).days > 31 else "month"
    row = said(indicator, facility, "raw_coal", Period.parse(period), value)
    return row | {"unit": USE[indicator], "accumulation": accumulation} | other


def coal(amount=100.0, facility=MILL, month=MARCH, indicator="energy_consumption", **other):
    return said(indicator, facility, "raw_coal", month, amount, **other)


def energy(rows, period=MARCH, **other):
    return figure(by(REPORTING, rows, period, **other), "energy_calorific", MILL, period)


def tce(amount, factor):
    return round(amount * factor * 1_000_000)


# ---- what is added and what is taken away


def test_steam_that_a_firm_makes_from_its_coal_and_uses_itself_is_counted_once():
    rows = [
        in_form("industrial_energy_use", MILL, "raw_coal", MARCH, 100.0),
        in_form("industrial_energy_use", MILL, "heat", MARCH, 1500.0),
        in_form("transformation_output", MILL, "heat", MARCH, 1500.0, item="heat_supply"),
    ]
    result = by(STATISTICAL, rows, MARCH)
    assert figure(result, "energy_calorific", CITY, MARCH) == tce(100, 0.7143)


def test_a_statistical_return_never_enters_what_units_report_and_the_other_way_round():
    form, report = in_form("industrial_energy_use", MILL, "raw_coal", MARCH, 100.0), coal(7.0, BAKERY)
    assert by(REPORTING, [form, report], MARCH).figures.where(subject=MILL).height() == 0
    assert by(STATISTICAL, [form, report], MARCH).figures.where(subject=BAKERY).height() == 0
    unit_class = in_form("industrial_energy_use", BAKERY, "raw_coal", MARCH, 5.0, use_class="unit_report")
    told = by(STATISTICAL, [form, unit_class], MARCH)
    assert "use-class-not-allowed" in codes(told)
    assert figure(told, "energy_calorific", CITY, MARCH) == tce(100, 0.7143)


def test_feedstock_stays_in_the_energy_is_told_apart_and_is_not_burned():
    rows = [coal(100.0), coal(40.0, indicator="energy_feedstock_use")]
    reported, burned = by(REPORTING, rows, MARCH), by(CO2, rows, MARCH)
    assert figure(reported, "energy_calorific", MILL, MARCH) == tce(100, 0.7143)
    assert figure(reported, "energy_feedstock", MILL, MARCH) == tce(40, 0.7143)
    all_burned = figure(by(CO2, [coal(60.0)], MARCH), "co2", MILL, MARCH)
    assert abs(figure(burned, "co2", MILL, MARCH) - all_burned) <= 1  # each row is rounded by itself


@pytest.mark.parametrize(
    ("month", "electricity", "heat"), [("2022-01", 788_000, 110_000), ("2022-03", 420_000, 60_000)]
)
def test_the_factors_of_shanghai_changed_in_february_2022(month, electricity, heat):
    rows = [
        said("energy_consumption", MILL, "electricity", month, 1.0),
        said("energy_consumption", MILL, "heat", month, 1.0),
    ]
    result = by(CO2, rows, month, scheme="shanghai_ets")
    assert [figure(result, column, MILL, month) for column in ("co2_electricity", "co2_heat")] == [electricity, heat]


def test_the_month_of_the_change_is_found_for_electricity_and_heat_and_left_empty():
    rows = [said("energy_consumption", MILL, carrier, "2022-02", 1.0) for carrier in ("electricity", "heat", "diesel")]
    result = by(CO2, rows, "2022-02", scheme="shanghai_ets")
    assert codes(result).count("factor-straddled") == 2
    assert (figure(result, "co2_missing", MILL, "2022-02"), figure(result, "co2_fuel_missing", MILL, "2022-02")) == (
        2,
        0,
    )


def test_green_power_changes_the_total_of_a_scheme_that_has_a_value_for_it_and_of_no_other():
    rows = [said("energy_consumption", MILL, "electricity", MARCH, 100.0), green(MILL, MARCH, 30.0),
            green(MILL, MARCH, 20.0, "intra_provincial")]  # fmt: skip
    ets, city = by(CO2, rows, MARCH, scheme="shanghai_ets"), by(CO2, rows, MARCH)
    assert figure(ets, "co2_scheme", MILL, MARCH) == figure(ets, "co2", MILL, MARCH) - 30 * 420_000
    assert figure(city, "co2_scheme", MILL, MARCH) == figure(city, "co2", MILL, MARCH) == 100 * 573_700
    assert {figure(result, "green_electricity_use", MILL, MARCH) for result in (ets, city)} == {50_000}


def test_green_power_before_the_notice_has_no_value_and_blocks():
    result = by(CO2, [green(MILL, "2023-05", 30.0)], "2023-05", scheme="shanghai_ets")
    assert "factor-not-found" in codes(result)
    assert figure(result, "co2_scheme", MILL, "2023-05") is None


# ---- what has no part in a result


def test_a_row_without_a_part_in_a_result_is_an_exact_zero_that_explains_itself():
    given = inputs([coal(100.0), said("process_activity", MILL, "lime", MARCH, 5.0)])
    result = by(CO2, given, MARCH)
    assert [figure(result, f"co2_process{rest}", MILL, MARCH) for rest in ("", "_missing")] == [3_415_000, 0]
    told = why(result, given, f"co2_process@{MILL}@{MARCH}@energy_consumption:raw_coal")
    (step,) = told["steps"]
    assert (step["formula"], step["inputs"], step["value"]) == ("round(0 * 1000000)", {}, 0)
    assert packs().has_clause(step["clause"])
    assert told["factors"] == []


def test_a_gap_is_missing_where_it_would_have_counted_and_nowhere_else():
    rows = [row for row in all_year([coal(100.0), said("process_activity", MILL, "lime", MARCH, 5.0)])
            if (row["carrier"], row["period_start"].month) != ("lime", 5)]  # fmt: skip
    result = by(CO2, rows)
    missing = {name: figure(result, f"{name}_missing", CITY) for name in ("co2", "co2_process", "co2_fuel", "co2_heat")}
    assert missing == {"co2": 1, "co2_process": 1, "co2_fuel": 0, "co2_heat": 0}
    (gap,) = result.gaps
    assert (str(gap.line), str(gap.period)) == ("process_activity:lime", "2024-05")


def test_a_line_that_a_unit_never_states_is_not_owed():
    assert by(CO2, all_year([coal(100.0), coal(1.0, BAKERY)])).gaps == ()


def test_rows_that_a_scheme_has_no_factor_for_are_named_and_in_no_sum():
    rows = [coal(100.0), said("process_activity", MILL, "lime", MARCH, 5.0), green(MILL, MARCH, 3.0, "abroad")]
    result = by(CO2, rows, MARCH, scheme="shanghai_ets")
    left_out = [finding.fields["carrier"] for finding in result.findings if finding.code == "carrier-left-out"]
    assert left_out == ["green_electricity::abroad", "process_activity:lime"]
    assert figure(result, "rows", MILL, MARCH) == 1


# ---- what a unit measured


def test_a_measured_calorific_value_takes_the_place_of_the_default():
    assert energy([coal(), measured(22.1)]) == round(100 * 22.1 / 29.3076 * 1_000_000)
    burned = figure(by(CO2, [coal(), measured(22.1)], MARCH), "co2", MILL, MARCH)
    assert burned == round(100 * 22.1 * 0.02637 * 0.94 * (44 / 12) * 1_000_000)


def test_a_value_of_the_year_holds_for_its_months_and_gives_way_to_one_of_the_month():
    rows = [*all_year([coal()]), measured(22.1, period="2024"), measured(20.0)]
    result = by(REPORTING, rows)
    monthly = [figure(result, "energy_calorific", MILL, month) for month in ("2024-02", "2024-03")]
    assert monthly == [round(100 * value / 29.3076 * 1_000_000) for value in (22.1, 20.0)]
    assert energy([coal(month="2023-03"), measured(22.1, period="2024")], "2023-03") == tce(100, 0.7143)


def test_a_value_measured_elsewhere_or_of_another_carrier_changes_nothing():
    diesel = measured(30.0, unit="GJ/t") | {"carrier": "diesel"}
    assert energy([coal(), measured(22.1, facility=BAKERY), diesel]) == tce(100, 0.7143)


def test_the_form_takes_the_factor_that_the_firm_adopted_and_the_report_what_it_measured():
    adopted = measured(0.75, indicator="measured_coal_equivalent_factor")
    form = {"coverage": "above_scale_industry", "use_class": "individual_statistics"}
    rows = [in_form("industrial_energy_use", MILL, "raw_coal", MARCH, 100.0), adopted | form, measured(22.1) | form]
    assert figure(by(STATISTICAL, rows, MARCH), "energy_calorific", MILL, MARCH) == 75_000_000
    assert energy([coal(), adopted, measured(22.1)]) == round(100 * 22.1 / 29.3076 * 1_000_000)
    assert energy([coal(), adopted]) == 75_000_000


def test_a_measured_value_in_another_unit_is_converted_in_a_step_that_shows_its_cell():
    given = inputs([coal(), measured(22100.0, unit="MJ/t")])
    told = why(by(REPORTING, given, MARCH), given, f"energy_calorific@{MILL}@{MARCH}@energy_consumption:raw_coal")
    converted = next(step for step in told["steps"] if step["column"] == "measured_net_calorific_value")
    assert (converted["value"], converted["unit"]) == (22.1, "GJ/t")
    assert converted["inputs"]["stated_measured_net_calorific_value"]["ref"] == "cell:book!sheet!F2"
    assert converted["inputs"]["units_per_stated_measured_net_calorific_value"]["ref"] == "entry:unit#MJ/t"
    assert [factor["entry"] for factor in told["factors"]] == ["MJ/t"]
    assert told["value"] == energy([coal(), measured(22.1)])


def test_a_value_measured_later_changes_nothing_known_earlier():
    rows = [coal(), measured(22.1, published=NOW)]
    assert energy(rows, known_on=THEN) == tce(100, 0.7143)
    assert energy(rows) == energy([coal(), measured(22.1)])


def test_a_value_from_a_class_that_the_scheme_may_not_use_is_left_and_named():
    result = by(REPORTING, [coal(), measured(22.1, use_class="individual_statistics")], MARCH)
    assert figure(result, "energy_calorific", MILL, MARCH) == tce(100, 0.7143)
    assert "use-class-not-allowed" in codes(result)


def test_a_value_in_a_unit_of_another_kind_or_stated_twice_is_refused():
    with pytest.raises(Refusal, match="unit-mismatch"):
        energy([coal(), measured(22.1, unit="GJ/10^4 Nm3")])
    first, second = measured(22.1), measured(23.0, period="2024")
    with pytest.raises(Refusal, match="observed-twice"):
        energy([coal(), first, second, second | {"period_end": date(2024, 7, 1)}])


def test_a_month_filled_from_its_neighbours_takes_the_value_measured_for_it():
    rows = [row for row in all_year([coal()]) if row["period_start"].month != 5] + [measured(22.1, period="2024")]
    given = inputs(rows)
    filled = replace(parameters(REPORTING), fill="adjacent_mean")
    result = run(REPORTING, packs(), given, filled)
    assert figure(result, "energy_calorific", MILL, "2024-05") == round(100 * 22.1 / 29.3076 * 1_000_000)
    told = why(result, given, f"energy_calorific@{MILL}@2024-05@energy_consumption:raw_coal")
    assert told["steps"][0]["formula"] == "(before + after) / 2"
    assert [fill["line"] for fill in told["fills"]] == ["energy_consumption:raw_coal"]


# ---- lines

MIXED = [
    coal(100.0), coal(30.0, indicator="energy_feedstock_use"), coal(9.0, BAKERY), measured(22.1),
    said("energy_consumption", MILL, "electricity", MARCH, 10.0, unit="10^4 kWh"),
    said("energy_supplied", MILL, "heat", MARCH, 50.0), green(MILL, MARCH, 40.0),
    said("process_activity", BAKERY, "lime", MARCH, 5.0),
]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (Line("diesel"), "diesel"),
        (Line("heat", "energy_supplied"), "energy_supplied:heat"),
        (Line("heat", "transformation_output", "heat_supply"), "transformation_output:heat:heat_supply"),
        (Line(None, "green_electricity", "inter_provincial"), "green_electricity::inter_provincial"),
        (Line(None, "output_value"), "output_value:"),
    ],
)
def test_a_line_is_read_as_it_is_written(line, text):
    assert (str(line), Line.parse(text)) == (text, line)


def test_a_line_is_said_in_words():
    told = Line("heat", "energy_supplied").label(packs())
    assert told == {"zh": "向外供出能源量 · 热力", "en": "Energy supplied to others · Heat"}
    assert Line("diesel").label(packs())["zh"] == "柴油"
    assert Line("x", "unheard_of", "y").label(packs())["en"] == "unheard_of · x · y"


@pytest.mark.parametrize("scheme", ["city_inventory", "shanghai_ets"])
@pytest.mark.parametrize("column", ["co2", "co2_fuel", "co2_heat", "co2_scheme", "green_electricity_use"])
def test_every_figure_of_several_indicators_is_explained_down_to_its_lines(column, scheme):
    given = inputs(all_year(MIXED[:3]) + all_year(MIXED[4:]) + [measured(22.1, period="2024")])
    result = by(CO2, given, scheme=scheme)
    for subject in (CITY, EAST, MILL):
        told = why(result, given, f"{column}@{subject}@{MARCH}")
        assert told["value"] == figure(result, column, subject, MARCH)
        for part in told["parts"]:
            assert why(result, given, part["address"])["value"] == part["value"]


def test_the_lines_of_an_area_add_up_to_it():
    given = inputs(MIXED)
    result = by(CO2, given, MARCH)
    lines = {str(Line.of(row)) for row in MIXED if row["indicator"] != "measured_net_calorific_value"}
    told = {line: why(result, given, f"co2@{CITY}@{MARCH}@{line}")["value"] for line in lines}
    assert sum(told.values()) == figure(result, "co2", CITY, MARCH)
    assert told["energy_supplied:heat"] < 0 < told["process_activity:lime"]


def test_a_line_that_the_method_does_not_have_is_refused_with_the_nearest():
    given = inputs(MIXED)
    result = by(CO2, given, MARCH)
    for line in ("raw_coal", "energy_consumption:peat", "industrial_energy_use:raw_coal", "energy_consumption"):
        with pytest.raises(Refusal, match="figure-not-found"):
            why(result, given, f"co2@{MILL}@{MARCH}@{line}")
    with pytest.raises(Refusal, match="energy_consumption:raw_coal"):
        why(result, given, f"co2@{MILL}@{MARCH}@energy_consumption:raw_cola")


def test_text_held_in_enumerations_gives_the_same_figures():
    plain, held = (by(CO2, inputs(MIXED, enumerations=kind), MARCH) for kind in (False, True))
    assert plain.receipt.figures == held.receipt.figures
    given = inputs(MIXED, enumerations=True)
    told = why(by(CO2, given, MARCH), given, f"co2@{CITY}@{MARCH}")
    assert told["value"] == figure(held, "co2", CITY, MARCH)


def test_a_figure_of_several_indicators_is_drilled_as_it_is_explained():
    given = inputs(MIXED)
    result = by(CO2, given, MARCH)
    address = Address.parse(f"co2@{EAST}@{MARCH}")
    assert drill(result, packs(), given, address)["parts"] == why(result, given, str(address))["parts"]


def test_amounts_are_compared_line_by_line():
    before, after = inputs([*MIXED]), inputs([*MIXED[:-1], green(MILL, MARCH, 7.0, "intra_provincial")])
    changed = statement_changes(*(statements(CO2, packs(), given, parameters(CO2, MARCH)) for given in (before, after)))
    told = {
        str(change.line): (change.before and change.before.amount, change.after and change.after.amount)
        for change in changed
    }
    assert told == {"green_electricity::intra_provincial": (None, 7.0), "process_activity:lime": (5.0, None)}


def test_the_same_amount_stated_twice_for_a_line_is_refused():
    twin = changed(packs(), **{"unit_co2.city_inventory": {"use_classes": ["unit_report", "twin"]}})
    with pytest.raises(Refusal, match="observed-twice"):
        by(CO2, [coal(1.0), coal(2.0, use_class="twin")], MARCH, use=twin)
