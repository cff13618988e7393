"""How wide text is, in signs of full width: enough to centre a line and to choose a size, without a font at hand."""

_FIRST_WIDE = 0x2E80


def width_in_signs(text: str) -> float:
    """The width of a text; a Latin letter or figure counts half a sign."""
    return sum(1.0 if ord(sign) >= _FIRST_WIDE else 0.5 for sign in text)


def size_that_fits(text: str, room: float, largest: float) -> float:
    """The size in points, not above `largest`, in which a text fits one line of `room` points."""
    signs = width_in_signs(text)
    return largest if signs * largest <= room else int(room / signs * 2) / 2
