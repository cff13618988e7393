"""The recipe of a made-up city, and the forms in which its senders report: data for demonstrations, teaching, tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from tanheng.kernel.faults import Worded
from tanheng.kernel.pack.shape import Label, Shape, Titled, UnitText


class RecipeDistrict(Titled):
    """A district: how many towns it has, its share of the units (`weight`), and the party that answers for it."""

    towns: int
    weight: int
    office: str | None = None


class RecipeCarrier(Shape):
    """How a carrier is written by senders: the unit in print, and in how many decimals.

    `stored`: amounts are kept in stock, so that purchases and use differ in a month. `price`: 10^4 CNY of one printed
    unit. `outside`: the share that is bought outside the province.
    """

    unit: UnitText
    printed: str
    decimals: int
    stored: bool = False
    price: float = 0.0
    outside: float = 0.0


class RecipeTransformation(Shape):
    """What a unit of a sector makes of its energy: `inputs` as shares of what it burns, `outputs` as shares of that.

    `own_use` is the share of each output that the unit uses itself; `kind` the kind of transformation in print.
    """

    kind: str
    inputs: Mapping[str, float]
    outputs: Mapping[str, float]
    own_use: float


class RecipeSector(Titled):
    """A sector: the industry code, how large its units are, what they burn, what they turn out.

    `sizes` are tce of a year at evenly spaced quantiles; `carriers` shares of that; `feedstock` the share of a carrier
    that is material; `recovery` the share of the whole that is recovered, by carrier; `season` names a row of seasons.
    """

    industry: str
    above_scale: bool
    weight: int
    sizes: tuple[int, ...]
    carriers: Mapping[str, float]
    feedstock: Mapping[str, float] = {}
    recovery: Mapping[str, float] = {}
    transformation: RecipeTransformation | None = None
    output_per_tce: float
    growth: float
    season: str
    suffixes: tuple[Label, ...]
    product: Titled | None = None
    product_unit: str = ""
    product_per_tce: float = 0.0


class RecipeUnit(Titled):
    """A unit that is named: a municipally managed enterprise, a power station, an event's owner."""

    district: str
    sector: str
    annual_tce: int
    municipal: bool = False


class RecipeEvents(Shape):
    """Shares of the units that enter or leave the scope, or move to another town, during the whole time."""

    enter: float
    leave: float
    move: float


class BoundaryChange(Shape):
    """A town (by its number in `from_district`) that belongs to another district from a day on."""

    town: int
    from_district: str
    to_district: str
    since: date


class CensusRevision(Shape):
    """A year of GDP that an economic census restates, by how much, and when that was published."""

    year: int
    change: float
    published: date


class Slip(Titled):
    """A way in which a sender's figure goes wrong: `kind` is what is done, `finds` the finding that must come of it.

    `share` of the files of each form in `forms` have it. `finds` is empty where reading a file cannot notice.
    """

    kind: Literal[
        "ten_times", "wrong_unit", "negative", "text", "two_units_one_code", "ten_thousand", "as_ten_thousand"
    ]
    forms: tuple[str, ...]
    share: float
    finds: tuple[str, ...] = ()
    text: str = ""


class RecipeSectors(Titled):
    """The sectors of a made-up city."""

    sectors: tuple[RecipeSector, ...]


class RecipeNames(Titled):
    """What made-up names are put together from, and the units that have one of their own."""

    syllables: tuple[Label, ...]
    named: tuple[RecipeUnit, ...] = ()


class RecipeEconomy(Shape):
    """GDP of a year per unit of weight [10^4 CNY], how it falls into quarters, and how prices rise in a year.

    `other_tce_of_weight` is the energy of a year of everybody who is no unit, per unit of weight; `yearly_decline` the
    fall of intensity in per cent against which progress is measured.
    """

    gdp_of_weight: float
    quarters: tuple[float, float, float, float]
    price: float
    other_tce_of_weight: float
    yearly_decline: str


class RecipeGreen(Shape):
    """Non-fossil electricity by origin and certificates by kind, in MWh for each tce that an area uses."""

    origins: Mapping[str, float]
    certificates: Mapping[str, float]


class RecipeAccounts(Shape):
    """What areas state for their accounts, as shares of their energy.

    `others` says what everybody who is no unit uses, by carrier, and `sectors` to which sectors that belongs,
    `fields` to which fields (they may overlap); `fuels`
    names the carriers of each fossil fuel, `co2` its tCO2 per tce (and per 10^4 kWh of electricity). `saving` is the
    saving that the city needs, `between` the lines between the city and its districts, `unexplained` what no line is,
    `losses` those of the grid, `at_home` the part of `others` that households use, the rest is transport. `base_year`
    is the year with which carbon progress is compared.
    """

    base_year: int
    others: Mapping[str, float]
    at_home: float
    sectors: Mapping[str, float]
    fields: Mapping[str, float] = {}
    fuels: Mapping[str, tuple[str, ...]]
    co2: Mapping[str, float]
    city: RecipeGreen
    district: RecipeGreen
    saving: float
    between: Mapping[str, float]
    unexplained: float
    losses: float


