"""Which layout a paper is set in: that of an official document, or that of a single page, as packs have them."""

from __future__ import annotations

from typing import Literal

from tanheng.kernel.faults import Refusal, Worded
from tanheng.kernel.pack import PackSet
from tanheng.kernel.pack.planning_shapes import OfficialLayout

_LAYOUT = Worded("公文版式", "layout of official documents")


def layout_for(packs: PackSet, use: Literal["document", "page"]) -> OfficialLayout:
    """The layout for a use; of two packs that bring one, the later one counts.

    Refuses  definition-missing.
    """
    found = [layout for layout in packs.all(OfficialLayout) if layout.use == use]
    if not found:
        raise Refusal("definition-missing", kind=_LAYOUT, id=use, nearest="-")
    return found[-1]


def width_between(layout: OfficialLayout, *, wide: bool = False) -> float:
    """The width between the margins in points; `wide` is a page on its side, whose margins turn with it."""
    page = layout.page
    room = page["height"] - page["top"] - page["bottom"] if wide else page["width"] - page["left"] - page["right"]
    return float(room) * 72 / 25.4
