"""Bad workbooks and bad packs: every problem at once, with its place and a next step, and nothing half-done."""

import shutil

import pytest

from tanheng.store.home import SHIPPED_PACKS

RUN = ("run", "unit_energy_and_co2", "--period", "2024", "--known-on", "2025-06-30")
GOOD = ("2024-03", "柴油", "吨", "4.32")


@pytest.fixture
def pack(tmp_path, monkeypatch):
    """A copy of the national pack that goes before the shipped one, for a test to spoil."""
    folder = tmp_path / "packs"
    shutil.copytree(SHIPPED_PACKS / "cn_national", folder / "cn_national")
    monkeypatch.setenv("TANHENG_PACKS", str(folder))
    return folder / "cn_national"


def edit(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def by_code(document):
    found = {}
    for finding in document["findings"]:
        assert finding["place"]
        assert finding["message"]["zh"]
        assert finding["next_step"]["zh"]
        found.setdefault(finding["code"], []).append(finding["place"])
    return found


def test_data_and_knowledge_of_days_to_come_are_questioned(site, document, sheet):
    answer = document("import", sheet(GOOD), "--published", "2999-01-01")
    assert by_code(answer) == {"published-in-future": ["--published"]}
    assert answer["imported"] is True
    assert "2999-06-30" in site(*RUN[:4], "--known-on", "2999-06-30", exit_code=1).stderr


def test_all_problems_of_a_workbook_come_at_once_and_nothing_is_imported(site, document, sheet):
    book = sheet(
        GOOD,
        ("2024-04", "柴油机油", "吨", "4.1"),
        ("2024-05", "柴油", "吨", "约四吨"),
        ("2024-06", "柴油", "千瓦时", "4.2"),
        ("2024-07", "柴油", "吨", "-3"),
        ("2024年", "柴油", "吨", "50"),
        GOOD,
    )
    before = document("audit", "verify")["position"]
    answer = document("import", book, "--published", "2025-02-20", exit_code=1)
    found = by_code(answer)
    assert found["carrier-unknown"] == ["book.xlsx!能耗月报!D5"]
    assert found["number-expected"] == ["book.xlsx!能耗月报!F6"]
    assert {"unit-not-for-carrier", "number-negative", "period-not-of-layout", "row-twice"} <= set(found)
    assert answer["imported"] is False
    assert document("audit", "verify")["position"] == before
    text = site("import", book, "--published", "2025-02-20", exit_code=1).stdout
    assert "book.xlsx!能耗月报!D5" in text
    assert "→" in text
    assert "一条也没有导入" in text


def test_one_bad_workbook_holds_back_the_good_ones_named_with_it(site, document, sheet):
    good = sheet(GOOD, name="good.xlsx")
    bad = sheet(("2024-04", "煤油灯", "吨", "1"), name="bad.xlsx")
    answer = document("import", good, bad, "--published", "2025-02-20", exit_code=1)
    assert not answer["imported"]
    assert all(file["position"] is None for file in answer["files"])


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut short", b"<html>not a workbook</html>"])
def test_a_file_that_is_no_workbook_is_refused(site, tmp_path, content):
    (tmp_path / "book.xlsx").write_bytes(content)
    answer = site("import", tmp_path / "book.xlsx", exit_code=2)
    assert "book.xlsx" in answer.stderr
    assert "下一步：" in answer.stderr


def test_two_entries_at_once_and_a_missing_factor_are_found_in_one_run(city, document, pack):
    entry = (
        "  - {id: %s, grid_region: shanghai, period: [2024-01-01, 2025-01-01], value: '%s', "
        'published: 2025-01-02, clause: "mee-2024-33#provincial", status: secondary}\n'
    )
    grid = pack / "factors" / "grid_electricity_average.yaml"
    grid.write_text(grid.read_text("utf-8") + entry % ("one", "0.57") + entry % ("other", "0.58"), "utf-8")
    edit(
        pack / "factors" / "carbon_content.yaml",
        "  - {id: diesel-default, carrier: diesel,",
        "  - {id: x, carrier: lpg_x,",
    )
    answer = document(*RUN, exit_code=1)
    found = by_code(answer)
    assert found["factor-ambiguous"] == ["grid_electricity_average:grid_region=shanghai"]
    assert found["factor-not-found"] == ["carbon_content:carrier=diesel"]
    missing = {
        figure["column"]: figure["status"]["missing"] for figure in answer["figures"] if figure["level"] == "city"
    }
    assert missing["co2"] > 0
    assert missing["energy_calorific"] == 0
    assert "不能发布" in city(*RUN, exit_code=1).stdout
    assert "factor-ambiguous" in city("publish", answer["result"], "--title", "t", exit_code=2).stderr


def test_a_check_of_packs_lists_every_problem_with_file_and_line(tanheng, document, pack):
    edit(pack / "methods" / "unit_energy_and_co2.yaml", "clause:", "clasue:")
    (pack / "factors" / "oxidation_rate.yaml").unlink()
    shutil.copy(pack / "factors" / "carbon_content.yaml", pack / "factors" / "carbon_again.yaml")
    found = by_code(document("packs", "check", exit_code=1))
    assert "cn_national/methods/unit_energy_and_co2.yaml:" in found["pack-field-unknown"][0]
    assert any("unit_energy_and_co2.city_inventory.yaml:" in place for place in found["definition-missing"])
    assert found["definition-twice"]
    text = tanheng("packs", "check", exit_code=1).stdout
    assert "clasue" in text
    assert "oxidation_rate" in text
    assert "carbon_again.yaml:" in text


def test_a_check_of_packs_names_entries_that_share_days_and_packs_that_stand_in_for_shipped_ones(
    tanheng, document, pack
):
    grid = pack / "factors" / "grid_electricity_average.yaml"
    edit(grid, "shanghai, period: [2023-01-01, 2024", "shanghai, period: [2022-07-01, 2024")
    found = by_code(document("packs", "check", exit_code=1))
    assert list(found) == ["factor-ambiguous"]
    assert found["factor-ambiguous"][0].startswith("cn_national/factors/grid_electricity_average.yaml:")
    text = tanheng("packs", "check", exit_code=1).stdout
    assert str(pack) in text
    assert text.count("代替随附的同名包") == 1


def test_with_a_broken_pack_every_verb_refuses_and_lists_what_is_wrong(tanheng, pack):
    edit(pack / "methods" / "unit_energy_and_co2.yaml", "clause:", "clasue:")
    edit(pack / "factors" / "carbon_content.yaml", "straddle: refuse", "straddle: sometimes")
    text = tanheng("methods", exit_code=2).stderr
    assert "unit_energy_and_co2.yaml:" in text
    assert "carbon_content.yaml:" in text
    assert "下一步：" in text


def test_the_shipped_packs_pass_their_check(tanheng):
    assert "没有问题" in tanheng("packs", "check").stdout
