"""The senders' workbooks on pages: dropped, checked cell by cell, recorded together or not at all, and taken back."""

import io
import zipfile
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from openpyxl import Workbook, load_workbook

from tanheng.records import checking
from tanheng.records.mandates import end_mandate, mandates
from tanheng.records.models import Event, Observation
from tanheng.records.people import person_named
from tanheng.records.selecting import IMPORT, UNDOING
from tanheng.store import load_packs
from tanheng.web.facts.models import Batch, BatchFile
from tanheng.web.ui.words import said
from tests.web.a_city import KILN, MILL

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
HEADINGS = ["统一社会信用代码", "单位名称", "报告期", "能源品种", "计量单位", "消费量", "备注"]
MILL_MARCH = ["C2", "厂", "2024-03", "电力", "万千瓦时", 13.5, ""]


def workbook(*rows, title="能耗月报"):
    book = Workbook()
    sheet = book.active
    sheet.title = "能耗月报"
    sheet.append([title])
    sheet.append(["填报说明"])
    sheet.append(HEADINGS)
    for row in rows:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def send(client, *files, token="t", **fields):
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post("/facts/", {"workbook": sent, "token": token, "published": "2024-04-10"} | fields)


def work():
    for waiting in DBTaskResult.objects.ready():
        waiting.claim("here")
        WORKER.run_task(waiting)


def html(answer):
    return answer.content.decode()


def checked(client, *files, **fields):
    """The address of a batch whose check is done."""
    answer = send(client, *files, **fields)
    assert answer.status_code == 302, html(answer)
    work()
    return answer.url


def record(client, url):
    answer = client.post(f"{url}record/")
    work()
    return answer


def imports():
    return Event.objects.filter(kind=IMPORT).count()


@pytest.fixture
def town(as_role):
    return as_role("town")


def test_a_workbook_is_checked_in_the_background_and_nothing_is_recorded(town):
    before = Observation.objects.count()
    answer = send(town, ("三月.xlsx", workbook(MILL_MARCH)))
    waiting = html(town.get(answer.url))
    assert "排队中" in waiting and "<progress" in waiting and 'hx-trigger="every 1s"' in waiting
    work()
    page = html(town.get(answer.url))
    assert 'data-work="done"' in page and "没有妨碍登记的问题" in page and "hx-trigger" not in page
    assert Observation.objects.count() == before


def test_the_dry_run_shows_new_changed_and_unchanged_with_both_cells(town):
    rows = (
        MILL_MARCH,
        ["C2", "厂", "2024-01", "电力", "万千瓦时", 12.9, ""],
        ["C2", "厂", "2024-02", "电力", "万千瓦时", 11.5, ""],
    )
    url = checked(town, ("三月.xlsx", workbook(*rows)), published="2025-04-10")
    file = BatchFile.objects.get()
    assert (file.counts["new"], file.counts["changed"], file.counts["unchanged"]) == (1, 1, 1)
    page = html(town.get(f"{url}?share=changed"))
    assert "能耗月报.xlsx!能耗月报!F" in page and "三月.xlsx!能耗月报!F5" in page
    assert "12.9" in page and "12.5" in page


def test_a_workbook_says_by_name_which_layout_it_was_read_by(town):
    page = html(town.get(checked(town, ("三月.xlsx", workbook(MILL_MARCH)), published="2025-04-10")))
    layout = BatchFile.objects.get().layout
    assert layout and f"<code>{layout}</code>" not in page
    assert said(checking.layout_of(load_packs(), layout).label) in page


def test_findings_stand_in_the_grid_at_their_cells(town):
    url = checked(town, ("三月.xlsx", workbook(["C2", "厂", "2024-03", "电力", "万千瓦时", "很多", ""])))
    page = html(town.get(url))
    assert 'class="cell-blocker" id="cell-F4"' in page and "很多" in page
    assert "有阻断性问题，不能登记" in page and 'id="record"' not in page


def test_what_is_agreed_to_is_recorded_in_one_event_and_undone_by_one_more(town):
    url = checked(town, ("三月.xlsx", workbook(MILL_MARCH)))
    before = imports()
    record(town, url)
    assert imports() == before + 1
    position = BatchFile.objects.get().position
    assert Observation.objects.get(event_id=position).subject == MILL
    page = html(town.get(f"/facts/imports/{position}/"))
    assert "1 个数据将不再有值" in page
    town.post(f"/facts/imports/{position}/undo/", {"reason": "填错"})
    assert Event.objects.filter(kind=UNDOING).count() == 1
    assert "不再计入" in html(town.get(f"/facts/imports/{position}/"))


def test_the_preview_of_an_undoing_names_the_value_that_comes_back(town):
    url = checked(
        town, ("一月.xlsx", workbook(["C2", "厂", "2024-01", "电力", "万千瓦时", 12.9, ""])), published="2025-04-10"
    )
    record(town, url)
    page = html(town.get(f"/facts/imports/{BatchFile.objects.get().position}/"))
    assert "1 个数据恢复为原值" in page and "12.5" in page


