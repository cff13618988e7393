"""Text that a spreadsheet will not take for a formula."""

from __future__ import annotations

# full-width signs too: some editions of Excel read them as the narrow ones
_STARTS_A_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def inert(value: object) -> str:
    """A text with an apostrophe before it where a spreadsheet would compute it: `=`, `+`, `-`, `@` or a tab first."""
    text = str(value)
    return f"'{text}" if text.lstrip(" \u3000").startswith(_STARTS_A_FORMULA) else text
