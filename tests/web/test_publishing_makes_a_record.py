"""Publishing, repeating and comparing through the pages."""

import re

from tests.web.a_city import NORTH, PERIOD, REVISED_KNOWN

FIGURE = f"co2@{NORTH}@{PERIOD}"


def publish(client, result, **fields: object):
    given = {"title": "北区前两月", "figure": FIGURE, "accept": "gap", "reason-gap": "已催报", **fields}
    return client.post(f"/results/{result.id}/publish/", given)


def test_publishing_needs_a_login(client, result):
    response = publish(client, result)
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


def test_computing_afresh_needs_a_login_and_a_date(client, office, result):
    page = publish(office, result).headers["Location"]
    assert office.post(f"{page}fresh/", {"known_on": "yesterday"}).status_code == 422
    office.logout()
    assert office.post(f"{page}fresh/", {"known_on": "2026-06-30"}).headers["Location"].startswith("/login/")


def test_a_form_from_elsewhere_publishes_nothing(result, office):
    office.handler.enforce_csrf_checks = True
    assert publish(office, result).status_code == 403
    assert office.get("/api/publications").json() == []
