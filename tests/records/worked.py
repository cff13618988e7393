"""The worked examples of accounts as records of a site: their places and statements, written through the one door."""

from datetime import date
from decimal import Decimal

from tanheng.kernel.demand import target_of
from tanheng.kernel.fact import Observation, ObservationKey
from tanheng.kernel.pack import AccountExample, IndicatorShape
from tanheng.kernel.period import Accumulation, Period
from tanheng.kernel.subject import IN_SCOPE_OF, LOCATED_IN, Area, Directory, Facility, Relation
from tanheng.records.adopting import AdoptedDocument, adopt
from tanheng.records.people import person_named
from tanheng.records.recording import record_directory, record_observations
from tanheng.records.registers import Origin
from tanheng.store import load_packs
from tanheng.store.home import SHIPPED_PACKS
from tanheng.store.layout_registers import RegisterRow, RegisterValue

PACKS = load_packs(["cn_national", "cn_shanghai"], [SHIPPED_PACKS])
PUBLISHED = date(2025, 3, 1)
EXAMPLES = {example.method: example for example in PACKS.all(AccountExample)}


def recorded(example, *, whole=True):
    """The places and statements of a worked example as records of the site; if whole, its targets and kept rows too."""
    clerk = person_named("clerk")
    names = {place.id: {"zh": f"{place.id}的名称", "en": place.id} for place in example.places}
    areas = tuple(Area(place.id, names[place.id], place.level) for place in example.places if place.level)
    facilities = tuple(
        Facility(place.id, names[place.id], dict(place.codes)) for place in example.places if not place.level
    )
    lying = [place for place in example.places if place.lies_in]
    relations = tuple(Relation(LOCATED_IN, place.id, place.lies_in, place.since) for place in lying)
    record_directory(Directory((), areas, facilities, relations), clerk)
    rows = [row_of(item, number) for number, item in enumerate(example.kept if whole else (), 1)]
    statements = [observation(item, number) for number, item in enumerate(example.statements, 1)]
    record_observations(statements, clerk, rows=rows, origin=Origin("0" * 64, PUBLISHED))
    by_instrument: dict[str, list] = {}
    for target in map(target_of, example.targets if whole else ()):
        by_instrument.setdefault(target.instrument, []).append(target)
    for id, targets in by_instrument.items():
        adopt(AdoptedDocument(id, id, f"{id}.csv", issued=PUBLISHED), targets, clerk)


def row_of(said, number):
    fields = {name: RegisterValue(text, f"A{number}") for name, text in said.fields.items()}
    period = None if said.period is None else Period.parse(said.period)
    return RegisterRow(said.kind, "by_hand", f"表.xlsx!表!{number}", said.subject, period, fields)


def observation(said, number):
    named = (("carrier", said.carrier), ("item", said.item))
    key = ObservationKey(
        said.indicator, said.subject, tuple((name, value) for name, value in named if value is not None),
        Period.parse(said.period), said.accumulation, said.coverage, said.use_class,
    )  # fmt: skip
    unit = said.unit or PACKS.get(IndicatorShape, said.indicator).unit.text
    return Observation(key, Decimal(said.value), unit, "final", PUBLISHED, f"{'0' * 64}/表.xlsx!表!A{number}")


def units_in_scope():
    """A district with two plants, each burning the same every month of two years; one entered the list in 2024."""
    clerk, since = person_named("clerk"), date(2020, 1, 1)
    ids = ("area/example-east", "facility/example-mill", "facility/example-bakery")
    names = {id: {"zh": f"{id}的名称", "en": id} for id in ids}
    east, mill, bakery = ids
    relations = [Relation(LOCATED_IN, unit, east, since) for unit in (mill, bakery)]
    relations += [Relation(IN_SCOPE_OF, mill, east, since), Relation(IN_SCOPE_OF, bakery, east, date(2024, 1, 1))]
    facilities = tuple(Facility(unit, names[unit]) for unit in (mill, bakery))
    record_directory(Directory((), (Area(east, names[east], "district"),), facilities, tuple(relations)), clerk)
    rows = [
        Observation(
            ObservationKey(
                "energy_consumption", unit, (("carrier", "diesel"),), month, Accumulation.MONTH, *("unit_report",) * 2
            ),
            Decimal(amount), "t", "final", date(2025, 3, 1), f"{'0' * 64}/表.xlsx!表!{column}{row}",
        )
        for column, unit, amount in (("A", mill, 100), ("B", bakery, 10))
        for row, month in enumerate(Period.parse("2023-01..2024-12").months(), 1)
    ]  # fmt: skip
    record_observations(rows, clerk)
