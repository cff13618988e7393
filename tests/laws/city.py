"""Small cities drawn at random: facilities that move, towns that change district, gaps, revisions, late factors."""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from tanheng.kernel.period import Period
from tanheng.kernel.run import Inputs
from tanheng.kernel.subject import Directory
from tests.kernel.world import (
    BAKERY,
    DALE,
    EAST,
    HILL,
    HOSPITAL,
    MILL,
    QUAY,
    WEST,
    directory,
    inputs,
    located,
    stated,
)

PERIOD = Period.parse("2024-01..2024-06")
MONTHS = PERIOD.months()
FACILITIES = (MILL, BAKERY, HOSPITAL)
CARRIERS = ("diesel", "natural_gas", "electricity")
UNITS = {"diesel": ("t", "kg"), "natural_gas": ("10^4 Nm3",), "electricity": ("MWh", "10^4 kWh", "kWh")}
LONG_AGO, FIRST = date(2020, 1, 1), date(2025, 1, 1)

KNOWN = st.integers(0, 700).map(lambda days: FIRST + timedelta(days=days))
AMOUNTS = st.one_of(st.just(0.0), st.floats(0.001, 5000, allow_nan=False).map(lambda amount: round(amount, 3)))
MOVES = st.one_of(st.none(), st.dates(date(2023, 12, 1), date(2024, 7, 31)))


@dataclass(frozen=True)
class City:
    """Statements and places; rows are added and taken away by the laws."""

    rows: tuple[dict, ...]
    where: Directory

    @property
    def inputs(self) -> Inputs:
        return inputs(self.rows, self.where)

    def with_rows(self, *rows: dict) -> "City":
        return City((*self.rows, *rows), self.where)


@st.composite
def statements(draw, *, published=KNOWN):
    """One statement about a facility, a carrier and a month, or a revision of one; its position comes later."""
    carrier = draw(st.sampled_from(CARRIERS))
    return stated(
        draw(st.sampled_from(FACILITIES)), carrier, draw(st.sampled_from(MONTHS)), draw(AMOUNTS),
        unit=draw(st.sampled_from(UNITS[carrier])), published=draw(published),
    )  # fmt: skip


def move(child, places, day):
    """A child in the first place, from a day on in the second."""
    if day is None:
        return [located(child, places[0])]
    return [located(child, places[0], LONG_AGO, day), located(child, places[1], day)]


@st.composite
def places(draw):
    """Every facility lies in a town on every day, and every town in a district."""
    relations = []
    for facility in FACILITIES:
        relations += move(facility, draw(st.permutations((QUAY, HILL, DALE))), draw(MOVES))
    for town in (QUAY, HILL, DALE):
        relations += move(town, draw(st.permutations((EAST, WEST))), draw(MOVES))
    return directory(*relations, facilities=FACILITIES)


@st.composite
def cities(draw, *, published=KNOWN):
    told = draw(st.lists(statements(published=published), min_size=1, max_size=25))
    return City(tuple(row | {"position": n} for n, row in enumerate(told, 1)), draw(places()))


def children_of(where: Directory, area: str, day: date) -> list[str]:
    """The subjects that lie directly in an area on a day."""
    held = [item for item in where.relations if item.parent == area and item.holds_on(day)]
    return [item.child for item in held if item.child != area]
