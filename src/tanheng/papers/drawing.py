"""A chart drawn as SVG: full, dashed and dotted lines, marks of different shape, fills of different lightness.

Everything that colour says is said by form as well, because most papers are read on a page printed in grey.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from tanheng.papers.chart import Chart, Series, Value
from tanheng.papers.figure import shown
from tanheng.papers.scale import Scale, scale_of
from tanheng.papers.signs import width_in_signs

FACE, INK, FAINT, MIDDLE = "Tanheng Hei", "#111111", "#c9c9c9", "#555555"
WIDTH, SMALL = 442.0, 8.0
_HEIGHT, _ROW, _COLUMNS = 165.0, 15.0, 4
_FILLS = ("#2b4f76", "#a9bfd6", "#e9eef3", "#7d7d7d")
_DASHES = {"actual": "", "schedule": "6 3", "reference": "1.5 2.5", "estimate": "4 2"}
_WIDTHS = {"actual": 1.6, "schedule": 1.2, "reference": 1.1, "estimate": 1.2}
_LINES = ("#16365c", "#8a3b12", "#4d7a3a", "#555555")


@dataclass(frozen=True)
class Box:
    """The rectangle in which values are drawn."""

    left: float
    top: float
    right: float
    bottom: float

    def column(self, at: int, of: int) -> float:
        """The middle of a place along the axis."""
        return round(self.left + (at + 0.5) * (self.right - self.left) / of, 2)


def height_of(chart: Chart) -> float:
    """How high a chart is drawn, in points: lying bars and small charts take a row for each."""
    if chart.form == "rows":
        return _above_rows(chart) + _ROW * len(chart.labels) + 16
    if chart.form == "panels":
        return 24 + 92 * -(-len(chart.panels) // _COLUMNS)
    return _HEIGHT


def drawn(chart: Chart) -> str:
    """The chart as an SVG document; its title is not in it, because the page has it as words."""
    forms = {"lines": _lines, "bars": _bars, "rows": _rows, "panels": _panels}
    height = height_of(chart)
    inside = "".join(forms[chart.form](chart, height))
    size = f'width="{WIDTH}pt" height="{height}pt" viewBox="0 0 {WIDTH} {height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{inside}</svg>'


def _lines(chart: Chart, height: float) -> list[str]:
    box = Box(46, 26, WIDTH - 10, height - 22)
    scale = scale_of(_values(chart.series), start=box.bottom, end=box.top, from_zero=False)
    drawn_series = [part for at, series in enumerate(chart.series) for part in _line(series, at, box, scale)]
    ends = [part for series in chart.series for part in _end(series, chart, box, scale)]
    return [*_frame(box, scale), *_below(chart.labels, box), *drawn_series, *ends, *_legend(chart.series, bars=False)]


def _bars(chart: Chart, height: float) -> list[str]:
    box = Box(46, 26, WIDTH - 10, height - 22)
    scale = scale_of([*_values(chart.series), *_marked(chart)], start=box.bottom, end=box.top, from_zero=True)
    room = (box.right - box.left) / max(1, len(chart.labels))
    width = min(26.0, room * 0.72 / max(1, len(chart.series)))
    parts = [*_frame(box, scale), *_below(chart.labels, box)]
    for at, series in enumerate(chart.series):
        shift = (at - (len(chart.series) - 1) / 2) * width
        for place, value in enumerate(series.values):
            middle = box.column(place, len(chart.labels)) + shift
            parts += _bar(value, middle, width, at, scale, box.bottom, chart.places)
    named = chart.series if len(chart.series) > 1 else ()
    return [*parts, *_across(chart, box, scale), *_legend(named, bars=True)]


def _bar(value: Value, middle: float, width: float, at: int, scale: Scale, base: float, places: int) -> list[str]:
    """An upright bar with its number where there is room for it; what is missing is said and not drawn."""
    if value is None:
        return [_text("缺", middle, base - 3, anchor="middle", size=7, fill=MIDDLE)]
    zero, top = scale.at(0), scale.at(value)
    shape = _tag("rect", x=middle - width / 2, y=min(zero, top), width=width, height=abs(zero - top),
                 fill=_FILLS[at], stroke=INK, stroke_width=0.5)  # fmt: skip
    if width < 13:
        return [shape]
    above = min(zero, top) - 2.5 if value >= 0 else max(zero, top) + 7.5
    return [shape, _text(shown(value, places), middle, above, anchor="middle", size=6.5)]


def _rows(chart: Chart, height: float) -> list[str]:
    longest = max((width_in_signs(label) for label in chart.labels), default=0.0)
    box = Box(min(160.0, longest * SMALL + 10), _above_rows(chart), WIDTH - 40, height - 16)
    values = chart.series[0].values
    scale = scale_of([*_values(chart.series), *_marked(chart)], start=box.left, end=box.right, from_zero=True)
    parts = [_upright(scale.at(tick), box, FAINT) for tick in scale.ticks()]
    parts += [
        _text(f"{tick:,.{scale.places()}f}", scale.at(tick), height - 5, anchor="middle", size=7)
        for tick in scale.ticks()
    ]
    for at, (label, value) in enumerate(zip(chart.labels, values, strict=True)):
        parts += _row(label, value, box.top + _ROW * at, box, scale, chart.places)
    parts.append(_upright(scale.at(0), box, INK))
    if chart.mark is not None:
        at_mark = scale.at(chart.mark)
        parts.append(_upright(at_mark, box, INK, dash="5 3"))
        parts.append(_text(f"{chart.mark_name}{shown(chart.mark, chart.places)}", at_mark, 14, anchor="middle", size=7))
    return parts


def _above_rows(chart: Chart) -> float:
    """The room above lying bars: the name of a mark stands there, where there is one."""
    return 5.0 if chart.mark is None else 20.0


def _row(label: str, value: Value, top: float, box: Box, scale: Scale, places: int) -> list[str]:
    middle = top + _ROW / 2
    name = _text(
        _shortened(label, box.left - 8),
        box.left - 5,
        middle + 2.8,
        anchor="end",
    )
    if value is None:
        return [name, _text("缺数", scale.at(0) + 4, middle + 2.8, size=7, fill=MIDDLE)]
    zero, end = scale.at(0), scale.at(value)
    shape = _tag("rect", x=min(zero, end), y=top + 2.5, width=abs(end - zero), height=_ROW - 5,
                 fill=_FILLS[0] if value >= 0 else _FILLS[1], stroke=INK, stroke_width=0.5)  # fmt: skip
    told = _text(shown(value, places), end + 3 if value >= 0 else zero + 3, middle + 2.8, size=7)
    return [name, shape, told]


def _panels(chart: Chart, height: float) -> list[str]:
    """Small charts in rows of four, all on one scale."""
    values = [value for panel in chart.panels for value in _values(panel.series)]
    parts: list[str] = _legend(chart.panels[0].series if chart.panels else (), bars=False)
    wide = WIDTH / _COLUMNS
    for at, panel in enumerate(chart.panels):
        left, top = (at % _COLUMNS) * wide, 22 + 92.0 * (at // _COLUMNS)
        box = Box(left + 27, top + 14, left + wide - 5, top + 76)
        scale = scale_of(values, start=box.bottom, end=box.top, from_zero=False)
        parts += [
            _text(_shortened(panel.name, box.right - box.left), box.left, top + 9, size=8),
            *_frame(box, scale, size=6),
        ]
        parts += _below((chart.labels[0], *[""] * (len(chart.labels) - 2), chart.labels[-1]), box, size=6)
        for number, series in enumerate(panel.series):
            parts += _line(series, number, box, scale, marks=False)
    return parts


def _line(series: Series, at: int, box: Box, scale: Scale, *, marks: bool = True) -> list[str]:
    """A series: broken where a value is missing, with its marks."""
    spots = [
        None if value is None else (box.column(place, len(series.values)), scale.at(value))
        for place, value in enumerate(series.values)
    ]
    parts = [_stroke(run, series, at) for run in _unbroken(spots) if len(run) > 1]
    alone = {run[0] for run in _unbroken(spots) if len(run) == 1}
    shapes = [spot for spot in spots if spot is not None and (spot in alone or (marks and series.role != "reference"))]
    return [*parts, *(_mark(spot, series, at) for spot in shapes)]


def _unbroken(spots: Sequence[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    found: list[list[tuple[float, float]]] = [[]]
    for spot in spots:
        if spot is None:
            found.append([])
        else:
            found[-1].append(spot)
    return [run for run in found if run]


def _stroke(spots: Sequence[tuple[float, float]], series: Series, at: int) -> str:
    points = " ".join(f"{x},{y}" for x, y in spots)
    return _tag("polyline", points=points, fill="none", stroke=_LINES[at], stroke_width=_WIDTHS[series.role],
                stroke_dasharray=_DASHES[series.role] or None)  # fmt: skip


def _mark(spot: tuple[float, float], series: Series, at: int) -> str:
    """A mark of its own shape for every series; hollow where the value is no fact."""
    (x, y), r = spot, 2.4
    look = {"fill": _LINES[at] if series.role == "actual" else "#ffffff", "stroke": _LINES[at], "stroke_width": 1}
    if at == 0:
        return _tag("circle", cx=x, cy=y, r=r, **look)
    corners = {
        1: [(x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)],
        2: [(x, y - r - 0.6), (x + r + 0.4, y + r), (x - r - 0.4, y + r)],
        3: [(x, y - r - 0.8), (x + r + 0.8, y), (x, y + r + 0.8), (x - r - 0.8, y)],
    }[at]
    return _tag("polygon", points=" ".join(f"{round(a, 2)},{round(b, 2)}" for a, b in corners), **look)


def _end(series: Series, chart: Chart, box: Box, scale: Scale) -> list[str]:
    """The last value of what happened, in figures, on the side where no other line is near."""
    known = [(place, value) for place, value in enumerate(series.values) if value is not None]
    if series.role != "actual" or not known:
        return []
    place, value = known[-1]
    others = [other for one in chart.series if one is not series and (other := one.values[place]) is not None]
    nearest = min(others, key=lambda other: abs(other - value), default=value - 1)
    shift = 11 if nearest > value else -5
    x, y = box.column(place, len(series.values)), scale.at(value)
    return [_text(shown(value, chart.places), x, y + shift, anchor="middle", size=7)]


def _frame(box: Box, scale: Scale, *, size: float = 7.0) -> list[str]:
    parts = []
    for tick in scale.ticks():
        y = scale.at(tick)
        ink = INK if tick == 0 else FAINT
        parts.append(_tag("line", x1=box.left, y1=y, x2=box.right, y2=y, stroke=ink, stroke_width=0.5))
        parts.append(_text(f"{tick:,.{scale.places()}f}", box.left - 4, y + size * 0.35, anchor="end", size=size))
    return [*parts, _tag("line", x1=box.left, y1=box.top, x2=box.left, y2=box.bottom, stroke=INK, stroke_width=0.5)]


def _below(labels: Sequence[str], box: Box, *, size: float = 7.5) -> list[str]:
    """The labels along the axis, as many as there is room for."""
    room = (box.right - box.left) / max(1, len(labels))
    longest = max((width_in_signs(label) for label in labels), default=0.0) * size + 4
    every = max(1, -(-int(longest) // max(1, int(room)))) if sum(map(bool, labels)) > 2 else 1
    return [
        _text(label, box.column(at, len(labels)), box.bottom + size + 4, anchor="middle", size=size)
        for at, label in enumerate(labels)
        if at % every == 0 and label
    ]


def _across(chart: Chart, box: Box, scale: Scale) -> list[str]:
    if chart.mark is None:
        return []
    y = scale.at(chart.mark)
    told = f"{chart.mark_name}{shown(chart.mark, chart.places)}"
    line = _tag("line", x1=box.left, y1=y, x2=box.right, y2=y, stroke=INK, stroke_width=1, stroke_dasharray="5 3")
    return [line, _text(told, box.right, y - 3, anchor="end", size=7)]


def _upright(x: float, box: Box, ink: str, dash: str | None = None) -> str:
    return _tag("line", x1=x, y1=box.top, x2=x, y2=box.bottom, stroke=ink, stroke_width=0.5 if dash is None else 1,
                stroke_dasharray=dash)  # fmt: skip


def _legend(series: Sequence[Series], *, bars: bool) -> list[str]:
    """What the lines or fills stand for, above the chart."""
    parts, x = list[str](), 46.0
    for at, one in enumerate(series):
        if bars:
            parts.append(_tag("rect", x=x, y=5, width=14, height=7, fill=_FILLS[at], stroke=INK, stroke_width=0.5))
        else:
            parts += [_stroke([(x, 9), (x + 22, 9)], one, at)]
            parts += [_mark((x + 11, 9), one, at)] if one.role != "reference" else []
        x += 18 if bars else 26
        parts.append(_text(one.name, x, 12))
        x += width_in_signs(one.name) * SMALL + 16
    return parts


def _text(text: str, x: float, y: float, *, anchor: str = "start", size: float = SMALL, fill: str = INK) -> str:
    look = f'x="{round(x, 2)}" y="{round(y, 2)}" text-anchor="{anchor}" font-size="{size}" fill="{fill}"'
    return f'<text {look} font-family="{FACE}">{escape(text)}</text>'


def _tag(name: str, **attributes: object) -> str:
    told = " ".join(
        f"{key.replace('_', '-')}={quoteattr(str(round(value, 2) if isinstance(value, float) else value))}"
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name} {told}/>"


def _shortened(text: str, room: float) -> str:
    if width_in_signs(text) * SMALL <= room:
        return text
    kept = text
    while kept and (width_in_signs(kept) + 1) * SMALL > room:
        kept = kept[:-1]
    return f"{kept}…"


def _values(series: Sequence[Series]) -> list[Decimal]:
    return [value for one in series for value in one.values if value is not None]


def _marked(chart: Chart) -> list[Decimal]:
    return [] if chart.mark is None else [chart.mark]
