"""One text for one content: what the hashes of the log are taken over.

Canonical JSON here means: keys sorted, no spaces, UTF-8, no floats. Floats are left out because PostgreSQL and
Python do not write them alike; a decimal is handed in as text.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def canonical(content: Any) -> str:
    """The canonical JSON of plain values: text, whole numbers, booleans, None, lists and mappings.

    Refuses  TypeError: a float, or anything that JSON does not have.
    """
    return _ENCODER.encode(_plain(content))


def digest(*texts: str) -> str:
    """The sha256 of texts written one after the other, as 64 hex digits."""
    return hashlib.sha256("".join(texts).encode()).hexdigest()


def _plain(content: Any) -> Any:
    kind = type(content)
    if kind is str or kind is int or content is None:
        return content
    if kind is dict:  # nearly everything: asked first, and its texts at once, because a log has many rows
        return {str(name): value if type(value) is str else _plain(value) for name, value in content.items()}
    if isinstance(content, Mapping):
        return {str(name): _plain(value) for name, value in content.items()}
    if isinstance(content, list | tuple):
        return [_plain(value) for value in content]
    if isinstance(content, str | int):
        return content
    raise TypeError(f"{type(content).__name__} has no canonical text")
