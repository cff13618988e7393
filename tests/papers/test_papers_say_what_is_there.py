"""The model: what is missing stays missing, what is rounded is rounded once, what is summed may be summed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanheng.papers import Column, Figure, Light, Paragraph, Row, Series, Table, as_text, line_chart, shown
from tanheng.papers.figure import SIGNS
from tanheng.papers.signs import title_lines, width_in_signs
from tanheng.papers.table_widths import measures
from tests.papers.sample_paper import D, energy_table, sample

AMOUNTS = st.decimals(min_value=-(10**9), max_value=10**9, places=6, allow_nan=False)


def amounts(*values):
    return Table([Column("区", 10), Column("能耗", 10, places=1, summed=True)], [("某区", value) for value in values])


@given(st.lists(AMOUNTS, min_size=1, max_size=20))
def test_the_row_of_sums_is_the_exact_sum_of_what_is_not_shown_rounded(values):
    assert amounts(*values).sums().cells[1] == sum(values)


@given(st.lists(st.none() | AMOUNTS, min_size=1, max_size=20).filter(lambda values: None in values))
def test_a_sum_over_a_missing_value_is_missing_and_never_the_sum_of_the_rest(values):
    table = amounts(*values)
    assert table.sums().cells[1] is None
    assert any("不按零计" in note for note in table.notes())


def test_a_table_without_gaps_carries_no_note_on_gaps():
    assert amounts(D(1), D(2)).notes() == []


def test_a_subtotal_is_not_counted_again():
    rows = [("东区", D(3)), ("西区", D(4)), Row(("小计", D(7)), strong=True)]
    assert Table([Column("区"), Column("能耗", summed=True)], rows).sums().cells == ("合计", D(7))


def test_the_word_of_the_sums_stands_under_names_and_not_under_numbers():
    assert energy_table().sums().cells[:2] == ("", "合计")


def test_figures_are_rounded_half_to_even_and_a_small_loss_is_no_minus_zero():
    assert [shown(D(text), 1) for text in ("0.25", "0.35", "-0.04", "1234.56")] == ["0.2", "0.4", "0.0", "1234.6"]
    assert shown(D("1234567.891"), 2, separated=True) == "1,234,567.89"
    assert shown(None, 1) == "—"


def test_a_missing_figure_in_a_sentence_is_a_dash_without_its_unit():
    assert str(Figure(None, "万吨标准煤")) == "—"
    assert str(Figure(D("12.34"), "万吨标准煤", 1)) == "12.3万吨标准煤"


def test_lights_are_told_apart_without_their_colour():
    assert len(set(SIGNS.values())) == len(SIGNS)
    assert str(Light("red", "红")) != str(Light("green", "红"))


def test_a_row_or_a_series_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match="2 columns"):
        Table([Column("a"), Column("b")], [("x",)])
    with pytest.raises(ValueError, match="3 labels"):
        line_chart("图", ["1", "2", "3"], [Series("a", [D(1)])])


def test_more_series_than_grey_can_tell_apart_are_refused():
    with pytest.raises(ValueError, match="5 series"):
        line_chart("图", ["1"], [Series(str(n), [D(n)]) for n in range(5)])


def test_the_plain_text_holds_every_word_and_every_number_of_the_paper():
    text = as_text(sample())
    assert "全市规模以上工业能耗1487.3万吨标准煤，同比增长1.3%，高于进度要求0.4个百分点" in text
    assert "1 | 青石区 | 123.46 | 120.10 | 2.8 | ■红" in text
    assert "4 | 北岸新区 | — | 77.10 | — | ○灰" in text
    assert "本年 | 90.0 | 93.0 | 96.0 | 99.0 | 102.0 | 105.0 | 108.0 | 111.0 | —" in text
    assert "附件：1. 各区月度能耗" in text
    assert "临时测试办公室\n2026年10月25日" in text


def test_a_number_without_places_shows_its_own():
    table = Table([Column("值")], [(Decimal("1.250"),), (3,), (Decimal("1E+3"),)])
    assert [table.texts(row)[0] for row in table.all_rows] == ["1.250", "3", "1,000"]


def test_a_paragraph_is_words_and_figures_in_their_order():
    assert as_text(type(sample())("题", [Paragraph(("能耗", Figure(D("1"), "吨", 0), "。"))])) == "题\n\n能耗1吨。\n"


@given(st.text(alphabet="年度的能耗《》（），2026abc ", max_size=60), st.integers(min_value=12, max_value=24))
def test_a_title_in_several_lines_loses_no_word(title, room):
    lines = title_lines(title, room)
    assert "".join(lines).replace(" ", "") == title.replace(" ", "")


def test_a_title_breaks_into_lines_of_about_one_width_and_between_phrases():
    whole = "上海市某区人民政府关于印发《某区2026年节能减排降碳工作安排》的通知"
    assert title_lines(whole, 20) == ["上海市某区人民政府关于印发", "《某区2026年节能减排降碳工作安排》的通知"]
    assert title_lines("2026年1-6月能耗运行分析", 20) == ["2026年1-6月能耗运行分析"]
    assert title_lines("", 20) == [""]


WORDS = st.text(alphabet="优秀不合格单位能耗0123456789,.-%ab/#", max_size=14)


@given(st.lists(st.tuples(WORDS, WORDS, AMOUNTS), min_size=1, max_size=8), st.integers(300, 700))
def test_columns_take_the_whole_width_and_no_number_is_broken(rows, room):
    table = Table([Column("考核项目", 30), Column("等级", 2), Column("得分", 2, places=2)], rows)
    found = measures(table, room, 12.0, 7.0)
    assert sum(found.widths) == pytest.approx(room)
    assert 7.5 <= found.size <= 12
    numbers = [width_in_signs(shown(row[2], 2, separated=True)) for row in rows]
    assert found.widths[2] >= max(numbers) * found.size


def test_a_short_word_keeps_its_line_in_a_narrow_column():
    table = Table([Column("名称", 60), Column("等级", 1)], [("某区", "不合格")])
    assert measures(table, 440, 12.0, 7.0).widths[1] >= 3 * 12 + 7
