"""The names of keys, roles and spans of the definitions, listed so that the catalogue has them all."""

from django.utils.translation import gettext_noop

KEYS = (
    gettext_noop("carrier"),
    gettext_noop("category"),
    gettext_noop("fuel"),
    gettext_noop("gas"),
    gettext_noop("grid region"),
    gettext_noop("level"),
    gettext_noop("production process"),
)
ROLES = (
    gettext_noop("co2 per energy"),
    gettext_noop("green power emission factor"),
    gettext_noop("grid factor"),
    gettext_noop("heat emission factor"),
    gettext_noop("heat factor"),
    gettext_noop("older grid factor"),
    gettext_noop("process emission factor"),
)
SPANS = (
    gettext_noop("month"),
    gettext_noop("year"),
    gettext_noop("year to date"),
    gettext_noop("january february"),
)
