"""Figures entered by hand and by the form's own workbook: the same dry run, and nobody overwrites anybody unseen."""

import io
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from tanheng.records.models import Event, Observation
from tanheng.records.people import person_named
from tanheng.records.recording import record_observations
from tanheng.records.selecting import log_position
from tanheng.web.facts.models import Batch, BatchFile
from tests.web.a_city import KILN, MILL, SHOP
from tests.web.test_facts_workbooks import html, record, send, work

PAGE = f"/facts/entry/?unit={MILL}&from=2024-01&to=2024-03"
ELECTRICITY = "v:0.electricity:"


@pytest.fixture
def unit(as_role):
    return as_role("unit")


def enter(client, seen=None, token="t", page=PAGE, **values):
    months = {f"{ELECTRICITY}{name.replace('_', '-').removeprefix('m')}": value for name, value in values.items()}
    fields = {"token": token, "seen": log_position() if seen is None else seen, **months}
    return client.post(page, fields)


def test_the_grid_shows_what_is_recorded_and_leaves_gaps_open(unit):
    page = html(unit.get(PAGE))
    assert 'name="v:0.electricity:2024-01" value="12.5"' in page
    assert 'name="v:0.natural_gas:2024-02" value=""' in page
    assert "原煤" in page, "the carriers of the form have rows before anything is recorded"


def test_what_is_entered_goes_through_the_same_dry_run_and_has_a_source_cell(unit):
    answer = enter(unit, m2024_01="12.5", m2024_03="13.75")
    assert answer.status_code == 302
    work()
    page = html(unit.get(answer.url))
    assert "页面填报_厂" in page and "13.75" in page and "没有妨碍登记的问题" in page
    assert BatchFile.objects.get().counts["new"] == 1, "what was left alone is not stated once more"
    record(unit, answer.url)
    stated = Observation.objects.get(subject=MILL, period_start="2024-03-01", value=Decimal("13.75"))
    assert "页面填报" in stated.source
    digest, sheet, cell = stated.source.partition("/")[0], *stated.source.split("!")[-2:]
    assert unit.get(f"/sources/{digest}/{sheet}/{cell}/").status_code == 200


def test_evidence_comes_along_with_the_event_and_can_be_fetched(unit):
    bill = SimpleUploadedFile("../电费单.pdf", b"%PDF-1.7 bill")
    fields = {"token": "t", "seen": log_position(), f"{ELECTRICITY}2024-03": "13", "evidence": bill}
    url = unit.post(PAGE, fields).url
    work()
    record(unit, url)
    position = BatchFile.objects.get().position
    assert Event.objects.get(position=position).payload["evidence"][0]["name"] == "电费单.pdf"
    answer = unit.get(f"/facts/imports/{position}/evidence/0/")
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 bill"
    assert unit.get(f"/facts/imports/{position}/evidence/1/").status_code == 404


def test_forged_evidence_is_refused_and_what_was_typed_stays(unit):
    bill = SimpleUploadedFile("电费单.pdf", b"MZ program")
    answer = unit.post(PAGE, {"token": "t", "seen": log_position(), f"{ELECTRICITY}2024-03": "13", "evidence": bill})
    assert answer.status_code == 422 and 'value="13"' in html(answer) and Batch.objects.count() == 0


def test_the_second_of_two_people_is_told_and_loses_nothing(unit, as_role):
    seen = log_position()
    town = as_role("town")
    first = enter(town, seen, m2024_01="12.9")
    work()
    record(town, first.url)
    answer = enter(unit, seen, m2024_01="13.4", m2024_03="15.1")
    page = html(answer)
    assert answer.status_code == 409 and "他人填报" in page and "12.9" in page
    assert 'value="13.4"' in page and 'value="15.1"' in page, "what was typed is still there"
    assert Batch.objects.filter(person=Batch.objects.latest("made_at").person).count() == 1
    again = enter(unit, m2024_01="13.4", m2024_03="15.1")
    assert again.status_code == 302


def test_what_somebody_else_changed_is_not_put_back_by_a_form_that_left_it_alone(unit, as_role):
    seen, town = log_position(), as_role("town")
    first = enter(town, seen, m2024_01="12.9")
    work()
    record(town, first.url)
    url = enter(unit, seen, m2024_01="12.5", m2024_03="15.1").url
    work()
    counts = BatchFile.objects.get(batch_id=url.split("/")[-2]).counts
    assert (counts["new"], counts["changed"]) == (1, 0)


def test_a_recorded_figure_cannot_be_emptied_and_nothing_typed_is_said(unit):
    answer = enter(unit, m2024_01="")
    assert answer.status_code == 422 and "不能清空" in html(answer)
    assert "没有改动" in html(enter(unit, m2024_01="12.5"))


def test_what_is_no_number_is_found_at_its_cell(unit):
    url = enter(unit, m2024_03="=1+1").url
    work()
    page = html(unit.get(url))
    assert "cell-blocker" in page and record(unit, url).status_code == 422


def test_a_double_click_makes_one_batch(unit):
    assert enter(unit, m2024_03="13").url == enter(unit, m2024_03="13").url
    assert Batch.objects.count() == 1


def test_nobody_enters_for_a_unit_out_of_reach(unit, as_role):
    for subject in (KILN, SHOP, "facility/none", "area/t-north"):
        page = PAGE.replace(MILL, subject)
        assert unit.get(page).status_code == enter(unit, page=page, m2024_03="1").status_code == 404
    assert as_role("leader").get(PAGE).status_code == 403
    town = html(as_role("town").get("/facts/entry/"))
    assert "t-mill" in town and "t-shop" not in town


def test_the_template_comes_back_with_what_is_known_and_is_read_again(unit):
    answer = unit.get(f"/facts/entry/template/?unit={MILL}&to=2024-01")
    content = b"".join(answer.streaming_content)
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    heads = next(row for row in sheet.iter_rows() if row[0].value == "统一社会信用代码")
    columns = {cell.value: cell.column for cell in heads}
    rows = list(range(heads[0].row + 1, heads[0].row + 7))
    by_carrier = {sheet.cell(row, columns["能源品种"]).value: row for row in rows}
    assert sheet.cell(by_carrier["电力"], columns["数量"]).value == 12.5
    sheet.cell(by_carrier["柴油"], columns["数量"]).value = 2.5
    sheet.cell(by_carrier["柴油"], columns["报告期"]).value = "2024-01"
    out = io.BytesIO()
    book.save(out)
    url = send(unit, ("回传.xlsx", out.getvalue()), token="u", published="2025-04-10").url
    work()
    counts = BatchFile.objects.get().counts
    assert (counts["new"], counts["unchanged"], counts["rejected"]) == (1, 2, 0), html(unit.get(url))


def test_the_grid_asks_the_same_of_the_database_for_three_months_and_twelve(unit, django_assert_max_num_queries):
    for span in ("from=2024-01&to=2024-03", "from=2023-04&to=2024-03"):
        with django_assert_max_num_queries(28):
            assert unit.get(f"/facts/entry/?unit={MILL}&{span}").status_code == 200


def test_a_source_that_nobody_may_open_is_not_linked(unit):
    assert "/sources/" in html(unit.get(PAGE))
    stated = Observation.objects.get(subject=MILL, period_start="2024-01-01", dimensions={"carrier": "electricity"})
    fact = stated.as_fact()
    returned = replace(fact, key=replace(fact.key, subject=KILN, use_class="individual_statistics"))
    record_observations([returned], person_named("王芳"))
    page = html(unit.get(PAGE))
    assert 'value="12.5"' in page and "/sources/" not in page
