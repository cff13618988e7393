"""A layout is made once from a sheet and says next month what has moved against it."""

from pathlib import Path

import openpyxl
import pytest
import yaml

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import LayoutProfile, PackSet
from tanheng.store.layout_choice import sheets_for
from tanheng.store.layout_fitting import differences
from tanheng.store.layout_headings import HeadingMatcher
from tanheng.store.layout_known import known
from tanheng.store.layout_learning import Proposal, propose, with_decisions
from tanheng.store.layout_saving import layout_text, save_layout
from tanheng.store.packs import read_packs
from tanheng.store.workbook_opening import open_workbook
from tests.store.sample_world import DIRECTORY, SAMPLES, figures, packs, read
from tests.store.test_layout_every_form_is_read import LAYOUTS

FIRMS = "规上工业汇总表_2024年3月.xlsx"


def proposal_for(path: Path, id: str = "learned", **options) -> Proposal:
    with open_workbook(path) as book:
        return propose(book, known(packs(), DIRECTORY), id, **options)


def book_of(folder: Path, *rows: list, name: str = "来表.xlsx") -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / name)
    return folder / name


def altered(folder: Path, cells: dict, *, put_in: int | None = None) -> Path:
    book = openpyxl.load_workbook(SAMPLES / FIRMS, data_only=True)
    page = book.worksheets[0]
    if put_in:
        for block in list(page.merged_cells.ranges):
            page.unmerge_cells(str(block))
        page.insert_cols(put_in)
        page.merge_cells("G3:J3")
        page.merge_cells("K3:M3")
    for cell, value in cells.items():
        page[cell] = value
    book.save(folder / FIRMS)
    return folder / FIRMS


def moved(path: Path, profile: LayoutProfile) -> list[tuple[str, str]]:
    with open_workbook(path) as book:
        found, findings = sheets_for(book, HeadingMatcher(profile))
        findings += [finding for item in found for finding in differences(item.sheet, profile, item.head)]
        return [(finding.code, finding.place.rpartition("!")[2]) for finding in findings]


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_learned_from_a_form_reads_it_as_the_shipped_one_does(name):
    proposal = proposal_for(SAMPLES / name)
    learned = LayoutProfile.model_validate(proposal.profile.model_dump())
    assert proposal.model == LAYOUTS[name]
    assert sorted(figures(read(SAMPLES / name, learned))) == sorted(figures(read(SAMPLES / name)))
    assert moved(SAMPLES / name, learned) == []


def test_a_learned_layout_says_next_month_what_moved(tmp_path):
    learned = proposal_for(SAMPLES / FIRMS).profile
    path = altered(tmp_path, {"D3": "是否新增", "H4": "期末累计"}, put_in=4)
    assert moved(path, learned) == [
        ("heading-changed", "H4"), ("columns-moved", "E4"), ("column-new", "D4"), ("column-new", "H4"),
    ]  # fmt: skip


def test_learning_again_takes_the_new_heading_for_the_old_one(tmp_path):
    path = altered(tmp_path, {"G4": "累计数"})
    proposal = proposal_for(path)
    (guess,) = [guess for guess in proposal.guesses if guess.column.id == "energy"]
    assert (guess.place, guess.title, guess.sure) == ("G", "综合能源消费量/累计数", False)
    assert [row[:6] for row in figures(read(path, proposal.profile))] == [
        row[:6] for row in figures(read(SAMPLES / FIRMS))
    ]


def test_a_table_of_no_known_form_is_proposed_from_the_words_of_its_headings(tmp_path):
    path = book_of(
        tmp_path,
        ["街镇工业用能情况（2024年5月）"],
        ["单位：吨标准煤"],
        ["企业名称", "统一社会信用代码", "综合能源消费量", None, "负责人"],
        [None, None, "本月", "上年同期", None],
        ["东岸化工厂", "91TH00000000000001", 12.5, 11, "甲"],
        ["合计", None, 12.5, 11, None],
    )
    proposal = proposal_for(path, like=None)
    read_as = {guess.title: (guess.column.reads, guess.column.indicator) for guess in proposal.guesses}
    assert read_as["综合能源消费量/本月"] == ("value", "comprehensive_energy")
    assert read_as["负责人"] == ("ignored", "")
    profile = with_decisions(proposal, set(), coverage="key_unit")
    assert [row[-2:] for row in figures(read(path, profile))] == [
        ("tce[calorific_value]", "C5"),
        ("tce[calorific_value]", "D5"),
    ]


def test_a_column_that_nobody_wants_is_left_out_with_the_checks_that_need_it():
    profile = with_decisions(proposal_for(SAMPLES / FIRMS), {"energy_before"})
    assert "energy_before" not in profile.by_id
    assert profile.by_id["energy_growth"].reads == "ignored"
    assert profile.by_id["output_growth"].reads == "growth"


def test_a_sheet_without_headings_teaches_nothing(tmp_path):
    with pytest.raises(Refusal, match="layout-not-learned"):
        proposal_for(book_of(tmp_path, ["你好"], [1, 2]))


def test_a_saved_layout_is_a_pack_that_replaces_the_shipped_one(tmp_path, monkeypatch):
    monkeypatch.setenv("TANHENG_HOME", str(tmp_path))
    monkeypatch.delenv("TANHENG_PACKS", raising=False)
    profile = proposal_for(SAMPLES / FIRMS, "our_firms").profile
    path = save_layout(profile)
    assert path == tmp_path / "packs" / "site_layouts" / "layouts" / "our_firms.yaml"
    found, findings = read_packs(["site_layouts"])
    assert findings == []
    assert isinstance(found, PackSet) and "above_scale_industry" not in known(found, DIRECTORY).matchers
    with pytest.raises(Refusal, match="layout-exists"):
        save_layout(profile)
    assert save_layout(profile, replace=True) == path


def test_a_layout_is_written_as_it_is_read():
    for profile in packs().all(LayoutProfile):
        text = yaml.safe_load(layout_text(profile))
        assert text.pop("schema") == "layout/2"
        assert LayoutProfile.model_validate(text) == profile
