"""What the office has published, for everybody: values, trends, areas, the barometer, frames and files."""

import csv
import io
import json

import pytest
from django.test import Client

from tanheng.records.people import person_named
from tanheng.records.publishing import publish
from tests.web.a_barometer import QUARTER, graded, logged_in
from tests.web.a_city import NORTH, PERIOD, SOUTH

pytestmark = pytest.mark.django_db
QUOTED = f"co2@{NORTH}@{PERIOD}"
ACCEPTED = {"gap": "已催报"}


def text(client, address, language="zh-hans"):
    client.cookies["django_language"] = language
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.fixture
def quoted(result):
    """One figure of the north is published."""
    return publish(result.id, "北区碳排放", person_named("王芳"), [QUOTED], ACCEPTED)


@pytest.fixture
def whole(result):
    """The whole result is published."""
    return publish(result.id, "全市能耗与碳排放", person_named("王芳"), [], ACCEPTED)


def test_before_anything_is_published_every_public_list_says_what_will_come(anyone, result):
    for address in ("/public/", "/public/indicators/", "/public/areas/", "/public/data/"):
        assert "尚未发布任何内容" in text(anyone, address)
        assert "Nothing has been published yet" in text(anyone, address, "en")
    assert "尚未发布晴雨表" in text(anyone, "/public/barometer/")


def test_the_first_page_of_whoever_comes_by_leads_to_the_public_site(anyone, result):
    assert 'href="/public/"' in text(anyone, "/")


def test_an_indicator_says_its_value_what_it_means_and_how_it_came_about(anyone, quoted):
    html = text(anyone, "/public/indicators/co2/")
    for words in (
        "二氧化碳排放量",
        "北区",
        "2024年1-2月",
        "绝不按零计",
        "各月之和为全年",
        "北区碳排放",
        "知识日期",
        "第 1 版",
    ):
        assert words in html, words
    assert f"/figure/{QUOTED}/" in html.replace("%40", "@")
    assert "CO2 emissions" in text(anyone, "/public/indicators/co2/", "en")


def test_of_a_single_published_figure_nothing_else_of_its_result_is_public(anyone, quoted):
    assert anyone.get("/public/indicators/energy_calorific/").status_code == 404
    assert anyone.get(f"/public/indicators/co2/?area={SOUTH}").status_code == 404
    assert anyone.get("/public/areas/t-south/").status_code == 404
    rows = anyone.get(f"/public/data/{quoted.position}.json").json()["rows"]
    assert [(row["subject"], row["indicator"], row["period"]) for row in rows] == [(NORTH, "co2", str(PERIOD))]


def test_a_figure_published_again_stands_once_with_the_later_publication(anyone, quoted, whole):
    html = text(anyone, f"/public/indicators/co2/?area={NORTH}")
    assert html.count('<th scope="row">2024年1-2月</th>') == 1
    assert "全市能耗与碳排放" in html


def test_months_without_a_value_are_no_zero_in_the_trend(anyone, whole):
    html = text(anyone, "/public/indicators/co2/")
    assert "<polyline" in html or "缺数" in html
    assert "0.000" not in html


def test_the_office_sees_on_the_public_site_what_everybody_sees(anyone, client, quoted):
    for address in ("/public/indicators/", "/public/areas/", f"/public/data/{quoted.position}.csv"):
        ours, theirs = (each.get(address).content.decode() for each in (client, anyone))
        assert ours[ours.find("<main") :] == theirs[theirs.find("<main") :]


