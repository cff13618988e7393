"""Schemes (制度): the programmes that rules belong to, in words."""

from __future__ import annotations

from tanheng.kernel.pack.shape import Label, Shape, Titled


class Scheme(Titled):
    """One programme: a value fit for it is refused in another. `note` says what it counts."""

    note: Label | None = None


class Schemes(Shape):
    """A list of schemes in one file."""

    id: str
    label: Label
    schemes: tuple[Scheme, ...]
