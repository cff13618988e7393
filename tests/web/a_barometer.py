"""A site with a barometer: the worked example's four districts with their targets, graded and stored."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.test import Client

from tanheng.kernel.demand import target_of
from tanheng.kernel.pack import AccountExample
from tanheng.kernel.period import Period
from tanheng.records.computing import compute
from tanheng.records.mandates import grant_mandate
from tanheng.records.obligations import Decision, ReviewedInstrument, record_review
from tanheng.records.people import person_named, person_of_login
from tanheng.store.results import StoredResult
from tests.records.worked import PACKS, recorded

(EXAMPLE,) = (example for example in PACKS.all(AccountExample) if example.id == "barometer_2024h1")
QUARTER, KNOWN_ON = "2024Q2", date(2026, 6, 30)
COLOURS = ("red", "yellow", "green", "grey")
_PLAN = ("example-plan", "虚构年度安排", "plan.txt")


def graded(folder: Path, settings, quarters: str = "4") -> StoredResult:
    """The lights of the half-year, in a home of its own."""
    settings.TANHENG_HOME = str(folder / "home")
    recorded(EXAMPLE, whole=False)
    reading = json.dumps({"text": "安排"}, ensure_ascii=False).encode()
    plan = ReviewedInstrument(*_PLAN, "安排".encode(), reading, issued=date(2024, 1, 15))
    record_review(plan, [Decision(target_of(one), (0, 2), "grammar") for one in EXAMPLE.targets], person_named("王芳"))
    asked = {"rule": "gap_over_target", "quarters": quarters}
    return compute("barometer", Period.parse(EXAMPLE.period), EXAMPLE.scheme, KNOWN_ON, packs=PACKS, settings=asked)


def logged_in(role: str, area: str = "", party: str = "") -> Client:
    """Somebody with a mandate of a role, logged in."""
    login = f"{role}-{uuid4().hex[:6]}"
    client, user = Client(), get_user_model().objects.create_user(login, password="a long enough password")
    clerk, person = person_named("王芳"), person_of_login(login)
    grant_mandate(person=person, role=role, actor=clerk, start=date(2020, 1, 1), party=party, area=area, scheme="")
    client.force_login(user)
    return client
