"""Statistical forms state 1-本月: the year-to-date of the period counts as a whole, and nothing of it is spread."""

from dataclasses import replace
from datetime import date

import pytest
from pydantic import ValidationError

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import MethodDefinition
from tanheng.kernel.period import Period
from tanheng.kernel.run import drill, run, statement_changes, statements
from tanheng.kernel.run.withholding import withholding
from tanheng.kernel.trace import Address
from tests.kernel.unit_methods import SCHEMES, by, in_form
from tests.kernel.world import (
    BAKERY,
    CITY,
    DALE,
    EAST,
    HILL,
    HOSPITAL,
    MILL,
    NOW,
    QUAY,
    THEN,
    WEST,
    asked,
    codes,
    directory,
    figure,
    inputs,
    located,
    packs,
    why,
)

TO_DATE, SCHEME = "unit_energy_statistical_to_date", "energy_statistics"
SCHEMES[TO_DATE] = SCHEME
SPRING, WINTER, HALF = "2024-01..2024-03", "2024-01..2024-02", "2024-01..2024-06"
ADOPTED, MEASURED = "measured_coal_equivalent_factor", "measured_net_calorific_value"


def said(indicator, facility, carrier, period, amount, **other):
    return in_form(indicator, facility, carrier, period, amount, **{"accumulation": "year_to_date"} | other)


def coal(amount, period=SPRING, facility=MILL, **other):
    return said("industrial_energy_use", facility, "raw_coal", period, amount, **other)


def adopted(value, period=SPRING, facility=MILL, **other):
    return said(ADOPTED, facility, "raw_coal", period, value, **{"unit": "tce[calorific_value]/t"} | other)


def energy(rows, subject=MILL, period=SPRING, **other):
    return figure(by(TO_DATE, rows, period, **other), "energy_calorific", subject, period)


# ---- which rows count


def test_only_the_year_to_date_of_the_period_counts_and_no_other_is_added_or_taken_away():
    rows = [coal(10.0, "2024-01"), coal(40.0, WINTER), coal(100.0), coal(500.0, HALF), coal(7.0, "2023-01..2023-03")]
    assert energy(rows) == 100 * 714_300
    assert energy(rows, period=WINTER) == 40 * 714_300
    assert energy(rows, period="2024-01") == 10 * 714_300


def test_amounts_of_months_are_not_read_beside_year_to_dates():
    months = [in_form("industrial_energy_use", MILL, "raw_coal", month, 9.0) for month in ("2024-01", "2024-02")]
    assert energy([coal(100.0), *months]) == 71_430_000
    with pytest.raises(Refusal, match="no-activity-data"):
        by(TO_DATE, months, SPRING)


def test_figures_stand_for_the_whole_period_only_at_every_level():
    result = by(TO_DATE, [coal(100.0), coal(30.0, facility=BAKERY), coal(5.0, facility=HOSPITAL)], SPRING)
    assert set(result.figures.distinct(["period_start", "period_end"])) == {(date(2024, 1, 1), date(2024, 4, 1))}
    found = {row["subject"]: row["energy_calorific"] for row in result.figures.rows()}
    assert found[CITY] == found[EAST] + found[WEST] == 135 * 714_300
    assert found[EAST] == found[QUAY] + found[HILL] == found[MILL] + found[BAKERY]


@pytest.mark.parametrize(
    ("period", "nearest"), [("2024-03", "2024-01..2024-03"), ("2024-02..2024-06", HALF), ("2023-01..2024-03", SPRING)]
)
def test_a_period_that_does_not_begin_in_january_is_refused_with_the_one_that_does(period, nearest):
    with pytest.raises(Refusal, match="period-not-from-january") as refused:
        by(TO_DATE, [coal(100.0)], period)
    assert nearest in refused.value.next_step("en")


def test_a_filling_from_neighbouring_months_is_refused():
    with pytest.raises(Refusal, match="fill-needs-months"):
        run(TO_DATE, packs(), inputs([coal(1.0)]), replace(asked(NOW, SPRING, SCHEME), fill="adjacent_mean"))


def test_the_same_line_stated_twice_for_the_period_is_refused():
    twice = [coal(100.0), coal(90.0) | {"position": 2, "published": date(2025, 3, 1)}]
    assert energy(twice) == 90 * 714_300  # a revision is no second statement
    given = inputs(twice)
    both = replace(given, observations=given.observations.with_constant(known_to=date(2099, 1, 1)))
    with pytest.raises(Refusal, match="observed-twice"):
        by(TO_DATE, both, SPRING)


