"""The worked examples of the unit methods, typed by hand: every figure to the gram, and every figure explained."""

from datetime import date

import pytest

from tanheng.kernel.pack import Example, MethodUse, PackSet
from tanheng.kernel.period import Period
from tanheng.kernel.run import Inputs, Parameters, explain, run
from tanheng.kernel.trace import Address
from tests.kernel.world import QUAY, check_as_an_outsider, directory, inputs, located, packs

EXAMPLES = packs().all(Example)
CASES = [pytest.param(item, case, id=f"{item.id}-{case.known_on}") for item in EXAMPLES for case in item.cases]


def use_of(example: Example, among: PackSet) -> MethodUse:
    return among.method_use(example.method, example.scheme)


def statements(example: Example) -> Inputs:
    """The inputs of an example as observations in the coverage and use class that its method reads."""
    use = use_of(example, packs())
    rows = []
    for number, item in enumerate(example.inputs, 1):
        period = Period.parse(str(item["period"] if "period" in item else example.period))
        said = {
            "indicator": item["indicator"], "subject": example.subject, "carrier": item.get("carrier"),
            "item": item.get("item"), "period_start": period.start, "period_end": period.end,
            "accumulation": item.get("accumulation", "month"), "coverage": use.coverage,
            "use_class": use.use_classes[0], "stated_amount": float(item["value"]), "unit": item["unit"],
            "status": "final", "published": day(item["published"]), "position": number,
        }  # fmt: skip
        rows.append(said)
    return inputs(rows, directory(located(example.subject, QUAY), facilities=[example.subject]))


def day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


@pytest.mark.parametrize(("example", "case"), CASES)
def test_a_worked_example_comes_out_as_it_was_calculated_by_hand(example, case):
    given = statements(example)
    parameters = Parameters(Period.parse(example.period), example.scheme, case.known_on, 1)
    result = run(example.method, packs(), given, parameters)
    for figure, expected in case.expected.items():
        column, _, line = figure.partition("@")
        address = Address(column, example.subject, Period.parse(example.period), line or None)
        told = explain(result, packs(), given, address)
        check_as_an_outsider(told)
        assert told["value"] == expected, figure


def test_every_unit_method_has_a_worked_example():
    own = {"unit_co2", "unit_energy_reported", "unit_energy_statistical", "unit_energy_statistical_to_date"}
    assert {example.method for example in EXAMPLES} == own


def test_ten_thousand_times_ten_thousand_kilowatt_hours_are_78_800_t_before_and_42_000_t_after():
    told = {item.id: item.cases[0].expected["co2_electricity"] / 1_000_000 for item in EXAMPLES if "ets" in item.id}
    assert told == {"unit_co2_ets_before_2022": 78_800, "unit_co2_ets_after_2022": 42_000}
