"""Tags of every page: the figure that is never naked, labels and units in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from tanheng.web.ui.figure import Figure, NakedFigure
from tanheng.web.ui.words import noted, on_page, said, spoken, unit_words

register = template.Library()
register.filter("noted", noted)
register.filter("on_page", on_page)
register.filter("said", said)
register.filter("spoken", spoken)
register.filter("unit_words", unit_words)


@register.filter
def may(scope: object, act: str) -> bool:
    """Whether an act is open to the reader: `{% if scope|may:"publish" %}`. What is not open is not drawn."""
    return scope.may(act)


@register.inclusion_tag("ui/figure.html")
def figure(shown: Figure, form: str = "full") -> Mapping[str, object]:
    """A figure as a link to its explanation. `cell` leaves the unit to the column heading; `large` heads a card.

    Refuses  NakedFigure: anything but a Figure, which cannot be made without unit, period, status and link.
    """
    if not isinstance(shown, Figure):
        raise NakedFigure(f"a page may not show the bare value {shown!r}")
    return {"figure": shown, "form": form}
