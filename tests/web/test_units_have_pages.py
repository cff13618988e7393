"""Units on pages: the list that is searched and narrowed down, and one unit with all that is known of it."""

import re
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tanheng.kernel.period import Period
from tanheng.kernel.subject import LOCATED_IN, Directory, Facility, Relation
from tanheng.records.mandates import mandates
from tanheng.records.people import person_named
from tanheng.records.recording import record_directory, record_observations
from tanheng.store.layout_registers import RegisterRow, RegisterValue
from tanheng.web.directory.scope import scope_under
from tanheng.web.facts.data_calendar import owed
from tests.web.a_city import KILN, MILL, NORTH, SHOP, TOWN
from tests.web.test_the_barometer_has_a_page import page
from tests.web.test_the_data_calendar_has_a_page import send

pytestmark = pytest.mark.django_db


def text(client, address, language="zh-hans"):
    answer = page(client, address, language)
    assert answer.status_code == 200, answer.content.decode()[-2000:]
    return answer.content.decode()


def listed(html):
    return set(re.findall(r'href="/units/([\w-]+)/"', html))


def neighbours_come(count, industry="26", area=TOWN):
    """So many further units of an industry in a town; the mill gets the same industry."""
    units = [Facility(f"facility/n-{n}", {"zh": f"邻{n}", "en": f"N{n}"}, {"industry": industry}) for n in range(count)]
    mill = Facility(MILL, {"zh": "厂", "en": "Mill"}, {"unified_social_credit": "C2", "industry": industry})
    lie = tuple(Relation(LOCATED_IN, unit.id, area, date(2020, 1, 1)) for unit in units)
    record_directory(Directory(facilities=(mill, *units), relations=lie), person_named("王芳"))


def test_the_list_names_the_units_in_reach_and_no_others(as_role):
    assert {"t-kiln", "t-mill", "t-shop"} <= listed(text(as_role("office"), "/units/"))
    assert listed(text(as_role("town"), "/units/")) == {"t-kiln", "t-mill"}
    assert listed(text(as_role("unit"), "/units/")) == {"t-mill"}
    assert listed(text(as_role("department"), "/units/")) == set()


def test_a_unit_sees_its_own_page_and_the_others_do_not_exist(as_role):
    unit = as_role("unit")
    assert page(unit, "/units/t-mill/").status_code == 200
    assert page(unit, "/units/t-shop/").status_code == page(unit, "/units/none/").status_code == 404


def test_an_area_is_no_unit(as_role):
    assert page(as_role("office"), "/units/t-town/").status_code == 404


def test_the_list_is_searched_by_a_part_of_the_name_and_by_the_code(as_role):
    office = as_role("office")
    assert listed(text(office, "/units/?q=厂")) == {"t-mill"}
    assert listed(text(office, "/units/?q=c3")) == {"t-shop"}
    assert "没有符合的单位" in text(office, "/units/?q=nobody")


def test_the_list_is_narrowed_to_an_area_and_an_industry(as_role):
    neighbours_come(2)
    office = as_role("office")
    assert listed(text(office, f"/units/?area={NORTH}")) == {"t-kiln", "t-mill", "n-0", "n-1"}
    assert listed(text(office, "/units/?industry=26")) == {"t-mill", "n-0", "n-1"}


def test_fifty_units_make_a_page_and_a_page_that_is_not_there_is_the_last(as_role):
    neighbours_come(60)
    office = as_role("office")
    first, last = text(office, "/units/?industry=26"), text(office, "/units/?industry=26&page=99")
    assert (len(listed(first)), len(listed(last))) == (50, 11)
    assert "industry=26&amp;page=2" in first


def test_the_class_of_a_key_unit_is_that_of_the_last_list_that_names_it(as_role):
    for year, name in (("2023", "千家"), ("2024", "百家")):
        key_units_listed(year, name)
    office = as_role("office")
    assert listed(text(office, "/units/?class=百家")) == {"t-mill"}
    assert "没有符合的单位" in text(office, "/units/?class=千家")
    html = text(office, "/units/t-mill/")
    assert "千家" in html
    assert f"{2023}年" in html