class RecipeShares(Shape):
    """Shares that shape what units do: of their energy, of their stock, of the months in which something happens.

    `spread` is how far months differ; `not_industrial` what a firm uses beside production; `on_roads` what vehicles
    take of road fuels; `sold` what is sold of what is made; `review`, `green` and `overhaul` how often each happens.
    """

    spread: float
    not_industrial: float
    on_roads: float
    stock: tuple[float, float]
    sold: str
    review: float
    green: float
    overhaul: float


class RecipeWords(Shape):
    """The words that senders write where no form prints them, and what a district's office is called."""

    office_of: Label
    corrected: str
    energy_total: str
    energy: str
    tce: str
    kgce_per: str
    output: str
    sales: str
    money: str
    overhaul: str
    overhaul_note: str
    done: str
    behind: str
    under_way: str
    agreed: str
    quarters: tuple[str, str, str, str]


class Recipe(Titled):
    """How a made-up city is made: areas, shares and quirks. The code that follows it knows no name of any city.

    `extends` is the directory whose city, districts and towns keep their ids; `starts` the month from which there are
    figures; `years` the energy of a year against the first; `growth` that of GDP; `late` and `missing` shares of files.
    """

    seed: str
    extends: str
    city: str
    office: str
    short: str
    units: int
    starts: date
    code_prefix: str
    districts: tuple[RecipeDistrict, ...]
    towns: Mapping[str, str] = {}
    town_kinds: tuple[Label, ...]
    carriers: Mapping[str, RecipeCarrier]
    seasons: Mapping[str, tuple[float, ...]]
    years: Mapping[int, float]
    growth: Mapping[int, float]
    parks: tuple[Label, ...] = ()
    park_share: float
    groups: tuple[Label, ...] = ()
    group_share: float
    key_units_from_tce: int
    events: RecipeEvents
    boundary_changes: tuple[BoundaryChange, ...] = ()
    census: tuple[CensusRevision, ...] = ()
    economy: RecipeEconomy
    accounts: RecipeAccounts
    shares: RecipeShares
    words: RecipeWords
    slips: tuple[Slip, ...] = ()
    late: float
    missing: float
    correction_days: int


class FormColumn(Shape):
    """One column: the field whose value stands in it and its headings from top to bottom.

    `decimals` if it is a number; `total` if the total row sums it; `empty` is what stands where there is no value.
    """

    field: str
    head: tuple[str, ...]
    decimals: int | None = None
    total: bool = False
    empty: str = ""


class FictionForm(Titled):
    """How a sender's sheet looks and when it comes, so that made-up ones can be written.

    `rows` names the table of the city that fills it; `lines` are printed lines with what each stands for. `{area}`,
    `{period}`, `{year}` and `{month}` stand for themselves in file, sheet, title, note and footnotes. `day` is the day
    of the following month on which it is due, `delay` further months; `closes` are the months after which it comes.
    With `from_tce` every unit of at least that size sends one of its own, in whose `heads` it is `{name}` and `{code}`.
    """

    rows: str
    layout: str
    sender: Label
    file: str
    format: Literal["xlsx", "xls", "csv"] = "xlsx"
    sheet: str
    from_tce: int | None = None
    closes: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)
    day: int
    delay: int = 0
    title: str
    heads: tuple[tuple[str, ...], ...] = ()
    note: str = ""
    note_column: int = 0
    columns: tuple[FormColumn, ...]
    total: str = ""
    total_above: bool = False
    lines: tuple[Mapping[str, str], ...] = ()
    footnotes: tuple[str, ...] = ()


class DemoAccount(Shape):
    """A method that the demonstration runs over its year besides the first, and the scheme it is run under."""

    method: str
    scheme: str


class DemoAnswer(Shape):
    """What a subject of the demonstration's split answers; nothing asked for: no objection."""

    subject: str
    asked: str = ""
    reason: str = ""


class DemoSplit(Shape):
    """A split that the demonstration leaves under way: its plan, and who has answered so far."""

    plan: str
    answers: tuple[DemoAnswer, ...] = ()


class DemoYear(Shape):
    """The year of senders' folders that a demonstration reads: whose site, which months, and the month it ends with.

    `known_on` is the day on which the month is looked at; what comes later is imported and not yet known then. `also`
    are further accounts of the same year, `targets` the tables of targets that are adopted, `quarter` the one whose
    lights are shown, `split` a split of a target that is out for opinions.
    """

    district: str
    months: str
    month: str
    known_on: date
    method: str
    scheme: str
    also: tuple[DemoAccount, ...] = ()
    targets: tuple[str, ...] = ()
    quarter: str = ""
    split: DemoSplit | None = None


RECIPE_SHAPES: Mapping[str, type[Shape]] = {
    "recipe/1": Recipe,
    "recipe_sectors/1": RecipeSectors,
    "recipe_names/1": RecipeNames,
    "fiction_form/1": FictionForm,
}

RECIPE_KINDS: Mapping[type[Shape], Worded] = {
    Recipe: Worded("虚构城市配方", "recipe of a made-up city"),
    RecipeSectors: Worded("虚构城市行业", "sectors of a made-up city"),
    RecipeNames: Worded("虚构城市用字", "names of a made-up city"),
    FictionForm: Worded("虚构表式", "form of a made-up sender"),
}
