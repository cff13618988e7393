"""A made-up city from its recipe: districts, towns, parks, groups and units, and what happens to them over time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from tanheng.fiction.chance import Chance, shared_out
from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import DirectoryShape, PackManifest, PackSet
from tanheng.kernel.pack.recipe import FictionForm, Recipe, RecipeNames, RecipeSector, RecipeSectors, RecipeUnit
from tanheng.kernel.pack.shape import Label, Shape

Kind = TypeVar("Kind", bound=Shape)
_FIRST_NUMBER = 100_000  # the teaching set of a pack numbers its own units from 1


@dataclass(frozen=True)
class Town:
    """A town, the district it lies in from the beginning, and the one it belongs to later."""

    id: str
    label: Label
    district: str
    later: tuple[date, str] | None = None

    def district_on(self, day: date) -> str:
        """The district on a day."""
        return self.later[1] if self.later and day >= self.later[0] else self.district


@dataclass(frozen=True)
class Unit:
    """A unit: what it is called, what it does, how large it is, where it lies and when it is in scope.

    `enters` and `leaves` are the first day in scope and the first day out of it; None: always.
    """

    id: str
    code: str
    label: Label
    sector: RecipeSector
    annual_tce: float
    town: Town
    later: tuple[date, Town] | None
    enters: date | None
    leaves: date | None
    municipal: bool
    park: int | None
    group: int | None
    is_key: bool

    def town_on(self, day: date) -> Town:
        """The town on a day."""
        return self.later[1] if self.later and day >= self.later[0] else self.town

    def district_on(self, day: date) -> str:
        """The district on a day."""
        return self.town_on(day).district_on(day)

    def in_scope_on(self, day: date) -> bool:
        """Whether the unit is reported on that day."""
        return (self.enters is None or self.enters <= day) and (self.leaves is None or day < self.leaves)


@dataclass(frozen=True)
class City:
    """A made-up city: the recipe and the packs it was made from, and all that was drawn."""

    packs: PackSet
    pack: str
    recipe: Recipe
    seed: str
    towns: tuple[Town, ...]
    units: tuple[Unit, ...]

    @cached_property
    def forms(self) -> Mapping[str, FictionForm]:
        """The forms in which its senders report, by id."""
        return {item.id: item for item in _of_pack(self.packs, self.pack, FictionForm)}

    @cached_property
    def district_labels(self) -> Mapping[str, Label]:
        """The names of the districts."""
        return {district.id: district.label for district in self.recipe.districts}

    @cached_property
    def label(self) -> Label:
        """The name of the city."""
        (base,) = [shape for shape in self.packs.all(DirectoryShape) if shape.id == self.recipe.extends]
        return next(area.label for area in base.areas if area.id == self.recipe.city)

    def chance(self, *names: object) -> Chance:
        """A row of draws of this city."""
        return Chance(self.seed, *names)


def found_city(packs: PackSet, pack: str, units: int | None = None, seed: str | None = None) -> City:
    """The city of a fictional pack.

    Reads    the pack's recipe, sectors and names; `units` and `seed` are the recipe's own unless given.
    Refuses  recipe-not-found: the pack has no recipe, or is not fictional; unit-count-too-small.
    """
    recipes = _of_pack(packs, pack, Recipe)
    manifests = [manifest for manifest in packs.all(PackManifest) if manifest.id == pack]
    if not recipes or not any(manifest.fictional for manifest in manifests):
        raise Refusal("recipe-not-found", pack=pack)
    recipe = recipes[0]
    count = recipe.units if units is None else units
    (names,), (sectors,) = _of_pack(packs, pack, RecipeNames), _of_pack(packs, pack, RecipeSectors)
    if count < len(names.named):
        raise Refusal("unit-count-too-small", units=count, least=len(names.named))
    return _Founding(packs, pack, recipe, names, sectors, seed or recipe.seed).city(count)


def _of_pack(packs: PackSet, pack: str, kind: type[Kind]) -> list[Kind]:
    return [item.value for item in packs.definitions if item.pack == pack and isinstance(item.value, kind)]


@dataclass(frozen=True)
class _Founding:
    """Draws a city, one thing after the other."""

    packs: PackSet
    pack: str
    recipe: Recipe
    names: RecipeNames
    sectors: RecipeSectors
    seed: str

    def city(self, count: int) -> City:
        towns = tuple(self._towns())
        units = tuple(self._units(count, towns))
        return City(self.packs, self.pack, self.recipe, self.seed, towns, units)

    # ---- towns
    def _towns(self) -> Iterator[Town]:
        known = {area.id: area.label for shape in self.packs.all(DirectoryShape) for area in shape.areas}
        taken = {label.zh for label in known.values()}
        for district in self.recipe.districts:
            old = [id for id, lies_in in self.recipe.towns.items() if lies_in == district.id]
            chance = Chance(self.seed, "towns", district.id)
            for number in range(district.towns):
                later = self._change_of(district.id, number)
                if number < len(old):
                    yield Town(old[number], known[old[number]], district.id, later)
                    continue
                label = self._new_name(chance, (self.recipe.town_kinds[number % len(self.recipe.town_kinds)],), taken)
                yield Town(f"{district.id}-{number + 1:02d}", label, district.id, later)

    def _change_of(self, district: str, number: int) -> tuple[date, str] | None:
        changes = self.recipe.boundary_changes
        found = [
            (item.since, item.to_district) for item in changes if (item.from_district, item.town) == (district, number)
        ]
        return found[0] if found else None

    def _new_name(self, chance: Chance, kinds: Sequence[Label], taken: set[str]) -> Label:
        while True:
            first, second, kind = (
                chance.pick(self.names.syllables),
                chance.pick(self.names.syllables),
                chance.pick(kinds),
            )
            name = Label(zh=first.zh + second.zh + kind.zh, en=f"{first.en}{second.en.lower()} {kind.en}")
            if name.zh not in taken and first != second:
                taken.add(name.zh)
                return name

    # ---- units
    def _units(self, count: int, towns: Sequence[Town]) -> Iterator[Unit]:
        by_district = {item.id: [town for town in towns if town.district == item.id] for item in self.recipe.districts}
        sectors = {sector.id: sector for sector in self.sectors.sectors}
        weighing = {sector.id: float(sector.weight) for sector in self.sectors.sectors}
        taken: set[str] = set()
        number = _FIRST_NUMBER
        for named in self.names.named:
            number += 1
            sector = sectors[named.sector]
            yield self._unit(number, sector, by_district[named.district], towns, named.label, named)
        weights = [district.weight for district in self.recipe.districts]
        for district, share in zip(
            self.recipe.districts, shared_out(count - len(self.names.named), weights), strict=True
        ):
            for _ in range(share):
                number += 1
                chance = Chance(self.seed, "kind of unit", number)
                sector = sectors[chance.weighted(weighing)]
                label = self._new_name(chance, sector.suffixes, taken)
                yield self._unit(number, sector, by_district[district.id], towns, label, None)

    def _unit(
        self, number: int, sector: RecipeSector, own: Sequence[Town], towns: Sequence[Town], label: Label,
        named: RecipeUnit | None,
    ) -> Unit:  # fmt: skip
        recipe, chance = self.recipe, Chance(self.seed, "unit", number)
        size = float(named.annual_tce) if named else chance.quantile([float(size) for size in sector.sizes])
        town = chance.pick(own)
        events = recipe.events
        moves, enters, leaves = (chance.happens(share) for share in (events.move, events.enter, events.leave))
        day, other = self._some_day(chance), chance.pick(towns)
        park = chance.below(len(recipe.parks)) if chance.happens(recipe.park_share) else None
        group = chance.below(len(recipe.groups)) if chance.happens(recipe.group_share) else None
        return Unit(
            id=f"facility/{recipe.short}-{number}",
            code=f"{recipe.code_prefix}{number:0{18 - len(recipe.code_prefix)}d}",
            label=label,
            sector=sector,
            annual_tce=size,
            town=town,
            later=(day, other) if moves and not named and other != town else None,
            enters=day if enters and not (named or moves) else None,
            leaves=day if leaves and not (named or moves or enters) else None,
            municipal=named.municipal if named else False,
            park=park,
            group=group,
            is_key=size >= recipe.key_units_from_tce,
        )

    def _some_day(self, chance: Chance) -> date:
        """The first of a month in the years the recipe knows, not in the first of them."""
        years = sorted(self.recipe.years)
        return date(years[1] + chance.below(len(years) - 1), 1 + chance.below(12), 1)
