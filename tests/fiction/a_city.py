"""A small made-up city for tests: the shipped recipe with two districts, some sixty units."""

from functools import cache

from tanheng.fiction import City, found_city
from tanheng.kernel.pack import Definition, PackManifest, PackSet
from tanheng.kernel.pack.recipe import Recipe, RecipeNames
from tanheng.store.home import SHIPPED_PACKS
from tanheng.store.packs import load_packs

DISTRICTS, UNITS = 2, 60


@cache
def shipped() -> PackSet:
    return load_packs(folders=[SHIPPED_PACKS])


def fictional_pack() -> str:
    (pack,) = {item.pack for item in shipped().definitions if isinstance(item.value, Recipe)}
    return pack


@cache
def packs_of_two_districts(slips: float | None = None) -> PackSet:
    """The shipped packs, the recipe cut down to its first districts; `slips` is the share of files with each slip."""
    return PackSet(tuple(_smaller(item, slips) for item in shipped().definitions), shipped().hashes)


def _smaller(item: Definition, slips: float | None) -> Definition:
    if isinstance(item.value, Recipe):
        recipe = item.value
        kept = {district.id for district in recipe.districts[:DISTRICTS]}
        changed = {
            "districts": recipe.districts[:DISTRICTS],
            "towns": {town: district for town, district in recipe.towns.items() if district in kept},
            "boundary_changes": tuple(
                change.model_copy(update={"to_district": recipe.districts[0].id}) for change in recipe.boundary_changes
            ),
            "slips": recipe.slips
            if slips is None
            else tuple(slip.model_copy(update={"share": slips}) for slip in recipe.slips),
        }
        return Definition(item.pack, item.place, recipe.model_copy(update=changed))
    if isinstance(item.value, RecipeNames):
        kept = {district.id for district in next(iter(shipped().all(Recipe))).districts[:DISTRICTS]}
        named = tuple(unit for unit in item.value.named if unit.district in kept)
        return Definition(item.pack, item.place, item.value.model_copy(update={"named": named}))
    return item


def small_city(seed: str | None = None, units: int = UNITS, slips: float | None = None) -> City:
    return found_city(packs_of_two_districts(slips), fictional_pack(), units, seed)


def manifest_says_fictional(pack: str) -> bool:
    return any(manifest.fictional for manifest in shipped().all(PackManifest) if manifest.id == pack)
