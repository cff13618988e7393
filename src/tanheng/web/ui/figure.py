"""The figure as a page shows it: a value that cannot be shown without unit, period, status and link."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext, ngettext

from tanheng.web.ui.round_words import in_round_words


class Standing(StrEnum):
    """How complete a figure is."""

    COMPLETE = "complete"
    FILLED = "filled"
    INCOMPLETE = "incomplete"
    MISSING = "missing"


class NakedFigure(ValueError):
    """A page tried to show a number without saying what it is."""


@dataclass(frozen=True)
class Figure:
    """One figure: what it says, in which unit, for when, how sure, and where it is explained.

    `value` is the text for people, None for a figure that has no value; `gaps` counts the rows below that have none;
    `filled` counts those that a named method filled; `unverified` says that a factor was used that nobody has checked;
    `withheld` that there is a value which this reader is not shown; `absent` that nothing was computed that could be
    explained. Neither leads anywhere.
    """

    value: str | None
    unit: str
    period: str
    standing: Standing
    href: str
    label: str = ""
    gaps: int = 0
    filled: int = 0
    unverified: bool = False
    withheld: bool = False
    absent: bool = False

    def __post_init__(self) -> None:
        empty = [name for name in ("unit", "period", "standing", "href") if not getattr(self, name)]
        if self.value is None and self.standing is not Standing.MISSING:
            empty.append("value")
        if empty:
            raise NakedFigure(f"figure {self.value!r} lacks {', '.join(empty)}")

    @property
    def leads(self) -> bool:
        """Whether there is an explanation to go to."""
        return not (self.withheld or self.absent)

    @property
    def marks(self) -> list[str]:
        """What a reader must know beside the number, in words; empty when nothing is amiss."""
        found = []
        if self.withheld:
            return [gettext("not shown: it rests on too few units")]
        if self.standing is Standing.MISSING:
            found.append(gettext("no data"))
        if self.gaps:
            found.append(ngettext("%(count)d gap", "%(count)d gaps", self.gaps) % {"count": self.gaps})
        if self.filled:
            found.append(ngettext("%(count)d filled", "%(count)d filled", self.filled) % {"count": self.filled})
        if self.unverified:
            found.append(gettext("unverified factor"))
        return found

    @property
    def rounded(self) -> str:
        """A large amount in round words, beside the exact one; empty for others."""
        return in_round_words(self.value, self.unit)

    @property
    def status(self) -> str:
        """The status in words, for readers of the screen and for titles."""
        return ", ".join(self.marks) or gettext("complete")
