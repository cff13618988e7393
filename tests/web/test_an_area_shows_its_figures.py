"""The page of an area: every unit, every figure a link, the same numbers as the table of the result."""

import re
from datetime import date
from decimal import Decimal
from html import unescape
from types import SimpleNamespace
from urllib.parse import unquote

import pytest

from tanheng.kernel.fact import Observation, ObservationKey
from tanheng.kernel.pack import IndicatorShape
from tanheng.kernel.period import Accumulation, Period
from tanheng.records.computing import compute, open_result
from tanheng.records.kept_packs import packs_of
from tanheng.records.people import person_named
from tanheng.records.recording import record_observations
from tanheng.store import load_packs
from tanheng.web.results.selectors import _first
from tests.web.a_city import FIRST_KNOWN, KILN, MILL, NORTH, PERIOD, RESULTS, SHOP

_FIGURE = re.compile(r'<a class="figure[^"]*" href="([^"]+)"[^>]*><span class="figure-value">([^<]+)</span>')


def shown(html: str) -> dict[str, str]:
    """The figures of a page: the address that the link of each leads to, and the value it shows."""
    return {unquote(unescape(href)).split("/figure/")[1].rstrip("/"): value for href, value in _FIGURE.findall(html)}


def page(client, result, area: str, **query: str) -> str:
    response = client.get(f"/results/{result.id}/area/{area}/", query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_first_page_leads_to_the_city_of_the_latest_result(client, result):
    response = client.get("/areas/")
    assert response.headers["Location"] == f"/results/{result.id}/area/t-city/"
    assert client.get(response.headers["Location"]).status_code == 200


def adjusted_north():
    """A later account of the north alone, which is about no unit."""
    half, packs = Period.parse("2024-01..2024-06"), load_packs(["cn_shanghai"])
    about = half, Accumulation.YEAR_TO_DATE, "whole_society", "statistics_aggregate"
    key = ObservationKey("electricity_use", NORTH, (("item", "C"),), *about)
    stated = Observation(key, Decimal(1050), "10^4 kWh", "final", date(2025, 3, 1), f"{'0' * 64}/表.xlsx!表!A1")
    record_observations([stated], person_named("王芳"))
    return compute("coverage_adjustment", half, "energy_statistics", FIRST_KNOWN, packs=packs)


def test_a_later_result_without_a_figure_of_the_city_is_not_the_first_page(client, result):
    later = adjusted_north()
    assert open_result().id == later.id != result.id
    assert client.get("/areas/").headers["Location"] == f"/results/{result.id}/area/t-city/"


def test_a_district_begins_in_a_result_that_leads_on_to_its_units(result, as_role):
    adjusted_north()
    assert as_role("district").get("/areas/").headers["Location"] == f"/results/{result.id}/area/t-north/"


def test_of_the_results_that_tell_something_one_whose_areas_add_up_comes_before_a_later_account():
    account, silent, adding = (
        SimpleNamespace(is_account=told, tells=tells) for told, tells in ((1, 1), (0, 0), (0, 1))
    )
    assert _first([account, silent, adding], lambda head: head.tells) is adding
    assert _first([silent, account], lambda head: head.tells) is account
    assert _first([silent], lambda head: head.tells) is None


def test_an_account_of_areas_lists_no_units_as_gaps_and_draws_no_empty_chart(result, client):
    html = page(client, adjusted_north(), "t-north")
    assert "用能单位</h2>" not in html and "<svg" not in html
    links = {unescape(link) for link in re.findall(r'href="(/results/[^"]+)"', html)}
    assert links and all(client.get(unquote(link)).status_code == 200 for link in links)


def test_a_unit_is_led_to_its_own_figure_whatever_was_computed_since(result, as_role):
    adjusted_north()
    led = as_role("unit").get("/areas/")
    assert unquote(led.headers["Location"]).startswith(f"/results/{result.id}/figure/co2@{MILL}@")


def test_a_site_without_results_says_what_to_do_first_and_names_no_command(client, db, settings, tmp_path):
    settings.TANHENG_HOME = str(tmp_path)
    told = client.get("/areas/").content.decode()
    assert 'href="/month/"' in told and "tanheng import" not in told


def test_a_district_lists_all_its_units_with_every_result_as_a_link(client, result):
    figures = shown(page(client, result, "t-north"))
    wanted = {f"{column}@{unit}@{PERIOD}" for unit in (KILN, MILL) for column in RESULTS}
    assert wanted <= set(figures)
    assert not any(SHOP in address for address in figures)


def test_every_figure_of_the_page_is_that_of_the_result(client, result):
    packs = packs_of(result.receipt["packs"])
    grids = {column: packs.get(IndicatorShape, column).on_grid for column in RESULTS}
    html = page(client, result, "t-north") + page(client, result, "t-city", period="2024-02", column=RESULTS[0])
    figures = shown(html)
    for row in result.figures.rows():
        for column in RESULTS:
            months = [month for month in PERIOD.months() if month.start == row["period_start"]]
            period = PERIOD if row["period_end"] == PERIOD.end and row["period_start"] == PERIOD.start else months[0]
            address = f"{column}@{row['subject']}@{period}"
            if address in figures:
                assert figures[address] == grids[column].display(row[column])
    assert len(figures) > 20


def test_every_link_of_an_area_leads_to_a_page(client, result):
    html = page(client, result, "t-north")
    links = {unescape(link) for link in re.findall(r'href="(/[^"]*)"', html) if not link.startswith("/static/")}
    assert [link for link in sorted(links) if client.get(link).status_code not in (200, 302)] == []


def test_the_page_says_which_kind_the_figures_are(client, result):
    html = page(client, result, "t-city")
    for words in ("结果", "计算于", "知识日期 2025-06-30", f"日志位置 {result.receipt['parameters']['log_position']}"):
        assert words in html


def test_a_gap_is_marked_and_never_a_zero(client, result):
    html = page(client, result, "t-town", period="2024-02")
    assert "1 处缺数" in html
    figures = shown(page(client, result, "t-city", period="2024-02"))
    assert "0.000" not in figures.values()


def test_a_result_leads_to_its_city(client, result):
    assert client.get(f"/results/{result.id[:6]}/").headers["Location"] == f"/results/{result.id}/area/t-city/"


def test_what_does_not_exist_is_not_found_and_says_what_to_do(client, result):
    missing = [
        "/results/ffff/",
        "/results/ffff/area/t-city/",
        f"/results/{result.id}/area/nowhere/",
        f"/results/{result.id}/area/t-city/?period=1999",
        f"/results/{result.id}/area/t-city/?column=happiness",
        f"/results/{result.id}/figure/co2@area/nowhere@{PERIOD}/",
        "/publications/7/",
        "/nowhere/",
    ]
    answers = {url: client.get(url) for url in missing}
    assert {url: answer.status_code for url, answer in answers.items()} == dict.fromkeys(missing, 404)
    assert [url for url, answer in answers.items() if "请" not in answer.content.decode()] == []


def test_an_act_that_is_opened_instead_of_sent_says_what_to_do(client, result):
    answer = client.get("/account/mandate/")
    assert answer.status_code == 405
    assert "请返回" in answer.content.decode()


@pytest.mark.parametrize("text", ["co2", "co2@@2024"])
def test_an_address_that_cannot_be_read_is_refused_with_a_next_step(client, result, text):
    response = client.get(f"/results/{result.id}/figure/{text}/")
    assert response.status_code == 422
    assert "请写成" in response.content.decode()


def test_a_name_with_markup_is_text_on_every_page(client, result):
    urls = [
        f"/results/{result.id}/area/t-south/",
        f"/results/{result.id}/figure/co2@{SHOP}@2024-02@electricity/",
        f"/results/{result.id}/figure/co2@area/t-south@{PERIOD}/",
    ]
    pages = [client.get(url).content.decode() for url in urls]
    source = re.search(r'href="(/sources/[^"]+)"', pages[1])
    pages.append(client.get(unescape(source[1])).content.decode())
    for html in pages:
        assert "<script>alert" not in html
        assert "<img" not in html
        assert "&lt;script&gt;" in html


@pytest.mark.parametrize(
    ("url", "most"),
    [
        ("/results/{id}/area/t-north/", 13),
        ("/results/{id}/figure/co2@area/t-north@2024-01..2024-02/", 13),
        ("/results/", 13),
    ],
)
def test_a_page_asks_the_database_a_fixed_number_of_times(client, result, django_assert_max_num_queries, url, most):
    address = url.format(id=result.id)
    client.get(address)
    with django_assert_max_num_queries(most):
        assert client.get(address).status_code == 200
