"""The worked examples of accounts as records of a site: their places and statements, written through the one door."""

from datetime import date
from decimal import Decimal

from tanheng.kernel.fact import Observation, ObservationKey
from tanheng.kernel.pack import AccountExample, IndicatorShape
from tanheng.kernel.period import Period
from tanheng.kernel.subject import LOCATED_IN, Area, Directory, Facility, Relation
from tanheng.records.people import person_named
from tanheng.records.recording import record_directory, record_observations
from tanheng.store import load_packs
from tanheng.store.home import SHIPPED_PACKS

PACKS = load_packs(["cn_national", "cn_shanghai"], [SHIPPED_PACKS])
EXAMPLES = {example.method: example for example in PACKS.all(AccountExample)}


def recorded(example):
    """The places and statements of a worked example, as records of the site."""
    clerk = person_named("clerk")
    names = {place.id: {"zh": f"{place.id}的名称", "en": place.id} for place in example.places}
    areas = tuple(Area(place.id, names[place.id], place.level) for place in example.places if place.level)
    facilities = tuple(
        Facility(place.id, names[place.id], dict(place.codes)) for place in example.places if not place.level
    )
    lying = [place for place in example.places if place.lies_in]
    relations = tuple(Relation(LOCATED_IN, place.id, place.lies_in, place.since) for place in lying)
    record_directory(Directory((), areas, facilities, relations), clerk)
    record_observations([observation(item, number) for number, item in enumerate(example.statements, 1)], clerk)


def observation(said, number):
    named = (("carrier", said.carrier), ("item", said.item))
    key = ObservationKey(
        said.indicator, said.subject, tuple((name, value) for name, value in named if value is not None),
        Period.parse(said.period), said.accumulation, said.coverage, said.use_class,
    )  # fmt: skip
    unit = said.unit or PACKS.get(IndicatorShape, said.indicator).unit.text
    return Observation(key, Decimal(said.value), unit, "final", date(2025, 3, 1), f"{'0' * 64}/表.xlsx!表!A{number}")
