"""Texts that somebody typed: taken whole or refused, never cut short in silence."""

from __future__ import annotations

from tanheng.kernel.faults import Refusal

_QUOTED = 20


def within(text: str, most: int) -> str:
    """A text that is no longer than there is room for.

    Refuses  text-too-long: it says which text it was by how it begins.
    """
    plain = text.strip()
    if len(plain) > most:
        raise Refusal("text-too-long", begins=plain[:_QUOTED], length=len(plain), most=most)
    return plain
