"""Words for readers: labels that data brings in two languages, units as people write them, names of quantities."""

from __future__ import annotations

import re
from typing import Protocol

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, gettext_noop

from tanheng.kernel.period import Period
from tanheng.kernel.quantity import unit_words as worded

# The quantities and words that formulas, factors and receipts name. Listed so that the catalogue has them all.
_QUANTITIES = (
    gettext_noop("activity data"),
    gettext_noop("amount"),
    gettext_noop("carbon content"),
    gettext_noop("coal equivalent factor"),
    gettext_noop("electricity coal equivalent rate"),
    gettext_noop("electricity emission factor"),
    gettext_noop("emission factor"),
    gettext_noop("net calorific value"),
    gettext_noop("oxidation rate"),
    gettext_noop("energy"),
    gettext_noop("energy calorific"),
    gettext_noop("energy coal equivalent"),
    gettext_noop("carbon dioxide"),
    gettext_noop("stated amount"),
    gettext_noop("heat content"),
    gettext_noop("carbon"),
    gettext_noop("units per stated unit"),
    gettext_noop("amount now"),
    gettext_noop("amount in table"),
    gettext_noop("amount published"),
    gettext_noop("amount adjustment"),
    gettext_noop("growth in the table"),
    gettext_noop("growth on publication"),
    gettext_noop("printed beside it"),
    gettext_noop("published figure"),
)
# what a gap is filled from, and what a comparison sets beside each other: a month or a year before
_FILLS = (gettext_noop("adjacent mean"), gettext_noop("before"), gettext_noop("after"), gettext_noop("now"))
_STATUSES = (gettext_noop("verified"), gettext_noop("secondary"), gettext_noop("unverified"))
_SEVERITIES = (gettext_noop("blocker"), gettext_noop("warning"), gettext_noop("note"))
_LEVELS = (gettext_noop("city"), gettext_noop("district"), gettext_noop("town"), gettext_noop("facility"))
_SCHEMES = (gettext_noop("city inventory"), gettext_noop("Shanghai ETS"))
_KEPT = (
    gettext_noop("observations"),
    gettext_noop("directory"),
    gettext_noop("figures"),
    gettext_noop("findings"),
    gettext_noop("packs"),
    gettext_noop("receipt"),
    gettext_noop("snapshot"),
    gettext_noop("engine"),
    gettext_noop("method"),
    gettext_noop("method version"),
)
# Identifiers that are no words in any language.
_READABLE = {
    "energy_gj": "heat content",
    "carbon_t": "carbon",
    "co2": "carbon dioxide",
    "shanghai_ets": "Shanghai ETS",
    "in_table": "growth in the table",
    "on_publication": "growth on publication",
    "printed": "printed beside it",
    "published": "published figure",
}
_PART = re.compile(r"part_(\d+)")
_COMMAND = re.compile(r"\btanheng [a-z]")


def language() -> str:
    """The language of the page as data and messages know it: `en`, or `zh` for everything else."""
    return "en" if (get_language() or "").startswith("en") else "zh"


class Labelled(Protocol):
    """A name in several languages: a mapping, or a label of a pack."""

    def __getitem__(self, lang: str, /) -> str: ...


def said(label: Labelled | str) -> str:
    """A label `{zh, en}` in the language of the page; a plain string is its own label."""
    return label if isinstance(label, str) else label[language()]


def spoken(identifier: str) -> str:
    """The name of a quantity, status or level in the language of the page: `net_calorific_value` -> 低位发热量."""
    if part := _PART.fullmatch(identifier):
        return gettext("part %(number)s") % {"number": part[1]}
    words = _READABLE[identifier] if identifier in _READABLE else identifier.replace("_", " ")
    return gettext(words) if words else ""


def on_page(next_step: str) -> str:
    """A next step as a page tells it: readers of pages have no command line, so it says whose a command is."""
    if not _COMMAND.search(next_step):
        return next_step
    return f"{next_step} {gettext('Whoever runs this site enters that command.')}"


def noted(note: str) -> str:
    """A remark of a definition in the language of the page: packs carry most of theirs in English alone."""
    return gettext(note) if note else ""


def short_period(period: Period, whole: Period) -> str:
    """A period among those of a whole: the month alone where the whole lies in one calendar year."""
    years = {month.start.year for month in whole.months()}
    if not period.is_month() or period == whole or len(years) > 1:
        return period.label(language())
    return f"{period.start.month}月" if language() == "zh" else date_format(period.start, "M")


def unit_words(unit: str) -> str:
    """A unit as people write it, in the language of the page: `tce[calorific_value]` -> 吨标准煤（当量值）."""
    return worded(unit, language())
