"""What an account reads: statements as known, factors with their entries, settings; and what it tells of itself."""

from dataclasses import replace
from datetime import date

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import Factor, MethodDefinition, MethodUse
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import Unit
from tanheng.kernel.run import Parameters, drill, explain, run, statements
from tanheng.kernel.run.account_run import ACCOUNTS
from tanheng.kernel.table import Table
from tanheng.kernel.trace import Address
from tests.kernel.regions import KNOWN, REGION, Computed, balance, inputs, said
from tests.kernel.world import changed, packs

METHOD, WHOLE = "regional_energy_co2", f"co2@{REGION}@2022"
ROWS = [
    *balance("diesel", total_primary_energy_supply=3, total_final_consumption=3),
    *balance("coke", total_primary_energy_supply=5, total_final_consumption=5),
]


def asked(**other):
    return replace(Parameters(Period.year(2022), "city_inventory", KNOWN, 1), **other)


# ---- through the one door


def test_every_account_of_the_packs_is_a_function_here():
    functions = {method.function for method in packs().all(MethodDefinition) if method.form == "account"}
    assert functions == set(ACCOUNTS)


def test_an_account_is_run_explained_and_taken_apart_through_the_same_door_as_rows():
    given = inputs(ROWS)
    result = run(METHOD, packs(), given, asked())
    told = explain(result, packs(), given, Address.parse(WHOLE))
    parts = drill(result, packs(), given, Address.parse(WHOLE))
    (row,) = result.figures.rows()
    assert told["value"] == row["co2"] == sum(part["value"] for part in parts["parts"]) + parts["rest"]
    assert told["receipt"] == result.receipt.as_json()


def test_an_account_is_computed_once_for_a_run_and_all_explanations_of_it(monkeypatch):
    given, function = inputs(ROWS), packs().get(MethodDefinition, METHOD).function
    computed = []
    monkeypatch.setitem(
        ACCOUNTS, function, lambda account, go=ACCOUNTS[function]: computed.append(account) or go(account)
    )
    result = run(METHOD, packs(), given, asked())
    for _ in range(2):
        explain(result, packs(), given, Address.parse(WHOLE))
    assert len(computed) == 1
    run(METHOD, packs(), given, asked(settings={"furnace_carbon": "gases"}))
    run(METHOD, packs(), given, asked(log_position=2))
    assert len(computed) == 3


def test_the_same_question_has_the_same_digest_and_a_setting_is_part_of_the_question():
    first, again = (run(METHOD, packs(), inputs(ROWS), asked()).receipt for _ in range(2))
    other = run(METHOD, packs(), inputs(ROWS), asked(settings={"furnace_carbon": "gases"})).receipt
    assert first.as_json() == again.as_json()
    assert other.figures != first.figures
    assert other.as_json()["parameters"]["settings"] == {"furnace_carbon": "gases"}
    assert "settings" not in first.as_json()["parameters"]


def test_parameters_come_back_out_of_a_receipt_with_their_settings():
    parameters = asked(settings={"losses": "count"})
    assert Parameters.of_json(parameters.as_json()) == parameters


def test_the_receipt_names_the_entries_that_were_used():
    receipt = run(METHOD, packs(), inputs(ROWS), asked()).receipt
    assert receipt.entries["guide_carbon_content"] == ("coke-guide", "diesel-guide")


def test_the_statements_behind_an_account_are_told_with_their_cells():
    told = statements(METHOD, packs(), inputs(ROWS), asked()).rows()
    assert {(row["item"], row["stated_amount"]) for row in told} == {
        (f"{fuel}/total_{row}", amount)
        for fuel, amount in (("diesel", 3.0), ("coke", 5.0))
        for row in ("primary_energy_supply", "final_consumption")
    }
    assert all("book!sheet!F" in row["source"] for row in told)


