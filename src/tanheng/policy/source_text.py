"""A document as text, whatever it was: tables as lines with tabs, and a map back to pages, paragraphs and cells."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from tanheng.kernel.faults import Finding


@dataclass(frozen=True)
class Place:
    """From this offset on the text comes from this place of the original: `page 3`, `table 2, row 4`."""

    start: int
    name: str


@dataclass(frozen=True)
class SourceText:
    """What a reader of a file format gives.

    For .txt and .md `text` is the decoded file itself. For other formats it is made from it: a line for each paragraph,
    a line with tabs for each row of a table; `places` says where each line comes from.
    """

    name: str
    media: str
    text: str
    places: tuple[Place, ...] = ()
    findings: tuple[Finding, ...] = ()

    def place(self, offset: int) -> str:
        """`file:line` of an offset, or `file!page` where the format has places of its own."""
        if self.places:
            index = bisect_right([place.start for place in self.places], offset) - 1
            return f"{self.name}!{self.places[max(index, 0)].name}"
        return f"{self.name}:{self.text.count(chr(10), 0, offset) + 1}"