# ---- what is missing


@pytest.mark.parametrize("other", ["2024-01", WINTER, HALF])
def test_a_line_of_another_year_to_date_of_the_year_that_the_period_lacks_is_a_gap(other):
    gas = said("industrial_energy_use", MILL, "natural_gas", other, 3.0)
    result = by(TO_DATE, [coal(100.0), gas, coal(30.0, WINTER, BAKERY)], SPRING)
    told = {(gap.facility, str(gap.line), str(gap.period)) for gap in result.gaps}
    assert told == {
        (MILL, "industrial_energy_use:natural_gas", SPRING),
        (BAKERY, "industrial_energy_use:raw_coal", SPRING),
    }
    assert codes(result).count("gap") == 2
    assert figure(result, "energy_calorific_missing", CITY, SPRING) == 2
    assert figure(result, "energy_calorific", BAKERY, SPRING) is None


def test_what_last_year_or_a_month_stated_is_not_owed():
    rows = [coal(100.0), said("industrial_energy_use", MILL, "diesel", "2023", 3.0),
            in_form("industrial_energy_use", MILL, "natural_gas", "2024-02", 1.0)]  # fmt: skip
    assert by(TO_DATE, rows, SPRING).gaps == ()


def test_a_unit_that_was_gone_before_the_last_month_owes_nothing_for_it():
    where = directory(located(MILL, QUAY), located(BAKERY, HILL, end=date(2024, 3, 1)))
    assert by(TO_DATE, inputs([coal(1.0), coal(2.0, WINTER, BAKERY)], where), SPRING).gaps == ()
    open_still = directory(located(MILL, QUAY), located(BAKERY, HILL))
    assert len(by(TO_DATE, inputs([coal(1.0), coal(2.0, WINTER, BAKERY)], open_still), SPRING).gaps) == 1


def test_a_statement_published_later_is_neither_counted_nor_owed_before():
    rows = [coal(100.0), coal(120.0, position=2, published=NOW),
            said("industrial_energy_use", MILL, "natural_gas", WINTER, 3.0, published=NOW)]  # fmt: skip
    then = by(TO_DATE, rows, SPRING, known_on=THEN)
    assert (figure(then, "energy_calorific", MILL, SPRING), then.gaps) == (71_430_000, ())
    now = by(TO_DATE, rows, SPRING)
    assert (figure(now, "energy_calorific", MILL, SPRING), len(now.gaps)) == (120 * 714_300, 1)


# ---- where it counts, and by which factor


def test_a_unit_that_moved_counts_where_its_last_month_lay_and_not_in_parts():
    where = directory(located(MILL, QUAY, end=date(2024, 2, 10)), located(MILL, DALE, date(2024, 2, 10)))
    given = inputs(
        [coal(100.0), coal(8.0, facility=BAKERY)], replace(where, relations=(*where.relations, located(BAKERY, HILL)))
    )
    result = by(TO_DATE, given, SPRING)
    assert figure(result, "energy_calorific", WEST, SPRING) == 71_430_000
    assert figure(result, "energy_calorific", EAST, SPRING) == 8 * 714_300
    told = why(result, given, f"energy_calorific@{WEST}@{SPRING}")
    assert [part["address"] for part in told["parts"]] == [f"energy_calorific@{DALE}@{SPRING}"]


def test_a_unit_that_opened_within_the_period_counts_where_it_opened():
    where = directory(located(MILL, QUAY, date(2024, 2, 15)))
    result = by(TO_DATE, inputs([coal(100.0)], where), SPRING)
    assert figure(result, "energy_calorific", QUAY, SPRING) == 71_430_000
    assert "not-located" not in codes(result)


def test_the_factor_that_the_firm_adopted_in_the_same_form_takes_the_place_of_the_default():
    assert energy([coal(100.0), adopted(0.65, WINTER), adopted(0.7)]) == 70_000_000
    assert energy([coal(100.0), adopted(0.65, WINTER)]) == 71_430_000
    assert energy([coal(100.0), adopted(0.65, "2024", accumulation="year")]) == 65_000_000
    assert energy([coal(100.0), adopted(0.65, "2024", accumulation="year"), adopted(0.7)]) == 70_000_000
    of_a_month = adopted(0.65, "2024-01") | {"accumulation": "month"}
    assert energy([coal(100.0), of_a_month]) == 71_430_000


