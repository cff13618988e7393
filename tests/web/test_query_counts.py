"""How often pages ask the database: a fixed number of times, however much the site holds."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tanheng.kernel.subject import LOCATED_IN, Directory, Facility, Relation
from tanheng.records.people import person_named
from tanheng.records.recording import record_directory
from tanheng.web.directory.kept_pages import forget_pages
from tests.web.a_city import TOWN
from tests.web.every_address import LINES, ROLES
from tests.web.test_every_address_as_every_role import names  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db
MOST = 40
"""Of any page; those that many people read every day have bounds of their own."""
READ_EVERY_DAY = {"/home/": 20, "/targets/": 12, "/barometer/": 10, "/units/": 14, "/units/t-mill/": 20}
READ_AGAIN = {"/home/": 11, "/targets/": 7, "/units/": 7, "/units/t-mill/": 7}
GROWING = ("/units/", "/home/", "/results/{result}/area/t-town/")


def asked(client, address):
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code in (200, 302), address
    return len(queries)


def test_no_page_asks_more_than_forty_times(names, as_role):  # noqa: F811
    office = as_role("office")
    addresses = [line.address.format(**names) for line in LINES if dict(line.answers)[ROLES[1]] == 200]
    for address in addresses:
        office.get(address)
    found = {address: asked(office, address) for address in addresses}
    assert {address: count for address, count in found.items() if count > MOST} == {}


def test_what_is_read_every_day_is_drawn_with_few_questions_and_read_again_with_fewer(result, as_role):
    office = as_role("office")
    for address in READ_EVERY_DAY:
        office.get(address)
    forget_pages()
    drawn = {address: asked(office, address) for address in READ_EVERY_DAY}
    again = {address: asked(office, address) for address in READ_AGAIN}
    assert {address: count for address, count in drawn.items() if count > READ_EVERY_DAY[address]} == {}
    assert {address: count for address, count in again.items() if count > READ_AGAIN[address]} == {}


def test_a_page_of_a_larger_city_asks_as_often(names, as_role):  # noqa: F811
    office = as_role("office")
    before = counted(office, names)
    units = [Facility(f"facility/q-{number}", {"zh": f"厂{number}", "en": f"{number}"}) for number in range(80)]
    lie = tuple(Relation(LOCATED_IN, unit.id, TOWN, date(2020, 1, 1)) for unit in units)
    record_directory(Directory(facilities=tuple(units), relations=lie), person_named("王芳"))
    assert counted(office, names) == before


def counted(client, filled):
    addresses = [address.format(**filled) for address in GROWING]
    for address in addresses:
        client.get(address)
    forget_pages()
    return {address: asked(client, address) for address in addresses}
