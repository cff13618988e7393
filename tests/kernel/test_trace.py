"""A trace holds what the computing code did: each step once, checked for its unit before anything is computed."""

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import Grid, Unit, name, number
from tanheng.kernel.table import NUMBER, Table
from tanheng.kernel.trace import Address, Lookup, Trace

GRIDS = {"co2": Grid(Unit.parse("tCO2"), Unit.parse("gCO2"))}
RATE = Unit.parse("tCO2/carrier_unit")


class Said:
    def __init__(self, number, *, unverified=False):
        self.number, self.unverified = number, unverified


def rows(**columns):
    return Table.of_rows([columns], dict.fromkeys(columns, NUMBER), keys=())


def trace():
    return Trace(GRIDS, units={"amount": Unit.parse("carrier_unit"), "rate": RATE})


def test_a_result_is_put_on_its_grid_once_and_remembered_with_its_clause():
    collector = trace()
    found = collector.result(rows(amount=2.0, rate=0.25), "co2", name("amount") * name("rate"), clause="x#1")
    assert found.values("co2") == [500_000]
    (step,) = collector.steps
    assert (step.column, step.unit.text, step.clause, step.grid) == ("co2", "gCO2", "x#1", GRIDS["co2"])


def test_a_step_that_hides_a_thousand_is_refused_before_it_is_computed():
    collector = trace()
    with pytest.raises(Refusal, match="unit-mismatch"):
        collector.step(rows(amount=2.0, rate=1.0), "it", name("amount") * name("rate"), unit="kgCO2", clause="")
    assert collector.steps == []


def test_a_result_in_another_unit_is_refused():
    with pytest.raises(Refusal, match="unit-mismatch"):
        trace().result(rows(amount=2.0), "co2", name("amount"), clause="")


def test_only_the_steps_that_a_column_rests_on_are_behind_it():
    collector = trace()
    table = collector.step(
        rows(amount=2.0, rate=1.0), "half", name("amount") / number("2"), unit="carrier_unit", clause=""
    )
    table = collector.step(table, "aside", name("amount"), unit="carrier_unit", clause="")
    collector.result(table, "co2", name("half") * name("rate"), clause="")
    assert [step.column for step in collector.behind("", "co2")] == ["half", "co2"]
    assert [step.column for step in collector.behind("", "aside")] == ["aside"]


def test_steps_of_one_kind_of_row_are_not_behind_another():
    collector = trace()
    for branch in ("fuel", "electricity"):
        collector.branched(branch).result(
            rows(amount=2.0, rate=1.0), "co2", name("amount") * name("rate"), clause=branch
        )
    assert [step.clause for step in collector.behind("fuel", "co2")] == ["fuel"]


def test_a_kind_counted_in_one_unit_is_checked_in_that_unit():
    electricity = trace().branched("electricity", carrier_unit="MWh")
    electricity.units["price"] = Unit.parse("tCO2/MWh")
    assert electricity.result(rows(amount=2.0, price=0.5), "co2", name("amount") * name("price"), clause="")


def test_an_unverified_answer_marks_every_result_that_rests_on_it():
    collector = trace()
    answers = {("a",): Said(1.0, unverified=True), ("b",): Said(2.0)}
    collector.looked_up(Lookup("", "rate", "f", RATE, ("carrier",), answers))
    table = rows(amount=2.0, rate=1.0).with_constant(rate_unverified=True)
    table = collector.step(table, "carbon", name("amount") * name("rate"), unit="tCO2", clause="")
    assert collector.result(table, "co2", name("carbon"), clause="").values("co2_unverified") == [True]


def test_a_lookup_narrowed_to_some_rows_keeps_the_answers_they_asked_for():
    lookup = Lookup("fuel", "rate", "f", RATE, ("carrier",), {("a",): Said(1.0), ("b",): Said(2.0)})
    asking = [
        {"branch": "fuel", "carrier": "a"},
        {"branch": "electricity", "carrier": "b"},
        {"branch": "fuel", "carrier": "z"},
    ]
    assert list(lookup.narrowed(asking).answers) == [("a",)]


@pytest.mark.parametrize(
    "text",
    ["co2@area/x@2024", "co2@facility/甲@2024-03@diesel", "co2@area/x@2024-01..2024-06", "co2@a@b/甲@2024-03",
     "co2@a@b@2024@diesel", "co2@x@2024@2024-03"],
)  # fmt: skip
def test_the_address_of_a_figure_is_read_back_as_written(text):
    assert str(Address.parse(text)) == text


def test_the_id_of_a_subject_may_hold_what_parts_an_address():
    assert Address.parse("co2@a@b@2024@diesel") == Address("co2", "a@b", Period.year(2024), "diesel")
    assert Address.parse("co2@x@2024@2024-03") == Address("co2", "x@2024", Period.month(2024, 3))


@pytest.mark.parametrize("text", ["", "co2", "co2@area/x", "co2@@2024", "@area/x@2024", "co2@area/x@2024@"])
def test_what_is_no_address_is_refused(text):
    with pytest.raises(Refusal, match="address-unreadable"):
        Address.parse(text)


def test_an_address_without_a_period_is_refused():
    with pytest.raises(Refusal, match="period-unreadable"):
        Address.parse("co2@area/x@someday")
