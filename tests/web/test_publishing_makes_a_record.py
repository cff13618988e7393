"""Publishing, repeating and comparing through the pages."""

import re
from html import unescape

import pytest

from tanheng.records.computing import open_result
from tanheng.records.people import person_named
from tests.web.a_city import NORTH, PERIOD, REVISED_KNOWN, correct

FIGURE = f"co2@{NORTH}@{PERIOD}"


def publish(client, result, **fields: object):
    given = {"title": "北区前两月", "figure": FIGURE, "accept": "gap", "reason-gap": "已催报", **fields}
    return client.post(f"/results/{result.id}/publish/", given)


def test_publishing_needs_a_login(anyone, client, result):
    response = publish(anyone, result)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/login/")
    assert client.get("/api/publications").json() == []


def test_a_blocker_must_be_accepted_with_a_reason(office, result):
    refused = publish(office, result, **{"accept": "", "reason-gap": ""})
    assert refused.status_code == 422
    assert "缺少" in refused.content.decode()
    assert publish(office, result, **{"reason-gap": " "}).status_code == 422
    assert publish(office, result, title=" ").status_code == 422
    assert office.get("/api/publications").json() == []
    assert publish(office, result).status_code == 302


def test_a_figure_is_published_and_repeated_to_the_same_digest(office, result):
    page = publish(office, result).headers["Location"]
    html = office.get(page).content.decode()
    assert "office" in html
    assert "已催报" in html
    (listed,) = office.get("/api/publications").json()
    assert listed["figures"] == [FIGURE]
    assert listed["figures_digest"] == result.receipt["figures"]
    repeated = office.post(f"{page}repeat/").content.decode()
    assert 'data-same="yes"' in repeated
    assert repeated.count(result.receipt["figures"]) >= 2


def test_later_knowledge_gives_another_figure_and_names_the_entry(office, result):
    page = publish(office, result).headers["Location"]
    response = office.post(f"{page}fresh/", {"known_on": REVISED_KNOWN.isoformat()}, follow=True)
    html = response.content.decode()
    assert 'data-same="no"' in html
    entries = re.search(r'id="entries".*?</section>', html, re.S)[0]
    assert "shanghai-2022" in entries
    assert "shanghai-2023" in entries
    assert 'data-same="yes"' in office.post(f"{page}repeat/").content.decode()


def test_a_question_asked_here_moves_the_first_page_for_nobody(office, result):
    first = office.get("/").headers["Location"]
    page = publish(office, result).headers["Location"]
    answers = [office.post(f"{page}fresh/", {"known_on": REVISED_KNOWN.isoformat()}) for _ in range(2)]
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert office.get(answers[0].headers["Location"]).status_code == 200
    assert len(office.get("/api/results").json()) == 2
    assert office.get("/").headers["Location"] == first
    assert open_result("latest").id == result.id


def test_the_question_that_was_published_is_answered_with_the_same_figures(office, result):
    page = publish(office, result).headers["Location"]
    asked = {"known_on": result.receipt["parameters"]["known_on"]}
    html = office.post(f"{page}fresh/", asked, follow=True).content.decode()
    assert 'data-same="yes"' in html
    assert 'id="amounts"' not in html


@pytest.mark.parametrize("act", ["repeat", "fresh"])
def test_the_address_of_an_act_that_is_opened_leads_back_to_the_publication(office, result, act):
    """As after a login that came in between, or in another language."""
    page = publish(office, result).headers["Location"]
    assert office.get(f"{page}{act}/").headers["Location"] == page


def test_an_amount_that_was_corrected_is_named_with_its_cells(office, result, tmp_path):
    page = publish(office, result).headers["Location"]
    correct(person_named("王芳"), tmp_path)
    html = office.post(f"{page}fresh/", {"known_on": REVISED_KNOWN.isoformat()}, follow=True).content.decode()
    amounts = unescape(re.search(r'id="amounts".*?</section>', html, re.S)[0])
    text = re.sub(r"<[^>]+>", " ", amounts)
    wanted = ["窑 · 柴油", "2024年1月", "4.3 ", "4.86 ", "能耗月报.xlsx · 能耗月报!F4", "更正.xlsx · 能耗月报!F4"]
    wanted += ["厂 · 天然气", "2024年2月", "未填报", "8.6 "]
    assert [words for words in wanted if words not in text] == []
    links = dict.fromkeys(re.findall(r'href="(/sources/[^"]+)"', amounts))
    cells = [office.get(link).content.decode() for link in links]
    stated = [re.search(r'id="cell" aria-current="true">([^<]+)<', cell)[1] for cell in cells]
    assert stated == ["4.3", "4.86", "8.6"]


def test_computing_afresh_needs_a_login_and_a_date(client, office, result):
    page = publish(office, result).headers["Location"]
    assert office.post(f"{page}fresh/", {"known_on": "yesterday"}).status_code == 422
    office.logout()
    assert office.post(f"{page}fresh/", {"known_on": "2026-06-30"}).headers["Location"].startswith("/login/")


def test_a_form_from_elsewhere_publishes_nothing(result, office):
    office.handler.enforce_csrf_checks = True
    assert publish(office, result).status_code == 403
    assert office.get("/api/publications").json() == []
