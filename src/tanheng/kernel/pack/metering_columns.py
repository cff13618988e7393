"""The headings under which tables of readings and of meters give their columns."""

from __future__ import annotations

from collections.abc import Mapping

from tanheng.kernel.pack.shape import Titled

Headings = tuple[str, ...]


class MeteringColumns(Titled):
    """For each column of a table of readings and of a table of meters the headings that mean it.

    `words` gives, for a column, what a cell may say instead of the code: 示数表 for register. `times` are the ways in
    which a time is written.
    """

    readings: Mapping[str, Headings]
    meters: Mapping[str, Headings]
    words: Mapping[str, Mapping[str, str]]
    times: tuple[str, ...]