def test_a_double_click_records_and_undoes_once(town):
    url = checked(town, ("三月.xlsx", workbook(MILL_MARCH)))
    before = imports()
    assert town.post(f"{url}record/").status_code == town.post(f"{url}record/").status_code == 302
    work()
    assert town.post(f"{url}record/").status_code == 302
    work()
    assert imports() == before + 1
    position = BatchFile.objects.get().position
    for _ in range(2):
        assert town.post(f"/facts/imports/{position}/undo/").status_code == 302
    assert Event.objects.filter(kind=UNDOING).count() == 1


def test_a_form_sent_twice_is_one_batch(town):
    content = workbook(MILL_MARCH)
    assert send(town, ("三月.xlsx", content)).url == send(town, ("三月.xlsx", content)).url
    assert (Batch.objects.count(), DBTaskResult.objects.count()) == (1, 1)


def test_files_sent_together_stand_or_fall_together(town):
    bad = workbook(["C2", "厂", "2024-02", "天然气", "万立方米", "无", ""])
    url = checked(town, ("三月.xlsx", workbook(MILL_MARCH)), ("二月.xlsx", bad))
    before = imports()
    answer = record(town, url)
    assert answer.status_code == 422 and "二月.xlsx" in html(answer) and imports() == before
    good = workbook(["C2", "厂", "2024-02", "天然气", "万立方米", 8.6, ""])
    url = checked(town, ("三月.xlsx", workbook(MILL_MARCH)), ("二月.xlsx", good), token="u")
    record(town, url)
    assert imports() == before + 2


def test_a_row_out_of_reach_is_refused_like_one_that_does_not_exist(town):
    rows = (
        MILL_MARCH,
        ["C3", "店", "2024-03", "电力", "万千瓦时", 3, ""],
        ["C9", "无", "2024-03", "电力", "万千瓦时", 3, ""],
    )
    url = checked(town, ("三月.xlsx", workbook(*rows)))
    page = html(town.get(url))
    assert page.count("不在您的填报范围内") >= 2
    assert "相近的有" not in page, "a near miss would name the codes of others"
    assert "“C3 店”" in page and "“C9 无”" in page and "t-shop" not in page, "both get one and the same answer"
    assert record(town, url).status_code == 422


def test_a_unit_sends_in_its_own_rows_and_no_others(as_role):
    unit = as_role("unit")
    record(unit, checked(unit, ("三月.xlsx", workbook(MILL_MARCH))))
    assert Observation.objects.filter(subject=MILL, period_start=date(2024, 3, 1), value=Decimal("13.5")).exists()
    other = checked(unit, ("三月.xlsx", workbook(["C1", "窑", "2024-03", "电力", "万千瓦时", 3, ""])), token="u")
    assert record(unit, other).status_code == 422
    assert not Observation.objects.filter(subject=KILN, period_start=date(2024, 3, 1)).exists()


def test_who_may_not_import_finds_no_page(as_role):
    for role in ("department", "leader", "verifier"):
        client = as_role(role)
        assert {client.get(url).status_code for url in ("/facts/", "/facts/imports/", "/facts/imports/1/")} == {403}
        assert send(client, ("a.xlsx", workbook(MILL_MARCH))).status_code == 403


def test_a_batch_and_an_import_of_somebody_else_are_answered_like_none(as_role, town):
    url = checked(town, ("三月.xlsx", workbook(MILL_MARCH)))
    other = as_role("town")
    assert other.get(url).status_code == other.post(f"{url}record/").status_code == 404
    assert other.get("/facts/imports/sent/nothing/").status_code == 404
    record(town, url)
    position = BatchFile.objects.get().position
    assert other.get(f"/facts/imports/{position}/").status_code == 404
    assert other.post(f"/facts/imports/{position}/undo/").status_code == 404
    assert as_role("office").get(f"/facts/imports/{position}/").status_code == 200


def test_what_was_recorded_meanwhile_stops_a_dry_run_that_is_out_of_date(as_role, town):
    january = ["C2", "厂", "2024-01", "电力", "万千瓦时"]
    url = checked(town, ("一月.xlsx", workbook([*january, 12.9, ""])), published="2025-04-10")
    office = as_role("office")
    record(office, checked(office, ("办.xlsx", workbook([*january, 13.1, ""])), published="2025-04-10"))
    before = imports()
    record(town, url)
    assert imports() == before
    page = html(town.get(url))
    assert "试运行之后数据已有变化" in page and "一月.xlsx" in page
    town.post(f"{url}check/")
    work()
    assert "13.1" in html(town.get(f"{url}?share=changed"))
    record(town, url)
    assert imports() == before + 1


def test_a_mandate_that_has_ended_records_nothing(as_role, town):
    url = checked(town, ("三月.xlsx", workbook(MILL_MARCH)))
    before = imports()
    town.post(f"{url}record/")
    batch = Batch.objects.get()
    yesterday = timezone.localdate() - timedelta(days=1)
    end_mandate(batch.mandate, end=yesterday, actor=person_named("王芳"))
    work()
    assert imports() == before
    assert town.get(url).status_code == 403
    assert mandates(batch.person)[0].end == yesterday


