"""The kinds of points that stay open when a month is signed, and how they are said."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_noop

KINDS = {
    "report": gettext_noop("report what is missing"),
    "explain": gettext_noop("explain a growth"),
    "save": gettext_noop("say what will be saved"),
    "visit": gettext_noop("see a unit"),
    "other": gettext_noop("something else"),
}


def kind_said(kind: str) -> str:
    """A kind in the language of the page."""
    return gettext(KINDS[kind]) if kind in KINDS else kind
