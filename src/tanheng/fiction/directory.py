"""The directory of a made-up city, whole or as one district sees it; and as a pack that a site is set up with."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date

from tanheng.fiction.city import City, Unit
from tanheng.kernel.pack import DirectoryShape, PackManifest
from tanheng.kernel.pack.shape import Label
from tanheng.kernel.subject import IN_SCOPE_OF, LOCATED_IN, Area, Directory, Facility, Party, Relation

IN_PARK, IN_GROUP, REPORTS_TO = "in_park", "belongs_to_group", "reports_to"
_TO_AREAS = (LOCATED_IN, IN_SCOPE_OF)
_CODE, _INDUSTRY = "unified_social_credit", "industry"


def directory_of_city(city: City, district: str | None = None) -> Directory:
    """Parties, areas, units and their dated relations; with `district` only what its own site knows.

    Parks are areas that units lie in beside their town, by a relation of their own: they are no partition.
    """
    areas, units = {area.id: area for area in _areas(city, district)}, list(units_seen(city, district))
    old = _teaching_set(city, areas)
    relations = [*_relations_of_areas(city, areas), *(each for unit in units for each in _relations(city, unit))]
    return Directory(
        parties=(*_offices(city, areas), *_groups(city, units)),
        areas=(*areas.values(), *_parks(city, units)),
        facilities=(*old.facilities, *(Facility(unit.id, _label(unit.label), _codes(unit)) for unit in units)),
        relations=(
            *old.relations,
            *(relation for relation in relations if relation.kind not in _TO_AREAS or relation.parent in areas),
        ),
    )


def _teaching_set(city: City, areas: dict[str, Area]) -> Directory:
    """The facilities of the directory that is extended, and where they lay, as far as the areas reach."""
    base = _base(city)
    codes = {item.id: item for item in base.facilities}
    stays = [item for item in base.relations if item.child in codes and item.parent in areas]
    return Directory(
        facilities=tuple(
            Facility(id, _label(codes[id].label), dict(codes[id].codes))
            for id in dict.fromkeys(item.child for item in stays)
        ),
        relations=tuple(Relation(item.kind, item.child, item.parent, item.start, item.end) for item in stays),
    )


def _groups(city: City, units: list[Unit]) -> Iterator[Party]:
    for number in sorted({unit.group for unit in units if unit.group is not None}):
        yield Party(_group(city, number), _label(city.recipe.groups[number]))


def _parks(city: City, units: list[Unit]) -> Iterator[Area]:
    for number in sorted({unit.park for unit in units if unit.park is not None}):
        yield Area(_park(city, number), _label(city.recipe.parks[number]), "park")


def units_seen(city: City, district: str | None) -> Iterator[Unit]:
    """The units of a site: all of them, or those that ever lay in the district."""
    for unit in city.units:
        towns = [unit.town, *([unit.later[1]] if unit.later else [])]
        if district is None or any(district in (town.district, *(town.later or ())[1:]) for town in towns):
            yield unit


def pack_of_city(city: City, directory: Directory) -> dict[str, str]:
    """The files of a pack of the same id that holds this directory: a site is set up from it in place of the shipped.

    Gives    file name and YAML text, one subject or relation a line.
    """
    (manifest,) = [item for item in city.packs.all(PackManifest) if item.id == city.pack]
    head = {"schema": "pack/1", **manifest.model_dump(mode="json"), "version": f"{manifest.version}+fiction"}
    body = {
        "schema": "directory/1",
        "id": city.recipe.extends,
        "label": dict(_label(manifest.label)),
        "parties": [{"id": item.id, "label": item.label} for item in directory.parties],
        "areas": [{"id": item.id, "level": item.level, "label": item.label} for item in directory.areas],
        "facilities": [{"id": item.id, "label": item.label, "codes": item.codes} for item in directory.facilities],
        "relations": [{name: _written(value) for name, value in vars(item).items()} for item in directory.relations],
    }
    return {"pack.yaml": _yaml(head), "directory/directory.yaml": _yaml(body)}


def _written(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _yaml(content: Mapping[str, object]) -> str:
    """JSON in lines, which is YAML too: quickly written and read, and no anchor in it."""
    lines = []
    for name, value in content.items():
        if isinstance(value, list) and value:
            items = "\n".join(f"  - {json.dumps(item, ensure_ascii=False)}" for item in value)
            lines.append(f"{name}:\n{items}")
        else:
            lines.append(f"{name}: {json.dumps(value, ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


def _base(city: City) -> DirectoryShape:
    return next(shape for shape in city.packs.all(DirectoryShape) if shape.id == city.recipe.extends)


def _areas(city: City, district: str | None) -> Iterator[Area]:
    yield Area(city.recipe.city, _label(city.label), "city")
    seen = [item for item in city.recipe.districts if district in (None, item.id)]
    yield from (Area(item.id, _label(item.label), "district") for item in seen)
    for town in city.towns:
        if district is None or district in (town.district, *(town.later or ())[1:]):
            yield Area(town.id, _label(town.label), "town")


def _offices(city: City, areas: dict[str, Area]) -> Iterator[Party]:
    known = {party.id: party.label for party in _base(city).parties}
    yield Party(city.recipe.office, _label(known[city.recipe.office]))
    for district in city.recipe.districts:
        if district.id in areas:
            words = city.recipe.words.office_of
            made_up = Label(
                zh=words.zh.replace("{district}", district.label.zh),
                en=words.en.replace("{district}", district.label.en),
            )
            office = _office(city, district.id)
            yield Party(office, _label(known[office] if office in known else made_up))


def _relations_of_areas(city: City, areas: dict[str, Area]) -> Iterator[Relation]:
    # an area that the directory already has lies where it lies from the day that is written there
    known = {(item.child, item.parent): item.start for item in _base(city).relations if item.kind == LOCATED_IN}
    for district in city.recipe.districts:
        if district.id in areas:
            start = known.get((district.id, city.recipe.city), city.recipe.starts)
            yield Relation(LOCATED_IN, district.id, city.recipe.city, start)
    for town in city.towns:
        if town.id in areas:
            start = known.get((town.id, town.district), city.recipe.starts)
            yield from _dated(town.id, start, town.district, town.later)


def _relations(city: City, unit: Unit) -> Iterator[Relation]:
    start = city.recipe.starts
    later = (unit.later[0], unit.later[1].id) if unit.later else None
    yield from _dated(unit.id, start, unit.town.id, later)
    office = city.recipe.office if unit.municipal else _office(city, unit.district_on(start))
    yield Relation(REPORTS_TO, unit.id, office, start)
    yield from _scope(city, unit)
    if unit.park is not None:
        yield Relation(IN_PARK, unit.id, _park(city, unit.park), start)
    if unit.group is not None:
        yield Relation(IN_GROUP, unit.id, _group(city, unit.group), start)


def _scope(city: City, unit: Unit) -> Iterator[Relation]:
    """Whose list a unit is on, from its entry to its exit: the city's own, or that of the district it lies in then."""
    start = unit.enters or city.recipe.starts
    towns = [unit.town, *([unit.later[1]] if unit.later else [])]
    changes = [change[0] for change in (unit.later, *(town.later for town in towns)) if change]
    days = sorted({start, *(day for day in changes if start < day and (unit.leaves is None or day < unit.leaves))})
    for day, end in zip(days, [*days[1:], unit.leaves], strict=True):
        yield Relation(IN_SCOPE_OF, unit.id, city.recipe.city if unit.municipal else unit.district_on(day), day, end)


def _codes(unit: Unit) -> dict[str, str]:
    return {_CODE: unit.code, _INDUSTRY: unit.sector.industry}


def _dated(child: str, start: date, first: str, later: tuple[date, str] | None) -> Iterator[Relation]:
    """Where something lies from the beginning, and where from a later day on."""
    yield Relation(LOCATED_IN, child, first, start, later[0] if later else None)
    if later:
        yield Relation(LOCATED_IN, child, later[1], later[0])


def _office(city: City, district: str) -> str:
    found = next(item for item in city.recipe.districts if item.id == district)
    return found.office or f"party/{district.partition('/')[2]}-carbon-office"


def _park(city: City, number: int) -> str:
    return f"area/{city.recipe.short}-park-{number + 1}"


def _group(city: City, number: int) -> str:
    return f"party/{city.recipe.short}-group-{number + 1}"


def _label(label: Label) -> dict[str, str]:
    return {"zh": label.zh, "en": label.en}
