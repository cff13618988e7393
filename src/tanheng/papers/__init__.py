"""Papers: documents as people send, print and keep them. This room knows nothing of energy.

A `Paper` is made of titles, headings, paragraphs, tables, charts and annexes; three writers set it: Word in the layout
of official documents, PDF with the fonts shipped along, and the workbook behind it. All three say the same figures,
rounded only where they are shown. What is missing is a dash with its note, never a zero; a sign that the fonts lack is
a finding, never an empty box.
"""

from tanheng.papers.chart import Chart, Panel, Series, bar_chart, line_chart, path_series, ranking, small_multiples
from tanheng.papers.figure import Figure, Light, Strong, shown
from tanheng.papers.paper import (
    Annex,
    Block,
    Heading,
    Note,
    Paper,
    Paragraph,
    RedHead,
    Signature,
    Title,
    as_text,
    numeral,
)
from tanheng.papers.table import Column, Row, Table, grid

__all__ = [
    "Annex",
    "Block",
    "Chart",
    "Column",
    "Figure",
    "Heading",
    "Light",
    "Note",
    "Panel",
    "Paper",
    "Paragraph",
    "RedHead",
    "Row",
    "Series",
    "Signature",
    "Strong",
    "Table",
    "Title",
    "as_text",
    "bar_chart",
    "grid",
    "line_chart",
    "numeral",
    "path_series",
    "ranking",
    "shown",
    "small_multiples",
]
