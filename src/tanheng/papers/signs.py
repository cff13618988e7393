"""How wide text is, in signs of full width: enough to centre a line and to choose a size, without a font at hand."""

_FIRST_WIDE = 0x2E80


def width_in_signs(text: str) -> float:
    """The width of a text; a Latin letter or figure counts half a sign."""
    return sum(1.0 if ord(sign) >= _FIRST_WIDE else 0.5 for sign in text)


def size_that_fits(text: str, room: float, largest: float) -> float:
    """The size in points, not above `largest`, in which a text fits one line of `room` points."""
    signs = width_in_signs(text)
    return largest if signs * largest <= room else int(room / signs * 2) / 2


_GOOD_ENDS = "的和与及、》）区"
_GOOD_STARTS = "关（《"
_BAD_STARTS = "，。、；：？！》）”’〕】%％"


def title_lines(title: str, room: float) -> list[str]:
    """A title as lines of about the same width, none of more than `room` signs: a last line of two signs looks torn.

    A line ends after 的, 和 or a bracket where it can, and never inside a number or a word of Latin letters.
    """
    width = width_in_signs(title)
    lines: list[str] = []
    for left in range(max(1, -int(-width // room)), 1, -1):
        at = _break_of(title, width_in_signs(title) / left, room)
        lines.append(title[:at].rstrip())
        title = title[at:].lstrip()
    return [line for line in (*lines, title) if line] or [title]


def _break_of(title: str, wanted: float, room: float) -> int:
    """Where a line ends that should be about `wanted` signs wide."""
    allowed = [at for at in range(1, len(title)) if _may_end(title, at) and width_in_signs(title[:at]) <= room]
    return min(allowed, key=lambda at: _cost(title, at, wanted), default=len(title))


def _may_end(title: str, at: int) -> bool:
    before, after = title[at - 1], title[at]
    joined = before.isascii() and after.isascii() and not before.isspace() and not after.isspace()
    return not joined and after not in _BAD_STARTS and before not in "（《“‘〔【"


def _cost(title: str, at: int, wanted: float) -> float:
    """How far from the wished width a break is; one inside a phrase or a quoted title costs more."""
    before, after = title[at - 1], title[at]
    between_phrases = before in _GOOD_ENDS or after in _GOOD_STARTS
    cost = abs(width_in_signs(title[:at]) - wanted)
    inside_a_title = title[:at].count("《") > title[:at].count("》")
    return cost + (0 if between_phrases else 5.5) + (4 if before.isdigit() else 0) + (6 if inside_a_title else 0)
