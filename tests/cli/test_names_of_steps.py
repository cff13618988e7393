"""An explanation names its steps in the reader's language."""

import pytest

from tanheng.cli.words import names_said


@pytest.mark.parametrize(
    ("lang", "told"),
    [("zh", "本期数 = 第1部分 + 第2部分 * carbon"), ("en", "amount_now = part_1 + part_2 * carbon")],
)
def test_the_steps_of_a_coverage_adjustment_are_named_in_the_readers_language(monkeypatch, lang, told):
    monkeypatch.setenv("TANHENG_LANG", lang)
    assert names_said("amount_now = part_1 + part_2 * carbon") == told
