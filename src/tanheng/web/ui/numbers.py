"""Whole numbers as addresses and forms bring them."""

_LONGEST = 18
"""More digits than any number that a page gives out has; databases keep no longer ones."""


def whole_number(text: str) -> int | None:
    """The number that a text is; None where it is none, or longer than any that was ever given out."""
    return int(text) if text.isdecimal() and len(text) <= _LONGEST else None
