"""The paper of a quarter's barometer: drafted, signed, and its lights published, by the procedure of publishing."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tanheng.records.case_models import CaseMove
from tanheng.records.models import Publication
from tests.web.a_barometer import QUARTER, graded, logged_in
from tests.web.test_the_month_of_an_area import work

pytestmark = pytest.mark.django_db
PAGE = f"/papers/barometer/{QUARTER}/"
SIGNED = {"document_number": "双碳办〔2026〕9号", "signer": "李某", "signed_on": "2026-07-01"}


@pytest.fixture
def stored(settings, tmp_path):
    return graded(tmp_path, settings, "8")


def do(client, act, **fields):
    seen = CaseMove.objects.order_by("id").last()
    return client.post(PAGE, {"act": act, "expected": seen.number if seen else 0, "token": f"{act}-1", **fields})


def html(answer):
    return answer.content.decode()


def scan():
    return SimpleUploadedFile("签发件.pdf", b"%PDF-1.7 x")


def begun(office):
    page = html(office.get(PAGE))
    codes = re.findall(r'name="accept" value="([^"]+)"', page)
    return codes, do(office, "begin", accept=codes, **{f"reason-{code}": "已核实" for code in codes})


def test_a_barometer_is_drafted_signed_and_published(stored, anyone):
    office = logged_in("office")
    assert PAGE in html(office.get(f"/barometer/{QUARTER}/"))
    _, answer = begun(office)
    assert answer.status_code == 302
    assert do(office, "send").status_code == 422
    do(office, "write", said="第一稿")
    work()
    assert "第 1 稿" in html(office.get("/papers/")) and ".docx" in html(office.get(PAGE))
    do(office, "send")
    do(office, "sign", **SIGNED, evidence=scan())
    work()
    (published,) = Publication.objects.filter(title__contains="晴雨表")
    assert published.figures and all(address.startswith("light_level@") for address in published.figures)
    assert "双碳办〔2026〕9号" in html(office.get("/papers/"))
    assert anyone.get(f"/publications/{published.position}/").status_code == 200


def test_a_paper_is_begun_once_and_blockers_need_reasons(stored):
    office = logged_in("office")
    codes, _ = begun(office)
    assert begun(office)[1].status_code == 302
    assert CaseMove.objects.filter(procedure="publishing").count() == 1
    case = CaseMove.objects.get()
    assert all(code in case.given["accepted"] for code in codes)


def test_only_who_sees_every_district_reads_its_paper_and_only_the_office_makes_it(stored):
    leader = logged_in("leader")
    assert leader.get(PAGE).status_code == 200
    assert do(leader, "begin").status_code == 403
    assert logged_in("district", area="area/example-red").get(PAGE).status_code == 404
    assert logged_in("town", area="area/example-red").get(PAGE).status_code == 404


def test_a_quarter_without_lights_has_no_paper_yet(stored):
    office = logged_in("office")
    page = html(office.get("/papers/barometer/2023Q1/"))
    assert "本季度还没有评定" in page and 'id="move-begin"' not in page


def test_the_quarters_back_the_rule_and_the_distance_stand_beside_each_light(stored):
    page = html(logged_in("office").get(f"/barometer/{QUARTER}/"))
    assert page.count('<ol class="quarters"') >= 4
    assert 'id="rule"' in page and "距下一颜色" in page
    first = page[page.index('<ol class="quarters"') :]
    assert first[: first.index("</ol>")].count("<li") == 2  # as many as the example has data for
