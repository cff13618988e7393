"""Laws of the accounts of areas: the raw total less what was taken is what is assessed; the lines make the whole."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tanheng.kernel.period import Period
from tests.kernel.area_world import ALWAYS, BAKERY, CITY, EAST, HOSPITAL, MILL, WEST, account, listed, told
from tests.kernel.area_world import given as stated
from tests.kernel.world import every_month

SOME = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
AMOUNTS = st.integers(0, 3_000_000).map(lambda number: number / 1000)
ELECTRICITY = st.integers(0, 50_000_000)
KINDS = ("bought/cross_province", "bought/bundled", "bought/within_province", "sold/cross_province")
ORIGINS = ("wind", "solar", "nuclear", "imported_hydro")


def values(run, *columns, area=CITY, year="2024"):
    row = run.result.figures.where(subject=area, period_start=date(int(year), 1, 1))
    return [row.values(name)[0] for name in columns]


@SOME
@given(
    st.integers(1_000, 20_000_000).map(lambda number: number / 1000), AMOUNTS,
    st.lists(ELECTRICITY, min_size=4, max_size=4), st.lists(ELECTRICITY, min_size=4, max_size=4), AMOUNTS,
)  # fmt: skip
def test_what_is_assessed_and_what_was_taken_make_the_raw_total_to_the_gram(total, feedstock, power, bought, saving):
    rows = []
    for year in ("2023", "2024"):
        rows += [told("energy_total", CITY, year, total), told("feedstock_energy", CITY, year, feedstock)]
        rows += [told("energy_saving_needed", CITY, year, saving)]
        rows += [
            told("non_fossil_electricity", CITY, year, value, of) for of, value in zip(ORIGINS, power, strict=True)
        ]
        rows += [told("green_certificates", CITY, year, value, of) for of, value in zip(KINDS, bought, strict=True)]
    run = account("assessment_basis", "energy_assessment", rows, "2024")
    for basis in ("total", "intensity"):
        raw, taken, left = values(run, "energy_over_list", f"deducted_from_{basis}", f"{basis}_assessed")
        assert raw - taken == left


@SOME
@given(st.lists(ELECTRICITY, min_size=4, max_size=4), st.lists(ELECTRICITY, min_size=4, max_size=4))
def test_bundled_and_local_certificates_never_change_what_is_assessed(amounts, others):
    def run(bundled, local):
        rows = [told("energy_total", CITY, year, 1000) for year in ("2023", "2024")]
        rows += [told("energy_saving_needed", CITY, year, 100) for year in ("2023", "2024")]
        for year in ("2023", "2024"):
            told_of = dict(zip(KINDS, (amounts[0], bundled, local, amounts[3]), strict=True))
            rows += [told("green_certificates", CITY, year, value, of) for of, value in told_of.items()]
        return values(account("assessment_basis", "energy_assessment", rows, "2024"), "total_assessed")

    assert run(amounts[1], amounts[2]) == run(others[1], others[2])


@SOME
@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(1, 1000)), min_size=3, max_size=3))
def test_entries_and_exits_alone_never_make_growth(units):
    """Every unit uses the same in both years: whatever enters or leaves, the assessed growth is nothing."""
    named = dict(zip((MILL, BAKERY, HOSPITAL), units, strict=True))
    start, end = date(2024, 3, 1), date(2024, 9, 1)
    where = listed(
        *(
            (unit, EAST, start if enters else ALWAYS, end if leaves else None)
            for unit, (enters, leaves, _) in named.items()
        )
    )
    rows = [
        row | {"item": None}
        for unit, (_, _, amount) in named.items()
        for year in ("2023", "2024")
        for row in every_month(unit, "diesel", amount, Period.parse(year))
    ]
    if all(leaves and enters for enters, leaves, _ in units):
        return  # nobody is on either list
    run = account("assessment_basis", "energy_assessment", stated(rows, where), "2024", form="units")
    for row in run.result.figures.where(period_start=date(2024, 1, 1)).rows():
        assert row["assessed_growth"] in (0, None)


@SOME
@given(AMOUNTS, AMOUNTS, AMOUNTS, st.dictionaries(st.sampled_from(("grid_losses", "transformation")), AMOUNTS))
def test_districts_lines_and_difference_make_the_city_to_the_gram(city, east, west, lines):
    rows = [told("energy_total", area, "2024", value) for area, value in ((CITY, city), (EAST, east), (WEST, west))]
    rows += [told("reconciliation_line", CITY, "2024", value, line) for line, value in lines.items()]
    run = account("city_reconciliation", "energy_assessment", rows, "2024")
    columns = ("energy_reconciled", "districts_together", "reconciled_together", "city_difference")
    whole, districts, known, rest = values(run, *columns)
    assert whole - districts == (rest if known is None else known + rest)
