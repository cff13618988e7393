"""The logins of a demonstration as data: one for each role, on a made-up site only."""

from __future__ import annotations

from datetime import date

from tanheng.kernel.pack.shape import Label, Shape, Titled


class DemoLogin(Shape):
    """A login and its mandate. Of `areas` and `parties` the first one that is recorded counts; none: none is named."""

    login: str
    label: Label
    role: str
    areas: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()


class DemoParty(Shape):
    """A party that somebody of the demonstration acts for and that no list of senders names."""

    id: str
    label: Label


class DemoLogins(Titled):
    """The logins, their common password, and the day from which their mandates hold."""

    password: str
    start: date
    parties: tuple[DemoParty, ...] = ()
    logins: tuple[DemoLogin, ...]