def test_a_part_leads_to_an_explanation_of_its_own():
    given = inputs(ROWS)
    result = run(METHOD, packs(), given, asked())
    for part in explain(result, packs(), given, Address.parse(WHOLE))["parts"]:
        kind, _, target = part["ref"].partition(":")
        assert kind == "figure"
        assert explain(result, packs(), given, Address.parse(target))["value"] == part["value"]


def test_more_parts_than_are_asked_for_stand_as_one_rest():
    given = inputs(ROWS)
    result = run(METHOD, packs(), given, asked())
    told = explain(result, packs(), given, Address.parse(WHOLE), parts=1)
    assert [part["address"].rpartition("@")[2] for part in told["parts"]] == ["coke"]
    assert told["parts"][0]["value"] + told["rest"] == told["value"]
    assert told["steps"][-1]["formula"] == "part_1 + rest"


def test_a_figure_that_is_not_there_is_refused_with_the_nearest():
    given = inputs(ROWS)
    result = run(METHOD, packs(), given, asked())
    with pytest.raises(Refusal, match="figure-not-found") as refused:
        explain(result, packs(), given, Address.parse(f"co2@{REGION}@2022@diesl"))
    assert "diesel" in str(refused.value.fields["nearest"])


def test_a_stored_figure_that_its_receipt_does_not_compute_to_is_refused():
    given = inputs(ROWS)
    result = run(METHOD, packs(), given, asked())
    rows = [row | {"co2": row["co2"] + 1} for row in result.figures.rows()]
    columns = result.figures.kinds(result.figures.columns)
    forged = replace(result, figures=Table.of_rows(rows, columns, keys=result.figures.keys))
    with pytest.raises(Refusal, match="replay-differs"):
        explain(forged, packs(), given, Address.parse(WHOLE))


# ---- what it reads


def test_a_revision_known_later_changes_nothing_that_was_known_earlier():
    later = date(2024, 1, 31)
    revised = [*ROWS, ROWS[1] | {"stated_amount": 2.0, "published": later, "position": 2}]
    before = Computed(METHOD, revised, known_on=date(2023, 12, 31))
    after = Computed(METHOD, revised, known_on=later)
    assert before.value("co2", "diesel") == Computed(METHOD, ROWS).value("co2", "diesel")
    assert after.value("co2", "diesel") < before.value("co2", "diesel")


def test_what_the_method_may_not_use_is_not_there():
    hidden = [row | {"use_class": "individual_statistics"} for row in ROWS]
    assert Computed(METHOD, hidden).codes("blocker") == ["balance-missing"]


def test_another_coverage_or_accumulation_is_another_series():
    for other in ({"coverage": "whole_society"}, {"accumulation": "month"}):
        assert Computed(METHOD, [row | other for row in ROWS]).codes("blocker") == ["balance-missing"]


def test_a_factor_that_nobody_knew_yet_is_a_gap_with_a_finding_and_the_rest_is_told():
    entries = [
        entry for entry in packs().get(Factor, "guide_carbon_content").entries if entry.keys["carrier"] != "diesel"
    ]
    found = Computed(METHOD, ROWS, use=changed(packs(), guide_carbon_content={"entries": entries}))
    assert found.value("co2", "diesel") is None
    assert found.value("co2") == found.value("co2", "coke")
    (row,) = found.result.figures.rows()
    assert row["co2_missing"] == 1
    assert "factor-not-found" in found.codes("blocker")
    told = found.why(WHOLE)
    assert told["status"]["missing"] == 1
    assert len(told["gaps"]) == 1


def test_a_factor_that_changed_inside_the_period_is_weighted_by_days_as_a_step_that_explains_itself():
    factor = packs().get(Factor, "guide_oxidation_rate")
    old = factor.entry("diesel-guide")
    parts = [
        old.model_copy(update={"id": "first", "end": date(2022, 3, 1)}),
        old.model_copy(update={"id": "second", "start": date(2022, 3, 1), "value": old.value / 2}),
    ]
    entries = [entry for entry in factor.entries if entry.keys["carrier"] != "diesel"] + parts
    use = changed(packs(), guide_oxidation_rate={"entries": entries, "straddle": "by_days"})
    found = Computed(METHOD, ROWS, use=use)
    told = found.why(f"co2@{REGION}@2022@diesel")
    (step,) = [step for step in told["steps"] if step["column"] == "oxidation_rate"]
    assert step["value"] == (0.98 * 59 + 0.49 * 306) / 365
    assert {item["entry"] for item in told["factors"]} >= {"first", "second"}


