"""Signs as the grammar reads them: one width, no blanks, no remains of mark-up; every sign keeps its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tanheng.policy.proposals import Span
from tanheng.policy.spanned import Spanned

_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>\n]*)?/?>|&nbsp;|&#160;")
_NOISE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]+|[@!~^&$%?\\<>]{4,}"
    r"|^(?=(?:[^\n]*?[@#$%^&~\\{}<>=]){3})[\x21-\x7e ]{8,}$",
    re.MULTILINE,
)
_PUNCTUATION = str.maketrans(
    {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "?": "？", "!": "！", "｡": "。", "､": "、"}
)
_DASHES = "－–—―─~～〜∼﹣−‐-"
_DROPPED = "\ufeff\u200b\u200c\u200d\u00ad\u2060$\\{}^*`"
_MARKS = {"≧": "≥", "≦": "≤", "﹪": "%", "％": "%", "㎡": "m2", "㎥": "m3", "℃": "℃", "＂": "”"}


def normalised(source: str, start: int, end: int) -> Spanned:
    """A stretch of the source as the grammar reads it.

    Blanks fall out, save between Latin words; letters and digits become half-width, punctuation full-width, dashes
    between figures a hyphen; tags and remains of formulas (`PM _{2.5}`) are dropped.
    """
    signs, places = list[str](), list[int]()
    for sign, place in _signs(source, start, end):
        signs.append(sign)
        places.append(place)
    return _between_figures(Spanned("".join(signs), tuple(places)))


def noise_in(source: str) -> list[Span]:
    """The places of line noise: control signs, lost signs, lines of symbols. A reading passes over them."""
    return [found.span() for found in _NOISE.finditer(source) if not _TAG.fullmatch(found[0])]


def _signs(source: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    tags = {found.start(): found.end() for pattern in (_NOISE, _TAG) for found in pattern.finditer(source, start, end)}
    at, blank, last = start, False, ""
    while at < end:
        if at in tags:
            at = tags[at]
            continue
        sign = source[at]
        if sign.isspace() or sign in _DROPPED or (sign == "_" and at + 1 < end):
            blank = blank or sign.isspace()
            at += 1
            continue
        plain = _plain(sign)
        if blank and _latin(last) and _latin(plain):
            yield " ", at
        blank, last = False, plain
        for part in plain:
            yield part, at
        at += 1


def _latin(sign: str) -> bool:
    return bool(sign) and sign[-1].isascii() and sign[-1].isalpha()


def _plain(sign: str) -> str:
    if sign in _MARKS:
        return _MARKS[sign]
    if "！" <= sign <= "～" and sign not in "，；：（）？！～":
        sign = chr(ord(sign) - 0xFEE0)
    if sign in "\u2018\u2019\u201c\u201d":
        return sign
    return sign.translate(_PUNCTUATION)


def _between_figures(piece: Spanned) -> Spanned:
    """A comma that groups thousands falls out; any dash between two figures is a hyphen; a point stays a point."""
    text = piece.text
    signs, places = list[str](), list[int]()
    for i, sign in enumerate(text):
        before, after = text[i - 1] if i else "", text[i + 1 : i + 4]
        figures = bool(before) and (before.isdigit() or before == "%") and after[:1].isdigit()
        if sign == "，" and figures and len(after) == 3 and after.isdigit() and not text[i + 4 : i + 5].isdigit():
            continue
        signs.append("-" if sign in _DASHES and (figures or not (before and before in _DASHES)) else sign)
        places.append(piece.at[i])
    return Spanned("".join(signs), tuple(places))
