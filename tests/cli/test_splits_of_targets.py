"""A target is split, goes through its rounds and is issued; a split is checked, with and without a site."""

import json

import openpyxl
import pytest

PLAN = """
schema: decomposition_plan/1
id: towns_2026
label: {zh: 各镇2026年单位产值能耗目标, en: Energy per output of the towns in 2026}
clause: decomposition-methods#sharing
status: verified
method: weights
kind: intensity
parent: area/somewhere
indicator: industrial_energy_per_output
demand: "5"
base: "2025"
by: "2026"
figures:
  amount: {unit: "10^4 tce[calorific_value]"}
  basis: {unit: "10^4 CNY"}
criteria:
  - {id: share, label: {zh: 责任, en: Responsibility}, weight: "1", of: amount, per: basis,
     clause: yi-2011#responsibility, status: verified}
bands: {steps: ["1", "2", "3", "5"], to: up, clause: decomposition-methods#bands, status: verified}
subjects:
  - {id: 东镇, growth: "5", stated: {amount: "30", basis: "1000"}, last: "2"}
  - {id: 西镇, growth: "8", stated: {amount: "10", basis: "1000"}, last: "4"}
  - id: 南镇
    standing: exempt
    reason: {zh: 能耗很小, en: uses little}
"""
MANIFEST = """
schema: pack/1
id: somewhere
label: {zh: 某区, en: Somewhere}
version: 0.1.0
requires: [cn_national]
"""


@pytest.fixture
def pack(tmp_path, monkeypatch):
    """A pack of one's own with a plan."""
    folder = tmp_path / "packs" / "somewhere"
    (folder / "decompositions").mkdir(parents=True)
    (folder / "pack.yaml").write_text(MANIFEST.strip(), "utf-8")
    (folder / "decompositions" / "towns.yaml").write_text(PLAN.strip(), "utf-8")
    monkeypatch.setenv("TANHENG_PACKS", str(tmp_path / "packs"))
    return folder


@pytest.fixture
def own_site(tanheng, pack, monkeypatch):
    """A site that uses the pack."""
    monkeypatch.setenv("TANHENG_PACKS", str(pack.parent))
    tanheng("init")
    return tanheng


@pytest.fixture
def plan_file(tmp_path):
    path = tmp_path / "towns.yaml"
    path.write_text(PLAN.strip(), "utf-8")
    return path


def codes(found):
    return {item["code"] for item in found["findings"]}


def by_subject(found):
    return {line["subject"]: line["figures"] for line in found["subjects"]}


def test_a_plan_of_a_file_is_computed_without_a_site(document, plan_file):
    found = document("targets", "decompose", plan_file)
    rates = {subject: figures["rate"] for subject, figures in by_subject(found).items() if "rate" in figures}
    assert rates == {"东镇": "5", "西镇": "2"}
    assert found["whole"]["figures"]["recombined"].startswith("4.90")
    assert by_subject(found)["东镇"]["rate_change"] == "3"
    assert "split-exempt" in codes(found)
    assert found["result"] is None


def test_a_proposal_is_written_as_word_pdf_and_workbook(document, plan_file, tmp_path):
    found = document("targets", "decompose", plan_file, "--out", tmp_path / "out")
    assert [name.rpartition(".")[2] for name in found["files"]] == ["docx", "pdf", "xlsx"]
    book = openpyxl.load_workbook(tmp_path / "out" / found["files"][2])
    sheet = book["各单位目标"]
    assert sheet.freeze_panes is not None
    cells = {row[0]: row for row in sheet.iter_rows(values_only=True) if row and row[0]}
    assert 5 in cells["东镇"]
    whole = next(row for name, row in cells.items() if str(name).startswith("area/somewhere"))
    assert round(next(value for value in whole[1:] if value), 3) == round(
        float(found["whole"]["figures"]["recombined"]), 3
    )


def test_weights_that_do_not_total_one_are_named_and_block(document, plan_file):
    plan_file.write_text(plan_file.read_text("utf-8").replace('weight: "1"', 'weight: "0.9"'), "utf-8")
    found = document("targets", "decompose", plan_file, exit_code=1)
    assert "split-weights-not-one" in codes(found)


def test_a_file_that_is_no_plan_is_refused_with_its_line(tanheng, tmp_path):
    for name, text in {
        "no.yaml": "hello: 1\n",
        "half.yaml": PLAN.strip().replace('by: "2026"', ""),
        "odd.yaml": PLAN.strip().replace("yi-2011#responsibility", "nobody-2011#none"),
        "bytes.yaml": None,
    }.items():
        path = tmp_path / name
        path.write_bytes(b"\xff\xfe\x00") if text is None else path.write_text(text, "utf-8")
        assert name in tanheng("targets", "decompose", path, exit_code=2).output
        assert name in tanheng("targets", "check", path, exit_code=2).output
    assert "no-such-plan" in tanheng("targets", "decompose", "no-such-plan", exit_code=2).output


def test_the_annexes_of_jinshan_go_through_the_checker_without_a_site(document):
    found = document("targets", "check", "--pack", "cn_shanghai")
    checks = {item["plan"]: item for item in found["checks"]}
    towns = checks["jinshan_2024_industry"]
    rates = {line["subject"]: line["figures"]["rate"] for line in towns["subjects"] if "rate" in line["figures"]}
    assert len(rates) == 13
    assert sorted(set(rates.values())) == ["1", "1.5", "2", "5"]
    weaker = [item for item in towns["findings"] if item["code"] == "split-weaker-than-whole"]
    assert len(weaker) == 9
    assert "recombined" not in towns["whole"]["figures"]
    assert {"split-cannot-be-recombined", "split-exempt"} <= codes(towns)
    units = checks["jinshan_2024_non_industrial"]
    assert units["whole"]["figures"]["allowed"] == "1.9237"
    assert "split-amount-implausible" in codes(units)
    implied = {item["place"]: item["fields"]["value"] for item in found["findings"]}
    assert implied == {"jin-fagai-2024-55.t027": "129,762.5", "jin-fagai-2024-55.t029": "52,186,211.0"}


