"""A run sums what was reported where it was reported, counts what is missing, and leaves nothing out in silence."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from tanheng.kernel.faults import Refusal, Severity
from tanheng.kernel.pack import Carriers, Definition, Factor, MethodDefinition, PackSet
from tanheng.kernel.period import Period
from tanheng.kernel.run import Parameters
from tanheng.kernel.subject import Area, Directory
from tests.kernel.world import (
    BAKERY,
    CITY,
    DALE,
    EAST,
    HILL,
    HOSPITAL,
    LONG_AGO,
    METHOD,
    MILL,
    MONTHS,
    NOW,
    QUAY,
    REVISED,
    SETTLED,
    THEN,
    WEST,
    YEAR,
    asked,
    changed,
    codes,
    computed,
    directory,
    every_month,
    figure,
    inputs,
    located,
    packs,
    stated,
    words,
)  # fmt: skip

JULY = date(2024, 7, 1)
REPORT = [*every_month(MILL, "diesel", 2.0), *every_month(BAKERY, "diesel", 1.0), *every_month(HOSPITAL, "diesel", 5.0)]


def grams(tonnes):
    """CO2 of some diesel: amount x GJ/t x tC/GJ x oxidation x 44/12, put once on the grid."""
    return round(Fraction(tonnes) * Fraction("42.652") * Fraction("0.0202") * Fraction("0.98") * 44 / 12 * 1_000_000)


def without(rows, *months):
    return [row for row in rows if row["period_start"].month not in months]


def missing(result, subject, period=YEAR):
    return figure(result, "co2_missing", subject, period)


def test_a_year_is_the_sum_of_its_months_at_every_level():
    result = computed(REPORT)
    for subject in (MILL, QUAY, EAST, CITY):
        assert figure(result, "co2", subject) == sum(figure(result, "co2", subject, month) for month in MONTHS)
    assert figure(result, "co2", EAST, "2024-03") == grams(2) + grams(1)


def test_every_figure_stands_once():
    for period in (YEAR, Period.month(2024, 3), Period.parse("2024Q1")):
        figures = computed(REPORT, asked(period=period)).figures
        assert len(figures.distinct(list(figures.keys))) == figures.height()


def test_the_whole_of_one_month_is_that_month():
    result = computed(REPORT, asked(period="2024-03"))
    assert result.figures.where(level="city").height() == 1
    assert figure(result, "co2", CITY, "2024-03") == figure(computed(REPORT), "co2", CITY, "2024-03")


def test_a_run_of_two_years_has_the_months_and_the_whole():
    both = [*REPORT, *every_month(MILL, "diesel", 4.0, Period.year(2023))]
    result = computed(both, asked(period="2023..2024"))
    assert result.figures.where(level="city").height() == 25
    before = figure(computed(both, asked(period="2023")), "co2", MILL, "2023")
    assert figure(result, "co2", MILL, "2023..2024") == before + figure(computed(both), "co2", MILL)


def test_a_period_of_cut_months_is_refused():
    for period in ("2024-01-15..2024-03-15", "2024-01-01..2024-01-31"):
        with pytest.raises(Refusal, match="period-not-months"):
            computed(REPORT, asked(period=period))


# ---- what is not there


def test_a_month_that_was_not_reported_is_missing_in_every_sum_above_it_and_named():
    result = computed([*without(every_month(MILL, "diesel", 2.0), 5), *every_month(BAKERY, "diesel", 1.0)])
    assert [missing(result, subject) for subject in (MILL, QUAY, EAST, CITY, BAKERY)] == [1, 1, 1, 1, 0]
    assert figure(result, "co2", MILL, "2024-05") is None
    assert [(gap.facility, str(gap.line), str(gap.period)) for gap in result.gaps] == [(MILL, "diesel", "2024-05")]
    (finding,) = [finding for finding in result.findings if finding.code == "gap"]
    assert finding.fields["periods"] == "2024-05"


def test_a_gap_is_found_in_a_snapshot_that_holds_its_text_as_enumerations():
    rows = [row | {"unit": "kg"} for row in without(every_month(MILL, "diesel", 2000.0), 5)]
    plain, held = computed(inputs(rows)), computed(inputs(rows, enumerations=True))
    assert plain.receipt.figures == held.receipt.figures
    assert missing(held, CITY) == 1


def test_a_facility_that_reports_nothing_is_nowhere_in_the_figures():
    result = computed(inputs(every_month(MILL, "diesel", 2.0), enumerations=True))
    assert result.figures.where(subject=HOSPITAL).height() == 0


def test_zero_reported_is_not_missing():
    rows = every_month(MILL, "diesel", 2.0)
    rows[4] = rows[4] | {"stated_amount": 0.0}
    result = computed(rows)
    assert (missing(result, MILL), figure(result, "co2", MILL, "2024-05"), result.gaps) == (0, 0, ())


def test_an_amount_that_was_left_empty_is_missing():
    rows = every_month(MILL, "diesel", 2.0)
    rows[4] = rows[4] | {"stated_amount": None}
    assert missing(computed(rows), CITY) == 1


def test_a_carrier_that_a_facility_never_reports_is_not_owed():
    assert computed([*every_month(MILL, "diesel", 2.0), *every_month(BAKERY, "lpg", 2.0)]).gaps == ()


def test_a_facility_owes_nothing_before_it_opens_or_after_it_closes():
    open_for_a_while = directory(located(MILL, QUAY, date(2024, 3, 1), JULY))
    result = computed(inputs(every_month(MILL, "diesel", 2.0, Period.parse("2024-03..2024-05")), open_for_a_while))
    assert [str(gap.period) for gap in result.gaps] == ["2024-06"]


def test_one_amount_stated_twice_is_refused():
    rows = [*every_month(MILL, "diesel", 2.0), stated(MILL, "diesel", "2024-03", 9.0, use_class="twin")]
    with pytest.raises(Refusal, match="observed-twice"):
        computed(rows, use=twin())


def test_a_month_stated_twice_does_not_hide_a_month_not_stated():
    rows = [*without(every_month(MILL, "diesel", 2.0), 5), stated(MILL, "diesel", "2024-03", 2.0, use_class="twin")]
    with pytest.raises(Refusal, match="observed-twice"):
        computed(rows, use=twin())


def twin():
    return changed(packs(), **{"unit_energy_and_co2.city_inventory": {"use_classes": ["unit_report", "twin"]}})


def test_nothing_at_all_is_refused():
    for rows in ([], every_month(MILL, "diesel", 2.0, Period.year(2023))):
        with pytest.raises(Refusal, match="no-activity-data"):
            computed(rows)


# ---- what may enter


def test_a_statistical_return_does_not_enter_an_inventory_and_is_named():
    secret = every_month(BAKERY, "diesel", 1.0, use_class="statistics")
    result = computed([*every_month(MILL, "diesel", 2.0), *secret])
    (finding,) = [finding for finding in result.findings if finding.code == "use-class-not-allowed"]
    assert finding.fields["rows"] == 12
    assert figure(result, "co2", CITY) == figure(result, "co2", MILL)


def test_another_coverage_accumulation_or_indicator_does_not_enter():
    for other in ({"coverage": "above_scale"}, {"accumulation": "year_to_date"}, {"indicator": "output"}):
        result = computed([*REPORT, *every_month(MILL, "lpg", 9.0, **other)])
        assert result.receipt.figures == computed(REPORT).receipt.figures


def test_a_carrier_that_the_method_has_no_steps_for_is_named_and_in_no_sum():
    steam = {"id": "steam", "label": words("steam"), "unit": "GJ", "kind": "heat"}
    more = Carriers.model_validate({"id": "heat", "label": words("heat"), "carriers": [steam]})
    use = PackSet((*packs().definitions, Definition("x", "x", more)), packs().hashes)
    result = computed([*REPORT, *every_month(MILL, "steam", 9.0, unit="GJ")], use=use)
    assert "carrier-left-out" in codes(result)
    assert "carrier-left-out" not in codes(computed(REPORT))
    assert figure(result, "co2", CITY) == figure(computed(REPORT), "co2", CITY)


def test_a_carrier_that_no_pack_has_is_refused():
    with pytest.raises(Refusal, match="definition-missing"):
        computed([*REPORT, *every_month(MILL, "peat", 9.0)])


def test_packs_without_fuels_still_account_electricity():
    kept = [carrier for carrier in packs().carriers.values() if carrier.kind == "electricity"]
    result = computed(every_month(MILL, "electricity", 1.0), use=changed(packs(), carriers={"carriers": kept}))
    assert figure(result, "co2", CITY) == 12 * 584900


# ---- where


def test_the_months_of_a_moved_facility_count_where_it_stood():
    moved = directory(located(MILL, QUAY, LONG_AGO, JULY), located(MILL, DALE, JULY))
    result = computed(inputs(every_month(MILL, "diesel", 2.0), moved))
    halves = [figure(result, "co2", subject) for subject in (QUAY, EAST, DALE, WEST)]
    assert halves == [figure(result, "co2", CITY) / 2] * 4
    assert figure(result, "co2", MILL) == figure(result, "co2", CITY)
    assert result.figures.where(subject=QUAY).height() == 7


def test_a_town_that_changes_district_takes_its_months_along():
    moved = directory(located(MILL, QUAY), located(QUAY, EAST, LONG_AGO, JULY), located(QUAY, WEST, JULY))
    result = computed(inputs(every_month(MILL, "diesel", 2.0), moved))
    assert figure(result, "co2", EAST) == figure(result, "co2", WEST) == figure(result, "co2", QUAY) / 2


def test_a_facility_that_lies_nowhere_has_its_own_figures_and_is_named_at_every_level():
    result = computed(inputs([*every_month(MILL, "diesel", 2.0), *REPORT[12:24]], directory(located(BAKERY, HILL))))
    assert (figure(result, "co2", MILL), figure(result, "co2", CITY)) == (12 * grams(2), 12 * grams(1))
    places = [finding.place for finding in result.findings if finding.code == "not-located"]
    assert places == [f"{MILL}:{level}" for level in ("town", "district", "city")]


def test_a_facility_that_lies_in_a_district_and_no_town_counts_from_the_district_up():
    result = computed(inputs(every_month(MILL, "diesel", 2.0), directory(located(MILL, WEST))))
    assert figure(result, "co2", WEST) == figure(result, "co2", CITY)
    assert [finding.place for finding in result.findings if finding.code == "not-located"] == [f"{MILL}:town"]


def test_a_facility_in_two_towns_at_once_is_refused():
    with pytest.raises(Refusal, match="relations-overlap"):
        computed(inputs(REPORT, directory(located(MILL, QUAY), located(MILL, DALE, JULY), located(BAKERY, HILL))))


def test_a_withdrawn_relation_of_a_town_counts_its_facilities_once():
    withdrawn = directory(*SETTLED.relations, located(QUAY, WEST, JULY, JULY))
    assert computed(inputs(REPORT, withdrawn)).receipt.figures == computed(REPORT).receipt.figures


def test_a_level_above_those_of_the_method_changes_nothing():
    province = Directory(
        areas=(*SETTLED.areas, Area("area/province", words("p"), "province")), facilities=SETTLED.facilities,
        relations=(*SETTLED.relations, located(CITY, "area/province")),
    )  # fmt: skip
    assert computed(inputs(REPORT, province)).receipt.figures == computed(REPORT).receipt.figures


# ---- how much


@pytest.mark.parametrize("amount", [float("nan"), float("inf"), -float("inf"), 2e11, 9e300])
def test_an_amount_that_is_no_number_or_beyond_the_world_is_refused(amount):
    with pytest.raises(Refusal, match="sum-too-large"):
        computed([stated(MILL, "natural_gas", "2024-03", amount)], asked(period="2024-03"))


def test_many_large_amounts_are_refused_before_their_sum_wraps_around():
    rows = [*every_month(MILL, "natural_gas", 5e9), *every_month(BAKERY, "natural_gas", 5e9)]
    with pytest.raises(Refusal, match="sum-too-large"):
        computed(rows)


def test_a_large_city_that_reports_in_kilowatt_hours_is_not_refused():
    result = computed([stated(MILL, "electricity", "2024-03", 1.2e12, unit="kWh")], asked(period="2024-03"))
    assert figure(result, "co2", CITY, "2024-03") == 701_880_000_000_000


def test_a_negative_amount_takes_away_what_it_says():
    rows = [stated(MILL, "diesel", "2024-03", -3.0), stated(BAKERY, "diesel", "2024-03", 3.0)]
    assert figure(computed(rows, asked(period="2024-03")), "co2", CITY, "2024-03") == 0


# ---- what was known


def test_a_revision_counts_from_its_publication_on_and_changes_nothing_known_earlier():
    revised = stated(MILL, "diesel", "2024-03", 9.0, published=REVISED, position=2)
    before, after = computed(REPORT), computed([*REPORT, revised])
    assert before.receipt.figures == after.receipt.figures
    assert figure(computed([*REPORT, revised], asked(REVISED)), "co2", MILL, "2024-03") == grams(9)
    day_before = date(2026, 4, 14)
    assert (
        computed([*REPORT, revised], asked(day_before)).receipt.figures
        == computed(REPORT, asked(day_before)).receipt.figures
    )


def test_what_nobody_has_published_yet_is_not_known():
    with pytest.raises(Refusal, match="no-activity-data"):
        computed(REPORT, asked(date(2025, 2, 19)))


def test_the_receipt_names_the_entries_that_were_looked_up_and_all_that_was_asked():
    receipt = computed(every_month(MILL, "electricity", 1.0), asked(NOW)).receipt
    assert receipt.entries["grid_electricity_average"] == ("shanghai-2023",)
    assert receipt.parameters == Parameters(YEAR, "city_inventory", NOW, 1)
    assert Parameters.of_json(receipt.as_json()["parameters"]) == receipt.parameters
    assert receipt.as_json()["inputs"] == {"observations": "o", "directory": "d"}


def test_a_carried_value_is_noted_and_an_unverified_one_is_a_warning():
    result = computed(every_month(MILL, "electricity", 1.0))
    severities = {finding.code: str(finding.severity) for finding in result.findings}
    assert severities == {"factor-carried-forward": "note", "factor-unverified": "warning"}
    assert figure(result, "energy_coal_equivalent_unverified", CITY) is True
    assert figure(result, "co2_unverified", CITY) is False


def test_a_month_without_a_factor_is_a_blocker_and_a_missing_value():
    result = computed(every_month(MILL, "electricity", 1.0, Period.year(2025)), asked(THEN, "2025"))
    (finding,) = [finding for finding in result.findings if finding.code == "factor-not-found"]
    assert (finding.fields["factor"], finding.fields["period"]) == ("grid_electricity_average", "2025")
    assert (figure(result, "co2", CITY, "2025"), missing(result, CITY, Period.year(2025))) == (None, 12)
    assert figure(result, "energy_calorific", CITY, "2025") == 12 * 122900


# ---- how it is asked


def test_a_method_a_scheme_a_role_or_a_key_that_is_not_there_is_refused():
    use = "unit_energy_and_co2.city_inventory"
    roles = {"coal_equivalent_factor": "coal_equivalent_factor"}
    for scheme, packs_used, code in (
        ("national_ets", packs(), "scheme-unknown"),
        ("city_inventory", changed(packs(), **{use: {"given": {}}}), "definition-missing"),
        ("city_inventory", changed(packs(), **{use: {"factors": roles}}), "definition-missing"),
        ("city_inventory", changed(packs(), oxidation_rate={"schemes": ["other"]}), "factor-not-for-scheme"),
    ):
        with pytest.raises(Refusal, match=code):
            computed(REPORT, asked(scheme=scheme), packs_used)


def test_what_a_clause_says_and_a_method_does_not_do_blocks_the_result():
    told = {"zh": "未扣除外供热力。", "en": "Heat passed on is not deducted."}
    items = packs().definitions
    methods = [item for item in items if isinstance(item.value, MethodDefinition) and item.value.id == METHOD]
    (method,) = methods
    changed_method = MethodDefinition.model_validate(method.value.model_dump() | {"not_expressed": [told]})
    others = [item for item in items if item not in methods]
    use = PackSet((*others, Definition(method.pack, method.place, changed_method)), packs().hashes)
    (found,) = [item for item in computed(REPORT, use=use).findings if item.code == "not-expressed"]
    assert found.severity is Severity.BLOCKER
    assert told["zh"] in found.message("zh") and told["en"] in found.message("en")


def test_a_factor_by_carrier_and_region_takes_the_region_that_is_given():
    table = packs().get(Factor, "grid_electricity_average")
    entries = [entry.model_copy(update={"keys": {**entry.keys, "carrier": "electricity"}}) for entry in table.entries]
    keyed = changed(packs(), grid_electricity_average={"keys": ["carrier", "grid_region"], "entries": entries})
    rows = every_month(MILL, "electricity", 1.0)
    assert computed(rows, use=keyed).receipt.figures == computed(rows).receipt.figures


def test_the_month_in_which_a_facility_opens_belongs_where_it_opens():
    opened = directory(located(MILL, QUAY, date(2024, 6, 15)), located(BAKERY, HILL), located(HOSPITAL, DALE))
    rows = every_month(MILL, "diesel", 1.0, Period.parse("2024-06..2024-12"))
    result = computed(inputs(rows, opened))
    assert "not-located" not in {finding.code for finding in result.findings}
    assert figure(result, "rows", QUAY) == figure(result, "rows", CITY) == 7


def test_a_month_in_which_a_facility_moves_belongs_where_it_lay_on_the_first():
    day = date(2024, 6, 15)
    moved = directory(
        located(MILL, QUAY, end=day), located(MILL, HILL, day), located(BAKERY, HILL), located(HOSPITAL, DALE)
    )
    result = computed(inputs(every_month(MILL, "diesel", 1.0), moved))
    assert (figure(result, "rows", QUAY), figure(result, "rows", HILL)) == (6, 6)


def test_a_factor_off_by_orders_of_magnitude_is_refused_and_not_wrapped_around():
    factor = packs().get(Factor, "oxidation_rate")
    huge = [entry.model_copy(update={"value": Decimal("1e18")}) for entry in factor.entries]
    wrong = factor.model_copy(update={"entries": tuple(huge)})
    use = PackSet(
        tuple(
            Definition(item.pack, item.place, wrong) if item.value is factor else item for item in packs().definitions
        ),
        packs().hashes,
    )
    with pytest.raises(Refusal) as refusal:
        computed(every_month(MILL, "diesel", 1000.0), use=use)
    assert refusal.value.code == "result-too-large"


def test_a_period_without_reports_is_told_which_months_have_some():
    with pytest.raises(Refusal) as refused:
        computed(every_month(MILL, "diesel", 2.0), asked(period=Period.year(2022)))
    assert "there are data for 2024" in refused.value.message("en")