def test_a_table_is_the_same_in_csv_and_json_and_says_what_it_is(anyone, whole, settings):
    settings.TANHENG_DATA_LICENCE = "CC BY 4.0"
    document = anyone.get(f"/public/data/{whole.position}.json").json()
    told = anyone.get(f"/public/data/{whole.position}.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(told)))
    assert len(rows) == len(document["rows"]) > 0
    for line, row in zip(rows, document["rows"], strict=True):
        assert {name: line[name] for name in ("subject", "period", "indicator", "unit")} == {
            name: row[name] for name in ("subject", "period", "indicator", "unit")
        }
        assert line["value"] == (row["value"] or "")
    named = ("title", "known_on", "method", "method_version", "figures_digest")
    assert [document[name] for name in named] == [
        "全市能耗与碳排放", "2025-06-30", "unit_energy_and_co2", 1, whole.figures_digest,
    ]  # fmt: skip
    assert (document["licence"], document["contact"]) == ("CC BY 4.0", None)


def test_every_column_of_the_csv_is_described_in_the_words_of_csvw(anyone, quoted):
    described = anyone.get(f"/public/data/{quoted.position}.csv-metadata.json").json()
    head = anyone.get(f"/public/data/{quoted.position}.csv").content.decode("utf-8-sig").splitlines()[0]
    assert [column["name"] for column in described["tableSchema"]["columns"]] == head.split(",")
    assert described["url"].endswith(f"/public/data/{quoted.position}.csv")


def test_the_catalogue_names_each_table_with_its_files_and_no_licence_that_nobody_set(anyone, quoted, settings):
    settings.TANHENG_DATA_CONTACT = "mailto:office@city.example"
    catalogue = anyone.get("/public/data/catalogue.jsonld").json()
    (dataset,) = catalogue["dcat:dataset"]
    addresses = [each["dcat:downloadURL"] for each in dataset["dcat:distribution"]]
    assert [anyone.get(address).status_code for address in addresses] == [200, 200]
    assert dataset["dcat:contactPoint"]["vcard:hasEmail"] == "mailto:office@city.example"
    assert "dct:license" not in json.dumps(catalogue)


def test_whoever_has_the_file_is_told_so_and_gets_nothing_again(anyone, quoted):
    for ending in (".csv", ".json", ".csv-metadata.json"):
        address = f"/public/data/{quoted.position}{ending}"
        first = anyone.get(address)
        again = anyone.get(address, headers={"if-none-match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_only_frames_may_be_framed_and_they_run_and_send_nothing(anyone, client, quoted):
    framed = anyone.get("/embed/indicator/co2/")
    policy = framed.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy and "script-src 'none'" in policy and "form-action 'none'" in policy
    assert "X-Frame-Options" not in framed.headers
    assert not framed.cookies
    assert client.get("/embed/indicator/co2/").content == framed.content, "whoever reads it, it is the same"
    for address in ("/public/", "/public/indicators/co2/", "/publications/", "/login/"):
        closed = anyone.get(address)
        assert "frame-ancestors 'none'" in closed.headers["Content-Security-Policy"]
        assert closed.headers["X-Frame-Options"] == "DENY"
    assert "&lt;iframe src=&quot;" in text(anyone, "/public/indicators/co2/") or "&lt;iframe src=" in text(
        anyone, "/public/indicators/co2/"
    )


def test_a_published_barometer_is_public_with_every_light_explained(anyone, settings, tmp_path):
    stored = graded(tmp_path, settings)
    assert "尚未发布晴雨表" in text(anyone, "/public/barometer/")
    codes = {finding["code"] for finding in stored.findings if finding["severity"] == "blocker"}
    publish(stored.id, "上半年晴雨表", person_named("王芳"), [], dict.fromkeys(codes, "已知悉"))
    html = text(anyone, f"/public/barometer/{QUARTER}/")
    assert "上半年晴雨表" in html and "example-red" in html
    links = [part.split('"')[0] for part in html.split('href="')[1:]]
    lights = {link for link in links if "/figure/light_level" in link}
    assert lights
    assert {anyone.get(link).status_code for link in lights} == {200}
    assert text(anyone, f"/embed/barometer/{QUARTER}/").count("example-") >= 4


def test_a_district_opens_the_explanation_of_its_own_light_and_of_no_other(settings, tmp_path):
    stored = graded(tmp_path, settings)
    office = logged_in("office")
    html = office.get(f"/barometer/{QUARTER}/").content.decode()
    links = {part.split('"')[0] for part in html.split('href="')[1:] if "/figure/light_level" in part.split('"')[0]}
    own = logged_in("district", area="area/example-red")
    shown = own.get(f"/barometer/{QUARTER}/").content.decode()
    mine = {link for link in links if link in shown}
    assert mine and mine < links
    assert {own.get(link).status_code for link in mine} == {200}
    assert {own.get(link).status_code for link in links - mine} == {404}
    assert {Client().get(link).status_code for link in links} == {404}, stored.id