def test_nothing_to_check_is_said(tanheng):
    assert "cn_national" in tanheng("targets", "check", "--pack", "cn_national", exit_code=2).output


def test_a_split_of_a_site_is_kept_and_each_figure_answers_why(own_site, document):
    found = document("targets", "decompose", "towns_2026")
    address = next(line["addresses"]["rate"] for line in found["subjects"] if line["subject"] == "东镇")
    why = document("explain", found["result"], address)
    assert why["value"] == 50_000_000
    assert any(factor["id"] == "towns_2026" for factor in why["factors"])


def opinions(path, *rows):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["2026年意见采纳情况表"])
    sheet.append(["单位", "原文", "意见", "理由", "采纳情况"])
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def test_a_split_goes_from_draft_to_targets_that_count(own_site, document, tmp_path):
    drafted = document("targets", "rounds", "draft", "towns_2026")
    assert (drafted["stage"], drafted["provisional"]) == ("draft", True)
    assert {item["subject"]: item["value"] for item in drafted["values"]} == {"东镇": "5.00", "西镇": "2.00"}

    came = opinions(tmp_path / "意见采纳情况表2026.xlsx", ["东镇", "东镇5%", "建议降为3%", "大项目投产", "部分采纳"],
                    ["区统计局", "全文", "无意见", "", ""])  # fmt: skip
    own_site("import", came, "--published", "2026-06-01")
    asked = document("targets", "rounds", "opinions", "towns_2026")
    assert [(item["party"], item["subject"], item["outcome"]) for item in asked["requests"]] == [
        ("东镇", "东镇", "partly")
    ]
    document("targets", "rounds", "feedback", "towns_2026")
    assert "西镇" in own_site("targets", "rounds", "adjust", "towns_2026", "--set", "西镇=1", exit_code=2).output
    beyond = own_site("targets", "rounds", "adjust", "towns_2026", "--set", "东镇=400", "--note", "笔误", exit_code=2)
    assert "超过 100%" in beyond.output
    adjusted = document("targets", "rounds", "adjust", "towns_2026", "--set", "东镇=4")
    assert {item["subject"]: item["value"] for item in adjusted["values"]} == {"东镇": "4", "西镇": "2.00"}
    # allowed 31.5 x 0.96 + 10.8 x 0.98 = 40.824 over a basis of 2130; 40 over 2000 in the base year: 4.1690 %
    whole = adjusted["recombined"]["whole"]["figures"]
    assert whole["recombined"].startswith("4.169")
    assert whole["shortfall"].startswith("0.8309")
    lines = by_subject(adjusted["recombined"])
    assert {name: line["rate_change"] for name, line in lines.items() if "rate_change" in line} == {
        "东镇": "2",
        "西镇": "-2",
    }
    assert {"split-falls-short", "split-weaker-than-whole"} <= codes(adjusted["recombined"])
    shown = own_site("targets", "rounds", "show", "towns_2026").output
    assert "4.169" in shown
    own_site("targets", "rounds", "issue", "towns_2026", "--instrument", "plan-2026", "--title", "目标", "--file", came,
             exit_code=2)  # fmt: skip
    own_site("targets", "rounds", "countersign", "towns_2026", exit_code=2)
    document("targets", "rounds", "countersign", "towns_2026", "--by", "区统计局")
    about = ("--instrument", "plan-2026", "--title", "关于下达2026年目标的通知", "--number", "某发改〔2026〕1号")
    issued = document("targets", "rounds", "issue", "towns_2026", *about, "--issued", "2026-06-26", "--file", came)
    assert issued["recorded"]["new"] == 2
    (checked,) = (each for each in document("targets", "check", exit_code=1)["checks"] if each["plan"] == "towns_2026")
    assert "split-falls-short" in codes(checked)  # what was issued in the end is weaker than the whole
    assert "split-subject-without-target" not in codes(checked)
    assert {name: line["rate"] for name, line in by_subject(checked).items() if "rate" in line} == {
        "东镇": "4",
        "西镇": "2",
    }
    counting = json.loads(own_site("policy", "list", "--json").stdout)
    demanded = {item["subject"]: item["demand"]["value"] for item in counting["obligations"]}
    assert demanded == {"东镇": "4", "西镇": "2.00"}
    kept = document("targets", "rounds", "show", "towns_2026")["rounds"]
    assert [item["stage"] for item in kept] == [
        "draft", "opinions", "feedback", "adjusted", "countersigned", "issued",
    ]  # fmt: skip
    assert kept[2]["requests"][0]["asked"] == "建议降为3%"
    own_site("targets", "rounds", "adjust", "towns_2026", "--set", "东镇=3", "--note", "再议", exit_code=2)


def test_a_draft_without_a_plan_and_a_round_without_a_draft_are_refused(own_site):
    assert own_site("targets", "rounds", "draft", "nowhere", exit_code=2)
    assert "towns_2026" in own_site("targets", "rounds", "adjust", "towns_2026", exit_code=2).output


def test_a_site_checks_the_plans_that_concern_it_and_not_those_of_other_places(own_site, document):
    plans = {item["plan"] for item in document("targets", "check", exit_code=1)["checks"]}
    assert "towns_2026" in plans
    assert not [plan for plan in plans if plan.startswith("jinshan")]
