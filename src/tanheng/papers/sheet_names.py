"""Names of sheets: short, without the signs a workbook forbids, no two alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']+")
_LONGEST = 31


def sheet_names(wanted: Sequence[str], taken: Iterable[str] = ()) -> list[str]:
    """A name for each title wanted, in their order; a number behind those that would be alike."""
    used, names = {name.casefold() for name in taken}, list[str]()
    for title in wanted:
        stem = _FORBIDDEN.sub(" ", title).strip() or "表"
        name, number = stem[:_LONGEST], 1
        while name.casefold() in used:
            number += 1
            name = f"{stem[: _LONGEST - len(str(number)) - 1]}·{number}"
        used.add(name.casefold())
        names.append(name)
    return names
