"""HOUSE 8: definitions are data, every file fits its schema, and what one cites another has."""

import shutil

from tanheng.store.home import SHIPPED_PACKS
from tanheng.store.packs import read_packs


def findings_of(*folders):
    return [f"{finding.place}: {finding.message('en')}" for finding in read_packs(folders=folders)[1]]


def test_every_file_of_every_shipped_pack_fits_its_schema():
    assert findings_of(SHIPPED_PACKS) == []


def test_no_file_of_a_pack_is_passed_over():
    files = {path.relative_to(SHIPPED_PACKS).as_posix() for path in SHIPPED_PACKS.rglob("*.yaml")}
    places = [definition.place for definition in read_packs(folders=[SHIPPED_PACKS])[0].definitions]
    assert sorted(file for file in files if not any(place.startswith(file) for place in places)) == []


def test_a_pack_holds_no_code():
    assert sorted(path.name for path in SHIPPED_PACKS.rglob("*.py")) == []


def test_a_misspelt_field_and_a_missing_clause_are_caught(tmp_path):
    shutil.copytree(SHIPPED_PACKS / "cn_national", tmp_path / "cn_national")
    method = tmp_path / "cn_national" / "methods" / "unit_energy_and_co2.yaml"
    method.write_text(method.read_text("utf-8").replace("clause:", "clasue:"), "utf-8")
    assert any("clasue" in line for line in findings_of(tmp_path))
    for instrument in (tmp_path / "cn_national" / "instruments").glob("gbt-2589*.yaml"):
        instrument.unlink()
    assert any("gbt-2589" in line for line in findings_of(tmp_path))


def test_an_entry_with_a_made_up_status_is_caught(tmp_path):
    shutil.copytree(SHIPPED_PACKS / "cn_national", tmp_path / "cn_national")
    factor = tmp_path / "cn_national" / "factors" / "grid_electricity_average.yaml"
    factor.write_text(factor.read_text("utf-8").replace("status: secondary", "status: certain"), "utf-8")
    assert any("grid_electricity_average" in line for line in findings_of(tmp_path))
