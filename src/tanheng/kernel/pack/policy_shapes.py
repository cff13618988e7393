"""The words by which policy documents are read: a new phrase is a line of data, never a branch in code."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from tanheng.kernel.faults import Worded
from tanheng.kernel.pack.shape import Shape, Titled

_BETWEEN_ALIASES = "|"


def _listed(value: Any) -> Any:
    """A cell of a CSV holds several words between bars; YAML holds a list."""
    return tuple(word for word in value.split(_BETWEEN_ALIASES) if word) if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class Around(Shape):
    """Words that stand before a figure and words that stand after it, with one meaning."""

    before: Words = ()
    after: Words = ()


class PolicyOperators(Titled):
    """How a demand is worded: bounds, directions, levels, and the wordings that need no figure."""

    at_least: Around
    at_most: Around
    about: Around
    reach: Words
    hold: Words
    down: Words
    up: Words
    of_amounts: Words
    to_level: Words
    flat: Words
    previous_year: Words
    doubled: Mapping[str, Decimal]
    respectively: Words
    alike: Words
    nested: Words
    forbid: Words
    no_increase: Words
    no_decrease: Words
    cover_all: Words
    cover_state: Words
    cover_governed: Words
    achieving: Words
    zero: Words
    start: Words
    complete: Words
    peak: Words
    assigned_by: Words
    assigned_verbs: Words
    assigned_nouns: Words
    qualitative: Words
    qualitative_weak: Words
    qualitative_opening: Words
    better_than: Words
    formula: Words


class PolicyManner(Titled):
    """How firmly and when: tiers, force, hedges, schedules, five-year plans by name, words of the past."""

    floor: Words
    stretch: Words
    binding: Words
    anticipatory: Words
    hedges: Words
    plans: Mapping[str, str]
    within_year: Words
    schedules: Words
    past: Words
    rates: Words
    looking_back: Words
    base: Words
    opposed: Words = ()


class PolicyNouns(Titled):
    """Which words make an indicator, a class of subjects or a fixed name, and which verbs belong to none of them."""

    heads: Words
    substances: Words
    attributes: Words
    drop_verbs: Words
    keep_verbs: Words
    using_verbs: Words
    own_verbs: Words
    generic: Words
    vague: Words
    works: Words
    named_sets: Words
    trailing: Words
    infix: Words = ()
    leading: Words
    classes: Words
    sectors: Words
    whole: Words
    fixed_sets: Words
    not_counted: Words
    counted_after: Words
    not_indicators: Words = ()
    topics: Mapping[str, str] = {}


class PolicyFurniture(Titled):
    """What a document is built of: annexes, notes, headings of columns, words around the list of those responsible."""

    annex: Words
    note: Words
    responsible_open: Words
    responsible_close: Words
    responsible_verbs: Words
    not_tasks: Words
    lead_marks: Words
    supporting_marks: Words
    open_list: Words
    first_leads: Words
    columns: Mapping[str, Words]
    change_columns: Words
    derived_columns: Words
    total_rows: Words
    cap_columns: Words
    issuer_endings: Words
    title_openings: Words
    title_endings: Words
    stamp: Words
    demanding: Words
    records: Words
    not_party_marks: Words = ()
    not_parties: Words = ()


class PolicySlip(Shape):
    """A printing slip: what is printed, its likely reading, and how sure that is."""

    printed: str
    likely: str
    sure: Literal["high", "medium", "low"] = "high"
    mend: bool = True
    parties_only: bool = False


class PolicySlips(Titled):
    """Slips of scanners and typists: known words, and pairs of signs that look alike."""

    known: tuple[PolicySlip, ...]
    alike: Words
    doubled: Words
    traditional: Mapping[str, str] = {}


class PolicyUnit(Shape):
    """A unit as printed, and what one of it is in the unit that figures are compared in.

    `kind` tells a count from a share and a measure; `ceiling` is an amount above which one subject is implausible.
    """

    printed: Words
    norm: str
    factor: Decimal
    kind: Literal["count", "share", "measure", "money", "time"]


class PolicyUnits(Titled):
    """The units of policy documents."""

    entries: tuple[PolicyUnit, ...]


class PolicyIndicator(Shape):
    """An indicator that plans set targets for; every one of `all` words must stand in a phrase, none of `never`."""

    id: str
    zh: str
    en: str
    measured_in: str = ""
    aliases: Words = ()
    all: Words = ()
    never: Words = ()


class PolicyIndicators(Titled):
    """The catalogue that proposed targets are matched to."""

    entries: tuple[PolicyIndicator, ...]


class PolicyDepartment(Shape):
    """A department by its full name without the place, its short forms, and the levels that have one."""

    id: str
    zh: str
    en: str
    aliases: Words = ()
    levels: Words = ()


class PolicyDepartments(Titled):
    """The kinds of departments, and how names of parties begin and end."""

    entries: tuple[PolicyDepartment, ...]


class PolicyPartyNames(Titled):
    """How a party is named: the level it stands at, groups of parties, and endings that make a name a party's."""

    levels: Mapping[str, Words]
    groups: Words
    endings: Words
    organs: Words


class PolicyPlausibility(Shape):
    """An amount that no single subject of a kind can have."""

    unit: str
    above: Decimal
    why_zh: str
    why_en: str


class PolicyChecks(Titled):
    """Amounts that are implausible for one unit; settings, not rules of any document."""

    status: Literal["settings"]
    single_unit: tuple[PolicyPlausibility, ...]


POLICY_SHAPES: Mapping[str, type[Shape]] = {
    "policy_operators/1": PolicyOperators,
    "policy_manner/1": PolicyManner,
    "policy_nouns/1": PolicyNouns,
    "policy_furniture/1": PolicyFurniture,
    "policy_slips/1": PolicySlips,
    "policy_units/1": PolicyUnits,
    "policy_indicators/1": PolicyIndicators,
    "policy_departments/1": PolicyDepartments,
    "policy_party_names/1": PolicyPartyNames,
    "policy_checks/1": PolicyChecks,
}

POLICY_KINDS: Mapping[type[Shape], Worded] = {
    PolicyOperators: Worded("要求用语", "wordings of demands"),
    PolicyManner: Worded("力度与进度用语", "wordings of manner and schedule"),
    PolicyNouns: Worded("指标名词", "nouns of indicators"),
    PolicyFurniture: Worded("公文格式用语", "furniture of documents"),
    PolicySlips: Worded("印刷差错表", "list of printing slips"),
    PolicyUnits: Worded("政策文本计量单位表", "units of policy documents"),
    PolicyIndicators: Worded("政策指标目录", "catalogue of policy indicators"),
    PolicyDepartments: Worded("部门目录", "list of departments"),
    PolicyPartyNames: Worded("单位名称规则", "naming of parties"),
    PolicyChecks: Worded("文本核对设定", "settings of document checks"),
}
