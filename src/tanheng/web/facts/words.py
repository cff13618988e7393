"""What pages of the facts call coverages, use classes, and what a column of a sheet may be read as."""

from __future__ import annotations

from django.utils.translation import gettext_noop

_COVERAGES = (
    gettext_noop("region"),
    gettext_noop("whole society"),
    gettext_noop("above scale industry"),
    gettext_noop("gas company"),
    gettext_noop("key unit"),
    gettext_noop("unit report"),
)
_USE_CLASSES = (
    gettext_noop("statistics aggregate"),
    gettext_noop("individual statistics"),
    gettext_noop("grid and gas"),
)
_STATUSES = (
    gettext_noop("final"),
    gettext_noop("comparison"),
    gettext_noop("forecast"),
    gettext_noop("year"),
)
# what a column may be read as: the words of a choice, by its id; read by `spoken`
READINGS = (
    ("ignored", gettext_noop("not read")),
    ("subject_code", gettext_noop("code of the unit")),
    ("subject_name", gettext_noop("name of the unit or area")),
    ("label", gettext_noop("what the row is about")),
    ("unit", gettext_noop("unit of measure")),
    ("text", gettext_noop("words")),
    ("month", gettext_noop("figure of the month")),
    ("year_to_date", gettext_noop("figure of the year so far")),
    ("year", gettext_noop("figure of the year")),
    ("listed", gettext_noop("number, checked only")),
)
# what layouts of packs read beside it; nobody chooses it on a page
FURTHER_READINGS = (
    ("value", gettext_noop("figure")),
    ("sum", gettext_noop("figure that is a sum")),
    ("growth", gettext_noop("growth, checked only")),
    ("row_code", gettext_noop("code of the row")),
    ("item", gettext_noop("breakdown")),
    ("claim", gettext_noop("number of the certificate")),
    ("accumulation", gettext_noop("month or year so far")),
    ("period", gettext_noop("period")),
    ("coverage", gettext_noop("coverage")),
    ("data_status", gettext_noop("status of the data")),
    ("code", gettext_noop("code of the unit")),
    ("name", gettext_noop("name of the unit or area")),
    ("carrier", gettext_noop("energy carrier")),
    ("note", gettext_noop("remark")),
)
KEPT_AS_IT_STANDS = gettext_noop("each row as it stands")
