"""Every page and every path of the API, as every role: nothing is in reach that the mandate does not reach.

The addresses come from the resolver: one that the table does not know fails here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tanheng.records.models import Event, Observation
from tanheng.records.people import person_named
from tanheng.records.publishing import publish
from tests.web.a_city import MILL, NORTH, SHOP
from tests.web.every_address import ALL_SEEING, PERIOD, ROLES
from tests.web.every_address import LINES as PAGE_LINES
from tests.web.every_api_address import API_LINES

LINES = (*PAGE_LINES, *API_LINES)

QUOTED = f"co2@{NORTH}@{PERIOD}"


def routes(patterns: Sequence[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, prefix + str(pattern.pattern))
        else:
            yield prefix + str(pattern.pattern)


@pytest.fixture
def names(result) -> dict[str, str]:
    """What the addresses of the table are filled with: a result of which one figure is published, and its workbook."""
    published = publish(result.id, "北区", person_named("王芳"), [QUOTED], {"gap": "已催报"})
    cells = {
        unit: str(
            Observation.objects.filter(subject=unit).order_by("event_id", "row").values_list("source", flat=True)[0]
        )
        for unit in (MILL, SHOP)
    }
    place, sheet, mill_cell = cells[MILL].rsplit("!", 2)
    return {
        "result": result.id,
        "quoted": QUOTED,
        "position": str(published.position),
        "digest": place.partition("/")[0],
        "sheet": sheet,
        "mill_cell": mill_cell,
        "shop_cell": cells[SHOP].rpartition("!")[2],
    }


def test_every_address_of_the_site_is_in_the_table():
    known = {line.route for line in LINES}
    there = set(routes(get_resolver().url_patterns))
    assert there - known == set(), "say in every_address.py who gets what there"
    assert known - there == set(), "no such address any more"


@pytest.mark.parametrize("role", ROLES)
def test_every_address_answers_as_the_mandate_allows_and_names_nothing_out_of_reach(names, as_role, role):
    client = Client() if role == "anyone" else as_role(role)
    wrong, named = {}, []
    for line in LINES:
        answer = client.get(line.address.format(**names))
        if answer.status_code != line.answers[role]:
            wrong[line.address] = (answer.status_code, line.answers[role])
        if answer.status_code == 200 and not line.address.startswith("/sources/") and names_the_shop(answer):
            named.append(line.address)
    assert wrong == {}, "address: (what it answers, what it should)"
    assert bool(named) is (role in ALL_SEEING), named


def names_the_shop(answer) -> bool:
    """Whether an answer says anything about the unit in the south."""
    content = b"".join(answer) if answer.streaming else answer.content
    return b"t-shop" in content or b"alert(1)" in content


@pytest.mark.parametrize("role", ROLES)
def test_what_is_out_of_reach_is_answered_like_what_does_not_exist(names, as_role, role):
    client = Client() if role == "anyone" else as_role(role)
    pairs = [
        ("/results/{result}/area/t-south/", "/results/{result}/area/t-nowhr/"),
        (
            "/results/{result}/figure/co2@facility/t-shop@2024-01/",
            "/results/{result}/figure/co2@facility/t-none@2024-01/",
        ),
        ("/results/{result}/figure/co2@area/t-south@2024-01/", "/results/{result}/figure/co2@area/t-nowhr@2024-01/"),
        ("/api/results/{result}/figures?parent=area/t-south", "/api/results/{result}/figures?parent=area/t-nowhr"),
        (
            "/api/results/{result}/explain?address=co2@facility/t-shop@2024-01",
            "/api/results/{result}/explain?address=co2@facility/t-none@2024-01",
        ),
        ("/sources/{digest}/{sheet}/{shop_cell}/", "/sources/{digest}/{sheet}/ZZ98/"),
    ]
    for hidden, missing in pairs:
        one, other = (client.get(address.format(**names)) for address in (hidden, missing))
        if one.status_code == 200:
            continue  # in reach
        assert one.status_code == other.status_code, hidden
        assert plain(one, names) == plain(other, names), hidden


def plain(response, names: dict[str, str]) -> str:
    """An answer without the names that were asked for and the tokens of its forms."""
    text = re.sub(r'value="\w{64}"', "", response.content.decode())
    for name in ("t-south", "t-nowhr", "t-shop", "t-none", names["shop_cell"], "ZZ98"):
        text = text.replace(name, "…")
    return text


def test_the_api_lists_the_units_of_the_reader_and_no_others(names, as_role):
    def units(role: str) -> set[str]:
        rows = as_role(role).get(f"/api/results/{names['result']}/figures?level=facility").json()
        return {row["subject"].rpartition("-")[2] for row in rows}

    wanted = {"office": {"mill", "kiln", "shop"}, "town": {"mill", "kiln"}, "unit": {"mill"}, "department": set()}
    assert {role: units(role) for role in wanted} == wanted


@pytest.mark.parametrize("role", ROLES)
def test_forms_sent_by_whoever_may_not_change_nothing(names, as_role, role):
    client = Client() if role == "anyone" else as_role(role)
    before = Event.objects.count()
    publish_form = {"title": "x", "figure": QUOTED, "accept": "gap", "reason-gap": "y"}
    statuses = [
        client.post(f"/results/{names['result']}/publish/", publish_form).status_code,
        client.post(f"/publications/{names['position']}/fresh/", {"known_on": "2026-06-30"}).status_code,
    ]
    if role == "office":
        assert (statuses, Event.objects.count()) == ([302, 302], before + 1)
        return
    assert Event.objects.count() == before
    assert statuses == ([302, 302] if role == "anyone" else [403, 403])


def test_a_form_without_its_token_is_refused_everywhere(names, office):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = office.cookies
    sent = [f"/results/{names['result']}/publish/", "/account/mandate/", "/logout/", "/login/", "/account/password/"]
    assert {address: strict.post(address, {}).status_code for address in sent} == dict.fromkeys(sent, 403)
