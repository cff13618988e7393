"""A unit is worded in one place: as statistics write it in Chinese, with its sign in English, its basis in both."""

import pytest

from tanheng.kernel.quantity import unit_words, with_unit
from tanheng.kernel.quantity.unit import SYMBOLS
from tanheng.kernel.quantity.unit_words import WORDS


def test_every_unit_that_can_be_read_has_words_in_both_languages():
    assert set(SYMBOLS) == set(WORDS)


@pytest.mark.parametrize(("unit", "zh", "en"), [
    ("10^4 tce[coal_equivalent]", "万吨标准煤（等价值）", "10⁴ tce (coal equivalent)"),
    ("tce[calorific_value]", "吨标准煤（当量值）", "tce (calorific value)"),
    ("tce[coal_equivalent]/10^4 CNY[2020]", "吨标准煤/万元（等价值，2020年价）",
     "tce/10⁴ CNY (coal equivalent, prices of 2020)"),
    ("tCO2e[AR5]", "吨二氧化碳当量（AR5）", "tCO₂e (AR5)"),
    ("tCO2/MWh", "吨二氧化碳/兆瓦时", "tCO₂/MWh"),
    ("point", "分", "points"),
    ("1", "", ""),
    ("%", "%", "%"),
])  # fmt: skip
def test_a_unit_is_worded_with_its_basis(unit, zh, en):
    assert (unit_words(unit), unit_words(unit, "en")) == (zh, en)


@pytest.mark.parametrize(("number", "unit", "said"), [
    ("1", "1", "1"),
    ("2.40", "%", "2.40%"),
    ("3,600", "10^-2 point", "3,600×0.01分"),
    ("22,036,866", "10^-9", "22,036,866×10⁻⁹"),
    ("12.3", "10^4 tce[coal_equivalent]", "12.3 万吨标准煤"),
])  # fmt: skip
def test_a_pure_number_has_no_unit_and_a_grid_stands_behind_its_count(number, unit, said):
    assert with_unit(number, unit, basis=False) == said


def test_no_symbol_of_a_program_is_left_in_chinese_words():
    left = {unit for unit in SYMBOLS if any(sign in unit_words(unit) for sign in ("^", "tce", "CNY", "point", "_"))}
    assert not left
