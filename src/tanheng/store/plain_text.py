"""Text that a spreadsheet will not take for a formula, nor a disk for a path."""

from __future__ import annotations

import re

# full-width signs too: some editions of Excel read them as the narrow ones
_STARTS_A_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s]+')


def file_part(text: str) -> str:
    """A text as part of a file's name: what some system does not take in one is a low line."""
    return _NOT_IN_NAMES.sub("_", text)


def inert(value: object) -> str:
    """A text with an apostrophe before it where a spreadsheet would compute it: `=`, `+`, `-`, `@` or a tab first."""
    text = str(value)
    return f"'{text}" if text.lstrip(" \u3000").startswith(_STARTS_A_FORMULA) else text