def test_a_factor_of_the_year_governs_the_period_that_lies_in_it():
    power = said("industrial_energy_use", MILL, "electricity", SPRING, 10.0, unit="10^4 kWh")
    result = by(TO_DATE, [power], SPRING)
    assert figure(result, "energy_calorific", MILL, SPRING) == 100 * 122_900


# ---- why


FIRM = [
    coal(100.0, source="205-1!I8"), adopted(0.7, source="205-1!N8"),
    said("industrial_energy_use", MILL, "heat", SPRING, 1500.0),
    said("transformation_output", MILL, "heat", SPRING, 1500.0), coal(30.0, facility=BAKERY),
    coal(20.0, WINTER, HOSPITAL),
]  # fmt: skip


def test_every_figure_is_explained_down_to_the_cells_and_taken_apart_alike():
    given = inputs(FIRM)
    result = by(TO_DATE, given, SPRING)
    assert figure(result, "energy_calorific", MILL, SPRING) == 70_000_000
    for subject in (CITY, EAST, QUAY, MILL):
        address = f"energy_calorific@{subject}@{SPRING}"
        told = why(result, given, address)
        assert told["value"] == figure(result, "energy_calorific", subject, SPRING)
        for part in told["parts"]:
            assert why(result, given, part["address"])["value"] == part["value"]
        if subject != MILL:
            assert drill(result, packs(), given, Address.parse(address))["parts"] == told["parts"]
    line = why(result, given, f"energy_calorific@{MILL}@{SPRING}@industrial_energy_use:raw_coal")
    cells = {term["ref"] for step in line["steps"] for term in step["inputs"].values()}
    assert {"cell:205-1!I8", "cell:205-1!N8"} <= cells
    (gap,) = why(result, given, f"energy_calorific@{CITY}@{SPRING}")["gaps"]
    assert (gap["subject"], gap["period"]) == (HOSPITAL, SPRING)


@pytest.mark.parametrize("period", ["2024-01", WINTER, "2024-03"])
def test_a_part_of_the_period_has_no_figure(period):
    given = inputs(FIRM)
    with pytest.raises(Refusal, match="figure-not-found"):
        why(by(TO_DATE, given, SPRING), given, f"energy_calorific@{MILL}@{period}")


def test_amounts_are_compared_by_line_over_the_period_alone():
    before, after = inputs(FIRM), inputs([*FIRM[:4], coal(31.0, facility=BAKERY), coal(21.0, WINTER, HOSPITAL)])
    told = [statements(TO_DATE, packs(), given, asked(NOW, SPRING, SCHEME)) for given in (before, after)]
    (change,) = statement_changes(*told)
    assert (change.facility, str(change.period), change.before.amount, change.after.amount) == (BAKERY, SPRING, 30, 31)


def test_an_area_of_fewer_than_three_firms_is_withheld_and_units_always_are():
    given = inputs([coal(100.0), coal(90.0, facility=BAKERY), coal(80.0, facility=HOSPITAL)])
    result = by(TO_DATE, given, SPRING)
    held = withholding(result.figures, packs(), given.directory, result.receipt.as_json())
    assert held.shown == {CITY}
    assert set(held.figures(result.figures).where_present("energy_calorific").values("subject")) == {CITY}


# ---- the definition


@pytest.mark.parametrize(
    "change",
    [
        {"reads": [{"indicator": "a", "accumulation": "month"}, {"indicator": "b", "accumulation": "year_to_date"}]},
        {"reads": [{"indicator": "a", "accumulation": "quarter"}]},
        {"beside": [{"indicator": MEASURED, "accumulation": "month"}]},
        {"beside": [{"indicator": MEASURED, "accumulation": "quarter"}]},
    ],
)
def test_a_definition_that_mixes_months_and_year_to_dates_is_refused(change):
    kept = packs().get(MethodDefinition, TO_DATE).model_dump() | change
    with pytest.raises(ValidationError):
        MethodDefinition.model_validate(kept)


def test_the_method_by_months_is_the_same_arithmetic():
    month, to_date = (packs().get(MethodDefinition, id) for id in ("unit_energy_statistical", TO_DATE))
    assert (month.function, month.results, month.clause) == (to_date.function, to_date.results, to_date.clause)
    assert [reads.indicator for reads in month.reads] == [reads.indicator for reads in to_date.reads]
    assert not month.reads_to_date and to_date.reads_to_date
    assert Period.parse(SPRING) == Period.parse("2024Q1")
