"""Where a task stands, in words, with a sign: the colour never says it alone."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_noop

from tanheng.kernel.obligation.tracking import Stand

_STANDS = {
    Stand.OVERDUE: ("■", "red", gettext_noop("overdue")),
    Stand.UNPROVED: ("◆", "orange", gettext_noop("without evidence")),
    Stand.AT_RISK: ("◆", "orange", gettext_noop("at risk")),
    Stand.DUE_SOON: ("▲", "yellow", gettext_noop("due soon")),
    Stand.SILENT: ("○", "grey", gettext_noop("nothing reported")),
    Stand.STALE: ("○", "grey", gettext_noop("not updated")),
    Stand.ON_TRACK: ("●", "green", gettext_noop("on track")),
    Stand.DONE: ("✓", "blue", gettext_noop("done")),
}
ORDER = tuple(_STANDS)


def stand_said(stand: Stand) -> str:
    """The word of a stand."""
    return gettext(_STANDS[stand][2])


def stand_sign(stand: Stand) -> str:
    """The sign of a stand."""
    return _STANDS[stand][0]


def stand_colour(stand: Stand) -> str:
    """The colour of a stand."""
    return _STANDS[stand][1]
