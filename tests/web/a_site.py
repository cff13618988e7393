"""A process of its own that founds the invented city with two logins, for a site in a browser: `python a_site.py`."""

import os
import sys
from datetime import date
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "tanheng.web.site.settings"

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402

from tanheng.records import prepare_database  # noqa: E402
from tanheng.records.mandates import grant_mandate  # noqa: E402
from tanheng.records.people import person_named, person_of_login  # noqa: E402
from tests.web.a_city import BUREAU, CITY, OFFICE, PASSWORD, found_city  # noqa: E402


def found(folder: Path) -> None:
    prepare_database()
    clerk = person_named("王芳")
    found_city(clerk, folder)
    for login, role, party in (("office", "office", OFFICE), ("bureau", "department", BUREAU)):
        get_user_model().objects.create_user(login, password=PASSWORD)
        held = {"role": role, "party": party, "area": CITY, "start": date(2020, 1, 1)}
        grant_mandate(person=person_of_login(login), actor=clerk, **held)


if __name__ == "__main__":
    found(Path(sys.argv[1]))
