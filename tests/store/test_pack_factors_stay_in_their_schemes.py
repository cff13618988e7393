"""A value fit for one scheme is refused in another; a value of one era never governs the next."""

from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from tanheng.kernel.faults import Finding, Refusal
from tanheng.kernel.pack import Choice, Factor, InstrumentShape, MethodUse, PackSet, choose
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import Unit
from tanheng.store import load_packs
from tanheng.store.home import SHIPPED_PACKS

NOW = date(2026, 11, 21)


@cache
def packs() -> PackSet:
    return load_packs(folders=[SHIPPED_PACKS])


def asked(id: str, period: str, scheme: str, known_on: date = NOW, **keys: str) -> Choice | Finding:
    return choose(packs().get(Factor, id), keys, Period.parse(period), scheme=scheme, known_on=known_on)


def value(id: str, period: str, scheme: str, known_on: date = NOW, **keys: str) -> str:
    answer = asked(id, period, scheme, known_on, **keys)
    return str(answer.value) if isinstance(answer, Choice) else answer.code


# ---- the two families of calorific values

# the standard counts 4.1868 kJ to the kilocalorie, the guides a little less
RESTING_ON_THE_KILOCALORIE = {
    "cleaned_coal", "coke", "crude_oil", "diesel", "fuel_oil", "gasoline", "kerosene", "lpg",
    "other_washed_coal", "refinery_gas",
}  # fmt: skip


def test_no_scheme_has_both_families_of_calorific_values():
    guides, standard = (packs().get(Factor, f"net_calorific_value{end}") for end in ("", "_gbt_2589"))
    assert not set(guides.schemes) & set(standard.schemes)


def test_a_fuel_that_both_families_know_keeps_them_apart_by_clause_and_by_value():
    guides, standard = (
        {entry.keys["carrier"]: entry for entry in packs().get(Factor, f"net_calorific_value{end}").entries}
        for end in ("", "_gbt_2589")
    )
    same = {carrier for carrier, entry in standard.items() if guides[carrier].clause == entry.clause}
    # for these the standard's value is the only one at hand, and each entry says so
    assert same == {"raw_coal", "lng", "hydrogen", "methanol", "ethanol", "biogas"}
    for carrier in RESTING_ON_THE_KILOCALORIE:
        assert 1 < standard[carrier].value / guides[carrier].value < Decimal("1.003"), carrier


# ---- electricity by kind


KINDS = {
    "grid_electricity_average": "city_inventory",
    "grid_electricity_residual": "market_based",
    "grid_electricity_fossil": "fossil_power",
    "grid_electricity_reporting_default": "national_ets",
    "grid_electricity_footprint": "product_footprint",
    "grid_electricity_ndrc_regional": "provincial_inventory",
    "grid_electricity_provincial_assessment": "carbon_assessment",
}


def test_the_average_the_residual_and_the_fossil_factor_of_one_year_are_three_values():
    found = [value(id, "2023", KINDS[id], grid_region="national") for id in list(KINDS)[:3]]
    assert found == ["0.5306", "0.6096", "0.8273"]


def test_the_footprint_of_electricity_enters_no_inventory():
    footprint = packs().get(Factor, "grid_electricity_footprint")
    assert footprint.schemes == ("product_footprint",)
    assert [use.id for use in packs().all(MethodUse) if footprint.id in use.factors.values()] == []
    for scheme in {scheme for factor in packs().all(Factor) for scheme in factor.schemes} - {"product_footprint"}:
        with pytest.raises(Refusal, match="factor-not-for-scheme"):
            asked(footprint.id, "2023", scheme, grid_region="national")
    for basis in ("tCO2", "tCO2e[AR5]", "tCO2e[AR6]"):
        with pytest.raises(Refusal, match="unit-mismatch"):
            footprint.unit.ratio_to(Unit.parse(f"{basis}/MWh"), what="a footprint")


@pytest.mark.parametrize("id", [id for id in KINDS if id != "grid_electricity_average"])
def test_no_other_kind_of_grid_factor_is_fit_for_the_inventory_of_a_city(id):
    with pytest.raises(Refusal, match="factor-not-for-scheme"):
        asked(id, "2012", "city_inventory", grid_region="shanghai")


def test_the_two_years_that_a_public_code_base_swapped_are_not_swapped_here():
    years = {
        year: value("grid_electricity_average", year, "city_inventory", grid_region="national")
        for year in ("2021", "2022")
    }
    assert years == {"2021": "0.5568", "2022": "0.5366"}


def test_a_province_without_a_value_for_a_year_carries_its_last_one_forward_and_says_so():
    answer = asked("grid_electricity_average", "2023", "city_inventory", grid_region="xinjiang")
    assert (answer.reason, answer.used[0].entry.id) == ("carried_forward", "xinjiang-2022")


@pytest.mark.parametrize("year", ["2021", "2025", "2026"])
def test_the_coal_rate_reaches_the_current_year_by_a_cited_setting(year):
    answer = asked("electricity_coal_equivalent_rate", year, "energy_assessment")
    assert (str(answer.value), answer.reason) == ("0.287", "carried_forward")
    assert answer.clause == "tanheng-settings#carry-forward-coal-rate"


def test_each_building_guide_has_its_own_rate_of_electricity_in_its_own_scheme():
    assert value("building_electricity_552", "2024", "db31_t_552") == "0.28232"
    assert value("building_electricity_783", "2026", "db31_t_783") == "0.28078"
    with pytest.raises(Refusal, match="factor-not-for-scheme"):
        asked("building_electricity_552", "2024", "city_inventory")


