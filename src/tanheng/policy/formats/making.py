"""Text made of paragraphs and tables of another format, with the place of each line."""

from __future__ import annotations

from collections.abc import Sequence

from tanheng.kernel.faults import Finding
from tanheng.policy.source_text import Place, SourceText


class Maker:
    """Collects lines: paragraphs, and rows of tables with tabs between their cells."""

    def __init__(self, name: str, media: str) -> None:
        self._name, self._media = name, media
        self._parts: list[str] = []
        self._places: list[Place] = []
        self._at = 0

    def paragraph(self, text: str, place: str) -> None:
        """Adds a paragraph; line breaks inside it become lines of their own."""
        for line in text.replace("\v", "\n").splitlines():
            self._add(line.replace("\t", "  "), place)

    def heading(self, text: str, place: str) -> None:
        """Adds a heading, marked as Markdown does."""
        self._add(f"# {' '.join(text.split())}", place)

    def row(self, cells: Sequence[str], place: str) -> None:
        """Adds a row of a table; a cell keeps its text on one line."""
        flat = ["".join(cell.replace("\t", " ").splitlines()) for cell in cells]
        self._add("\t".join(flat) + ("\t" if len(flat) == 1 else ""), place)

    def gap(self) -> None:
        """Adds an empty line: the end of a page or of a table."""
        self._add("", self._places[-1].name if self._places else "")

    def made(self, findings: Sequence[Finding] = ()) -> SourceText:
        """The source."""
        return SourceText(self._name, self._media, "".join(self._parts), tuple(self._places), tuple(findings))

    def _add(self, line: str, place: str) -> None:
        self._places.append(Place(self._at, place))
        self._parts.append(f"{line}\n")
        self._at += len(line) + 1
