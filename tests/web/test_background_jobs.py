"""Long work is done beside the web server: its page says how far it is, what came of it, and when it broke off."""

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from openpyxl import Workbook

from tanheng.kernel.faults import Refusal
from tanheng.records.mandates import end_mandate
from tanheng.records.people import person_named
from tanheng.web.cases.jobs import begin_job, give_up_interrupted, run_job
from tanheng.web.cases.models import Job
from tanheng.web.facts.models import Batch
from tests.web.a_barometer import logged_in
from tests.web.a_month import CITY as AREA
from tests.web.a_month import MONTH, OFFICE, PAGE, found_month

ROOT = Path(__file__).resolve().parents[2]
ALONE = [sys.executable, "-m", "tanheng.web.site", "work"]
WORKER = Worker(
    queue_names=["*"],
    interval=0,
    batch=True,
    backend_name="default",
    startup_delay=False,
    max_tasks=None,
    worker_id="here",
    excluded_queue_names=[],
)


def workbook(tmp_path, rows=3, amount=12.5):
    book = Workbook()
    sheet = book.active
    sheet.title = "能源消费"
    sheet.append(["单位名称", "统一社会信用代码", "能源品种", "月份", "消费量", "单位"])
    for number in range(rows):
        sheet.append(["某厂", "x", "原煤", f"2025-{number % 12 + 1:02d}", amount, "吨"])
    path = tmp_path / "报表.xlsx"
    book.save(path)
    return path.read_bytes()


def send(client, content, name="报表.xlsx", token="t"):
    """Sends a workbook in, and gives the page of the job that checks it."""
    assert client.post("/facts/", {"workbook": SimpleUploadedFile(name, content), "token": token}).status_code == 302
    return f"/jobs/{Job.objects.latest('made_at').id}/"


def work():
    """Works off the queue, as the worker beside the server does; that one also closes connections, a test has one."""
    for waiting in DBTaskResult.objects.ready():
        waiting.claim("here")
        WORKER.run_task(waiting)


def html(answer):
    return answer.content.decode()


@pytest.fixture
def desk(as_role):
    return as_role("town")


def test_a_job_says_how_far_it_is_and_where_its_outcome_stands(desk, tmp_path):
    url = send(desk, workbook(tmp_path))
    waiting = html(desk.get(url))
    assert "排队中" in waiting and "<progress" in waiting and 'hx-trigger="every 1s"' in waiting
    work()
    ended = html(desk.get(url))
    assert "hx-trigger" not in ended and 'data-state="done"' in ended and "查看结果" in ended


def test_a_job_of_somebody_else_is_answered_like_none(as_role, desk, tmp_path):
    url = send(desk, workbook(tmp_path))
    other = as_role("town")
    assert (other.get(url).status_code, other.get("/jobs/nothing/").status_code) == (404, 404)
    assert other.get("/jobs/00000000-0000-0000-0000-000000000000/").status_code == 404


def test_a_job_that_is_refused_says_why_in_words(desk, tmp_path):
    url = send(desk, workbook(tmp_path))
    batch = Batch.objects.get()
    end_mandate(batch.mandate, end=timezone.localdate() - timedelta(days=1), actor=person_named("王芳"))
    work()
    job = Job.objects.get()
    assert (job.state, job.outcome["code"]) == (Job.REFUSED, "no-mandate")
    assert desk.get(url).status_code == 403


def test_a_job_that_broke_off_says_so_and_is_not_begun_anew(desk, tmp_path, settings):
    url = send(desk, workbook(tmp_path))
    waiting = DBTaskResult.objects.get()
    waiting.claim("beside:here")
    assert (give_up_interrupted("beside:elsewhere"), give_up_interrupted("beside:here")) == (0, 1)
    page = html(desk.get(url))
    assert "已中断" in page and "重新发起" in page and "hx-trigger" not in page
    work()
    assert 'data-state="failed"' in html(desk.get(url))


def test_a_defect_in_a_job_is_shown_as_broken_off_and_never_as_done(desk, tmp_path, monkeypatch):
    url = send(desk, workbook(tmp_path))
    monkeypatch.setattr("tanheng.web.facts.sending.check_workbooks", lambda *_, **__: 1 / 0)
    work()
    assert 'data-state="failed"' in html(desk.get(url))


def test_a_job_of_an_unknown_kind_is_not_put_into_the_queue(result):
    with pytest.raises(Refusal, match="job-kind-unknown"):
        begin_job(kind="mine_bitcoin", title="x", asked={}, person=None)
    assert run_job.name == "run_job" and Job.objects.count() == 0


@pytest.fixture
def elsewhere(tmp_path):
    """The environment of a site of its own, whose queue holds one job that will be refused."""
    kept = {name: value for name, value in os.environ.items() if name != "TANHENG_DATABASE_URL"}
    environment = {**kept, "TANHENG_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tanheng.web.site.settings"}
    prepare = """
import django; django.setup()
from uuid import uuid4
from tanheng.records import prepare_database
from tanheng.web.cases.jobs import begin_job
prepare_database()
begin_job(kind="merge_task_sheets", title="x", asked={"number": 7, "day": "2025-01-02", "files": []}, person=uuid4())
"""
    subprocess.run([sys.executable, "-c", prepare], env=environment, cwd=ROOT, check=True)
    return environment


def test_the_worker_ends_with_the_program_that_started_it(elsewhere):
    with subprocess.Popen(ALONE, stdin=subprocess.PIPE, env=elsewhere, cwd=ROOT) as worker:
        time.sleep(0.1)
        assert worker.poll() is None
        worker.stdin.close()
        assert worker.wait(timeout=60) == 0


def test_a_worker_that_is_a_service_of_its_own_works_without_anybody_at_its_input(elsewhere, tmp_path):
    with subprocess.Popen(ALONE, stdin=subprocess.DEVNULL, env=elsewhere, cwd=ROOT) as worker:
        while state_of_the_job(tmp_path) != Job.REFUSED:
            assert worker.poll() is None
        worker.terminate()


def state_of_the_job(home):
    with closing(sqlite3.connect(home / "db.sqlite3")) as database:
        return database.execute(f"SELECT state FROM {Job._meta.db_table}").fetchone()[0]


def test_work_that_is_asked_for_while_other_work_ends_is_not_taken_for_it(db, settings, tmp_path):
    settings.TANHENG_HOME = str(tmp_path / "home")
    found_month()
    office = logged_in("office", AREA, OFFICE)
    office.post("/month/", {"area": AREA, "period": MONTH, "token": "a"})
    asked = {"token": "b", "known_on": "2025-03-20", "expected": "1"}
    assert office.post(PAGE, asked | {"act": "compute"}).status_code == 302
    Job.objects.update(state=Job.RUNNING)  # its move is made, and its end not yet written down
    office.post(PAGE, asked | {"act": "checked", "token": "c"})
    office.post(PAGE, asked | {"act": "compute", "token": "d"})
    assert sorted(Job.objects.values_list("kind", flat=True)) == ["month_check", "month_compute"]
