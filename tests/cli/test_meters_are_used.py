"""What metered energy is used for, on the command line: every verb gives one document and a page for people."""

import pytest

from tests.metering.centres import HALL, hall, site, steady


@pytest.fixture
def home(tmp_path, tanheng):
    """A site with a data centre: 36 kW in all, 24 kW for its racks, in January 2025."""
    (tmp_path / "home").mkdir()
    site(tmp_path / "home", hall(), steady("t", 1, 31, 900), steady("i", 2, 31, 600)).close()
    return tanheng


def test_the_pue_of_a_data_centre_is_told_by_month(home, document, tmp_path):
    centres = tmp_path / "centres.csv"
    centres.write_text(f"unit,kind,racks,in_service\n{HALL},existing,300,2010-01-01\n", "utf-8")
    answer = document("meters", "pue", "--period", "2025-01", "--centres", centres)
    (centre,) = answer["centres"]
    assert (centre["centre"], centre["months"][0]["pue"], centre["judged"]) == (HALL, "1.500", None)
    assert "1.500" in home("meters", "pue", "--period", "2025-01").stdout
