"""A process of its own that founds the invented city in a home and computes its figures: `python a_home.py FOLDER`."""

import os
import sys
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "tanheng.web.site.settings"

import django

django.setup()

from tanheng.records import prepare_database  # noqa: E402
from tanheng.records.people import person_named  # noqa: E402
from tanheng.records.site_files import home  # noqa: E402
from tests.web.a_city import computed, found_city  # noqa: E402

if __name__ == "__main__":
    home().make()
    prepare_database()
    found_city(person_named("王芳"), Path(sys.argv[1]))
    computed()
