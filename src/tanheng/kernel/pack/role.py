"""Roles as data: how far whoever acts under a mandate may see, and which acts are open to it."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from tanheng.kernel.pack.shape import Titled

RoleReach = Literal["site", "area", "party", "facility", "published"]
_NAMED = {"area": "area", "party": "party", "facility": "party"}


class Role(Titled):
    """What a mandate of this role sees and may do.

    `reach` is how far it sees: `site` all of it; `area` the area of the mandate, what lies in it and the units there;
    `party` the areas of the mandate without the units in them, and the units that are related to its party; `facility`
    those units alone; `published` nothing but what the office has published. `through` are the relations by which a
    unit belongs to a party. `acts` are the verbs that pages ask for; a role without one only reads.
    """

    reach: RoleReach
    through: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _reaches_by_something(self) -> Self:
        if (self.reach in ("party", "facility")) != bool(self.through):
            raise ValueError(
                "`through` is for a role that reaches as far as its party or facility, and is needed there"
            )
        return self

    @property
    def reads_only(self) -> bool:
        """Whether nothing is open to it but reading."""
        return not self.acts

    @property
    def names(self) -> str:
        """What a mandate of it must name: area or party; empty where it needs neither."""
        return _NAMED[self.reach] if self.reach in _NAMED else ""
