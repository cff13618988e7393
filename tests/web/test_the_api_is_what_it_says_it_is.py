"""Every operation of the API against its own description: whatever is asked, by the office, by a town and by whoever
comes by, the answer is one that the description knows, in the shape that it says, and never a defect.

The requests are made up by schemathesis, the same ones each time; every second one names things that exist.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tanheng.records.mandates import mandates
from tanheng.records.models import Event, Observation
from tanheng.records.people import person_named
from tanheng.records.publishing import publish
from tanheng.records.verification import verify_chain
from tanheng.web.directory.scope import scope_under
from tanheng.web.directory.tokens import make_token
from tests.web.a_city import MILL, NORTH
from tests.web.every_address import PERIOD

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)
EXAMPLES = {"anyone": 2, "office": 4, "town": 3}
QUOTED = f"co2@{NORTH}@{PERIOD}"


@pytest.fixture
def there(result) -> Mapping[str, Any]:
    """What exists, by the names of parameters."""
    published = publish(result.id, "北区", person_named("王芳"), [QUOTED], {"gap": "已催报"})
    source = str(Observation.objects.filter(subject=MILL).order_by("event_id", "row")[0].source)
    place, sheet, cell = source.rsplit("!", 2)
    named = {"result": result.id, "position": published.position, "unit": "t-mill", "address": QUOTED}
    rules = {"factor": "carbon_content", "method": "unit_energy_and_co2", "parent": NORTH, "period": "2024-01"}
    cases = {
        "subject": MILL,
        "indicator": "energy_consumption",
        "procedure": "supervision_note",
        "name": "1",
        "area": NORTH,
        "quarter": "2024Q1",
    }
    return {**named, **rules, **cases, "digest": place.partition("/")[0], "sheet": sheet, "cell": cell}


@pytest.fixture(autouse=True)
def one_connection():
    """The application ends each request by giving its connection up, and the test's own work would go with it; Django's
    test client holds it open in the same way.
    """
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def headers(there, as_role, settings):
    """The header of each role."""
    settings.TANHENG_RATES = dict.fromkeys(settings.TANHENG_RATES, 10**9)
    cache.clear()

    def of(role: str) -> dict[str, str]:
        if role == "anyone":
            return {}
        as_role(role)
        mandate = next(each for each in reversed(mandates()) if each.role == role)
        return {"Authorization": f"Bearer {make_token(name='schemathesis', scope=scope_under(mandate))}"}

    return of


@pytest.mark.parametrize("role", ["anyone", "office", "town"])
def test_every_operation_answers_as_it_is_described_whoever_asks_whatever(there, headers, role):
    header, before = headers(role), Event.objects.count()
    described = schemathesis.openapi.from_wsgi("/api/openapi.json", _site)
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) > 60
    statuses: dict[str, set[int]] = {operation.label: set() for operation in operations}
    wrong = {}
    for operation in operations:
        if found := _ask(operation, there, header, EXAMPLES[role], statuses[operation.label]):
            wrong[operation.label] = found
    assert wrong == {}, "\n\n".join(f"{label}: {found}" for label, found in wrong.items())
    assert verify_chain() == []
    carried_out = {label for label, seen in statuses.items() if 200 in seen}
    assert len(carried_out) >= {"anyone": 12, "office": 40, "town": 30}[role], sorted(set(statuses) - carried_out)
    if role == "anyone":
        assert Event.objects.count() == before, "nobody may write without a token"


def _site(environ: dict[str, Any], start: Any) -> Any:
    """The site as a server runs it, which says from where a request came."""
    return get_wsgi_application()({**environ, "REMOTE_ADDR": "127.0.0.1"}, start)


def _ask(operation: Any, there: Mapping[str, Any], header: Mapping[str, str], most: int, seen: set[int]) -> str:
    """Asks an operation; what was wrong with an answer, or nothing. `seen` gathers the statuses."""

    @seed(20260601)
    @settings(
        max_examples=most,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), real=st.booleans())
    def run(case: Any, real: bool) -> None:
        if real:
            case.query.update({name: value for name, value in there.items() if name in case.query})
            named = {**there, "area": "t-north"}
            case.path_parameters.update({name: named[name] for name in case.path_parameters if name in named})
        answer = case.call(headers=dict(header))
        seen.add(answer.status_code)
        case.validate_response(answer, checks=CHECKS)

    try:
        run()
    except BaseExceptionGroup as found:
        return "\n".join(map(str, (found, *found.exceptions)))
    return ""


def test_the_description_names_every_operation_in_both_languages_and_says_who_is_let_in(there):
    said = Client().get("/api/openapi.json").json()
    for path, operations in said["paths"].items():
        for method, operation in operations.items():
            assert re.search(r"[\u4e00-\u9fff]", operation["summary"]), (method, path)
            assert re.search(r"[A-Za-z]", operation["summary"]), (method, path)
            assert operation["description"], (method, path)
            assert (operation["x-who"] == "token") is (method != "get"), (method, path)


def test_whom_the_description_lets_in_is_let_in_and_nobody_else(there, anyone):
    said = anyone.get("/api/openapi.json").json()
    for path, operations in said["paths"].items():
        if "get" in operations and "{" not in path:
            answer = anyone.get(path, {"q": "x", "period": "2024", "first": "x", "second": "y", "reference": "x"})
            assert (answer.status_code == 200) is (operations["get"]["x-who"] == "everybody"), path
            assert answer.status_code in (200, 403), path


def test_an_unknown_path_a_wrong_method_and_a_wrong_field_are_refused_in_one_shape(there, client):
    asked = [
        ("/api/nothing", 404),
        ("/api/results/ffff", 404),
        ("/api/results?limit=0", 422),
        ("/api/results?limit=x", 422),
        (f"/api/results/{there['result']}/explain?address=x", 422),
    ]
    for path, status in asked:
        answer = client.get(path)
        assert answer.status_code == status, path
        assert set(answer.json()) == {"code", "fields", "message", "next_step"}, path
        assert set(answer.json()["message"]) == {"zh", "en"}, path


def test_a_session_alone_changes_nothing(there, client):
    before = Event.objects.count()
    answer = client.post(f"/api/results/{there['result']}/publish", {"title": "x"}, "application/json")
    assert (answer.status_code, answer.json()["code"]) == (401, "token-needed")
    assert Event.objects.count() == before


def test_a_list_comes_in_parts_as_json_or_csv_and_is_sent_once(there, client):
    path = f"/api/results/{there['result']}/figures"
    whole = client.get(path)
    rows = whole.json()
    assert int(whole.headers["X-Total-Count"]) == len(rows) > 3
    first = client.get(f"{path}?limit=2")
    assert first.json() == rows[:2]
    following = re.search(r"<(.+)>", first.headers["Link"])[1]
    assert client.get(following).json() == rows[2:4]
    table = client.get(path, headers={"accept": "text/csv"})
    assert table.content.decode("utf-8-sig").splitlines()[0].startswith("level,subject,label_zh,label_en,period,")
    assert client.get(f"{path}?format=csv").content == table.content
    assert client.get(path, headers={"if-none-match": whole.headers["ETag"]}).status_code == 304


def test_a_name_that_a_spreadsheet_would_run_is_text_in_a_csv(there, client):
    from tanheng.web.ui.api_answers import _cell

    assert [_cell(text) for text in ("=HYPERLINK(1)", "@x", "-3.5", "+1,000", "-x")] == [
        "'=HYPERLINK(1)",
        "'@x",
        "-3.5",
        "+1,000",
        "'-x",
    ]


def test_texts_are_english_where_the_address_asks_for_it(there, client):
    rows = {lang: client.get(f"/api/rules/methods?lang={lang}").json() for lang in ("zh", "en")}
    assert rows["zh"][0]["label"] != rows["en"][0]["label"]


@pytest.mark.parametrize("name", ["tanheng.keeper", "Tanheng-Keeper", "HTTP_tanheng.keeper"])
def test_nothing_that_comes_over_a_network_is_taken_for_the_keeper_of_the_files(there, anyone, name):
    assert anyone.get("/api/me", headers={name: "True"}).status_code == 403
