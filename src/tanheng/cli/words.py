"""The two languages of the command line: Chinese, and English where TANHENG_LANG=en."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Protocol

_STATUSES = {"verified": "已核实", "secondary": "二手来源", "unverified": "未核实"}


class Label(Protocol):
    """A name in both languages, as packs give it."""

    def __getitem__(self, lang: str) -> str: ...


def language() -> str:
    """`zh`, or `en` where TANHENG_LANG asks for it. Asked for each time, so that a test can change it."""
    return "en" if os.environ.get("TANHENG_LANG", "").lower().startswith("en") else "zh"


def words(zh: str, en: str) -> str:
    """The one of two texts that is in the reader's language."""
    return en if language() == "en" else zh


def status_said(status: str) -> str:
    """How far an entry has been checked, in the reader's language."""
    return words(_STATUSES[status], status)


def said(label: Label | Mapping[str, str]) -> str:
    """A label in the reader's language."""
    return label[language()]
