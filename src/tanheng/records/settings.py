"""Where the records of a site are kept: the part of Django's settings that both doors share.

The module serves three readers: `configure()` for the command line, `records_settings()` for the settings of
the web site, and Django's own tools, which read the upper-case names.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import dj_database_url
import django
from django.conf import settings
from django.core.management import call_command

from tanheng.kernel.faults import Refusal
from tanheng.store.home import Home

APPS = ("django.contrib.auth", "django.contrib.contenttypes", "tanheng.records")
_SQLITE, _POSTGRESQL = "django.db.backends.sqlite3", "django.db.backends.postgresql"

_VALIDATION = "django.contrib.auth.password_validation"
_VALIDATORS = ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")

# IMMEDIATE takes SQLite's write lock when a transaction begins. A transaction that reads first and asks for the
# lock afterwards is refused at once when another has written in between; no timeout helps it.
_SQLITE_OPTIONS: Mapping[str, object] = {
    "timeout": 60,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON;",
}


def database(home: Home, url: str | None) -> dict[str, object]:
    """Django's entry for the database: the one at `url`, or else the SQLite file of the home.

    Refuses  database-url-unusable: not an address of PostgreSQL or SQLite, or without a name. The address itself is
             not repeated: it may hold a password.
    """
    if not url:
        return _sqlite(str(home.database))
    try:
        found = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    except ValueError as error:
        raise Refusal("database-url-unusable", problem=type(error).__name__) from error
    engine, name = str(found["ENGINE"]), str(found["NAME"])
    if engine not in (_SQLITE, _POSTGRESQL) or not name:
        raise Refusal("database-url-unusable", problem=engine.rpartition(".")[2] if name else "-")
    return found if engine == _POSTGRESQL else _sqlite(name)


def _sqlite(name: str) -> dict[str, object]:
    return {"ENGINE": _SQLITE, "NAME": name, "OPTIONS": dict(_SQLITE_OPTIONS)}


def records_settings(home: Home | None = None, url: str | None = None) -> dict[str, Any]:
    """The settings that the records need, for a site at `home`; both arguments default to the environment."""
    home = home or Home.of_environment()
    return {
        "INSTALLED_APPS": list(APPS),
        "DATABASES": {"default": database(home, url or os.environ.get("TANHENG_DATABASE_URL"))},
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "USE_TZ": True,
        "TIME_ZONE": "Asia/Shanghai",
        "TANHENG_HOME": str(home.root),
        "AUTH_PASSWORD_VALIDATORS": [{"NAME": f"{_VALIDATION}.{name}"} for name in _VALIDATORS],
    }


def configure(home: Path | str | None = None, url: str | None = None) -> None:
    """Makes the models usable outside a web server; does nothing where settings are already chosen.

    Reads    TANHENG_HOME and TANHENG_DATABASE_URL where `home` and `url` are not given.
    """
    if not settings.configured and not os.environ.get("DJANGO_SETTINGS_MODULE"):
        settings.configure(**records_settings(Home(Path(home)) if home else None, url))
    django.setup()


def prepare_database() -> None:
    """Brings the database to the present shape, without a word; makes it where there is none."""
    chosen = settings.DATABASES["default"]
    if chosen["ENGINE"].endswith("sqlite3"):
        Path(chosen["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)


_OF_ENVIRONMENT = records_settings()
INSTALLED_APPS = _OF_ENVIRONMENT["INSTALLED_APPS"]
DATABASES = _OF_ENVIRONMENT["DATABASES"]
DEFAULT_AUTO_FIELD = _OF_ENVIRONMENT["DEFAULT_AUTO_FIELD"]
USE_TZ = _OF_ENVIRONMENT["USE_TZ"]
TIME_ZONE = _OF_ENVIRONMENT["TIME_ZONE"]
TANHENG_HOME: str = _OF_ENVIRONMENT["TANHENG_HOME"]
