"""万 and 亿 beside the exact figure."""

import pytest
from django.utils import translation

from tanheng.web.ui.round_words import in_round_words

CASES = [
    ("146,400.430", "tCO2", "约14.64万吨二氧化碳", ""),
    (
        "6,507,584.597",
        "tce[calorific_value]",
        "约650.8万吨标准煤（当量值）",
        "about 6.508 million tce (calorific value)",
    ),
    ("-123456789", "CNY", "约-1.235亿元", "about -123.5 million CNY"),
    ("9,999.4", "tCO2", "", ""),
    ("12345", "10^4 kWh", "", ""),
    ("123456", "tce[coal_equivalent]/10^4 CNY", "", ""),
    (None, "tCO2", "", ""),
]


@pytest.mark.parametrize(("value", "unit", "zh", "en"), CASES)
def test_a_large_amount_is_said_in_round_words_and_no_other(value, unit, zh, en):
    for language, words in (("zh-hans", zh), ("en", en)):
        with translation.override(language):
            assert in_round_words(value, unit) == words
