"""Geometry of a small line over periods, drawn without a script: a missing value is a gap, zero is where it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tanheng.web.ui.figure import Figure

WIDTH, HEIGHT, TOP, BASE, SIDE = 640, 190, 26, 150, 34


@dataclass(frozen=True)
class Place:
    """One period to draw: its name, how high it is (None: no value), and the figure it shows."""

    label: str
    size: int | None
    figure: Figure


@dataclass(frozen=True)
class Mark:
    """A drawn period; without a height it stands empty."""

    x: float
    y: float | None
    label: str
    figure: Figure
    is_named: bool


@dataclass(frozen=True)
class Trend:
    """The line in unbroken pieces, its marks, and where zero lies if that is in sight."""

    pieces: Sequence[str]
    marks: Sequence[Mark]
    zero: float
    highest: Figure | None
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def names_y(self) -> int:
        """Where the names of the periods stand."""
        return HEIGHT - 14


def trend_of(places: Sequence[Place]) -> Trend | None:
    """The line over the places in their order; None where fewer than two have a value.

    The scale begins at zero, so that a small change does not look like a large one.
    """
    sizes = [place.size for place in places if place.size is not None]
    if len(sizes) < 2:
        return None
    low, high = min(0, *sizes), max(0, *sizes)
    scale = (BASE - TOP) / (high - low) if high > low else 0.0
    step = (WIDTH - 2 * SIDE) / max(len(places) - 1, 1)
    every = max(1, -(-len(places) // 12))
    marks = [
        Mark(
            round(SIDE + step * number, 1),
            None if place.size is None else round(BASE - scale * (place.size - low), 1),
            place.label,
            place.figure,
            (len(places) - 1 - number) % every == 0,
        )
        for number, place in enumerate(places)
    ]
    highest = max((place for place in places if place.size is not None), key=lambda place: place.size or 0)
    return Trend(_pieces(marks), marks, round(BASE + scale * low, 1), highest.figure)


def _pieces(marks: Sequence[Mark]) -> Sequence[str]:
    """The points of each unbroken stretch, as a polyline writes them."""
    found: list[list[str]] = [[]]
    for mark in marks:
        if mark.y is None:
            found.append([])
        else:
            found[-1].append(f"{mark.x},{mark.y}")
    return [" ".join(points) for points in found if len(points) > 1]
