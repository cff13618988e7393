"""The ways through the site: each app names its own, and the frame of every page draws those that the role may go."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol


class Named(Protocol):
    """A text in the language of the page, chosen when it is read."""

    def __str__(self) -> str: ...


@dataclass(frozen=True)
class Entry:
    """A way: its section, its name, the address it leads to, and who may go it.

    Open to whoever may do one of `acts` or has one of `roles`; to every mandate where both are empty; to the public
    too where `public`. `aside` is looked up rather than worked on: it stands in the list at the end of the ways.
    """

    section: str
    label: Named
    url_name: str
    acts: Collection[str] = ()
    roles: Collection[str] = ()
    public: bool = False
    aside: bool = False

    def is_open(self, role: str, acts: Collection[str], *, mandated: bool) -> bool:
        """Whether a reader may go it."""
        if not mandated:
            return self.public
        return not (self.acts or self.roles) or role in self.roles or bool(set(self.acts) & set(acts))
