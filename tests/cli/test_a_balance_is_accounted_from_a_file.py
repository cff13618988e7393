"""The contract of `tanheng run regional-energy-co2 --data FILE`: no site, one document, every problem with its line."""

import csv
import json

import pytest
from click.testing import CliRunner

from tanheng.cli import main

PUBLISHED_MT = {
    "gasoline": 16.893,
    "kerosene": 13.685,
    "diesel": 16.994,
    "fuel_oil": 17.660,
    "natural_gas": 13.433,
    "coke": 18.745,
}
HEAD = "year,process,fuel,value_Mtce"
SMALL = [
    "2022,total_primary_energy_supply,coke,5",
    "2022,total_final_consumption,coke,5",
    "2022,total_transformation,blast_furnace_gas,2",
    "2022,total_final_consumption,blast_furnace_gas,2",
]


@pytest.fixture
def real(shared):
    return shared / "data" / "energy_balance_shanghai_2014_mtce.csv"


def run(*arguments, exit_code=0, method="regional-energy-co2"):
    result = CliRunner().invoke(main, ["run", method, *map(str, arguments)])
    assert result.exit_code == exit_code, result.output
    return result


def document(*arguments, exit_code=0, **other):
    return json.loads(run(*arguments, "--json", exit_code=exit_code, **other).stdout)


@pytest.fixture
def written(tmp_path):
    def write(*lines, head=HEAD, encoding="utf-8"):
        path = tmp_path / "balance.csv"
        path.write_bytes("\n".join([head, *lines, ""]).encode(encoding))
        return path

    return write


def by_fuel(rows, key):
    return {row["fuel"]: row[key] for row in rows}


def problems(told):
    return {(finding["code"], finding["place"]) for finding in told["findings"] if finding["severity"] == "blocker"}


# ---- the real balance


def test_the_document_has_the_keys_of_the_contract_and_no_others(real):
    told = document("--data", real)
    assert list(told) == ["rows", "total", "closure", "energy_total_mtce", "findings", "receipt"]
    assert all(list(row) == ["fuel", "activity_mtce", "co2_mt"] for row in told["rows"])
    assert all(list(row) == ["fuel", "residual_mtce"] for row in told["closure"])
    assert list(told["total"]) == ["co2_mt"]
    assert list(told["energy_total_mtce"]) == ["calorific", "coal_equivalent"]
    assert told["receipt"]["method"] == "regional_energy_co2"


def test_the_real_balance_closes_for_every_fuel(real):
    told = document("--data", real)
    with real.open(encoding="utf-8", newline="") as file:
        fuels = {row["fuel"] for row in csv.DictReader(file)}
    assert {row["fuel"] for row in told["closure"]} == fuels
    assert max(abs(row["residual_mtce"]) for row in told["closure"]) <= 0.0003


def test_the_six_fuels_of_the_real_balance_come_out_as_published(real):
    told = by_fuel(document("--data", real)["rows"], "co2_mt")
    assert {fuel: told[fuel] for fuel in PUBLISHED_MT} == pytest.approx(PUBLISHED_MT, rel=0.001)


def test_the_total_is_the_sum_of_its_rows_and_no_gas_of_the_furnace_is_among_them(real):
    told = document("--data", real)
    assert told["total"]["co2_mt"] == pytest.approx(sum(row["co2_mt"] for row in told["rows"]), abs=1e-6)
    assert {"blast_furnace_gas", "converter_gas"}.isdisjoint(by_fuel(told["rows"], "co2_mt"))


def test_counting_the_gases_beside_the_coke_would_add_the_derived_24_7_million_tonnes(real):
    coke = by_fuel(document("--data", real)["rows"], "co2_mt")
    gases = by_fuel(document("--data", real, "--set", "furnace_carbon=gases")["rows"], "co2_mt")
    assert "coke" not in gases
    assert gases["blast_furnace_gas"] + gases["converter_gas"] == pytest.approx(24.7, abs=0.05)
    assert {fuel: gases[fuel] for fuel in gases if "furnace" not in fuel and "converter" not in fuel} == {
        fuel: coke[fuel] for fuel in coke if fuel != "coke"
    }


def test_the_energy_of_the_real_balance_stands_on_both_bases_of_electricity(real):
    told = document("--data", real, "--coal-equivalent-rate", "0.300")
    # supply 100.9161147; electricity 8.0133 - 1.1200 + 0.0968 Mtce / 0.1229 x (0.300 - 0.1229)
    assert told["energy_total_mtce"]["calorific"] == pytest.approx(100.9161147, abs=1e-6)
    with real.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["fuel"] == "electricity"]
    taken = ("indigenous_production", "interprovincial_imports", "interprovincial_exports")
    electricity = sum(float(row["value_Mtce"]) for row in rows if row["process"] in taken)
    by_hand = 100.9161147 + electricity / 0.1229 * (0.300 - 0.1229)
    assert told["energy_total_mtce"]["coal_equivalent"] == pytest.approx(by_hand, abs=1e-6)


