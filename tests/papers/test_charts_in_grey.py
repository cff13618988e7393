"""Charts: readable where everything is grey, true to scale, with gaps where values are missing."""

import itertools
import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanheng.papers import Panel, Series, bar_chart, line_chart, path_series, ranking, small_multiples
from tanheng.papers.chart import Chart
from tanheng.papers.drawing import drawn, height_of
from tanheng.papers.scale import scale_of
from tests.papers.sample_paper import D, sample

SVG = "{http://www.w3.org/2000/svg}"
VALUES = st.lists(st.decimals(min_value=-(10**7), max_value=10**7, places=3, allow_nan=False), min_size=1, max_size=15)


def parts(chart, tag):
    return ElementTree.fromstring(drawn(chart)).findall(f".//{SVG}{tag}")


def lightness(colour):
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


@given(VALUES, st.booleans())
def test_every_value_lies_on_its_scale_and_bars_have_zero_on_theirs(values, from_zero):
    scale = scale_of(values, start=0, end=100, from_zero=from_zero)
    slack = 1e-6 * (scale.high - scale.low)
    assert all(scale.low - slack <= float(value) <= scale.high + slack for value in values)
    assert not from_zero or scale.low <= 0 <= scale.high
    assert 1 <= len(scale.ticks()) <= 13


def test_lines_differ_in_dash_or_mark_and_not_only_in_colour():
    series = path_series([D(1), D(2)], [D(1), D(3)], [D(2), D(4)], [D(1), D(5)])
    chart = line_chart("图", ["2026", "2027"], series)
    dashes = [part.get("stroke-dasharray") for part in parts(chart, "polyline")]
    assert len(set(dashes[:4])) == 4


def test_bars_differ_in_lightness_so_that_grey_keeps_them_apart():
    chart = bar_chart("图", ["东", "西"], [Series(name, [D(1), D(2)]) for name in "甲乙丙丁"])
    greys = sorted({round(lightness(part.get("fill"))) for part in parts(chart, "rect")})
    assert len(greys) == 4
    assert min(b - a for a, b in itertools.pairwise(greys)) >= 30


def test_a_missing_value_breaks_the_line_and_is_no_zero():
    chart = line_chart("图", list("12345"), [Series("能耗", [D(5), D(6), None, D(7), D(8)])])
    runs = [part.get("points").split() for part in parts(chart, "polyline") if len(part.get("points").split()) > 1]
    assert [len(run) for run in runs[:2]] == [2, 2]


def test_a_single_value_between_gaps_is_still_seen():
    chart = line_chart("图", list("123"), [Series("能耗", [None, D(6), None], "reference")])
    assert parts(chart, "circle")


def test_a_missing_bar_is_said_in_words():
    bars = bar_chart("图", ["东", "西"], [Series("能耗", [D(5), None])])
    lying = ranking("图", ["东", "西"], [D(5), None])
    assert "缺" in [part.text for part in parts(bars, "text")]
    assert "缺数" in [part.text for part in parts(lying, "text")]
    assert len(parts(bars, "rect")) == 1
    assert len(parts(lying, "rect")) == 1


def test_bars_are_as_long_as_their_values():
    rows = parts(ranking("图", ["东", "西"], [D(4), D(-2)]), "rect")
    long, short = (float(part.get("width")) for part in rows)
    assert long == pytest.approx(2 * short, abs=0.02)


def test_small_charts_share_one_scale():
    panels = [Panel("东", [Series("能耗", [D(1), D(2)])]), Panel("西", [Series("能耗", [D(10), D(20)])])]
    drawing = drawn(small_multiples("图", ["1", "2"], panels))
    ticks = re.findall(r">([\d.]+)</text>", drawing)
    assert ticks.count("20") == 2


def test_marks_and_last_values_stay_inside_the_picture():
    for chart in [block for block in sample().blocks if isinstance(block, Chart)]:
        for part in parts(chart, "text"):
            assert 0 <= float(part.get("x")) <= 442
            assert 0 < float(part.get("y")) <= height_of(chart)


def test_signs_of_xml_in_names_do_not_break_a_drawing():
    chart = line_chart("图", ["<1>", "&2"], [Series('"A" & <B>', [Decimal(1), Decimal(2)])])
    assert '"A" & <B>' in [part.text for part in parts(chart, "text")]


def test_a_chart_of_nothing_but_gaps_is_drawn_empty():
    chart = line_chart("图", ["1月", "2月"], [Series("能耗", [None, None])])
    assert not [part for part in parts(chart, "polyline") if "nan" in part.get("points")]
    assert [part.text for part in parts(chart, "text") if part.text == "1月"]
