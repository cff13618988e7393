"""A process that founds a site with a plan of tasks and the office's login: `python a_task_site.py folder`."""

import os
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace

os.environ["DJANGO_SETTINGS_MODULE"] = "tanheng.web.site.settings"

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.utils import timezone  # noqa: E402

from tanheng.records import prepare_database  # noqa: E402
from tanheng.records.mandates import grant_mandate  # noqa: E402
from tanheng.records.people import person_named, person_of_login  # noqa: E402
from tests.web.a_city import PASSWORD  # noqa: E402
from tests.web.a_plan import CITY, OFFICE, plan  # noqa: E402


def found(folder: Path) -> None:
    prepare_database()
    plan(folder, SimpleNamespace(), timezone.localdate())
    get_user_model().objects.create_user("office", password=PASSWORD)
    held = {"role": "office", "party": OFFICE, "area": CITY, "start": date(2020, 1, 1)}
    grant_mandate(person=person_of_login("office"), actor=person_named("王芳"), **held)


if __name__ == "__main__":
    found(Path(sys.argv[1]))
