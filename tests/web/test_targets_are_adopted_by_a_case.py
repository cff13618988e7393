"""A table of targets is registered by the procedure of adopting: read, confirmed, registered with its number."""

import pytest

from tanheng.kernel.pack.obligation_shapes import TaskTable
from tanheng.records.case_models import CaseMove
from tanheng.records.models import Event
from tanheng.records.obligation_models import Obligation
from tanheng.store.packs import load_packs
from tests.web.a_barometer import logged_in
from tests.web.a_month import CITY, NORTH, OFFICE, found_month

pytestmark = pytest.mark.django_db
TABLE = min(table.id for table in load_packs().all(TaskTable))


@pytest.fixture
def site(settings, tmp_path):
    settings.TANHENG_HOME = str(tmp_path / "home")
    found_month()


def move(client, case, name, **fields):
    return client.post(f"/cases/{case}/", {"move": name, "token": name, **fields})


def test_a_table_is_read_confirmed_and_registered_once(site):
    office = logged_in("office", CITY, OFFICE)
    page = office.get("/papers/adopting/").content.decode()
    assert TABLE in page and "提交复核" in page
    opened = {"title": "年度任务", "about": f"table/{TABLE}", "said": "请复核", "token": "o"}
    office.post("/cases/new/adopting/", opened)
    case = CaseMove.objects.get().case
    move(office, case, "review", said="与文件一致")
    assert move(office, case, "adopt").status_code == 422
    assert Obligation.objects.count() == 0
    for _ in range(2):
        assert move(office, case, "adopt", document_number="双控办〔2026〕1号").status_code == 302
    last = CaseMove.objects.order_by("id").last()
    assert last.state == "adopted" and int(last.given["registered"]) == Obligation.objects.count() > 0
    assert Event.objects.filter(kind="case").count() == 3
    assert "已登记" in office.get("/papers/adopting/").content.decode()


def test_a_table_that_no_pack_brings_is_not_registered(site):
    office = logged_in("office", CITY, OFFICE)
    office.post("/cases/new/adopting/", {"title": "x", "about": "table/none", "said": "请复核", "token": "o"})
    case = CaseMove.objects.get().case
    move(office, case, "review", said="好")
    assert move(office, case, "adopt", document_number="1号").status_code == 404
    assert CaseMove.objects.order_by("id").last().state == "reviewed"


def test_a_department_has_no_part_in_adopting(site):
    assert logged_in("department", CITY, OFFICE).get("/papers/adopting/").status_code == 403
    assert logged_in("district", NORTH).get("/papers/adopting/").status_code == 200
