"""The figure tag, formulas and charts for reading."""

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string

from tanheng.kernel.period import Period
from tanheng.web.ui.chart import BASE, Point, bar_chart
from tanheng.web.ui.figure import Figure, NakedFigure, Standing
from tanheng.web.ui.formula import in_numbers, readable_number
from tanheng.web.ui.words import short_period, unit_words

GIVEN = {"value": "1.000", "unit": "tCO2", "period": "2024年", "standing": Standing.COMPLETE, "href": "/why/"}


@pytest.mark.parametrize("lacking", ["value", "unit", "period", "standing", "href"])
def test_a_figure_without_what_makes_it_one_is_refused(lacking):
    empty = None if lacking == "value" else ""
    with pytest.raises(NakedFigure):
        Figure(**{**GIVEN, lacking: empty})


@pytest.mark.parametrize("bare", [1, "1.000 t", None, GIVEN])
def test_the_tag_refuses_a_bare_value(bare):
    with pytest.raises(NakedFigure):
        Template("{% figure shown %}").render(Context({"shown": bare}))


def test_a_missing_figure_shows_no_number_and_says_so():
    shown = Figure(**{**GIVEN, "value": None, "standing": Standing.MISSING})
    html = render_to_string("ui/figure.html", {"figure": shown, "form": "full"})
    assert "—" in html
    assert "缺数" in html


def test_a_month_without_a_value_is_drawn_as_a_gap():
    figure = Figure(**GIVEN)
    chart = bar_chart([Point(str(size), size, figure) for size in (50, None, 100, 0)])
    assert [bar.is_gap for bar in chart.bars] == [False, True, False, False]
    heights = [bar.height for bar in chart.bars if not bar.is_gap]
    assert heights[0] * 2 == heights[1]
    assert heights[2] == 0
    assert all(bar.y + bar.height == BASE for bar in chart.bars)
    assert bar_chart([]).bars == ()


def test_a_formula_reads_with_signs_and_separators():
    tokens = in_numbers("round(a * (44 / 12) - b)", {"a": 1234567.5, "b": 2}, {"a": "/a/"})
    assert "".join(token.text for token in tokens) == "取整(1,234,567.5 × (44 ÷ 12) − 2)"
    assert [token.href for token in tokens if token.href] == ["/a/"]


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.1 + 0.2, "0.3"), (13374330, "13,374,330"), ("0.5849", "0.5849"), (0.0000123, "0.0000123"), (None, "None")],
)
def test_a_number_is_readable_without_the_dust_of_doubles(value, text):
    assert readable_number(value) == text


def test_units_and_periods_are_said_as_officials_write_them():
    assert unit_words("tce[calorific_value]") == "吨标准煤（当量值）"
    assert unit_words("tCO2/MWh") == "吨二氧化碳/兆瓦时"
    assert unit_words("10^4 Nm3") == "万立方米"
    assert unit_words("1") == ""
    assert short_period(Period.parse("2024-03"), Period.parse("2024")) == "3月"
    assert short_period(Period.parse("2024-03"), Period.parse("2023-01..2024-06")) == "2024年3月"
