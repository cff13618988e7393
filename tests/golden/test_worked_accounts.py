"""The worked examples of accounts come out as they were calculated by hand, and explain themselves."""

from datetime import date
from decimal import Decimal

import pytest

from tanheng.kernel.demand import Demands, KnownObligation, target_of
from tanheng.kernel.fact import KeptField, KeptRow, known_intervals
from tanheng.kernel.pack import AccountExample, IndicatorShape, MethodDefinition, PackSet
from tanheng.kernel.period import Period
from tanheng.kernel.run import OBSERVATION_COLUMNS, Inputs, Parameters, explain, run
from tanheng.kernel.subject import IN_SCOPE_OF, LOCATED_IN, Area, Directory, Facility, Relation
from tanheng.kernel.table import Table
from tanheng.kernel.trace import Address
from tanheng.store.home import SHIPPED_PACKS
from tanheng.store.packs import load_packs
from tests.kernel.world import check_as_an_outsider

PACKS = load_packs(["cn_national", "cn_shanghai"], [SHIPPED_PACKS])
EXAMPLES = PACKS.all(AccountExample)
PUBLISHED = date(2020, 1, 1)


def directory(example: AccountExample) -> Directory:
    relations = [
        Relation(kind, place.id, parent, place.since)
        for place in example.places
        for kind, parent in ((LOCATED_IN, place.lies_in), (IN_SCOPE_OF, place.in_scope_of))
        if parent is not None
    ]
    labels = {place.id: {"zh": place.id, "en": place.id} for place in example.places}
    return Directory(
        areas=tuple(Area(place.id, labels[place.id], place.level) for place in example.places if place.level),
        facilities=tuple(
            Facility(place.id, labels[place.id], place.codes) for place in example.places if not place.level
        ),
        relations=tuple(relations),
    )


def inputs(example: AccountExample, packs: PackSet) -> Inputs:
    rows = []
    for number, said in enumerate(example.statements, 1):
        period, unit = Period.parse(said.period), said.unit or packs.get(IndicatorShape, said.indicator).unit.text
        row = {
            **said.model_dump(exclude={"period", "value", "unit"}), "accumulation": said.accumulation.value,
            "period_start": period.start, "period_end": period.end, "stated_amount": float(Decimal(said.value)),
            "unit": unit, "status": "final", "published": PUBLISHED, "position": 1, "source": f"by/hand!{number}!A1",
        }  # fmt: skip
        rows.append((number, PUBLISHED, 1, row))
    known = [row | {"known_from": span.known_from, "known_to": None} for row, span in known_intervals(rows)]
    observations = Table.of_rows(known, OBSERVATION_COLUMNS, keys=("subject",))
    return Inputs(observations, directory(example), {}, demands(example), kept(example))


def demands(example: AccountExample) -> Demands:
    return Demands(tuple(KnownObligation(target_of(shape), PUBLISHED) for shape in example.targets))


def kept(example: AccountExample) -> tuple[KeptRow, ...]:
    return tuple(
        KeptRow(
            row.kind,
            row.subject,
            None if row.period is None else Period.parse(row.period),
            {field: KeptField(text, f"by/hand!kept!{field}{number}") for field, text in row.fields.items()},
            f"by/hand!kept!A{number}",
            PUBLISHED,
            1,
        )
        for number, row in enumerate(example.kept, 1)
    )


def test_there_is_a_worked_example_for_each_account_of_areas():
    assert {example.method for example in EXAMPLES} >= {
        "assessment_basis", "carbon_progress", "city_reconciliation", "coverage_adjustment", "plausibility",
        "quarterly_estimate", "regional_energy_balance", "regional_energy_co2", "energy_intensity", "co2_intensity",
    }  # fmt: skip


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.id for example in EXAMPLES])
def test_the_worked_account_comes_out_as_it_was_calculated_by_hand(example):
    given = inputs(example, PACKS)
    period = Period.parse(example.period)
    result = run(
        example.method, PACKS, given, Parameters(period, example.scheme, example.known_on, 1, None, example.settings)
    )
    for address, expected in example.expected.items():
        told = explain(result, PACKS, given, Address.parse(address))
        check_as_an_outsider(told)
        assert told["value"] == expected, address
    assert set(example.findings) <= {finding.code for finding in result.findings}


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.id for example in EXAMPLES])
def test_every_figure_of_a_worked_account_is_explained_as_it_stands(example):
    given = inputs(example, PACKS)
    period = Period.parse(example.period)
    asked = Parameters(period, example.scheme, example.known_on, 1, None, example.settings)
    result = run(example.method, PACKS, given, asked)
    for row in result.figures.rows():
        for column in PACKS.get(MethodDefinition, example.method).results:
            if row[column] is not None:
                at = Address(column, row["subject"], Period(row["period_start"], row["period_end"]))
                told = explain(result, PACKS, given, at)
                check_as_an_outsider(told)
                assert told["value"] == row[column]
                assert all(PACKS.has_clause(step["clause"]) for step in told["steps"] if step["clause"])
