"""What is drawn depends on recipe, seed and numbers alone; what is true adds up; a district sees only itself."""

import csv
import json
import os
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tanheng.fiction import build, directory_of_city, found_city
from tanheng.fiction.chance import Chance, shared_out
from tanheng.fiction.district import District
from tanheng.fiction.history import (
    COST,
    ENERGY,
    INDUSTRIAL,
    OTHER_USE,
    OUTPUT,
    PURCHASE,
    STOCK_END,
    STOCK_START,
    USE,
    Histories,
)
from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tanheng.kernel.period.period import months_between
from tanheng.kernel.subject import LOCATED_IN, overlapping, scope_on
from tests.fiction.a_city import fictional_pack, manifest_says_fictional, shipped, small_city

MONTHS = Period.parse("2024-11..2025-02").months()
DIGEST = """
import hashlib, sys
from pathlib import Path
from tanheng.fiction import build
from tests.fiction.a_city import small_city
from tanheng.kernel.period import Period
folder = Path(sys.argv[1])
build(small_city(units=24), folder, Period.parse("2025-02..2025-03").months())
files = sorted(path for path in folder.rglob("*") if path.suffix != ".xls")
print(hashlib.sha256(b"".join(path.read_bytes() for path in files if path.is_file())).hexdigest())
"""


@pytest.fixture(scope="module")
def city():
    return small_city()


@pytest.fixture(scope="module")
def built(city, tmp_path_factory):
    return build(city, tmp_path_factory.mktemp("city"), MONTHS)