def test_a_higher_coal_equivalent_of_electricity_gives_more_energy_and_the_same_emission(real):
    low, high = (document("--data", real, "--coal-equivalent-rate", rate) for rate in ("0.280", "0.320"))
    assert low["energy_total_mtce"]["coal_equivalent"] < high["energy_total_mtce"]["coal_equivalent"]
    assert low["rows"] == high["rows"]
    assert high["receipt"]["parameters"]["settings"] == {"coal_equivalent_rate": "0.320"}


def test_the_balance_alone_tells_closure_and_totals(real):
    told = document("--data", real, method="regional-energy-balance")
    assert list(told) == ["closure", "energy_total_mtce", "findings", "receipt"]
    assert told["energy_total_mtce"] == document("--data", real)["energy_total_mtce"]


# ---- a small one, and what can be wrong with it


def test_people_get_a_table_with_totals_and_marks(written):
    coal = [f"2022,{row},raw_coal,1" for row in ("total_primary_energy_supply", "total_final_consumption")]
    shown = run("--data", written(*SMALL, *coal)).output
    assert "coke" in shown
    assert "14.741" in shown  # 5 Mtce x 29.3076 x 0.0295 x 0.93 x 44/12
    assert "*" in shown


def test_a_file_in_the_encoding_of_an_older_system_and_with_chinese_names_reads_the_same(written):
    expected = document("--data", written(*SMALL))["rows"]
    chinese = ["2022,可供本地区消费的能源量,焦炭,5", "2022,终端消费量,焦炭,5"]
    told = document("--data", written(*chinese, "2022,回收能,高炉煤气,2", encoding="gb18030"), exit_code=1)["rows"]
    assert [row["co2_mt"] for row in told] == [row["co2_mt"] for row in expected]
    assert [row["fuel"] for row in told] == ["焦炭"]


def test_asking_for_coke_and_its_gases_both_is_refused(written):
    refused = run("--data", written(*SMALL), "--set", "furnace_carbon=both", exit_code=2)
    assert "furnace_carbon" in refused.output


@pytest.mark.parametrize("setting", ["furnace_carbon=neither", "no_such_setting=1", "coal_equivalent_rate=much"])
def test_a_setting_that_does_not_exist_or_cannot_be_is_refused(written, setting):
    lines = [*SMALL, "2022,import,electricity,1"]
    assert setting.partition("=")[0] in run("--data", written(*lines), "--set", setting, exit_code=2).output


@pytest.mark.parametrize("rate", ["0", "-1", "nan", "inf", "300", "0.12"])
def test_a_rate_that_no_power_station_has_is_refused_and_not_computed_with(written, rate):
    lines = [*SMALL, "2022,import,electricity,1"]
    told = run("--data", written(*lines), "--coal-equivalent-rate", rate, exit_code=2).output
    assert "coal_equivalent_rate" in told


@pytest.mark.parametrize("column", ["year", "process", "fuel", "value_Mtce"])
def test_a_file_that_lacks_a_column_is_refused_by_its_name(written, column):
    path = written(*SMALL, head=HEAD.replace(column, "other"))
    assert column in run("--data", path, exit_code=2).output