# ---- bad files


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("报表.xlsx", b"<html>", "不是 xlsx 文件"),
        ("报表.pdf", b"%PDF-1", "不接收"),
        ("报表.exe", b"MZ", "不接收"),
        ("报表.xlsx", b"", "是空文件"),
    ],
)
def test_what_is_no_workbook_is_refused_before_it_waits(town, name, content, said):
    answer = send(town, (name, content))
    assert answer.status_code == 422 and said in html(answer) and Batch.objects.count() == 0


def test_a_picture_in_the_clothes_of_a_workbook_is_a_finding(town):
    url = checked(town, ("报表.xlsx", b"PK\x03\x04 no workbook at all"))
    page = html(town.get(url))
    assert "无法读取" in page and "不能登记" in page


def test_a_zip_bomb_is_not_unpacked(town):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 600_000_000)
    url = checked(town, ("报表.xlsx", content.getvalue()))
    assert BatchFile.objects.get().was_read is False
    assert "解压后异常大" in html(town.get(url)), BatchFile.objects.get().findings.first().finding


def test_a_name_that_is_a_path_is_taken_for_its_last_part(town):
    checked(town, ("..\\..\\etc\\<b>三月\u202e</b>.xlsx", workbook(MILL_MARCH)))
    name = BatchFile.objects.get().name
    assert "\\" not in name and "/" not in name and "\u202e" not in name
    assert "<b>" not in html(town.get("/facts/"))


def test_an_oversized_file_is_refused_before_it_is_read(town, monkeypatch):
    monkeypatch.setattr("tanheng.web.ui.uploads.LARGEST", 100)
    answer = send(town, ("三月.xlsx", workbook(MILL_MARCH)))
    assert answer.status_code == 422 and Batch.objects.count() == 0


def test_one_file_twice_and_too_many_files_are_refused(town):
    content = workbook(MILL_MARCH)
    assert "内容完全相同" in html(send(town, ("甲.xlsx", content), ("乙.xlsx", content)))
    many = [(f"{number}.xlsx", content) for number in range(21)]
    assert "一次最多上传 20 个" in html(send(town, *many))


def test_a_formula_that_was_sent_is_text_in_what_goes_back(town):
    evil = '=HYPERLINK("http://x","y")'
    url = checked(town, ("三月.xlsx", workbook(["C2", evil, "2024-03", "电力", "万千瓦时", "@SUM(1)", evil])))
    answer = town.get(f"{url}problems/")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert len(book.worksheets) == 3
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert [cell.value for cell in cells if str(cell.value or "").startswith(("=", "@", "+"))] == []
    marked = [cell.comment.text for cell in cells if cell.comment]
    assert marked


# ---- how much a page asks of the database


def test_pages_ask_the_same_of_the_database_however_long_a_workbook_is(town, django_assert_max_num_queries):
    rows = [["C2", "厂", f"2023-{month:02d}", "电力", "万千瓦时", month, ""] for month in range(1, 13)]
    small = checked(town, ("小.xlsx", workbook(MILL_MARCH)))
    large = checked(town, ("大.xlsx", workbook(*rows, ["C2", "厂", "2024-03", "电力", "万千瓦时", "x", ""])), token="u")
    for url in (small, large, f"{large}?share=problems", f"{large}?share=new"):
        with django_assert_max_num_queries(40):
            assert town.get(url).status_code == 200
    record(town, small)
    position = BatchFile.objects.get(name="小.xlsx").position
    for url in ("/facts/", "/facts/imports/", f"/facts/imports/{position}/"):
        with django_assert_max_num_queries(36):
            assert town.get(url).status_code == 200


def test_a_long_sheet_is_paged_and_leads_from_problem_to_problem(town):
    rows = [
        ["C2", "厂", f"20{10 + number // 12}-{number % 12 + 1:02d}", "电力", "万千瓦时", 1, ""] for number in range(120)
    ]
    rows[2][5], rows[100][5] = "甲", "乙"
    url = checked(town, ("长.xlsx", workbook(*rows)))
    first = html(town.get(url))
    assert 'id="cell-F6"' in first and 'id="row-60"' not in first and "下一处问题" in first
    second = html(town.get(f"{url}?row=104"))
    assert 'id="cell-F104"' in second and "第 81–120 行" in second


def test_the_progress_is_told_by_rows(town, monkeypatch):
    seen, real = [], checking.read_workbook

    def heard(*args, told, **named):
        return real(*args, told=lambda done, total: (told(done, total), seen.append((done, total))), **named)

    monkeypatch.setattr(checking, "read_workbook", heard)
    months = [f"{2000 + number // 12}-{number % 12 + 1:02d}" for number in range(240)]
    checked(town, ("长.xlsx", workbook(*(["C2", "厂", month, "电力", "万千瓦时", 1, ""] for month in months))))
    assert seen[0] == (0, 240) and seen[-1] == (240, 240)