def test_a_setting_that_the_method_does_not_have_is_refused_before_anything_is_computed():
    with pytest.raises(Refusal, match="setting-unknown"):
        Computed(METHOD, ROWS, nothing_of_the_kind="1")


def test_an_indicator_that_the_definition_does_not_name_cannot_be_read():
    account = Computed(METHOD, ROWS).run.account
    with pytest.raises(ValueError, match="does not say that it reads"):
        account.facts_of("gdp")


def test_one_statement_is_read_in_the_unit_asked_for_and_the_conversion_is_shown():
    account = Computed(METHOD, ROWS).run.account
    where = {"carrier": "coke", "item": "total_final_consumption"}
    cell = account.observed("energy_balance", REGION, Period.year(2022), unit="10^4 tce[calorific_value]", **where)
    assert cell.value == 500.0
    assert cell.is_step
    same = account.observed("energy_balance", REGION, Period.year(2022), unit="10^6 tce[calorific_value]", **where)
    assert same.ref.startswith("cell:")


def test_two_vintages_of_one_statement_are_two_cells():
    later = date(2024, 1, 31)
    found = Computed(METHOD, [*ROWS, ROWS[1] | {"stated_amount": 2.0, "published": later, "position": 2}])
    account, unit = found.run.account, Unit.parse("10^4 tce[calorific_value]")
    where = {"within": Period.year(2022), "subjects": [REGION]}
    cells = [
        account.cell_of(fact, unit)
        for facts in (account.facts, account.facts.as_known_on(date(2023, 12, 31)))
        for fact in account.facts_of("energy_balance", facts=facts, **where)
        if (fact.carrier, fact.item) == ("diesel", "total_final_consumption")
    ]
    assert [cell.value for cell in cells] == [200.0, 300.0]


def test_an_absent_statement_is_a_gap_with_the_weight_that_the_method_gives_it():
    found = Computed(METHOD, ROWS)
    cell = found.run.account.observed("energy_balance", REGION, Period.year(2022), carrier="coke", item="losses")
    assert (cell.value, len(cell.absent)) == (None, 1)
    assert found.run.paper.findings[-1].code == "observation-missing"
    count = len(found.run.paper.findings)
    found.run.account.observed("energy_balance", REGION, Period.year(2021), severity=None)
    assert len(found.run.paper.findings) == count


def test_two_statements_about_one_thing_contradict_each_other_and_count_for_nothing():
    twice = [*ROWS, ROWS[0] | {"use_class": "administrative", "stated_amount": 4.0}]
    found = Computed("regional_energy_balance", twice)
    where = {"carrier": "diesel", "item": "total_primary_energy_supply"}
    cell = found.run.account.observed("energy_balance", REGION, Period.year(2022), **where)
    assert cell.value is None
    assert found.run.paper.findings[-1].code == "observation-contradicted"


def test_settings_of_every_account_give_their_reason_in_both_languages():
    accounts = {method.id for method in packs().all(MethodDefinition) if method.form == "account"}
    for use in packs().all(MethodUse):
        if use.method in accounts:
            assert all(setting.note.zh and setting.note.en for setting in use.settings.values()), use.id


def test_a_line_is_named_in_words_where_the_packs_have_them():
    found = Computed(
        METHOD,
        [
            *ROWS,
            said(
                "energy_balance",
                "2022",
                0.0,
                "10^6 tce[calorific_value]",
                coverage="region",
                carrier="coke",
                item="losses",
            ),
        ],
    )
    assert "焦炭" in found.why(f"co2@{REGION}@2022@coke")["label"]["zh"]
