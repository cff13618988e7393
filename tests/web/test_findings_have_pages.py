"""What was found in the data of a result: pages, files, the API, and the form that publishes."""

import csv
import re
from dataclasses import replace
from html import unescape
from io import BytesIO, StringIO

import openpyxl
import pytest

from tanheng.kernel.faults import Finding, Severity
from tanheng.records.computing import open_result
from tanheng.records.site_files import results
from tests.web.a_city import KILN, MILL, NORTH, PERIOD, SHOP

MANY = 130


def findings(client, result, query: str = "") -> str:
    return unescape(client.get(f"/results/{result.id}/findings/{query}").content.decode())


@pytest.fixture
def crowded(result):
    """The result with many more findings, kept as if its run had found them."""
    stored = results().load(result.id)
    about = {"subject": SHOP, "carrier": "diesel", "periods": "2024-01"}
    more = [Finding("gap", f"{SHOP}:line-{number:03}", about).as_json() for number in range(MANY)]
    warning = {"factor": "net_calorific_value", "entries": "=1+1"}
    odd = Finding("factor-unverified", "=net_calorific_value", warning, Severity.WARNING).as_json()
    held = stored.figures.collected()  # saving begins with an empty folder
    results().save(replace(stored, figures=held, findings=(*stored.findings, *more, odd)))
    return open_result(result.id)


def test_the_findings_of_a_result_are_counted_by_code_and_narrowed(client, crowded):
    whole = findings(client, crowded)
    gaps = sum(finding["code"] == "gap" for finding in crowded.findings)
    counted = dict(re.findall(r'<code>([\w-]+)</code></a></th><td class="number tnum">(\d+)</td>', whole))
    assert counted["gap"] == str(gaps)
    assert counted["factor-unverified"] == str(sum(each["code"] == "factor-unverified" for each in crowded.findings))
    narrowed = findings(client, crowded, "?code=factor-unverified")
    assert set(re.findall(r"<code>([\w-]+)</code><br>", narrowed)) == {"factor-unverified"}
    assert "没有符合条件的问题" in findings(client, crowded, "?q=nothing-of-the-kind")


def test_a_thousand_findings_are_not_one_page(client, crowded):
    first, last = findings(client, crowded, "?code=gap"), findings(client, crowded, "?code=gap&page=999")
    assert first.count('<span class="mark bad">') - first.count("has blockers") <= 60
    assert 'rel="next"' in first
    assert 'rel="next"' not in last
    assert 'rel="prev"' in last


def test_a_gap_leads_to_the_figure_of_its_line(client, result):
    html = findings(client, result, "?code=gap")
    links = re.findall(r'href="(/results/[^"]+/figure/[^"]+)"', html)
    assert links
    assert all(client.get(link).status_code == 200 for link in links)
    assert any(f"@{MILL}@" in link or f"@{KILN}@" in link for link in links)


def test_the_form_that_publishes_lists_a_few_of_each_code_and_leads_to_the_rest(client, crowded):
    page = client.get(f"/results/{crowded.id}/figure/co2@{NORTH}@{PERIOD}/").content.decode()
    form = page[page.index('id="publish"') :]
    assert form.count("<li>") <= 3 * form.count('name="accept"')
    assert f'href="/results/{crowded.id}/findings/?code=gap"' in form


def test_the_lists_to_take_away_hold_every_finding_and_no_formula(client, crowded):
    text = client.get(f"/results/{crowded.id}/findings/list.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))
    assert len(rows) == len(crowded.findings) + 1
    assert any(row[2] == "'=net_calorific_value" for row in rows)
    book = client.get(f"/results/{crowded.id}/findings/list.xlsx?code=gap").content
    sheet = openpyxl.load_workbook(BytesIO(book)).active
    assert sheet.max_row == sum(finding["code"] == "gap" for finding in crowded.findings) + 1


def test_the_api_gives_the_same_findings_part_by_part(client, crowded):
    address = f"/api/results/{crowded.id}/findings?code=gap"
    first = client.get(f"{address}&limit=100")
    rest = client.get(f"{address}&limit=100&offset=100")
    gaps = [finding["place"] for finding in crowded.findings if finding["code"] == "gap"]
    assert [row["place"] for row in (*first.json(), *rest.json())] == sorted(gaps)
    assert first.headers["X-Total-Count"] == str(len(gaps))
    assert 'rel="next"' in first.headers["Link"]
    assert client.get(f"/api/results/{crowded.id}/findings?limit=0").status_code == 422


@pytest.mark.parametrize("form", ["findings/", "findings/list.csv"])
def test_a_reader_is_told_of_no_unit_out_of_reach(as_role, crowded, form):
    own, all_of_it = (
        as_role(role).get(f"/results/{crowded.id}/{form}").content.decode() for role in ("unit", "office")
    )
    assert SHOP in all_of_it
    assert SHOP not in own
    listed = as_role("unit").get(f"/api/results/{crowded.id}/findings").json()
    assert not any(SHOP in str(row) for row in listed)


def test_the_gaps_of_a_figure_are_listed_line_by_line_with_their_months(client, result):
    told = client.get(f"/api/results/{result.id}/explain?address=co2@{NORTH}@{PERIOD}").json()
    html = unescape(client.get(f"/results/{result.id}/gaps/co2@{NORTH}@{PERIOD}/").content.decode())
    counts = [int(count) for count in re.findall(r'<td class="number tnum">(\d+)</td>', html)]
    assert sum(counts) == len(told["gaps"]) > 0
    figure = client.get(f"/results/{result.id}/figure/co2@{NORTH}@{PERIOD}/").content.decode()
    assert 'id="gap-lines"' in figure
    assert 'id="more-gaps"' not in figure


def test_the_months_of_a_gap_that_follow_each_other_are_one_span(result):
    from tanheng.web.results.gap_lists import GapWords
    from tanheng.web.results.heads import ResultHead

    gap = {"subject": KILN, "label": {"zh": "窑", "en": "kiln"}, "line": "diesel", "carrier": "diesel"}
    months = ["2024-01", "2024-02", "2024-03", "2024-06"]
    (line,) = GapWords(ResultHead(result)).lines([{**gap, "period": month} for month in months])
    assert (line.label.split(" · ")[0], line.months, line.count) == ("窑", "2024年1-3月、2024年6月", 4)
