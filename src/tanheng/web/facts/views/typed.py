"""What a form with fields sent, read off its request."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest

from tanheng.web.facts.typed import Typed
from tanheng.web.facts.views.sent import files_of

_VALUE = "v:"
_LONGEST_NOTE = 200
Key = TypeVar("Key")


def typed_of(request: HttpRequest, row_of: Callable[[str], Key | None]) -> Typed[Key]:
    """The fields named `v:row:column`; one whose row cannot be read is left out.

    Refuses  workbooks-too-many, evidence-too-large.
    """
    values: dict[tuple[Key, str], str] = {}
    for name, text in request.POST.items():
        if name.startswith(_VALUE):
            row, _, column = name.removeprefix(_VALUE).partition(":")
            if (id := row_of(row)) is not None:
                values[id, column] = str(text)
    seen = request.POST.get("seen", "")
    return Typed(
        values=values,
        seen=int(seen) if seen.isdecimal() and len(seen) < 12 else 0,
        note=request.POST.get("note", "").strip()[:_LONGEST_NOTE],
        token=request.POST.get("token", "")[:64],
        evidence=files_of(request, "evidence"),
    )
