"""A program that founds the district whose target is split, with its logins: `python a_split_site.py <folder>`."""

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
from tests.web.a_city import PASSWORD  # noqa: E402
from tests.web.a_split import CITY, EAST, WEST, found_district  # noqa: E402


def found(folder: Path) -> None:
    prepare_database()
    found_district(folder)
    for login, role, area in (("office", "office", CITY), ("east", "town", EAST), ("west", "town", WEST)):
        get_user_model().objects.create_user(login, password=PASSWORD)
        grant_mandate(
            person=person_of_login(login), actor=person_named("王芳"), role=role, area=area, start=date(2020, 1, 1)
        )


if __name__ == "__main__":
    found(Path(sys.argv[1]))
