"""Lists of departments as documents print them."""

from collections import Counter

import pytest

from tanheng.policy.normal import normalised
from tanheng.policy.parties import PartyReader
from tanheng.policy.party_directory import PartyDirectory


@pytest.fixture
def reader(lexicon):
    return PartyReader(lexicon, PartyDirectory(lexicon), Counter({"上海城投集团": 3, "市生态环境局": 9}))


def _text(text):
    return normalised(text, 0, len(text))


LISTS = {
    "市发展改革委、市经济信息化委，市生态环境局": ["市发展改革委", "市经济信息化委", "市生态环境局"],
    "市发展改革委 市贸促会": ["市发展改革委", "市贸促会"],
    "市发展改革委市市场监管局": ["市发展改革委", "市市场监管局"],
    "宝武集团 宝山区政府": ["宝武集团", "宝山区政府"],
    "区水务局、区生态环境 局、区 文旅局": ["区水务局", "区生态环境局", "区文旅局"],
    "各县（市、区）人民政府，省能源局": ["各县（市、区）人民政府", "省能源局"],
    "市委组织部、市委党校（行政学院）": ["市委组织部", "市委党校（行政学院）"],
    "相关区政府（管委会）": ["相关区政府（管委会）"],
    "区规划资源局、区生态环境局按职责分工负责": ["区规划资源局", "区生态环境局"],
}


@pytest.mark.parametrize("printed", LISTS)
def test_a_list_is_split_into_the_names_in_it(reader, printed):
    assert list(reader.read_roles(_text(printed)).lead) == LISTS[printed]


def test_a_list_says_who_leads_and_who_supports_in_either_way(reader):
    for printed in ("市发展改革委牵头，市财政局、市统计局配合", "牵头单位：市发展改革委；配合单位：市财政局、市统计局"):
        found = reader.read_roles(_text(printed))
        assert (found.lead, found.supporting) == (("市发展改革委",), ("市财政局", "市统计局"))


def test_and_others_makes_a_list_open_wherever_it_stands(reader):
    assert reader.read(_text("市教委、市机管局等，各区人民政府")).open_list
    assert reader.read_roles(_text("区发展改革委、区商务委等按职责分工负责")).open_list
    assert not reader.read(_text("市教委、市机管局")).open_list


def test_a_misprinted_party_is_known_from_the_others_of_its_document(reader):
    found = reader.read(_text("市域投集团"))
    assert found.lead == ("上海城投集团",)
    assert [(misprint.printed, misprint.likely) for misprint in found.misprints] == [("市域投集团", "上海城投集团")]


def test_a_short_form_with_signs_left_out_stands_for_the_department_it_can_only_be(reader):
    assert reader.read(_text("市道运局")).lead == ("市道路运输局",)


def test_all_forms_of_a_department_are_one_party_at_each_level(lexicon):
    directory = PartyDirectory(lexicon)
    names = ["区发改委", "区发展改革委", "区发展和改革委员会"]
    assert len({directory.canonical(name) for name in names}) == 1
    assert directory.canonical("市发改委") != directory.canonical("区发改委")
    assert directory.canonical("省发展改革委") != directory.canonical("市发展改革委")


def test_a_name_that_nobody_knows_stays_as_printed(reader):
    found = reader.read(_text("碧水新城联合体公司"))
    assert (found.lead, found.misprints) == (("碧水新城联合体公司",), ())


def test_deadlines_and_leaders_by_name_stand_among_the_parties_and_are_none(read):
    text = (
        "青石区2026年工作安排\n\n一、能源领域\n\n"
        "（一）新增光伏装机20万千瓦。（牵头单位：区发改局；配合单位：区供电公司、各镇街；完成时限：2026年11月底前）\n\n"
        "（二）建设屋顶光伏10处。责任单位：区教育局、区卫健局；责任领导：张某；完成时间：长期。\n"
    )
    first, second = read(text).tasks
    assert (first.lead_parties, first.supporting_parties) == (("区发改局",), ("区供电公司", "各镇街"))
    assert (second.lead_parties, second.supporting_parties) == (("区教育局", "区卫健局"), ())
    assert (first.schedule, second.schedule) == ("2026年11月底前", "长期")
