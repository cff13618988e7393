"""A new phrase, unit or department is a line of a pack; a further proposer is a function of a site."""

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.policy.formats.opening import source_of_text
from tanheng.policy.proposals import Operator, TargetProposal
from tanheng.policy.proposing import Proposer, proposer_named
from tanheng.policy.reading import lexicon_of_packs, read_source

PLAN = "青河市2026年工作安排\n\n一、目标\n\n{}\n"
PACK = {
    "pack.yaml": "schema: pack/1\nid: words\nlabel: {zh: 用语, en: Words}\nversion: 0.1.0\nrequires: [cn_national]\n",
    "policy/units.yaml": (
        "schema: policy_units/1\nid: words.units\nlabel: {zh: 单位, en: Units}\n"
        'entries:\n  - {printed: [打], norm: 个, factor: "12", kind: count}\n'
    ),
    "policy/departments.yaml": (
        "schema: policy_departments/1\nid: words.departments\nlabel: {zh: 部门, en: Departments}\n"
        "entries:\n  - {id: tides, zh: 潮汐管理局, en: Tides Bureau, aliases: [潮管局]}\n"
    ),
    "policy/indicators.yaml": (
        "schema: policy_indicators/1\nid: words.indicators\nlabel: {zh: 指标, en: Indicators}\n"
        "entries:\n  - {id: tidal_power, zh: 潮汐发电装机, en: Tidal power, measured_in: MW, aliases: [潮汐电站]}\n"
    ),
}


@pytest.fixture
def words(tmp_path, monkeypatch):
    for name, text in PACK.items():
        path = tmp_path / "words" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    monkeypatch.setenv("TANHENG_PACKS", str(tmp_path))
    return lexicon_of_packs.__wrapped__(("words",))


def test_a_pack_of_a_city_adds_units_departments_and_indicators(words):
    text = PLAN.format("潮汐发电装机达到3万千瓦，更换水泵20打。（责任单位：市发展改革委市潮管局）")
    first, second = read_source(source_of_text("a.txt", text), words).targets
    assert (first.indicator_id, first.lead_parties) == ("tidal_power", ("市发展改革委", "市潮管局"))
    assert (str(second.value), second.unit, str(second.value_norm)) == ("20", "打", "240")


def test_a_broken_file_of_words_is_refused_with_its_place(tmp_path, monkeypatch):
    for name, text in PACK.items():
        path = tmp_path / "words" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("factor", "faktor"), "utf-8")
    monkeypatch.setenv("TANHENG_PACKS", str(tmp_path))
    with pytest.raises(Refusal) as refused:
        lexicon_of_packs.__wrapped__(("words",))
    assert refused.value.code == "packs-invalid"
    assert "faktor" in refused.value.message("en")


def propose(source, reading):
    """A proposer as a site may bring one: it finds one more target, and one that stands nowhere."""
    start = source.text.index("绿电")
    found = TargetProposal("绿电", Operator.QUALITATIVE, "一", "绿电", (start, start + 2), kind="qualitative")
    return [found, TargetProposal("鬼", Operator.QUALITATIVE, "一", "鬼", (10**6, 10**6 + 1), kind="qualitative")]


def test_a_proposer_of_a_site_adds_proposals_that_bear_its_name(lexicon):
    source = source_of_text("a.txt", PLAN.format("新增光伏装机60万千瓦，多用绿电。"))
    reading = read_source(source, lexicon, proposers=[Proposer("our-model", propose)])
    assert [(target.indicator, target.proposer) for target in reading.targets] == [
        ("新增光伏装机", "grammar"),
        ("绿电", "our-model"),
    ]
    assert "policy-proposal-nowhere" in {finding.code for finding in reading.findings}


def test_a_proposer_is_named_by_its_module_and_function():
    assert proposer_named("tests.policy.test_words_are_data:propose").name == "tests.policy.test_words_are_data:propose"
    for wrong in (
        "no.such.module:f",
        "tests.policy.test_words_are_data:nothing",
        "tests.policy.test_words_are_data:PLAN",
    ):
        with pytest.raises(Refusal) as refused:
            proposer_named(wrong)
        assert refused.value.code == "policy-proposer-missing"
