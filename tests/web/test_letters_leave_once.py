"""Letters that two people have sent at the same moment, and two workers send at the same moment, leave once each."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.records.a_mail_server import MailServer, mail_server
from tests.web.a_browser import ROOT, place
from tests.web.test_two_at_once import Desk, Desks, _desk


@pytest.fixture(scope="module")
def posted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desks, MailServer]]:
    """Two desks of one site that has a mail server."""
    folder = tmp_path_factory.mktemp("posted")
    with place(folder) as plain, mail_server() as server, ExitStack() as ending:
        environment = {**plain, "TANHENG_SMTP_URL": server.url, "TANHENG_MAIL_FROM": "office@example.org"}
        found = [sys.executable, str(Path(__file__).with_name("a_busy_site.py")), str(folder)]
        subprocess.run(found, env=environment, check=True, cwd=ROOT)
        programs = [ending.enter_context(_desk(environment, login)) for login in ("anna", "bert")]
        for program in programs:
            ending.callback(program.stdin.close)
        yield Desks(*map(Desk, programs)), server


def test_a_letter_leaves_once_whoever_clicks_and_however_many_workers_there_are(posted):
    desks, server = posted
    day = timezone.localdate()
    parties = ["经信局", "双碳办"]
    addresses = ["a@example.org", "b@example.org"]
    for number in range(3):
        said = {"year": str(day.year), "due": (day + timedelta(days=9)).isoformat(), "party": parties, "how": "mail",
                "token": f"t{number}", "listed": parties, "address": addresses}  # fmt: skip
        before = len(server.letters)
        answers = desks.both({"post": "/tasks/workbooks/send/", "data": said})
        assert {answer["status"] for answer in answers} == {302} and len({answer["to"] for answer in answers}) == 1
        desks.both({"work": "anna"}, {"work": "bert"})
        assert sorted(letter["To"] for letter in server.letters[before:]) == addresses
        reminded = desks.both({"post": f"{answers[0]['to']}remind/"})
        assert {answer["status"] for answer in reminded} == {200}
        desks.both({"work": "anna"}, {"work": "bert"})
        assert len(server.letters) == before + 2, "it was mailed today already"
    assert desks.ask("log")["findings"] == []
