"""The month of a district on one screen: sums of what was stated, growth against the same table, no single firm."""

import csv
import json
from decimal import Decimal

import pytest

from tanheng.fiction import build, found_city
from tanheng.kernel.period import Period
from tanheng.store import load_packs

DISTRICT, MONTH, KNOWN_ON = "area/lj-dongpu", "2025-03", "2025-04-25"


@pytest.fixture
def year(tanheng, tmp_path, monkeypatch):
    """A district's site with the folders of a quarter: the city has units enough for some firms in each district."""

    def make(units):
        folder = tmp_path / "folders"
        packs = load_packs()
        city = found_city(packs, "linjiang", units)
        built = build(city, folder, Period.parse("2025-01..2025-03").months(), DISTRICT)
        monkeypatch.setenv("TANHENG_PACKS", str(folder / "packs"))
        tanheng("init", "--pack", "linjiang")
        monkeypatch.delenv("TANHENG_PACKS")
        for month in sorted(folder.glob("2025-*")):
            tanheng("import", month, exit_code=int(_blocks(built, month.name)))
        return city, folder

    return make


def _blocks(built, month):
    found = [entry["faults"] for path, entry in built.files.items() if path.startswith(month)]
    return any(fault["finds"] for faults in found for fault in faults)


def asked(document):
    return document("month", "--area", DISTRICT, "--period", MONTH, "--known-on", KNOWN_ON)


def line(month, indicator):
    return next(item for item in month["lines"] if item["indicator"] == indicator)


def test_the_month_is_the_sum_of_what_was_true_and_grows_against_the_same_table(year, document):
    city, folder = year(320)
    month = asked(document)
    energy = line(month, "comprehensive_energy")
    with (folder / "truth" / "units.csv").open(encoding="utf-8") as file:
        above = {unit.id for unit in city.units if unit.sector.above_scale}
        rows = [row for row in csv.DictReader(file) if row["unit"] in above]
    true = {
        name: sum(int(row["comprehensive_gce"]) for row in rows if name in (row["month"], "all"))
        for name in (MONTH, "all")
    }
    firms = len({row["unit"] for row in rows})
    assert abs(Decimal(energy["month"]) - Decimal(true[MONTH]).scaleb(-6)) <= Decimal("0.005") * firms
    assert abs(Decimal(energy["to_date"]) - Decimal(true["all"]).scaleb(-6)) <= Decimal("0.005") * firms
    grown = (Decimal(energy["to_date"]) / Decimal(energy["same_period"]) - 1) * 100
    assert Decimal(energy["growth"]) == grown
    assert Decimal(line(month, "electricity_use")["to_date"]) > Decimal(line(month, "electricity_use")["month"]) > 0


def test_the_largest_units_come_from_their_own_reports_and_can_be_explained(year, document):
    year(320)
    month = asked(document)
    assert 0 < len(month["largest"]) <= 5
    tce = [Decimal(item["tce"]) for item in month["largest"]]
    assert tce == sorted(tce, reverse=True)
    told = document("explain", month["result"], month["largest"][0]["address"])
    assert Decimal(told["value"]).scaleb(-6) == tce[0]
    assert all("能耗月报" in json.dumps(step, ensure_ascii=False) for step in told["steps"][:1]) or told["parts"]


def test_gdp_of_the_quarter_is_not_there_before_it_is_published(year, document, tanheng):
    year(320)
    assert asked(document)["gdp_growth"] is None
    later = document("month", "--area", DISTRICT, "--period", MONTH, "--known-on", "2025-06-30")
    assert later["gdp_growth"]["period"] == "2025-01..2025-03"
    shown = tanheng("month", "--area", DISTRICT, "--period", MONTH, "--known-on", KNOWN_ON).stdout
    assert "尚未公布" in shown and "用能前五家" in shown


def test_what_rests_on_too_few_firms_is_not_shown(year, document, tanheng):
    year(16)
    energy = line(asked(document), "comprehensive_energy")
    assert energy["suppressed"] is True
    assert (energy["month"], energy["to_date"], energy["growth"]) == (None, None, None)
    assert "不足三户" in tanheng("month", "--area", DISTRICT, "--period", MONTH, "--known-on", KNOWN_ON).stdout


def test_a_month_that_only_some_firms_stated_is_not_set_beside_the_year_of_all(year, document):
    year(320)
    output = line(asked(document), "output_value")
    assert output["month"] is None  # the bureau's table has output to date alone; one or two firms send B204-1
    assert Decimal(output["to_date"]) > 0


def test_an_area_that_nobody_recorded_is_refused_with_the_nearest(year, tanheng):
    year(16)
    answer = tanheng("month", "--area", "area/lj-donpu", "--period", MONTH, "--known-on", KNOWN_ON, exit_code=2)
    assert "area/lj-dongpu" in answer.stderr


def test_a_quarter_is_no_month(site, tanheng):
    answer = tanheng("month", "--area", DISTRICT, "--period", "2025Q1", exit_code=2)
    assert "不是一个月" in answer.stderr
