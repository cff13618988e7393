"""Every account of areas runs from the files of a made-up city alone, and its figures are what was true in it."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

import pytest

from tanheng.fiction import directory_of_city
from tanheng.fiction.history import ENERGY, USE, Histories
from tanheng.kernel.pack import Factor
from tanheng.kernel.period import Period
from tanheng.kernel.period.period import months_between
from tanheng.kernel.subject import scope_on
from tests.golden.made_up_areas import MONTHS

GRAMS = 10**10  # of 10^4 tce
RATE = 10**7  # steps of a rate of 10^-9 in one per cent


def figures(result):
    """Every figure of a result by column, subject and period."""
    return {
        (column, row["subject"], str(Period(row["period_start"], row["period_end"]))): row[column]
        for row in result.figures.rows()
        for column in row
        if row[column] is not None
    }


def near(found, true, step=1):
    return found is not None and abs(found - true) <= step


def fall(now, before):
    """By how much something fell, in steps of 10^-9."""
    return (1 - now / before) * 100 * RATE


def test_every_file_is_read_without_a_finding_that_blocks_and_says_what_is_true(areas):
    for entry, reading in areas.readings:
        assert reading.may_be_imported, (entry["form"], [f.code for f in reading.findings])
    said = {
        (
            o.key.subject,
            o.key.indicator,
            dict(o.key.dimensions)["item"] if o.key.dimensions else "",
            str(o.key.period),
        ): o.value
        for entry, reading in areas.readings
        if entry["form"] == "area_year" and entry["period"] == "2025-12"
        for o in reading.observations
    }
    assert said == areas.true("2025")


@pytest.mark.parametrize("level", ["city", "district"])
def test_the_assessed_energy_is_the_true_total_less_what_the_level_may_subtract(areas, level):
    found, true = figures(areas.ran("assessment_basis", "energy_assessment", "2025")), areas.true("2025")
    rate = RATES["electricity_coal_equivalent_rate"](areas)
    city = areas.city.recipe.city
    for area in [city] if level == "city" else [item.id for item in areas.city.recipe.districts]:
        assessed = {}
        for year in ("2024", "2025"):

            def at(indicator, item="", area=area, year=year):
                return true.get((area, indicator, item, year), 0)

            listed = at("energy_total") * GRAMS + (left_or_entered(areas, area, rate) if year == "2024" else 0)
            assert near(found["energy_over_list", area, year], listed, 50)
            after = listed / GRAMS - at("feedstock_energy")
            assert near(found["total_after_feedstock", area, year], after * GRAMS, 50)
            origins = ("wind", "solar", "imported_hydro") if level == "city" else ("wind", "solar")
            after -= sum(at("non_fossil_electricity", origin) for origin in origins) * rate / 10_000
            assert near(found["total_after_non_fossil", area, year], after * GRAMS, 50)
            bought = at("green_certificates", "bought/cross_province") - at("green_certificates", "sold/cross_province")
            certificates = bought * rate / 10_000
            if level == "city":
                cap = at("energy_saving_needed") / 2
                assert cap < certificates  # the cap binds
                certificates = cap
            else:
                green = sum(at("green_electricity", item) for item in ("inter_provincial", "intra_provincial"))
                certificates += green * rate / 10_000
            assessed[year] = after - certificates
            assert near(found["intensity_assessed", area, year], assessed[year] * GRAMS, 50)
        gdp = [true[area, "gdp", "", year] for year in ("2025", "2024")]
        expected = fall(assessed["2025"] / gdp[0], assessed["2024"] / gdp[1])
        assert near(found["assessed_intensity_decline", area, "2025"], expected, 2)


RATES = {
    "electricity_coal_equivalent_rate": lambda areas: Fraction(
        max(areas.city.packs.get(Factor, "electricity_coal_equivalent_rate").entries, key=lambda e: e.start).value
    ),
}


def left_or_entered(areas, area, rate):
    """The energy in 2024 of units that entered the list in 2025, less that of those that left [gce]."""
    directory, grams = directory_of_city(areas.city), Fraction(0)
    now, then = (scope_on(directory, area, date(year, 12, 31)).units for year in (2025, 2024))
    assert now != then or area != areas.city.recipe.city
    maker = Histories(areas.city, tuple(months_between(areas.city.recipe.starts, MONTHS.end)))
    months = tuple(Period.parse("2024").months())
    for unit in areas.city.units:
        if unit.id in now ^ then:
            used = maker.of(unit)
            owed = [month for month in months if unit.id in now or unit.in_scope_on(month.start)]
            grams += (1 if unit.id in now else -1) * sum(
                grams_of(maker, used, carrier, owed, rate) for carrier, _ in used.carriers_of(USE)
            )
    return grams


def grams_of(maker, used, carrier, months, rate):
    amount = Fraction(used.total((USE, carrier, ""), tuple(months)))
    return amount * (10 * rate if carrier == "electricity" else maker.tce[carrier]) * 10**6


def test_carbon_progress_is_true_fuel_and_electricity_at_both_grid_factors(areas):
    result = areas.ran("carbon_progress", "carbon_assessment", "2025")
    found, true = figures(result), areas.true("2025")
    per_tce = {
        entry.keys["fuel"]: Fraction(entry.value)
        for entry in areas.city.packs.get(Factor, "assessment_co2_per_energy").entries
    }
    grid = [
        e
        for e in areas.city.packs.get(Factor, "grid_electricity_average").entries
        if e.id in result.receipt.entries["grid_electricity_average"]
    ]
    (frozen,) = [Fraction(e.value) for e in grid if e.start.year == 2021]
    (updated,) = {Fraction(e.value) for e in grid if e.start.year > 2021}
    for area in {key[0] for key in true}:
        co2 = {}
        for kind, factor in (("frozen", frozen), ("updated", updated)):
            for year in ("2024", "2025"):
                fuels = sum(
                    true[area, "primary_energy", fuel, year] * 10_000 * per_tce[fuel] for fuel in ("coal", "oil", "gas")
                )
                co2[kind, year] = fuels + true[area, "net_electricity", "", year] * 10 * factor
                assert near(found[f"co2_{kind}", area, year], co2[kind, year] * 10**6, 5)
            gdp = [true[area, "gdp", "", year] for year in ("2025", "2024")]
            expected = fall(co2[kind, "2025"] / gdp[0], co2[kind, "2024"] / gdp[1])
            assert near(found[f"carbon_decline_{kind}", area, "2025"], expected, 2)


@pytest.mark.parametrize("period", ["2025", "2025-01..2025-06"])
def test_the_city_is_its_districts_and_its_lines_and_what_none_of_them_explains(areas, period):
    found, true = figures(areas.ran("city_reconciliation", "energy_assessment", period)), areas.true(period)
    true |= areas.true(period)
    if period != "2025":
        for item in areas.city.recipe.districts:
            assert (item.id, "energy_total", "", period) in true
    city, districts = areas.city.recipe.city, [item.id for item in areas.city.recipe.districts]
    together = sum(true[area, "energy_total", "", period] for area in districts)
    lines = sum(
        value for (area, id, _, of), value in true.items() if (area, id, of) == (city, "reconciliation_line", period)
    )
    assert found["districts_together", city, period] == together * GRAMS
    assert found["reconciled_together", city, period] == lines * GRAMS
    left = (true[city, "energy_total", "", period] - together - lines) * GRAMS
    assert found["city_difference", city, period] == left
    assert left == int(together * 10_000 * Fraction(str(areas.city.recipe.accounts.unexplained))) * 10**6


def test_the_line_of_municipal_enterprises_is_the_true_energy_of_those_units(areas):
    own = {unit.id for unit in areas.city.units if unit.municipal}
    assert own
    grams = sum(
        int(row["comprehensive_gce"])
        for row in areas.truth("units.csv")
        if row["unit"] in own and row["month"][:4] == "2025"
    )
    line = areas.true("2025")[areas.city.recipe.city, "reconciliation_line", "municipal_enterprises", "2025"]
    assert near(line * 10_000, Fraction(grams, 10**6))


def test_the_estimate_of_a_half_year_is_the_published_form_over_true_figures(areas):
    half, before = "2025-01..2025-06", "2024-01..2024-06"
    found, true = figures(areas.ran("quarterly_estimate", "energy_assessment", half)), areas.true("2025")
    said = {
        (o.key.subject, o.key.indicator, dict(o.key.dimensions).get("item"), str(o.key.period)): Fraction(o.value)
        for entry, reading in areas.readings
        if entry["form"] == "gdp"
        for o in reading.observations
    }
    for item in areas.city.recipe.districts:
        area, estimate = item.id, {}
        for period in (half, before):
            firms = printed_energy_of_firms(areas, area, period) / printed_energy_of_firms(areas, area, "2024")
            industry = true[area, "sector_energy", "industry", "2024"] * firms
            others = Fraction(0)
            for sector in ("primary", "tertiary"):
                worth = said[area, "value_added_current", sector, before]
                if period == half:
                    worth *= 1 + said[area, "value_added_growth", sector, half] / 100
                others += (
                    true[area, "sector_energy", sector, "2024"]
                    * worth
                    / said[area, "value_added_current", sector, "2024"]
                )
            estimate[period] = industry + others
            assert near(found["energy_estimate", area, period], estimate[period] * GRAMS, 5)
        grown = (estimate[half] / estimate[before] - 1) * 100 * RATE
        assert near(found["energy_estimate_growth", area, half], grown, 2)


def printed_energy_of_firms(areas, district, period):
    """The true energy of the above-scale firms that report at the end of a period, each printed to 0.01 t."""
    months, (last,) = Period.parse(period).months(), Period.parse(period).months()[-1:]
    firms = {
        u.id
        for u in areas.city.units
        if u.sector.above_scale and u.in_scope_on(last.start) and u.district_on(last.start) == district
    }
    sums = defaultdict(int)
    for row in histories(areas, firms, months):
        sums[row[0]] += row[1]
    return sum(
        Fraction(Decimal(grams).scaleb(-6).quantize(Decimal("0.01"), ROUND_HALF_EVEN)) for grams in sums.values()
    )


def histories(areas, firms, months):
    """True grams by unit and month, of the units that a table of a year has: those in scope when it closes."""
    known = tuple(months_between(areas.city.recipe.starts, MONTHS.end))
    maker = Histories(areas.city, known)
    for unit in areas.city.units:
        if unit.id in firms:
            yield unit.id, int(maker.of(unit).total((ENERGY, "", ""), tuple(months)).scaleb(6))


@pytest.mark.parametrize(("method", "amount", "decline"), [
    ("energy_intensity", "energy_total", "intensity_decline"), ("co2_intensity", "co2_total", "co2_intensity_decline"),
])  # fmt: skip
def test_intensity_and_its_decline_are_those_of_the_true_figures(areas, method, amount, decline):
    found, true = figures(areas.ran(method, "energy_statistics", "2025")), areas.true("2025")
    for area in {key[0] for key in true}:
        now, before = (true[area, amount, "", year] / true[area, "gdp", "", year] for year in ("2025", "2024"))
        assert near(found[decline, area, "2025"], fall(now, before), 2)
    if method == "energy_intensity":
        printed = true[areas.city.recipe.city, "intensity_change", "", "2025"]
        assert found["intensity_decline_published", areas.city.recipe.city, "2025"] == -printed * RATE


def test_what_a_census_restated_is_not_compared_with_what_stood_before(areas):
    """2023 was restated in January 2025: the fall of 2024 is that of one footing, whichever table it is taken from."""
    early = areas.ran("energy_intensity", "energy_statistics", "2024", date(2025, 2, 1))
    late = figures(areas.ran("energy_intensity", "energy_statistics", "2024"))
    true = areas.true("2024")
    city = areas.city.recipe.city
    now, before = (true[city, "energy_total", "", year] / true[city, "gdp", "", year] for year in ("2024", "2023"))
    assert near(late["intensity_decline", city, "2024"], fall(now, before), 2)
    assert ("intensity_decline", city, "2024") not in figures(early)  # the year's table comes in March


def test_the_balance_closes_for_every_carrier_and_its_co2_is_that_of_the_true_amounts(areas):
    city = areas.city.recipe.city
    true = {
        (row["process"], row["carrier"]): int(row["energy_tce"])
        for row in areas.truth("balances.csv")
        if row["year"] == "2025"
    }
    carriers = {carrier for _, carrier in true}
    closed = figures(areas.ran("regional_energy_balance", "city_inventory", "2025"))
    supply = sum(true["total_primary_energy_supply", carrier] for carrier in carriers)
    assert closed["balance_residual", city, "2025"] == 0
    assert closed["energy_total_calorific", city, "2025"] == supply * 10**6
    result = areas.ran("regional_energy_co2", "city_inventory", "2025")
    found = figures(result)
    total = Fraction(0)
    for carrier in carriers:

        def at(process, carrier=carrier):
            return true.get((process, carrier), 0)

        if carrier == "electricity":
            (factor,) = entries(areas, result, "grid_factor", "grid_electricity_average", {})
            total += Fraction(at("interprovincial_imports")) / Fraction("0.1229") * factor
        else:
            burnt = at("total_final_consumption") - at("industry_non_energy_use") - at("thermal_power")
            keys = {"carrier": carrier}
            (carbon,) = entries(areas, result, "carbon_content", None, keys)
            (share,) = entries(areas, result, "oxidation_rate", None, keys)
            total += burnt * Fraction("29.3076") * carbon * share * Fraction(44, 12)
    assert near(found["co2", city, "2025"], total * 10**6, 10)


def entries(areas, result, role, factor, keys):
    """The values that a run took of a factor, by the entries its receipt names."""
    names = [factor] if factor else [id for id in result.receipt.entries if id.endswith(role)]
    return {
        Fraction(e.value)
        for id in names
        for e in areas.city.packs.get(Factor, id).entries
        if e.id in result.receipt.entries[id] and keys.items() <= e.keys.items()
    }


def test_a_plant_that_wrote_its_tonnes_as_ten_thousand_of_them_is_found_and_its_correction_is_not(areas):
    entry = next(
        entry
        for entry, _ in areas.readings
        if entry["form"] == "monthly_report" and entry["faults"] and entry["period"] == "2025-03"
    )
    right = next(
        e for e, _ in areas.readings if e["corrects"] and (e["area"], e["period"]) == (entry["area"], entry["period"])
    )
    between = date.fromisoformat(right["published"]) - timedelta(days=1)
    result = areas.ran("plausibility", "energy_reporting", "2025-03", between)
    said = {finding.code for finding in result.findings if entry["area"] in finding.place}
    assert said >= {"implausible-share", "implausible-against-last-year"}
    (share,) = [f for f in result.findings if f.code == "implausible-share" and entry["area"] in f.place]
    assert "tce (calorific value)" in str(share.fields["suggestion"].en)
    after = areas.ran("plausibility", "energy_reporting", "2025-03")
    assert not [f for f in after.findings if f.code.startswith("implausible") and entry["area"] in f.place]


def test_growth_of_the_firms_of_a_district_is_told_in_the_table_and_beside_last_years_publication(areas):
    half = "2025-01..2025-06"
    result = areas.ran("coverage_adjustment", "energy_statistics", half, indicator="above_scale_energy")
    found = figures(result)
    for item in areas.city.recipe.districts:
        now, before = (printed_energy_of_firms(areas, item.id, period) for period in (half, "2024-01..2024-06"))
        on_publication = (now / before - 1) * 100 * RATE
        assert near(found["growth_on_publication", item.id, half], on_publication, 2)
        adjusted = found["growth_in_table", item.id, half] - found["growth_on_publication", item.id, half]
        assert near(found["coverage_adjustment", item.id, half], adjusted, 2)