# ---- the city's market


@pytest.mark.parametrize(
    ("id", "before", "after"),
    [("shanghai_monitoring_electricity", "0.788", "0.42"), ("shanghai_monitoring_heat", "0.11", "0.06")],
)
def test_the_market_of_the_city_changed_its_factors_on_one_day_and_a_month_across_it_is_refused(id, before, after):
    assert value(id, "2021", "shanghai_ets") == value(id, "2022-01", "shanghai_ets") == before
    assert value(id, "2022-03", "shanghai_ets") == value(id, "2024", "shanghai_ets") == after
    assert value(id, "2022-02-01..2022-02-11", "shanghai_ets") == before
    assert value(id, "2022-02-11..2022-03-01", "shanghai_ets") == after
    assert value(id, "2022-02", "shanghai_ets") == value(id, "2022", "shanghai_ets") == "factor-straddled"


@pytest.mark.parametrize(("carrier", "rebased"), [("electricity", "0.42"), ("heat", "0.06")])
def test_an_allocation_rests_on_history_computed_again_while_the_reports_of_those_years_stay(carrier, rebased):
    assert value(f"shanghai_allocation_base_{carrier}", "2019", "shanghai_ets_allocation") == rebased
    with pytest.raises(Refusal, match="factor-not-for-scheme"):
        asked(f"shanghai_allocation_base_{carrier}", "2019", "shanghai_ets")


def test_green_power_counts_nothing_from_the_day_of_its_notice_and_is_unknown_before():
    assert value("shanghai_green_power", "2023-07", "shanghai_ets") == "0"
    assert value("shanghai_green_power", "2023-05", "shanghai_ets") == "factor-not-found"
    assert value("shanghai_green_power", "2023-07", "shanghai_ets", date(2023, 6, 6)) == "factor-not-found"


def test_ten_thousand_times_ten_thousand_kilowatt_hours_weigh_what_the_rules_say():
    mwh = 10_000 * 10
    before, after = (asked("shanghai_monitoring_electricity", year, "shanghai_ets").value for year in ("2021", "2023"))
    assert (before * mwh, after * mwh) == (78_800, 42_000)


# ---- documents


DOCUMENTS = {  # instrument: (file, number, day)
    "hu-fagai-huanzi-2024-39": ("000_27afb2abd3f2fab6.txt", "沪发改环资〔2024〕39号", date(2024, 3, 26)),
    "shanghai-peaking-plan": ("001_61cd5c0a56d7d2f8.txt", "", None),
    "shanghai-2020-plan": ("002_1aada5a6d56682eb.txt", "", None),
    "jin-fagai-2024-55": ("003_0cdea0e2187ec2f1.txt", "金发改〔2024〕55号", date(2024, 6, 26)),
    "jingan-synergy-plan": ("004_1ecba7e519dc9c50.txt", "", None),
}
LONGEST = 12


@pytest.mark.parametrize("id", DOCUMENTS)
def test_a_document_has_title_number_day_and_addresses(id):
    _, number, issued = DOCUMENTS[id]
    found = packs().get(InstrumentShape, id)
    assert (found.number, found.issued) == (number, issued)
    addresses = [clause.address for clause in found.clauses]
    assert len(addresses) == len(set(addresses)) > 20
    assert number or "not in the text at hand" in found.note or "the text at hand has neither" in found.note


@pytest.mark.parametrize("id", DOCUMENTS)
def test_a_document_has_the_number_it_prints_and_none_of_its_sentences(shared, id):
    name, number, _ = DOCUMENTS[id]
    text = "".join((shared / "documents" / name).read_text("utf-8").split())
    assert number in text
    found = packs().get(InstrumentShape, id)
    for clause in found.clauses:
        words = clause.label.zh + clause.note
        copied = [
            words[at : at + LONGEST] for at in range(len(words) - LONGEST + 1) if words[at : at + LONGEST] in text
        ]
        assert copied == [], clause.address


def test_the_tasks_of_the_plan_are_all_addressable():
    addresses = {clause.address for clause in packs().get(InstrumentShape, "hu-fagai-huanzi-2024-39").clauses}
    assert {f"task-{number}" for number in range(1, 118)} <= addresses


@pytest.mark.parametrize(
    ("id", "number"),
    [
        ("ndrc-2022-803", "发改环资〔2022〕803号"), ("ndrc-2022-1258", "发改运行〔2022〕1258号"),
        ("ndrc-2024-113", "发改环资〔2024〕113号"), ("ndrc-2020-901", "发改办环资〔2020〕901号"),
        ("ndrc-2021-629", "发改办环资〔2021〕629号"), ("state-council-2024-12", "国发〔2024〕12号"),
        ("ndrc-2023-1044", "发改能源〔2023〕1044号"), ("hu-huanqihou-2023-89", "沪环气候〔2023〕89号"),
    ],
)  # fmt: skip
def test_the_national_and_city_notices_are_there_under_the_numbers_that_the_rules_cite(shared, id, number):
    assert packs().get(InstrumentShape, id).number == number
    assert number in (shared / "rules" / "ACCOUNTING.md").read_text("utf-8").replace(
        "沪环气候〔2023〕81, 89", "沪环气候〔2023〕89号"
    )
