"""Forms about areas are filled in on a page and as workbooks: one dry run for both, and nobody beyond their reach."""

import io
import re
from decimal import Decimal

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from tanheng.records.models import Observation
from tanheng.records.selecting import log_position
from tanheng.web.facts.models import Batch, BatchFile
from tests.web.a_city import CITY, MILL, NORTH, SOUTH, TOWN
from tests.web.test_facts_workbooks import html, record, send, work

PAGE = "/facts/entry/form/"
GDP = f"{PAGE}?form=gdp_quarterly&subject={NORTH}&month=2024-06"


@pytest.fixture
def district(as_role):
    return as_role("district")


def fields(page, label):
    """The names of the fields of a row, in their order."""
    return re.findall(rf'name="(v:[^"]+)"[^>]*aria-label="{re.escape(label)} ', page)


def value(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


def fill(client, page, values, seen=None, token="t", **more):
    told = {"token": token, "seen": log_position() if seen is None else seen}
    return client.post(page, told | values | more)


def recorded(client, page, values):
    url = fill(client, page, values, token=f"t{log_position()}").url
    work()
    assert record(client, url).status_code == 302, html(client.get(url))
    return url


def test_a_district_enters_its_quarter_and_finds_it_again(district):
    page = html(district.get(GDP))
    assert "北区 · 地区生产总值（季度）" in page and "2024年1-6月" in page
    current, growth = fields(page, "工业")
    url = fill(district, GDP, {current: "4567.8", growth: "-1.5"}).url
    work()
    shown = html(district.get(url))
    assert "4567.8" in shown and "没有妨碍登记的问题" in shown
    record(district, url)
    stated = Observation.objects.filter(subject=NORTH).order_by("indicator")
    assert [(row.indicator, row.dimensions, row.value, row.unit) for row in stated] == [
        ("value_added_current", {"item": "industry"}, Decimal("4567.8"), "10^4 CNY"),
        ("value_added_growth", {"item": "industry"}, Decimal("-1.5"), "%"),
    ]
    assert {(str(row.period_start), str(row.period_end)) for row in stated} == {("2024-01-01", "2024-07-01")}
    again = html(district.get(GDP))
    assert value(again, current) == "4567.8" and "/sources/" in again


def test_only_what_changed_is_stated_again_and_an_import_of_a_form_can_be_taken_back(district):
    current, growth = fields(html(district.get(GDP)), "工业")
    recorded(district, GDP, {current: "4567.8", growth: "-1.5"})
    recorded(district, GDP, {current: "4570", growth: "-1.5"})
    assert Observation.objects.filter(subject=NORTH).count() == 3
    position = BatchFile.objects.latest("position").position
    told = re.sub("<[^>]+>", " ", html(district.get(f"/facts/imports/{position}/")))
    assert "工业" in told and "industry" not in told
    assert district.post(f"/facts/imports/{position}/undo/", {"reason": "错登"}).status_code == 302
    assert value(html(district.get(GDP)), current) == "4567.8"


def test_sums_are_compared_with_what_is_typed_and_what_is_recorded(district):
    page = f"{PAGE}?form=gas_by_user&subject={NORTH}&month=2024-03"
    shown = html(district.get(page))
    industry, homes, total = (fields(shown, label)[0] for label in ("工业用户", "居民用户", "合计"))
    recorded(district, page, {industry: "300", homes: "40", total: "340"})
    assert Observation.objects.filter(indicator="gas_use").count() == 2, "a total is checked and not recorded"
    url = fill(district, page, {homes: "50", total: "300"}, token="u").url
    work()
    refused = html(district.get(url))
    assert "cell-blocker" in refused and record(district, url).status_code == 422
    counts = BatchFile.objects.latest("batch__made_at").counts
    assert (counts["changed"], counts["unchanged"]) == (1, 1)


def test_what_is_no_number_is_found_at_its_cell(district):
    name = fields(html(district.get(GDP)), "第一产业")[0]
    url = fill(district, GDP, {name: "约三千"}).url
    work()
    assert "cell-blocker" in html(district.get(url))


def test_a_row_per_area_holds_the_areas_in_reach_and_no_other(client, result, as_role):
    page = f"{PAGE}?form=district_feedback&subject={CITY}&month=2024-06"
    shown = html(client.get(page))
    assert fields(shown, "北区") and fields(shown, "南区") and not fields(shown, "港镇")
    names = {"北区": "12.5", "南区": "9.75"}
    recorded(client, page, {fields(shown, label)[0]: text for label, text in names.items()})
    stated = Observation.objects.filter(indicator="energy_total", coverage="district_feedback")
    assert {row.subject: row.value for row in stated} == {NORTH: Decimal("12.5"), SOUTH: Decimal("9.75")}
    own = html(as_role("district").get(f"{PAGE}?form=district_feedback&subject={NORTH}&month=2024-06"))
    assert value(own, fields(own, "北区")[0]) == "12.5" and "南区" not in own


def test_further_rows_are_added_and_stand_there_once_they_have_figures(district):
    page = f"{PAGE}?form=area_figures&subject={NORTH}&month=2024-12"
    shown = html(district.get(page))
    choice = re.search(r'<option value="([^"]+)">分领域能源消费量（等价值） · 商业旅游</option>', shown)[1]
    longer = f"{page}&row={choice}"
    name = fields(html(district.get(longer)), "分领域能源消费量（等价值） 商业旅游 万吨标准煤（等价值）")[0]
    recorded(district, longer, {name: "3.25"})
    stated = Observation.objects.get(subject=NORTH, indicator="field_energy")
    assert (stated.dimensions, stated.accumulation, stated.unit) == (
        {"item": "commerce"}, "year", "10^4 tce[coal_equivalent]",
    )  # fmt: skip
    assert value(html(district.get(page)), name) == "3.25", "nobody has to know the row to find the figure"


@pytest.mark.parametrize(
    ("span", "accumulation", "start", "end"),
    [
        ("累计", "year_to_date", "2024-01-01", "2024-06-01"),
        ("当月", "month", "2024-05-01", "2024-06-01"),
        ("当季", "quarter", "2024-04-01", "2024-07-01"),
        ("1-2月合计", "january_february", "2024-01-01", "2024-03-01"),
    ],
)
def test_a_figure_of_an_area_is_of_the_span_that_was_chosen(district, span, accumulation, start, end):
    page = f"{PAGE}?form=area_figures&subject={NORTH}&month=2024-05&span={span}"
    name = fields(html(district.get(page)), "能源消费总量（等价值） 万吨标准煤（等价值）")[0]
    recorded(district, page, {name: "8"})
    row = Observation.objects.get(subject=NORTH, indicator="energy_total")
    assert (row.accumulation, str(row.period_start), str(row.period_end)) == (accumulation, start, end)


def test_the_workbook_of_a_form_comes_back_with_what_was_recorded(district):
    current, growth = fields(html(district.get(GDP)), "工业")
    recorded(district, GDP, {current: "4567.8", growth: "-1.5"})
    answer = district.get(GDP.replace("/form/", "/form/workbook/"))
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    sheet = book.worksheets[0]
    at = {sheet.cell(row, 1).value: row for row in range(1, 12)}
    assert (sheet.cell(at["工业"], 2).value, sheet.cell(at["第一产业"], 2).value) == (4567.8, None)
    sheet.cell(at["第一产业"], 2).value = 120
    out = io.BytesIO()
    book.save(out)
    send(district, ("回传.xlsx", out.getvalue()), token="w", published=str(timezone.localdate()))
    work()
    counts = BatchFile.objects.latest("batch__made_at").counts
    assert (counts["new"], counts["unchanged"], counts["rejected"]) == (1, 2, 0)


@pytest.mark.parametrize(
    "form", ["area_figures", "district_feedback", "electricity_by_industry", "gas_by_user", "gdp_quarterly"]
)
def test_every_form_of_an_area_has_its_page_and_its_workbook_in_both_languages(client, result, form):
    address = f"?form={form}&subject={NORTH}&month=2024-06"
    assert fields(html(client.get(PAGE + address)), "") == [] and "v:" in html(client.get(PAGE + address))
    english = html(client.get(f"{PAGE}{address}&lang=en"))
    body = english[english.index('id="entry"') : english.index("</table>")]
    named = body.replace("北区 (en)", "").replace("北镇 (en)", "")
    assert re.findall(r"[\u4e00-\u9fff]+", named) == [], form
    answer = client.get(f"{PAGE}workbook/{address}&within=1")
    assert load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0].max_row > 3


