"""The words by which plans are compared and drafted: directions, layouts and sentences are data, never code."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from tanheng.kernel.faults import Worded
from tanheng.kernel.pack.policy_shapes import Words
from tanheng.kernel.pack.shape import Shape, Titled


class PolicyComparing(Titled):
    """How plans are set side by side.

    `lower_better` and `higher_better` are words of indicators, the longest one wins. `common` are words that
    say nothing about what a task is. `strength` are verbs from weak to strong, one step a list. `task_alike`,
    `answer_alike` and `indicator_alike` are the least similarity of a pair, a task pair below `doubtful` is marked; all
    are settings. `period_units` are the
    denominators that make an amount a flow and not a ratio. `by_reference` are operators that take over what is asked
    above.
    """

    status: Literal["settings"]
    lower_better: Words
    higher_better: Words
    common: Words
    strength: tuple[Words, ...]
    whole_city: Words
    whole_district: Words
    district_signs: Words
    city_signs: Words
    every_district: Words
    period_units: Words
    by_reference: Words
    task_alike: Decimal
    answer_alike: Decimal
    doubtful: Decimal
    indicator_alike: Decimal


class OfficialFont(Shape):
    """A font of official documents: its name, the one that stands in where it is missing, its size in points."""

    name: str
    fallback: str
    size: Decimal


class OfficialLayout(Titled):
    """The layout of a document: lengths in millimetres, sizes in points; `source` names the standard.

    `use` is what it is for: a whole official document, or a single page that has to hold everything.
    """

    use: Literal["document", "page"] = "document"
    source: str
    status: Literal["verified", "secondary", "unverified"]
    page: Mapping[Literal["width", "height", "top", "bottom", "left", "right", "footer"], Decimal]
    lines_per_page: int
    signs_per_line: int
    line_spacing: Decimal
    fonts: Mapping[
        Literal["title", "body", "heading_1", "heading_2", "annex", "table", "table_head", "page_number"], OfficialFont
    ]


class DraftColumn(Shape):
    """A column of the workbook of figures: its heading and the other headings that are taken for it."""

    heading: str
    aliases: Words = ()


class PolicyDrafting(Titled):
    """What a district's draft is made of: its sentences, its annexes, the columns of its figures, its departments.

    `sentences` and `reasons` are templates with names in braces. `counterparts` names, for a department of the city,
    those of a district that do its work where there is none of its kind, the first one first. `groups` says what a
    group of parties of the city is called a level lower.
    """

    sentences: Mapping[str, str]
    reasons: Mapping[str, str]
    annexes: Mapping[str, str]
    figures: Mapping[str, DraftColumn]
    fields: Mapping[str, Words]
    counterparts: Mapping[str, Words] = {}
    groups: Mapping[str, Words] = {}
    towns: Words
    lower: Mapping[str, str]
    outcomes: Mapping[Literal["adopted", "partly", "not"], Words]
    nothing: Words


PLANNING_SHAPES: Mapping[str, type[Shape]] = {
    "policy_comparing/1": PolicyComparing,
    "official_layout/1": OfficialLayout,
    "policy_drafting/1": PolicyDrafting,
}

PLANNING_KINDS: Mapping[type[Shape], Worded] = {
    PolicyComparing: Worded("比较用语", "words for comparing plans"),
    OfficialLayout: Worded("公文版式", "layout of official documents"),
    PolicyDrafting: Worded("起草用语", "words for drafting plans"),
}
