"""One card with energy and carbon: green power leaves the intensity of energy, the grid factor earns nobody points."""

from dataclasses import replace
from datetime import date

from tanheng.kernel.demand import Demands, KnownObligation
from tanheng.kernel.pack import Definition, PackSet
from tanheng.kernel.pack.scorecard import Scorecard
from tests.kernel.area_world import EAST, account, given, told
from tests.kernel.test_annual_assessment import target
from tests.kernel.world import packs

REGION = {"coverage": "region"}
FROM = {"clause": "guofa-2007-36#score-table", "status": "unverified"}
CARD = Scorecard.model_validate({
    "id": "both", "label": {"zh": "节能降碳", "en": "both"}, "level": "district", "total": "100", **FROM,
    "items": [
        {"id": "energy", "label": {"zh": "能", "en": "energy"}, "group": "target", "points": "60",
         "form": "proportional", "measure": "energy_per_gdp", **FROM},
        {"id": "carbon", "label": {"zh": "碳", "en": "carbon"}, "group": "target", "points": "40",
         "form": "proportional", "measure": "co2_per_gdp", **FROM},
    ],
    "grades": [{"id": "pass", "label": {"zh": "合格", "en": "pass"}, "from": "60"},
               {"id": "fail", "label": {"zh": "不合格", "en": "fail"}, "from": "0"}],
})  # fmt: skip
ENERGY = [told("energy_total", EAST, "2023", 200), told("energy_total", EAST, "2024", 204)]
GDP = [told("gdp", EAST, year, value, **REGION) for year, value in (("2021", 90e5), ("2023", 100e5), ("2024", 105e5))]
GDP += [told("gdp", EAST, year, value) for year, value in (("2023", 100e5), ("2024", 105e5))]
CARBON = [
    told("primary_energy", EAST, year, amount, fuel)
    for year, amounts in (("2021", (50, 40, 20)), ("2023", (50, 40, 20)), ("2024", (48, 40, 21)))
    for fuel, amount in zip(("coal", "oil", "gas"), amounts, strict=True)
] + [told("net_electricity", EAST, year, value) for year, value in (("2021", 3e5), ("2023", 3e5), ("2024", 3.1e5))]
GREEN = [told("green_electricity", EAST, "2023", 10_000, "inter_provincial"),
         told("green_electricity", EAST, "2024", 60_000, "inter_provincial")]  # fmt: skip
BOTH = [target(EAST, "down", "4", "2024", "2023"), target(EAST, "down", "3", "2024", "2023", indicator="co2_per_gdp")]


def assessed(rows):
    demands = Demands(tuple(KnownObligation(item, date(2024, 1, 15)) for item in BOTH))
    use = PackSet((*packs().definitions, Definition("x", "x", CARD)), packs().hashes)
    inputs = replace(given(rows), demands=demands)
    return account("annual_assessment", "carbon_assessment", inputs, "2024", date(2026, 6, 1), use, scorecard="both")


def test_energy_and_carbon_stand_on_one_card_each_by_its_own_target():
    run = assessed([*ENERGY, *GDP, *CARBON])
    energy, carbon = run.value(f"score@{EAST}@2024@energy"), run.value(f"score@{EAST}@2024@carbon")
    # energy: 1 - 1.02 / 1.05 = 2.8571 % of 4 %: 71.43 % of 60 points
    assert energy == 4286
    assert carbon > 0
    assert run.value(f"score@{EAST}@2024") == energy + carbon


def test_green_power_that_was_bought_leaves_the_energy_before_the_intensity_is_judged():
    plain, green = assessed([*ENERGY, *GDP, *CARBON]), assessed([*ENERGY, *GDP, *CARBON, *GREEN])
    completion = f"target_completion@{EAST}@2024@energy_per_gdp/annual"
    assert green.value(completion) > plain.value(completion)
    # 60 000 MWh are taken from 204, 10 000 MWh from 200 x 10^4 tce
    assert green.value(f"score@{EAST}@2024@energy") > plain.value(f"score@{EAST}@2024@energy")
    assert green.value(f"score@{EAST}@2024@carbon") == plain.value(f"score@{EAST}@2024@carbon")
    used = green.why(completion)["steps"][-1]["inputs"]
    assert any(term["ref"] == f"figure:assessed_intensity_decline@{EAST}@2024" for term in used.values())


def test_what_the_grid_factor_makes_earns_no_points():
    run = assessed([*ENERGY, *GDP, *CARBON])
    used = run.why(f"target_completion@{EAST}@2024@co2_per_gdp/annual")["steps"][-1]["inputs"]
    assert any(term["ref"] == f"figure:carbon_decline_frozen@{EAST}@2024" for term in used.values())


def test_where_carbon_has_no_data_its_item_is_open_and_there_is_no_grade():
    run = assessed([*ENERGY, *GDP])
    assert run.value(f"score@{EAST}@2024@carbon") is None
    assert run.value(f"assessment_grade@{EAST}@2024") is None
    assert run.codes("blocker")


def test_the_points_of_energy_less_green_power_agree_with_the_sum_by_hand():
    # at 0.287 tce/MWh: (204 - 1.722) / (200 - 0.287) = 1.0128434; over 1.05 a fall of 3.5387 %: 88.468 % of 60 points
    assert assessed([*ENERGY, *GDP, *CARBON, *GREEN]).value(f"score@{EAST}@2024@energy") == 5308
