"""Explanation and source cell: the page, the API and the kernel say one thing, and it leads to the workbook."""

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html import unescape
from io import BytesIO
from urllib.parse import quote

import pytest
import xlwt

from tanheng.kernel.fact import Observation, ObservationKey
from tanheng.kernel.period import Accumulation, Period
from tanheng.kernel.trace import Address
from tanheng.records import models as fact
from tanheng.records.computing import explain_figure
from tanheng.records.people import person_named
from tanheng.records.recording import record_observations
from tanheng.records.site_files import blobs
from tests.web.a_city import KILN, MILL, NORTH, PERIOD, computed

LEAF = f"co2@{KILN}@2024-01@diesel"


def test_page_api_and_kernel_explain_alike(client, result):
    for address in (LEAF, f"co2@{KILN}@{PERIOD}", f"co2@{NORTH}@2024-02"):
        told = explain_figure(result, Address.parse(address))
        answer = client.get(f"/api/results/{result.id}/explain", {"address": address})
        assert answer.json() == json.loads(json.dumps(told))
        html = client.get(f"/results/{result.id}/figure/{address}/").content.decode()
        assert f'data-value="{told["value"]:,}"' in html
        assert told["display"]["value"] in html
        for part in told["parts"]:
            if part["value"] is not None:
                assert part["display"]["value"] in html


def test_a_formula_is_printed_with_its_numbers(client, result):
    html = client.get(f"/results/{result.id}/figure/{LEAF}/").content.decode()
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", unescape(html)))
    assert "消费量 × 低位发热量" in text
    assert "4.3 × 42.652" in text
    assert "÷" in text


def test_the_page_of_a_unit_shows_a_computation_with_numbers_at_once(client, result):
    html = client.get(f"/results/{result.id}/figure/co2@{KILN}@{PERIOD}/").content.decode()
    steps = html[html.index('id="steps"') :]
    assert steps.count("<details") > 1
    assert re.findall(r"<details[^>]*>", steps.split("</section>")[0])[0].endswith(" open>")
    assert steps.count(" open>") == 1
    assert html.index('id="steps"') < html.index('id="parts"')


def test_the_page_of_an_area_begins_with_its_parts(client, result):
    html = client.get(f"/results/{result.id}/figure/co2@{NORTH}@{PERIOD}/").content.decode()
    assert html.index('id="parts"') < html.index('id="steps"')
    assert '<details class="mb-2" open>' in html


def test_an_input_leads_to_its_cell_in_the_workbook(client, result):
    html = client.get(f"/results/{result.id}/figure/{LEAF}/").content.decode()
    source = unescape(re.search(r'href="(/sources/[^"]+)"', html)[1])
    cell = client.get(source)
    assert cell.status_code == 200
    grid = cell.content.decode()
    assert re.search(r'<td class="cell" id="cell" aria-current="true">4\.3</td>', grid)
    assert "消费量" in grid
    download = re.search(r'href="(/sources/[0-9a-f]{64}/)"', grid)[1]
    assert client.get(download).content[:2] == b"PK"


def test_no_link_leads_to_a_cell_of_a_file_that_is_shown_to_nobody(client, result):
    address = f"/results/{result.id}/figure/{LEAF}/"
    link = re.search(r'href="(/sources/[^"]+)"', client.get(address).content.decode())[1]
    stated = fact.Observation.objects.filter(source__contains="!F").first()
    confidential = replace(stated.as_fact().key, use_class="individual_statistics")
    record_observations([replace(stated.as_fact(), key=confidential)], person_named("王芳"))
    assert client.get(unescape(link)).status_code == 422
    html = client.get(address).content.decode()
    assert not re.search("/sources/[0-9a-f]{64}", html)
    assert "4.3 × 42.652" in re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", unescape(html))), "the number is still told"


