"""Geometry of a small bar chart, so that the template only prints attributes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tanheng.web.ui.figure import Figure

WIDTH, HEIGHT, BASE, TOP = 640, 150, 128, 14
_GAP = 0.28


@dataclass(frozen=True)
class Point:
    """One bar to draw: what stands below it, how high it is (None: no value), and the figure it shows."""

    label: str
    size: int | None
    figure: Figure
    chosen: bool = False


@dataclass(frozen=True)
class Bar:
    """A drawn bar. A month without a value has no height and is drawn as a gap, never as a zero."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    point: Point

    @property
    def is_gap(self) -> bool:
        """Whether there is no value to draw."""
        return self.point.size is None


@dataclass(frozen=True)
class Chart:
    """The bars and the figure of the highest one, which gives the scale."""

    bars: tuple[Bar, ...]
    highest: Figure | None
    width: int = WIDTH
    height: int = HEIGHT
    base: int = BASE
    top: int = TOP


def bar_chart(points: Sequence[Point]) -> Chart:
    """Bars of equal width on one scale from zero."""
    drawn = [point for point in points if point.size is not None]
    highest = max(drawn, key=lambda point: point.size or 0, default=None)
    scale = (BASE - TOP) / highest.size if highest and highest.size else 0.0
    step = WIDTH / max(len(points), 1)
    bars = tuple(_bar(point, index * step, step, scale) for index, point in enumerate(points))
    return Chart(bars, highest.figure if highest else None)


def _bar(point: Point, left: float, step: float, scale: float) -> Bar:
    height = round(scale * point.size, 2) if point.size is not None else float(BASE - TOP)
    width = round(step * (1 - _GAP), 2)
    x = round(left + step * _GAP / 2, 2)
    return Bar(x, round(BASE - height, 2), width, height, round(left + step / 2, 2), point)
