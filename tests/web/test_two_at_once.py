"""Two desks act at the same moment, on whichever database the tests run: one acts, the other is told or finds the
same; nothing is lost or doubled, and the log is whole.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from tests.web.a_browser import ROOT, place
from tests.web.a_city import NORTH
from tests.web.a_split import form
from tests.web.test_facts_workbooks import workbook

ROUNDS = 4


@dataclass(frozen=True)
class Desk:
    """A desk in a process of its own."""

    program: subprocess.Popen[str]

    def line(self) -> str:
        return self.program.stdout.readline()

    def say(self, line: str) -> None:
        self.program.stdin.write(f"{line}\n")
        self.program.stdin.flush()


@dataclass(frozen=True)
class Desks:
    """Two desks: what both do begins at the same moment."""

    anna: Desk
    bert: Desk

    def both(self, one: dict[str, Any], other: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """What came of a request of each; of the same request at both desks, where one is given."""
        asked = ((self.anna, one), (self.bert, other or one))
        for desk, request in asked:
            desk.say(json.dumps(request))
        for desk, _ in asked:
            assert desk.line() == "ready\n"
        for desk, _ in asked:
            desk.say("go")
        return [json.loads(desk.line()) for desk, _ in asked]

    def alone(self, request: dict[str, Any]) -> dict[str, Any]:
        self.anna.say(json.dumps(request))
        assert self.anna.line() == "ready\n"
        self.anna.say("go")
        return json.loads(self.anna.line())

    def ask(self, what: str) -> dict[str, Any]:
        return self.alone({"ask": what})


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    """Two desks of the office on one site; at the end its log is gapless and everything in it stands."""
    folder = tmp_path_factory.mktemp("busy")
    with place(folder) as environment, ExitStack() as ending:
        found = [sys.executable, str(Path(__file__).with_name("a_busy_site.py")), str(folder)]
        subprocess.run(found, env=environment, check=True, cwd=ROOT)
        programs = [ending.enter_context(_desk(environment, login)) for login in ("anna", "bert")]
        for program in programs:
            ending.callback(program.stdin.close)
        desks = Desks(*map(Desk, programs))
        yield desks
        log = desks.ask("log")
        assert log["positions"] == list(range(1, len(log["positions"]) + 1))
        assert log["findings"] == []


def _desk(environment: dict[str, str], login: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(Path(__file__).with_name("a_desk.py")), login]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    return subprocess.Popen(command, env=environment, cwd=ROOT, text=True, **pipes)


def statuses(answers: list[dict[str, Any]]) -> list[int]:
    return sorted(answer["status"] for answer in answers)


def packed(name: str, content: bytes) -> list[list[str]]:
    return [[name, base64.b64encode(content).decode()]]


def sent(number: int, token: str, value: float = 13.5) -> dict[str, Any]:
    """The form with a workbook of the mill: the month says which."""
    row = ["C2", "厂", f"2023-{number:02d}", "电力", "万千瓦时", value, ""]
    fields = {"token": token, "published": "2024-04-10"}
    return {"post": "/facts/", "data": fields, "files": {"workbook": packed(f"{number}.xlsx", workbook(row))}}


def grown(desks: Desks, what: str, before: dict[str, int]) -> int:
    return desks.ask("counts")[what] - before[what]


def refused(desks: Desks) -> int:
    """How many senders were told that their workbook would do something else by now."""
    return list(desks.ask("jobs").values()).count(["record_workbooks", "refused"])


def opened(desks: Desks, title: str) -> str:
    """The address of a supervision note that the office has just opened."""
    fields = {"title": title, "said": "请说明", "addressee": "市经信局", "due": "2030-01-10", "token": title}
    answer = desks.alone({"post": "/cases/new/supervision_note/", "data": fields})
    assert answer["status"] == 302, answer["text"]
    return answer["to"]


def test_a_form_with_a_workbook_that_is_sent_twice_at_once_is_one_batch(desks):
    for number in range(1, ROUNDS + 1):
        before = desks.ask("counts")
        # the second desk is the same person's second click: a token is of one person
        first, second = desks.both({**sent(number, f"twice-{number}"), "as": "anna"})
        assert (first["status"], second["status"]) == (302, 302)
        assert first["to"] == second["to"]
        assert (grown(desks, "batches", before), grown(desks, "jobs", before)) == (1, 1)


def test_one_batch_that_is_recorded_twice_at_once_is_recorded_once_by_two_workers(desks):
    for number in range(5, 5 + ROUNDS):
        batch = desks.alone(sent(number, f"record-{number}"))["to"]
        desks.both({"work": "w1"}, {"work": "w2"})
        before, log = desks.ask("counts"), len(desks.ask("log")["positions"])
        answers = desks.both({"post": f"{batch}record/", "as": "anna"})
        assert statuses(answers) == [302, 302]
        desks.both({"work": "w1"}, {"work": "w2"})
        assert grown(desks, "observations", before) == 1
        assert grown(desks, "jobs", before) == 1
        assert len(desks.ask("log")["positions"]) == log + 1


def test_two_who_send_the_same_workbook_at_once_record_its_figures_once(desks):
    for number in range(9, 9 + ROUNDS):
        batches = [answer["to"] for answer in desks.both(sent(number, f"same-{number}"))]
        assert len(set(batches)) == 2
        desks.both({"work": "w1"}, {"work": "w2"})
        before = desks.ask("counts")
        desks.both({"post": f"{batches[0]}record/"}, {"post": f"{batches[1]}record/"})
        desks.both({"work": "w1"}, {"work": "w2"})
        assert grown(desks, "observations", before) == 1


def test_two_revisions_of_one_figure_at_once_stand_one_after_the_other_or_one_is_told(desks):
    told = refused(desks)
    for number in range(ROUNDS):
        batches = [
            answer["to"]
            for answer in desks.both(sent(1, f"a-{number}", 20 + number), sent(1, f"b-{number}", 40 + number))
        ]
        desks.both({"work": "w1"}, {"work": "w2"})
        before = desks.ask("counts")
        answers = desks.both({"post": f"{batches[0]}record/"}, {"post": f"{batches[1]}record/"})
        assert statuses(answers) == [302, 302]
        desks.both({"work": "w1"}, {"work": "w2"})
        # what differs from its dry run by then is not recorded, and its sender is told
        assert grown(desks, "observations", before) == 1
        assert refused(desks) == told + number + 1


def test_an_import_is_taken_back_once_while_another_is_recorded(desks):
    events = desks.ask("log")["kinds"]
    position = max(number for number, kind in enumerate(events, 1) if kind == "observations")
    batch = desks.alone(sent(12, "beside-an-undoing", 77))["to"]
    desks.alone({"work": "w1"})
    desks.alone({"post": f"{batch}record/"})
    undo = {"post": f"/facts/imports/{position}/undo/", "data": {"reason": "重复"}}
    answers = desks.both(undo, {"work": "w2"})
    assert answers[0]["status"] == 302
    both = desks.both(undo)
    assert statuses(both) == [302, 404] or statuses(both) == [302, 409] or statuses(both) == [302, 422]
    kinds = desks.ask("log")["kinds"]
    assert kinds.count("import_undone") == events.count("import_undone") + 1


def test_two_moves_of_one_case_at_once_are_one_move_and_one_who_is_told(desks):
    for number in range(ROUNDS):
        case = opened(desks, f"两人同时-{number}")
        close = {"move": "withdraw", "said": "不再需要", "expected": "1"}
        answers = desks.both(
            {"post": case, "data": {**close, "token": f"x{number}"}},
            {"post": case, "data": {**close, "token": f"y{number}"}},
        )
        assert statuses(answers) == [302, 409]
        name = case.removeprefix("/cases/").strip("/")
        assert desks.ask("cases")[name] == 2


def test_a_case_moved_by_a_page_and_by_the_api_at_once_moves_once(desks):
    for number in range(ROUNDS):
        case = opened(desks, f"页面与接口-{number}")
        name = case.removeprefix("/cases/").strip("/")
        page = {"post": case, "data": {"move": "withdraw", "said": "页面", "expected": "1", "token": f"p{number}"}}
        call = {"call": f"/api/cases/{name}/moves/withdraw", "json": {"said": "接口", "expected": 1}}
        answers = desks.both(page, call)
        assert 409 in statuses(answers), [answer["text"][:300] for answer in answers]
        assert desks.ask("cases")[name] == 2


def test_a_form_that_opens_a_case_and_is_sent_twice_at_once_opens_one(desks):
    for number in range(ROUNDS):
        fields = {"title": f"双击-{number}", "said": "请说明", "addressee": "市经信局", "due": "2030-01-10"}
        before = len(desks.ask("cases"))
        answers = desks.both({"post": "/cases/new/supervision_note/", "data": {**fields, "token": f"d{number}"}})
        assert statuses(answers) == [302, 302]
        assert len(desks.ask("cases")) == before + 1


def test_one_month_that_two_open_at_once_is_one_month(desks):
    for number in range(1, ROUNDS + 1):
        before = len(desks.ask("cases"))
        fields = {"area": NORTH, "period": f"2024-{number:02d}"}
        one = {"post": "/month/", "data": {**fields, "token": f"m{number}"}}
        call = {"call": "/api/months", "json": fields}
        answers = desks.both(one, call)
        assert all(answer["status"] in (200, 201, 302) for answer in answers), [a["text"][:300] for a in answers]
        assert len(desks.ask("cases")) == before + 1


def test_two_who_publish_one_result_at_once_make_one_publication(desks):
    (result,) = desks.ask("results")["ids"]
    for number in range(ROUNDS):
        before = desks.ask("counts")
        fields = {"title": f"北区能耗-{number}", "accept": "gap", "reason-gap": "已催报"}
        answers = desks.both({"post": f"/results/{result}/publish/", "data": fields})
        assert statuses(answers) == [302, 302], [answer["text"][:500] for answer in answers]
        assert answers[0]["to"] == answers[1]["to"]
        assert grown(desks, "publications", before) == 1


def test_two_who_report_on_one_task_at_once_are_one_report_and_one_who_is_told(desks):
    seen = 0
    for number in range(ROUNDS):
        reports = [
            {"call": "/api/tasks/reports", "json": {"tasks": {"p-plan.k1": seen}, "progress": f"{who}-{number}"}}
            for who in ("甲", "乙")
        ]
        answers = desks.both(*reports)
        assert statuses(answers)[1] == 409, [answer["text"][:300] for answer in answers]
        kinds = desks.ask("log")["kinds"]
        seen = max(position for position, kind in enumerate(kinds, 1) if kind == "task_report")
        assert kinds.count("task_report") == number + 1


def test_task_workbooks_that_are_sent_out_twice_at_once_are_one_mailing(desks):
    year = timezone.localdate().year
    fields = {"year": str(year), "due": f"{year + 1}-06-30", "party": ["双碳办", "经信局"]}
    before = desks.ask("log")["kinds"].count("task_sheets_sent")
    answers = desks.both({"post": "/tasks/workbooks/send/", "data": {**fields, "token": "one-mailing"}})
    assert statuses(answers) == [302, 302], [answer["text"][:500] for answer in answers]
    assert answers[0]["to"] == answers[1]["to"]
    assert desks.ask("log")["kinds"].count("task_sheets_sent") == before + 1


def test_a_split_that_is_drafted_and_moved_twice_at_once_goes_one_stage_each_time(desks):
    answers = desks.both({"post": "/targets/splits/new/", "data": form(do="draft")})
    assert statuses(answers) == [302, 302], [answer["text"][:500] for answer in answers]
    assert answers[0]["to"] == answers[1]["to"]
    split = answers[0]["to"]
    moves = [{"post": f"{split}move/", "data": {"stage": "opinions", "token": who, "expected": "1"}} for who in "xy"]
    assert statuses(desks.both(*moves))[0] == 302
    name = split.removeprefix("/targets/splits/").strip("/")
    assert [number for case, number in desks.ask("cases").items() if case.endswith(name)] == [2]


PLAN = """某市2025年碳达峰碳中和工作要点