def test_a_unit_fills_in_its_report_as_well(as_role):
    unit = as_role("unit")
    page = f"{PAGE}?form=unit_energy_report&subject={MILL}&month=2024-03"
    month, forecast = fields(html(unit.get(page)), "天然气 万立方米")
    recorded(unit, page, {month: "9.5", forecast: "110"})
    stated = Observation.objects.filter(subject=MILL, coverage="key_unit")
    assert {(row.indicator, row.value) for row in stated} == {
        ("energy_consumption", Decimal("9.5")),
        ("energy_forecast", Decimal(110)),
    }


def test_two_people_on_one_form_are_told_of_each_other(district, client):
    current, _ = fields(html(district.get(GDP)), "工业")
    seen = log_position()
    recorded(client, GDP, {current: "4000"})
    answer = fill(district, GDP, {current: "4567.8"}, seen)
    page = html(answer)
    assert answer.status_code == 409 and "他人填报" in page and "4000" in page and value(page, current) == "4567.8"
    assert Batch.objects.filter(state=Batch.CHECKING).count() == 0


def test_a_recorded_figure_is_not_emptied_and_an_untouched_form_says_nothing(district):
    current, growth = fields(html(district.get(GDP)), "工业")
    recorded(district, GDP, {current: "4567.8"})
    answer = fill(district, GDP, {current: "", growth: ""}, token="u")
    assert answer.status_code == 422 and "工业 · 绝对量（万元） 已登记 4567.8" in html(answer)
    assert "没有改动" in html(fill(district, GDP, {current: "4567.8"}, token="v"))


def test_nobody_fills_in_a_form_of_an_area_out_of_reach(district, as_role):
    for subject in (SOUTH, CITY, "area/none", MILL, "party/t-office"):
        page = f"{PAGE}?form=gdp_quarterly&subject={subject}&month=2024-06"
        workbook = page.replace("/form/", "/form/workbook/")
        answers = {
            client.status_code for client in (district.get(page), fill(district, page, {}), district.get(workbook))
        }
        assert answers == {404}, subject
    assert district.get(f"{PAGE}?form=form_205_1&subject={NORTH}").status_code == 404, "no return of single firms"
    assert as_role("leader").get(GDP).status_code == as_role("verifier").get(GDP).status_code == 403
    assert as_role("town").get(GDP.replace(NORTH, TOWN)).status_code == 200


def test_a_form_asks_the_database_the_same_whatever_its_size(client, result, django_assert_max_num_queries):
    for form in ("gdp_quarterly", "electricity_by_industry", "area_figures"):
        with django_assert_max_num_queries(30):
            assert client.get(f"{PAGE}?form={form}&subject={NORTH}&month=2024-06").status_code == 200


def test_a_month_that_cannot_be_read_is_refused(district):
    assert district.get(f"{GDP}x").status_code == 422
