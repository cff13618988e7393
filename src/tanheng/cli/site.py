"""The site that a command works on: its home and its records made ready, and who acts."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING

from tanheng.cli.collector import collect_rarely
from tanheng.kernel.faults import Refusal

if TYPE_CHECKING:
    from tanheng.records.models import Person
    from tanheng.store import Home


def open_site() -> Home:
    """The home of the site, with its records ready to be read.

    Refuses  site-not-prepared: nobody has run `tanheng init` here.
    """
    home = _configured()
    if not home.inbox.is_dir():
        raise Refusal("site-not-prepared", home=home.root)
    return home


def prepare_site() -> Home:
    """Makes folders and database, or brings them to the present shape."""
    from tanheng.records import prepare_database

    home = _configured().make()
    prepare_database()
    return home


def acting(name: str | None) -> Person:
    """The person who acts: the one named, or else the user of the system."""
    from tanheng.records.people import person_named

    return person_named(name or getpass.getuser())


def nobody() -> Person:
    """A person who is not recorded: for work that writes nothing."""
    from tanheng.records.models import Person

    return Person()


def _configured() -> Home:
    from tanheng.records import configure

    configure()
    collect_rarely()
    from tanheng.records.site_files import home

    return home()
