"""The worked examples of splits come out as they were calculated by hand, and explain themselves."""

from datetime import date
from decimal import Decimal

import pytest

from tanheng.kernel.demand import Demand, Demands, KnownObligation, Target
from tanheng.kernel.pack import Definition, MethodDefinition, PackSet
from tanheng.kernel.pack.decomposition_plan import DecompositionExample
from tanheng.kernel.pack.shape import Label
from tanheng.kernel.period import Period
from tanheng.kernel.run import OBSERVATION_COLUMNS, Inputs, Parameters, explain, run
from tanheng.kernel.subject import Directory
from tanheng.kernel.table import Table
from tanheng.kernel.trace import Address
from tanheng.store.home import SHIPPED_PACKS
from tanheng.store.packs import load_packs
from tests.kernel.world import check_as_an_outsider

PACKS = load_packs(["cn_national", "cn_shanghai"], [SHIPPED_PACKS])
EXAMPLES = PACKS.all(DecompositionExample)
ISSUED = date(2026, 1, 1)


def fall(id: str, value: Decimal) -> KnownObligation:
    demand = Demand("down", value, unit="%", value_norm=value, unit_norm="%", by="2026")
    return KnownObligation(Target(id, Label(zh=id, en=id), "example#1", demand), ISSUED)


def packs_of(example: DecompositionExample) -> PackSet:
    return PackSet((*PACKS.definitions, Definition("example", example.id, example.plan)), PACKS.hashes)


def inputs_of(example: DecompositionExample) -> Inputs:
    demands = Demands(tuple(fall(id, value) for id, value in example.demanded.items()))
    return Inputs(Table.of_rows([], OBSERVATION_COLUMNS, keys=("subject",)), Directory(), {}, demands)


def asked(example: DecompositionExample) -> Parameters:
    settings = {"plan": example.plan.id}
    return Parameters(Period.parse(example.plan.by), "energy_assessment", example.known_on, 1, None, settings)


def test_every_method_of_splitting_has_a_worked_example():
    assert {example.plan.method for example in EXAMPLES} == {
        "equal_rate", "remaining_task", "structure", "potential", "weights",
    }  # fmt: skip
    assert {example.method for example in EXAMPLES} == {"target_decomposition", "decomposition_check"}
    assert any(example.plan.bands for example in EXAMPLES)


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.id for example in EXAMPLES])
def test_the_worked_split_comes_out_as_it_was_calculated_by_hand(example):
    packs, given = packs_of(example), inputs_of(example)
    result = run(example.method, packs, given, asked(example))
    for address, expected in example.expected.items():
        told = explain(result, packs, given, Address.parse(address))
        check_as_an_outsider(told)
        assert told["value"] == expected, address
    assert set(example.findings) <= {finding.code for finding in result.findings}


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.id for example in EXAMPLES])
def test_every_figure_of_a_worked_split_is_explained_as_it_stands(example):
    packs, given = packs_of(example), inputs_of(example)
    result = run(example.method, packs, given, asked(example))
    for row in result.figures.rows():
        for column in packs.get(MethodDefinition, example.method).results:
            if row[column] is not None:
                at = Address(column, row["subject"], Period(row["period_start"], row["period_end"]))
                told = explain(result, packs, given, at)
                check_as_an_outsider(told)
                assert told["value"] == row[column]
                assert all(packs.has_clause(step["clause"]) for step in told["steps"] if step["clause"])