def test_only_a_cell_that_was_recorded_is_shown(client, result):
    html = client.get(f"/results/{result.id}/figure/{LEAF}/").content.decode()
    digest = re.search(r"/sources/([0-9a-f]{64})/", html)[1]
    sheet = quote("能耗月报")
    for path in (f"{digest}/{sheet}/A1", f"{digest}/Other/F4", f"{'0' * 64}/{sheet}/F4", "x/y/z"):
        assert client.get(f"/sources/{path}/").status_code == 404
    assert client.get(f"/sources/{'0' * 64}/").status_code == 404


def test_gaps_are_named_with_unit_carrier_and_month(client, result):
    html = client.get(f"/results/{result.id}/figure/co2@{MILL}@{PERIOD}/").content.decode()
    assert "厂 · 天然气 · 2024年2月" in html


def test_a_filled_gap_is_marked_wherever_its_figure_stands(client, result):
    filled = computed(period=Period.parse("2024-01..2024-03"), fill="adjacent_mean")
    explained = client.get(f"/results/{filled.id}/figure/co2@{MILL}@2024-02/").content.decode()
    listed = client.get(f"/results/{filled.id}/area/t-north/", {"period": "2024-02"}).content.decode()
    units = listed[listed.index("用能单位</h2>") :]
    assert "1 处填补" in units
    assert "缺数" not in units
    assert "厂 · 天然气 · 2024年2月: 8.55 万立方米" in explained
    assert "相邻月平均" in explained


def test_the_api_lists_results_and_figures(client, result):
    assert [item["id"] for item in client.get("/api/results").json()] == [result.id]
    assert client.get(f"/api/results/{result.id}").json()["receipt"] == result.receipt
    rows = client.get(f"/api/results/{result.id}/figures", {"parent": NORTH}).json()
    assert {row["subject"] for row in rows} == {KILN, MILL, "area/t-town"}
    cities = client.get(f"/api/results/{result.id}/figures", {"level": "city", "period": "2024-01"}).json()
    stored = result.figures.where(level="city", period_start=PERIOD.start, period_end=PERIOD.months()[0].end).rows()
    assert [row["figures"]["co2"]["value"] for row in cities] == [row["co2"] for row in stored]


def test_the_api_says_what_was_refused_in_both_languages(client, result):
    base = f"/api/results/{result.id}/explain"
    answers = {
        404: client.get(base, {"address": f"co2@area/nowhere@{PERIOD}"}),
        422: client.get(base, {"address": "co2"}),
    }
    for status, answer in answers.items():
        assert answer.status_code == status
        assert set(answer.json()["message"]) == set(answer.json()["next_step"]) == {"zh", "en"}
    assert client.get(base).json()["code"] == "request-unreadable"
    assert client.get("/api/results/ffff").status_code == 404


def _old_excel() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("用电")
    sheet.write(0, 0, "行业")
    sheet.write(1, 1, 61.75)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("file", "sheet", "content"),
    [("燃气表.csv", "csv", "用户类别,本月\r\n居民,61.75\r\n".encode("gbk")), ("用电.xls", "用电", _old_excel())],
)
def test_a_cell_of_an_old_workbook_or_of_text_is_shown_like_any(client, result, file, sheet, content):
    digest = blobs().put(content)
    key = ObservationKey("gas_use", KILN, (), Period.month(2024, 1), Accumulation.MONTH, "unit_report", "unit_report")
    source = f"{digest}/{file}!{sheet}!B2"
    stated = Observation(key, Decimal("61.75"), "10^4 Nm3", "final", date(2024, 2, 9), source)
    record_observations([stated], person_named("王芳"))
    page = client.get(f"/sources/{digest}/{quote(sheet)}/B2/")
    assert page.status_code == 200
    assert '<td class="cell" id="cell" aria-current="true">61.75</td>' in page.content.decode()


def test_few_gaps_of_a_figure_stand_open_under_it(client, result):
    html = client.get(f"/results/{result.id}/figure/co2@{MILL}@{PERIOD}/").content.decode()
    assert re.search(r'<details class="mt-3" id="gaps" open><summary>[^<]+ · 1</summary>', html)