def test_further_columns_are_passed_over_and_their_order_does_not_matter(written):
    turned = [",".join([*reversed(line.split(",")), "note"]) for line in SMALL]
    told = document("--data", written(*turned, head="value_Mtce,fuel,process,year,source"))
    assert told["rows"] == document("--data", written(*SMALL))["rows"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("2022,total_final_consumption,diesel,much", "data-value-unreadable"),
        ('2022,total_final_consumption,diesel,"1,234.5"', "data-value-unreadable"),
        ("2022,total_final_consumption,diesel,", "data-value-unreadable"),
        ("2022,total_final_consumption,diesel,nan", "data-value-unreadable"),
        ("next year,total_final_consumption,diesel,1", "data-value-unreadable"),
        ("2022,total_final_consumtion,diesel,1", "data-name-unknown"),
        ("2022,total_final_consumption,deisel,1", "data-name-unknown"),
        ("2022,total_final_consumption,coke,5", "data-row-twice"),
        ("2022,total_final_consumption", "data-row-short"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_by_its_line_and_nothing_is_computed(written, line, code):
    told = document("--data", written(*SMALL, line), exit_code=1)
    assert problems(told) == {(code, "balance.csv:6")}
    assert (told["rows"], told["total"], told["receipt"]) == ([], {"co2_mt": None}, None)


def test_a_misspelt_name_is_told_with_the_nearest_one(written):
    told = document("--data", written("2022,total_final_consumption,deisel,1"), exit_code=1)
    assert "diesel" in told["findings"][0]["message"]["en"]


def test_all_problems_of_a_file_are_told_at_once(written):
    told = document("--data", written("2022,nowhere,diesel,x", "2022,import,nothing,1", *SMALL), exit_code=1)
    assert {place for _, place in problems(told)} == {"balance.csv:2", "balance.csv:3"}
    assert len(told["findings"]) == 3


@pytest.mark.parametrize("content", [b"", b"\n\n", b"year,process,fuel,value_Mtce\n"])
def test_an_empty_file_is_refused(tmp_path, content):
    (tmp_path / "empty.csv").write_bytes(content)
    assert "empty.csv" in run("--data", tmp_path / "empty.csv", exit_code=2).output


def test_a_file_that_is_not_there_or_mixes_encodings_or_is_no_text_is_refused(tmp_path):
    assert "gone.csv" in run("--data", tmp_path / "gone.csv", exit_code=2).output
    mixed = tmp_path / "mixed.csv"
    mixed.write_bytes(
        "year,process,fuel,value_Mtce\n2022,终端消费量,焦炭,5\n".encode() + "2022,进口量,焦炭,5\n".encode("gbk")
    )
    assert "mixed.csv" in run("--data", mixed, exit_code=2).output
    (tmp_path / "picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    assert "picture.csv" in run("--data", tmp_path / "picture.csv", exit_code=2).output


def test_a_quotation_mark_that_never_ends_is_refused_with_its_line(written):
    assert "balance.csv" in run("--data", written(*SMALL, '2022,import,"coke,5'), exit_code=2).output


def test_a_fuel_that_does_not_close_is_told_with_what_is_left_over(written):
    told = document("--data", written(*SMALL[1:], "2022,total_primary_energy_supply,coke,5.5"), exit_code=1)
    assert by_fuel(told["closure"], "residual_mtce")["coke"] == pytest.approx(0.5)
    assert ("balance-not-closed", "balance_residual@area/balance@2022@coke") in problems(told)
    assert "500,000" in next(item for item in told["findings"] if item["code"] == "balance-not-closed")["message"]["en"]


def test_of_a_file_with_several_years_one_must_be_chosen(written):
    path = written(*SMALL, *(line.replace("2022", "2021").replace(",5", ",4") for line in SMALL))
    assert "2021, 2022" in run("--data", path, exit_code=2).output
    told = document("--data", path, "--period", "2021")
    assert by_fuel(told["rows"], "activity_mtce") == {"coke": 4}
    assert "2021, 2022" in run("--data", path, "--period", "2020", exit_code=2).output


def test_a_method_that_reads_no_balance_is_refused_by_name(written):
    assert "regional_energy_co2" in run("--data", written(*SMALL), method="unit-energy-and-co2", exit_code=2).output
    assert "no_such_method" in run("--data", written(*SMALL), method="no-such-method", exit_code=2).output


def test_a_run_without_a_data_file_needs_a_period():
    assert "--period" in run(exit_code=2).output


# ---- the same balance on a site


SHEET = [
    "临江市能源平衡表（标准量）,,,,",
    "地区：临江市,,2022年,,单位：万吨标准煤",
    "项目,合计,焦炭,柴油,电力",
    "外省调入量,660.5,500,120.5,40",
    "终端消费量,660.5,500,120.5,40",
]


def test_a_balance_that_its_bureau_sent_is_imported_accounted_and_explained(site, document, tmp_path):
    (tmp_path / "能源平衡表_2022年.csv").write_bytes("\r\n".join([*SHEET, ""]).encode("gb18030"))
    site("import", tmp_path / "能源平衡表_2022年.csv", "--published", "2023-06-30")
    told = document("run", "regional-energy-co2", "--period", "2022", "--set", "grid_factor_value=0.6")
    figures = {item["column"]: item for item in told["figures"]}
    # 5 000 000 tce of coke: 14 740 990.11 t; 400 000 tce of electricity / 0.1229 x 0.6: 1 952 807.160292921 t
    lines = [
        document("explain", told["result"], f"{figures['co2']['address']}@{fuel}") for fuel in ("coke", "electricity")
    ]
    assert [line["value"] for line in lines] == [14740990110000, 1952807160293]
    why = document("explain", told["result"], figures["co2"]["address"])
    assert [part["address"].rpartition("@")[2] for part in why["parts"]] == ["coke", "diesel", "electricity"]
    assert sum(part["value"] for part in why["parts"]) == why["value"] == figures["co2"]["value"]
    cells = {
        term["ref"] for step in why["steps"] for term in step["inputs"].values() if term["ref"].startswith("cell:")
    }
    assert any(cell.endswith("能源平衡表_2022年.csv!csv!C5") for cell in cells)
    assert why["receipt"]["parameters"]["settings"] == {"grid_factor_value": "0.6"}
