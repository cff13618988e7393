"""A review of a whole document goes out and comes back: nothing is lost, changed or doubled on the way."""

from pathlib import Path

import openpyxl
import pytest

from tanheng.kernel.obligation import Target, document_of, obligation_of
from tanheng.policy.reading import read_document, source_of
from tanheng.policy.registering import keyed
from tanheng.policy.review_reading import read_review
from tanheng.policy.review_writing import write_review
from tanheng.store.home import SHIPPED_PACKS

(DOCUMENTS,) = SHIPPED_PACKS.glob("*/documents")  # the pack of the made-up city
OURS = [
    *DOCUMENTS.iterdir(),
    *(Path(__file__).with_name("documents")).iterdir(),
]
OF_CITIES = [
    "000_27afb2abd3f2fab6.txt",
    "001_61cd5c0a56d7d2f8.txt",
    "002_1aada5a6d56682eb.txt",
    "003_0cdea0e2187ec2f1.txt",
    "004_1ecba7e519dc9c50.txt",
]


def written(path, folder):
    reading, book = read_document(path), folder / "review.xlsx"
    write_review(book, reading, source_of(path), path.read_bytes(), {})
    return reading, book


def accepted(book):
    """Chooses 接受 in every row."""
    content = openpyxl.load_workbook(book)
    for name in ("目标", "任务"):
        sheet = content[name]
        column = next(cell.column for cell in sheet[1] if cell.value == "决定")
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, column).value = "接受"
    content.save(book)


def check(path, folder):
    reading, book = written(path, folder)
    untouched = read_review(book, path)
    assert [finding.code for finding in untouched.findings] == []
    assert len(untouched.undecided) == len(reading.targets) + len(reading.tasks)
    accepted(book)
    review = read_review(book, path, "plan")
    assert [(finding.code, finding.place) for finding in review.findings] == []
    assert len(review.decisions) == len(reading.targets) + len(reading.tasks)
    assert {item.name for item in review.decisions} <= {"accepted"}
    obligations = [item.obligation for item in review.decisions]
    assert [obligation_of(document_of(item)) for item in obligations] == obligations
    values = [item.demand.value for item in obligations if isinstance(item, Target)]
    assert values == [target.value for target in reading.targets]
    parties = [(item.lead_parties, item.supporting_parties) for item in obligations]
    assert parties == [(item.lead_parties, item.supporting_parties) for item in (*reading.targets, *reading.tasks)]


@pytest.mark.parametrize("path", OURS, ids=[path.name for path in OURS])
def test_a_review_of_a_made_up_document_says_what_was_read(path, tmp_path):
    check(path, tmp_path)


@pytest.mark.parametrize("name", OF_CITIES)
def test_a_review_of_a_long_document_says_what_was_read(shared, name, tmp_path):
    check(shared / "documents" / name, tmp_path)


def test_the_same_reading_gives_the_same_workbook_byte_for_byte(tmp_path):
    books = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        books.append(written(OURS[0], tmp_path / name)[1].read_bytes())
    assert books[0] == books[1]


def test_a_proposal_keeps_its_name_when_others_are_found_around_it():
    targets = read_document(DOCUMENTS / "city_plan_2025.txt").targets
    names = {target: key for key, target in keyed(targets).items()}
    fewer = {target: key for key, target in keyed(targets[3:]).items()}
    assert fewer == {target: names[target] for target in targets[3:]}


def test_proposals_that_say_the_very_same_have_names_of_their_own():
    (first, *_) = read_document(DOCUMENTS / "city_plan_2025.txt").targets
    assert len(keyed([first, first, first])) == 3
