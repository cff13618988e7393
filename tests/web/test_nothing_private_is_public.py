"""Whoever follows every link, or asks for every figure by its address, finds what was published and no more."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from urllib.parse import quote

import pytest
from django.test import Client

from tanheng.kernel.period import Period
from tanheng.records.computing import compute
from tanheng.records.people import person_named
from tanheng.records.publishing import publish
from tanheng.store.packs import load_packs
from tests.web.a_city import MILL, NORTH, PERIOD, SHOP, SHOP_NAME, SOUTH, TOWN

pytestmark = pytest.mark.django_db
UNITS = (MILL, SHOP, "facility/t-kiln")
HREF = re.compile(r'(?:href|src)="(/[^"#]*)')
ACCEPTED = {"gap": "已催报"}


def walked(anyone: Client) -> dict[str, str]:
    """Every answer that the public gets by following links from the first page, by address."""
    found, waiting = {}, [("", "/")]
    while waiting:
        source, address = waiting.pop()
        if address in found or address.startswith(("/static/", "/rules/", "/login/")):
            continue
        answer = anyone.get(address.replace("&amp;", "&"))
        body = answer.content.decode("utf-8", "replace")
        found[address] = body if answer.status_code == 200 else ""
        assert answer.status_code in (200, 302), (source, address, answer.status_code)
        waiting += [(address, link) for link in HREF.findall(body)]
        named = re.findall(r'http://testserver/[^"\s,<&]+', body)
        waiting += [(address, link.removeprefix("http://testserver")) for link in named]
    return found


def told(pages: Iterable[str]) -> set[str]:
    """The numbers of at least four digits that pages print, without separators."""
    return {number.replace(",", "") for page in pages for number in re.findall(r"\d[\d,]*\.\d{3,}", page)}


def private(result, published: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Every figure of a result that was not published, as a page would print it."""
    from tanheng.web.results.heads import ResultHead

    head = ResultHead(result)
    found = {}
    for row in head.stored.figures.rows():
        period = Period(row["period_start"], row["period_end"])
        for column in head.columns:
            address = f"{column.id}@{row['subject']}@{period}"
            if row[column.id] is not None and (result.id, address) not in published:
                found[result.id, address] = column.indicator.on_grid.display(row[column.id]).replace(",", "")
    return found


def test_of_one_quoted_figure_the_walk_finds_that_and_no_other(anyone, result):
    quoted = f"co2@{NORTH}@{PERIOD}"
    publish(result.id, "北区", person_named("王芳"), [quoted], ACCEPTED)
    pages = walked(anyone)
    assert {"/public/indicators/co2/", "/public/areas/t-north/", "/public/data/"} <= set(pages)
    (open_value,) = set(private(result, set()).items()) - set(private(result, {(result.id, quoted)}).items())
    hidden = set(private(result, {(result.id, quoted)}).values()) - {open_value[1]}  # the town is all of the north
    assert hidden & told(pages.values()) == set()
    for page in pages.values():
        assert not any(unit in page for unit in (*UNITS, SHOP_NAME, "t-south", "t-town"))


def test_of_a_whole_result_the_walk_finds_no_unit_and_no_sum_that_rests_on_one(anyone, result):
    publish(result.id, "全市", person_named("王芳"), [], ACCEPTED)
    pages = walked(anyone)
    shown = [
        page for address, page in pages.items() if "/figure/" in address or address.startswith(("/public", "/embed"))
    ]
    assert len(shown) > 10
    units = {key: text for key, text in private(result, set()).items() if "@facility/" in key[1]}
    assert units
    assert set(units.values()) & told(pages.values()) == set()
    for page in pages.values():
        assert not any(unit in page for unit in (*UNITS, SHOP_NAME))


@pytest.mark.parametrize("quoted", [[f"co2@{NORTH}@{PERIOD}"], []], ids=["one figure", "whole"])
def test_no_address_that_anybody_could_guess_explains_an_unpublished_figure(anyone, result, quoted):
    publish(result.id, "发布", person_named("王芳"), quoted, ACCEPTED)
    opened = []
    for (id, address), text in private(result, {(result.id, each) for each in quoted}).items():
        for way in (f"/results/{id}/figure/{quote(address)}/", f"/api/results/{id}/explain?address={quote(address)}"):
            answer = anyone.get(way)
            subject = address.split("@")[1]
            few = subject.startswith("facility/") or subject in (SOUTH, TOWN) or bool(quoted)
            if few and answer.status_code != 404:
                opened.append((way, answer.status_code, text))
    assert opened == []
    for unit in UNITS:
        for column in ("co2", "energy_calorific"):
            assert anyone.get(f"/public/indicators/{column}/?area={unit}").status_code == 404
            assert anyone.get(f"/embed/indicator/{column}/?area={unit}").status_code == 404


def test_a_result_that_nobody_published_is_nowhere_public(anyone, result):
    publish(result.id, "全市", person_named("王芳"), [], ACCEPTED)
    other = compute(
        "unit_energy_and_co2",
        Period.parse("2024-01"),
        "city_inventory",
        date(2025, 6, 30),
        packs=load_packs(["cn_shanghai"]),
    )
    pages = walked(anyone)
    assert not any(other.id in page for page in pages.values())
    assert anyone.get(f"/results/{other.id}/area/t-city/").status_code == 404
