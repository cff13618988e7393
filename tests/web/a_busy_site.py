"""A program that founds a site on which two people of the office work at once: `python a_busy_site.py <folder>`."""

import os
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace

os.environ["DJANGO_SETTINGS_MODULE"] = "tanheng.web.site.settings"

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from tanheng.records import prepare_database  # noqa: E402
from tanheng.records.mandates import grant_mandate  # noqa: E402
from tanheng.records.people import person_named, person_of_login  # noqa: E402
from tests.web.a_city import BUREAU, CITY, OFFICE, PASSWORD, computed, found_city  # noqa: E402
from tests.web.a_plan import plan  # noqa: E402
from tests.web.a_split import found_district  # noqa: E402

LOGINS = {"anna": ("office", OFFICE), "bert": ("office", OFFICE), "bureau": ("department", BUREAU)}


def found(folder: Path) -> None:
    """The invented city with a result, a plan with tasks, a target to split, and a login for each desk."""
    prepare_database()
    call_command("createcachetable", verbosity=0)
    clerk = person_named("王芳")
    found_city(clerk, folder)
    plan(folder, SimpleNamespace(), timezone.localdate())
    found_district(folder)
    computed()
    for login, (role, party) in LOGINS.items():
        get_user_model().objects.create_user(login, password=PASSWORD)
        held = {"role": role, "party": party, "area": CITY, "start": date(2020, 1, 1)}
        grant_mandate(person=person_of_login(login), actor=clerk, **held)


if __name__ == "__main__":
    found(Path(sys.argv[1]))
