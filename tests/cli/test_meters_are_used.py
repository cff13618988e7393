"""What metered energy is used for, on the command line: every verb gives one document and a page for people."""

import openpyxl
import pytest

from tests.metering import centres
from tests.metering.centres import HALL, hall, steady


@pytest.fixture
def home(tmp_path, tanheng):
    """A site with a data centre: 36 kW in all, 24 kW for its racks, in January 2025."""
    (tmp_path / "home").mkdir()
    centres.site(tmp_path / "home", hall(), steady("t", 1, 31, 900), steady("i", 2, 31, 600)).close()
    return tanheng


def test_the_pue_of_a_data_centre_is_told_by_month(home, document, tmp_path):
    centres = tmp_path / "centres.csv"
    centres.write_text(f"unit,kind,racks,in_service\n{HALL},existing,300,2010-01-01\n", "utf-8")
    answer = document("meters", "pue", "--period", "2025-01", "--centres", centres)
    (centre,) = answer["centres"]
    assert (centre["centre"], centre["months"][0]["pue"], centre["judged"]) == (HALL, "1.500", None)
    assert "1.500" in home("meters", "pue", "--period", "2025-01").stdout


def test_the_load_of_a_unit_is_told_with_the_shares_of_a_tariff(home, document):
    answer = document("meters", "load", HALL, "--period", "2025-01", "--tariff", "shanghai_two_part_2023")
    (month,) = answer["months"]
    assert (answer["step"], month["peak"], month["load_factor"], month["coverage"]) == ("Wh", 36000, "1.0000", "1.0000")
    assert month["shares"] == {"valley": "0.3333", "flat": "0.4167", "peak": "0.1667", "critical": "0.0833"}
    assert "36000" in home("meters", "load", "hall", "--period", "2025-01").stdout
    page = home("meters", "load", HALL, "--period", "2024-12..2025-01", "--tariff", "shanghai_two_part_2023").stdout
    assert "低谷 0.3333  平段 0.4167" in page and "None" not in page and "valley" not in page


def test_savings_from_too_short_a_baseline_are_shown_and_cannot_be_claimed(home, document):
    asked = ("meters", "savings", HALL, "--baseline", "2025-01-01..2025-01-20", "--period", "2025-02")
    answer = document(*asked, exit_code=1)
    assert (answer["baseline"]["days"], answer["baseline"]["cvrmse"]) == (19, "0.000000")
    assert {each["fields"]["check"] for each in answer["findings"][:1]} == {"baseline_days_least"}
    assert answer["whole"]["saving"] is None
    assert "19 d" in home(*asked, exit_code=1).stdout
    home("meters", "savings", HALL, "--baseline", "2024-12", "--period", "2025-01", exit_code=2)


def test_an_event_is_held_against_its_bid(home, document):
    asked = ("meters", "event", HALL, "--day", "2025-01-30", "--from", 14, "--to", 16, "--bid", "10")
    answer = document(*asked, "--least-share", "0.8", "--not", "2025-01-29")
    assert [(hour["baseline"], hour["metered"]) for hour in answer["hours"]] == [(36000, 36000)] * 2
    assert (answer["delivered"], answer["share"], answer["effective"]) == (0, "0.0000", False)
    assert "2025-01-29" not in answer["like_days"]
    assert "2025-01-28" in home(*asked, "--not", "2025-01-29").stdout
    home("meters", "event", HALL, "--day", "2025-01-30", "--from", 16, "--to", 14, "--bid", "10", exit_code=2)
    for bid in ("much", "inf"):
        home("meters", "event", HALL, "--day", "2025-01-30", "--from", 14, "--to", 16, "--bid", bid, exit_code=2)


def test_the_platform_list_names_who_is_below(site_of_units, document):
    answer = document("meters", "platform", "--area", "area/linjiang", "--period", "2024-03")
    ((unit,), limits) = answer["units"], answer["limits"]
    assert (unit["label"], unit["connected"], unit["uploaded"], unit["anomalies"]) == ("恒达机械厂", "65", "95.5", "3")
    assert (unit["low"], unit["remark"]) == (["connected"], "检修")
    assert limits["upload_least"] == {"value": "90", "clause": "ndrc-2017-1711#frequency", "status": "secondary"}
    assert "恒达机械厂" in site_of_units("meters", "platform", "--area", "area/linjiang", "--period", "2024-03").stdout


@pytest.fixture
def site_of_units(request, tmp_path):
    """The demo city, with one export of the monitoring platform."""
    program = request.getfixturevalue("site")
    book = openpyxl.Workbook()
    for line in (
        ["重点用能单位在线监测接入情况（2024年3月）"],
        ["序号", "单位名称", "统一社会信用代码", "接入率（%）", "上传率（%）", "异常数", "备注"],
        [1, "恒达机械厂", "91LJ00000000000001", 65, 95.5, 3, "检修"],
    ):
        book.active.append(line)
    path = tmp_path / "在线监测接入表_2024年3月.xlsx"
    book.save(path)
    program("import", path, "--published", "2024-04-10")
    return program
