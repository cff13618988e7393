"""Charts for readers with a script: an ECharts option as data, beside the table that says the same without one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from tanheng.web.ui.figure import Figure
from tanheng.web.ui.words import unit_words

# Told apart by form as well as by colour: a chart is also printed in grey.
_FORMS: Mapping[str, Mapping[str, Any]] = {
    "actual": {"symbol": "circle", "symbolSize": 8, "color": "#0b6b57", "lineStyle": {"width": 3}},
    "floor": {"symbol": "rect", "symbolSize": 7, "color": "#8a4b00", "lineStyle": {"width": 2, "type": "dashed"}},
    "stretch": {"symbol": "triangle", "symbolSize": 8, "color": "#55606e", "lineStyle": {"width": 2, "type": "dotted"}},
    "forecast": {
        "symbol": "diamond",
        "symbolSize": 9,
        "color": "#0b6b57",
        "lineStyle": {"width": 2, "type": [4, 4]},
    },
}
_BARS: Mapping[str, str] = {"actual": "#0b6b57", "floor": "#8a4b00", "stretch": "#b9c2ca", "forecast": "#6fae9d"}
"""Dark beside light, for the same reason; a pattern in the bars would need inline styles."""


@dataclass(frozen=True)
class Dot:
    """One value of a line, to be drawn, and the figure that the table shows; None where there is none."""

    value: Decimal | None
    figure: Figure | None


@dataclass(frozen=True)
class Series:
    """A line: its name, the form it is drawn in (actual, floor, stretch, forecast), one dot for each place below."""

    name: str
    form: str
    dots: Sequence[Dot]


@dataclass(frozen=True)
class LineChart:
    """Lines over the same places, such as years: what is drawn, and the table of it.

    `drawn_as` bars where the places have no order, such as districts: a line between them would say something.
    """

    id: str
    title: str
    unit: str
    places: Sequence[str]
    series: Sequence[Series]
    drawn_as: Literal["line", "bar"] = "line"

    @property
    def option_id(self) -> str:
        """The name of the block of the page that holds the option."""
        return f"{self.id}-option"

    @property
    def rows(self) -> Sequence[tuple[str, Sequence[Figure | None]]]:
        """The table: for each place the figure of every line."""
        return [
            (place, [series.dots[number].figure for series in self.series]) for number, place in enumerate(self.places)
        ]

    @property
    def option(self) -> Mapping[str, Any]:
        """What ECharts draws. A missing value is a gap in its line, never a zero."""
        return {
            "animation": False,
            "aria": {"enabled": True, "label": {"description": self.title}},
            "tooltip": {"trigger": "axis", "renderMode": "richText"},  # as HTML it would need inline styles
            "legend": {"bottom": 0, "data": [series.name for series in self.series]},
            "grid": {"left": 8, "right": 24, "top": 36, "bottom": 40, "containLabel": True},
            "xAxis": {"type": "category", "data": list(self.places)},
            "yAxis": {
                "type": "value",
                "name": unit_words(self.unit),
                "scale": self.drawn_as == "line",
            },  # bars stand on zero
            "series": [self._drawn(series) for series in self.series],
        }

    def _drawn(self, series: Series) -> Mapping[str, Any]:
        data = [None if dot.value is None else float(dot.value) for dot in series.dots]
        if self.drawn_as == "bar":
            return {"type": "bar", "name": series.name, "data": data, "color": _BARS[series.form]}
        return {"type": "line", "name": series.name, "data": data, "connectNulls": False, **_FORMS[series.form]}