一、总体目标
全市单位生产总值能耗下降3%。（责任单位：市发展改革委）
"""


def test_one_document_that_two_upload_at_once_has_one_review_and_is_registered_once(desks):
    for number in range(2):
        content = PLAN.replace("下降3%", f"下降{number + 3}%").encode()
        upload = {"post": "/library/upload/", "files": {"file": packed("要点.txt", content)}}
        first, second = desks.both(upload)
        assert first["to"] == second["to"]
        review = first["to"]
        page = desks.alone({"get": review})["text"]
        keys = [part.split('"')[0] for part in page.split('name="key" value="')[1:]]
        desks.alone({"post": review, "data": {"accept": "1", "key": keys}})
        answers = desks.both({"post": f"{review}register/"})
        assert statuses(answers) == [302, 302]
        id = review.strip("/").rpartition("/")[2]
        state, position = desks.ask("drafts")[id]
        assert state == "registered"
        assert desks.ask("log")["kinds"][position - 1] == "obligations"


def test_fifty_writes_at_once_leave_a_log_that_holds(desks):
    before = len(desks.ask("log")["positions"])
    for number in range(25):
        titles = [f"五十-{who}-{number}" for who in ("甲", "乙")]
        fields = {"said": "请说明", "addressee": "市经信局", "due": "2030-01-10"}
        opening = [
            {"post": "/cases/new/supervision_note/", "data": {**fields, "title": title, "token": title}}
            for title in titles
        ]
        assert statuses(desks.both(*opening)) == [302, 302]
    log = desks.ask("log")
    assert len(log["positions"]) == before + 50
    assert log["findings"] == []
