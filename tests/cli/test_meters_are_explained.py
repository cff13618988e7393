"""A reference to readings on the command line, as a document gives it and as people see it printed."""

import pytest

DAY = "gate/2026-01-02/2026-01-03@00000000"


@pytest.fixture
def metered(document, tmp_path):
    """A register that moves by 0.10 kWh in a quarter of an hour, over three days."""
    (tmp_path / "register.csv").write_text(
        "meter,carrier,facility,start\ngate,electricity,facility/x,2026-01-01\n", encoding="utf-8"
    )
    rows = [
        f"gate,2026-01-0{1 + step // 96}T{step % 96 // 4:02}:{step % 4 * 15:02}:00,{step / 10}" for step in range(289)
    ]
    (tmp_path / "readings.csv").write_text("meter,at,value\n" + "\n".join(rows) + "\n", encoding="utf-8")
    document("meters", "import", "--register", tmp_path / "register.csv")
    document("meters", "import", tmp_path / "readings.csv")
    document("meters", "rollup")


def test_a_day_leads_to_its_hours_and_readings(metered, document):
    told = document("meters", "explain", f"readings:{DAY}")
    assert told["value"] == 9600 == sum(part["value"] for part in told["parts"])
    assert [len(told["parts"]), len(told["readings"])] == [24, 97]


def test_a_reference_is_understood_as_it_is_printed_for_people_and_times_are_told_by_the_clock(
    metered, document, tanheng
):
    assert document("meters", "explain", DAY) == document("meters", "explain", f"readings:{DAY}")
    printed = tanheng("meters", "explain", DAY).stdout
    assert "2026-01-02 00:15:00" in printed and "1767284100" not in printed