def key_units_listed(year, name):
    from tanheng.kernel.period import Period

    fields = {"class": RegisterValue(name, "F3"), "name": RegisterValue("厂", "B3")}
    row = RegisterRow("key_units", "key_units", f"{year}.xlsx!名录!3", MILL, Period.parse(year), fields)
    record_observations([], person_named("王芳"), f"{year}.xlsx", rows=[row])


def test_the_workbook_holds_what_the_list_holds_and_no_formula(as_role):
    neighbours_come(1)
    rename_the_kiln("=1+1")
    answer = page(as_role("town"), "/units/list.xlsx?q=")
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert {row[0] for row in rows[1:]} == {"'=1+1", "厂", "邻0"}


def rename_the_kiln(name):
    kiln = Facility(KILN, {"zh": name, "en": name}, {"unified_social_credit": "C1"})
    record_directory(Directory(facilities=(kiln,)), person_named("王芳"))


def test_every_figure_of_a_unit_leads_to_its_explanation(as_role, result):
    mill = as_role("unit")
    html = text(mill, "/units/t-mill/")
    hrefs = set(re.findall(r'href="(/results/[^"]+/figure/[^"]+)"', html))
    assert any("energy_calorific@facility/t-mill@2024-01/" in href for href in hrefs)
    assert any("co2@facility/t-mill@2024-01..2024-02/" in href for href in hrefs)
    for href in hrefs:
        assert page(mill, href).status_code == 200, href


def test_a_month_without_a_report_is_not_reported_and_one_that_came_says_when(as_role):
    html = text(as_role("unit"), "/units/t-mill/?year=2024")
    reports = html[html.index('id="reports"') :]
    january, march = (reports[reports.index(f"2024年{month}月") :][:400] for month in (1, 3))
    assert "已报" in january
    assert "未报" in march


def test_a_month_says_which_form_is_owed_by_which_day_as_the_data_calendar_does(as_role):
    send("unit_energy_report", MILL, Period.month(2024, 2), "节能月报.xlsx", date(2024, 3, 9))
    html = text(as_role("unit"), "/units/t-mill/?year=2024")
    (march,) = re.findall(r"<tr><th[^>]*>2024年3月</th>.*?</tr>", html, re.S)
    mine = scope_under(next(item for item in mandates() if item.role == "unit"))
    march_owed = [item for item in owed(Period.month(2024, 3), scope=mine) if item.subject == MILL]
    assert march_owed
    for item in march_owed:
        assert item.label in march and f"{item.due} 前报" in march
    assert "迟报" in march and "未报" not in march


def test_how_many_neighbours_there_are_is_told_but_never_of_too_few(as_role):
    neighbours_come(1)
    assert "不足 3 家" in text(as_role("unit"), "/units/t-mill/")
    neighbours_come(4)
    html = text(as_role("unit"), "/units/t-mill/")
    assert "共 5 家" in html
    assert "邻0" not in html, "a unit sees no other"
    assert "邻0" in text(as_role("town"), "/units/t-mill/")


def test_a_name_with_markup_is_shown_as_it_is_written(as_role):
    html = text(as_role("office"), "/units/t-shop/")
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_the_pages_are_in_english_too(as_role):
    office = as_role("office")
    for words in ("Name or code", "Class of key unit", "As Excel"):
        assert words in text(office, "/units/", "en")
    html = text(office, "/units/t-mill/", "en")
    for words in ("Energy by month", "Lists and belonging", "Year before", "not reported"):
        assert words in html
    assert "报送情况" not in html


def test_the_pages_ask_the_database_a_fixed_number_of_times(as_role, django_assert_max_num_queries):
    neighbours_come(60)
    office = as_role("office")
    for address, most in (("/units/", 12), ("/units/t-mill/", 18)):
        page(office, address)
        with django_assert_max_num_queries(most):
            page(office, address)


def test_the_shop_is_listed_for_whoever_sees_the_whole_site(as_role):
    assert SHOP.removeprefix("facility/") in listed(text(as_role("leader"), "/units/"))