def digest_in_a_process_of_its_own(folder: Path, hash_seed: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    command = [sys.executable, "-c", DIGEST, str(folder)]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def test_the_same_seed_writes_the_same_files_in_another_process(tmp_path):
    assert digest_in_a_process_of_its_own(tmp_path / "a", "1") == digest_in_a_process_of_its_own(tmp_path / "b", "2")


def test_another_seed_is_another_city_with_the_same_areas(city):
    other = small_city(seed="another")
    assert {unit.label.zh for unit in other.units} != {unit.label.zh for unit in city.units}
    assert len(other.towns) == len(city.towns)


def test_a_row_of_draws_is_the_same_in_every_python_on_every_machine():
    """Written down once: a machine or a Python that draws otherwise would make another city."""
    chance = Chance("pinned", "unit", 1)
    assert [int(chance.share() * 10**12) for _ in range(3)] == [198223824728, 786089213315, 393696131271]
    assert (chance.below(1000), chance.weighted({"a": 1.0, "b": 3.0, "c": 2.0})) == (649, "a")
    assert int(chance.around_one(0.05) * 10**12) == 998246209936
    assert int(chance.quantile([300, 700, 1300]) * 10**9) == 552837717657
    assert shared_out(2000, [66, 52, 60.5]) == [739, 583, 678]


def test_the_whole_city_has_sixteen_districts_and_215_towns_and_says_that_it_is_made_up():
    city = found_city(shipped(), fictional_pack())
    assert (len(city.recipe.districts), len(city.towns), len(city.units)) == (16, 215, 2000)
    assert manifest_says_fictional(city.pack)
    assert len({unit.label.zh for unit in city.units}) == len({unit.code for unit in city.units}) == 2000
    assert {unit.municipal for unit in city.units} == {True, False}
    assert any(unit.sector.feedstock for unit in city.units) and any(unit.sector.transformation for unit in city.units)


def test_no_unit_lies_in_two_towns_at_once_and_every_one_lies_somewhere():
    city = found_city(shipped(), fictional_pack())
    directory = directory_of_city(city)
    assert overlapping(directory.relations) == []
    located = {relation.child for relation in directory.relations if relation.kind == LOCATED_IN}
    assert {facility.id for facility in directory.facilities} <= located
    stays = directory.stays(Period.parse("2020..2026-09"))
    assert {stay.facility for stay in stays if len(stay.areas) == 3} == {unit.id for unit in directory.facilities}


def test_parks_are_no_partition():
    city = found_city(shipped(), fictional_pack())
    inside = [unit for unit in city.units if unit.park is not None]
    assert 0 < len(inside) < len(city.units)
    districts = {unit.park: set() for unit in inside}
    for unit in inside:
        districts[unit.park].add(unit.district_on(date(2024, 1, 1)))
    assert all(len(found) > 1 for found in districts.values())


def test_units_enter_leave_and_move_and_a_town_changes_its_district():
    city = found_city(shipped(), fictional_pack())
    assert all(any(happened) for happened in zip(*((u.enters, u.leaves, u.later) for u in city.units), strict=True))
    (town,) = [town for town in city.towns if town.later]
    day = town.later[0]
    assert town.district_on(day) != town.district_on(date(day.year - 1, 12, 31))


def test_a_unit_is_reported_by_the_district_it_lies_in_and_only_while_it_is_in_scope():
    city = found_city(shipped(), fictional_pack())
    districts = [District(city, item.id, ()) for item in city.recipe.districts]
    for month in Period.parse("2022-12..2023-01").months():
        reported = {unit.id: district.id for district in districts for unit in district.reported(month)}
        assert reported == {
            unit.id: unit.district_on(month.start) for unit in city.units if unit.in_scope_on(month.start)
        }
    moved = [unit for unit in city.units if unit.later and unit.district_on(unit.later[0]) != unit.town.district]
    assert moved
    (town,) = [town for town in city.towns if town.later]
    assert any(unit.town == town and unit.district_on(town.later[0]) == town.later[1] for unit in city.units)


def test_the_dated_list_of_units_in_scope_is_who_reports_and_the_city_has_a_list_of_its_own():
    city = found_city(shipped(), fictional_pack())
    directory = directory_of_city(city)
    for day in (date(2021, 6, 1), date(2023, 1, 1), date(2026, 9, 30)):
        expected = {unit.id for unit in city.units if unit.in_scope_on(day)}
        assert set(scope_on(directory, city.recipe.city, day).units) == expected
        direct = {unit.id for unit in city.units if unit.municipal}
        assert set(scope_on(directory, city.recipe.city, day).direct) == direct
        for district in city.recipe.districts[:3]:
            mine = {id for id in expected - direct if _unit(city, id).district_on(day) == district.id}
            assert set(scope_on(directory, district.id, day).units) == mine


def _unit(city, id):
    return next(unit for unit in city.units if unit.id == id)


def test_what_is_used_is_industrial_or_other_and_was_bought_made_or_in_stock(city):
    months = tuple(months_between(city.recipe.starts, date(2022, 1, 1)))
    histories = Histories(city, months)
    for unit in city.units[:20]:
        history = histories.of(unit)
        own = {carrier for carrier, _ in history.carriers_of(OUTPUT)}
        for carrier, _ in history.carriers_of(USE):
            used, industrial, other = (
                history.total((name, carrier, ""), months) for name in (USE, INDUSTRIAL, OTHER_USE)
            )
            assert used == industrial + other
            bought = history.total((PURCHASE, carrier, ""), months)
            if (STOCK_END, carrier, "") in history.lines:
                bought += history.at((STOCK_START, carrier, ""), months[0]) - history.at(
                    (STOCK_END, carrier, ""), months[-1]
                )
            assert bought == used or carrier in own
        assert history.total((ENERGY, "", ""), months) > 0 and (COST, "electricity", "") in history.lines


def test_a_district_of_its_own_sees_no_other(city, tmp_path):
    mine = city.recipe.districts[0]
    built = build(city, tmp_path / "site", MONTHS, mine.id)
    directory = directory_of_city(city, mine.id)
    assert {area.id for area in directory.areas if area.level == "district"} == {mine.id}
    foreign = {unit.id for unit in city.units} - {facility.id for facility in directory.facilities}
    assert foreign
    known = {mine.id, city.recipe.city, *(facility.id for facility in directory.facilities)}
    assert {entry["area"] for entry in built.files.values()} <= known
    with (tmp_path / "site" / "truth" / "units.csv").open() as file:
        assert not foreign & {row["unit"] for row in csv.DictReader(file)}


def test_the_truth_of_a_district_is_the_sum_of_its_units(built):
    with (built.folder / "truth" / "units.csv").open() as units, (built.folder / "truth" / "areas.csv").open() as areas:
        by_area = {}
        for row in csv.DictReader(units):
            key = (row["district"], row["month"])
            by_area[key] = by_area.setdefault(key, 0) + int(row["energy_gce"])
        assert {(row["district"], row["month"]): int(row["energy_gce"]) for row in csv.DictReader(areas)} == by_area


def test_a_place_that_is_real_is_not_made_up(city):
    with pytest.raises(Refusal, match="recipe-not-found"):
        found_city(shipped(), "cn_shanghai")


def test_a_folder_with_something_else_in_it_is_left_alone(city, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(Refusal, match="folder-in-use"):
        build(city, tmp_path, MONTHS)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("wish", "code"), [({"district": "area/x"}, "district-unknown"), ({}, "months-outside-recipe")]
)
def test_a_wish_that_cannot_be_met_is_refused(city, tmp_path, wish, code):
    months = MONTHS if wish else Period.parse("2018").months()
    with pytest.raises(Refusal, match=code):
        build(city, tmp_path / "out", months, **wish)


def test_fewer_units_than_the_recipe_names_are_refused():
    with pytest.raises(Refusal, match="unit-count-too-small"):
        found_city(shipped(), fictional_pack(), 1)


def test_the_manifest_names_every_file_and_marks_the_city_as_made_up(built):
    manifest = json.loads((built.folder / "manifest.json").read_text("utf-8"))
    months = [path for path in built.folder.glob("20*") if path.is_dir()]
    files = [path for month in months for path in month.rglob("*") if path.is_file() and path.name != "published.csv"]
    on_disk = {path.relative_to(built.folder).as_posix() for path in files}
    assert manifest["fictional"] is True
    assert set(manifest["files"]) == on_disk
    for entry in manifest["files"].values():
        assert entry["late"] == (entry["corrects"] is None and entry["published"] > entry["due"])


def test_true_amounts_are_whole_grams(city):
    district = District(city, city.recipe.districts[0].id, tuple(months_between(city.recipe.starts, MONTHS[-1].end)))
    unit = district.reported(MONTHS[0])[0]
    grams = district.history(unit).at((ENERGY, "", ""), MONTHS[0])
    assert grams is not None and grams.as_tuple().exponent == -6 and isinstance(grams, Decimal)
