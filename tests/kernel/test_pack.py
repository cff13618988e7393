"""A dated lookup finds exactly one entry, or says why not and names the nearest."""

from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

from tanheng.kernel.faults import Finding, Refusal
from tanheng.kernel.pack import (
    Carriers,
    Choice,
    Definition,
    Factor,
    IndicatorShape,
    MethodDefinition,
    MethodUse,
    PackSet,
    choose,
)
from tanheng.kernel.period import Period
from tests.kernel.world import packs, words

LABEL = words("factor")
TOLD = date(2024, 1, 1)


def entry(id, start, end, value="1", **other):
    fields = {
        "id": id,
        "period": [start, end],
        "value": value,
        "published": TOLD,
        "clause": "x#1",
        "status": "verified",
    }
    return fields | other


def factor(*entries, **other):
    fields = {
        "id": "test", "label": LABEL, "unit": "tCO2/MWh", "keys": [], "schemes": ["inventory"],
        "when_missing": "refuse", "straddle": "refuse", "entries": list(entries),
    }  # fmt: skip
    return Factor.model_validate(fields | other)


def chosen(table, period, known_on=date(2026, 1, 1), **keys):
    return choose(table, keys, Period.parse(period), scheme="inventory", known_on=known_on)


def found(table, period, known_on=date(2026, 1, 1), **keys):
    answer = chosen(table, period, known_on, **keys)
    assert isinstance(answer, Choice), answer
    return [used.entry.id for used in answer.used], answer.reason


def missed(table, period, known_on=date(2026, 1, 1), **keys):
    answer = chosen(table, period, known_on, **keys)
    assert isinstance(answer, Finding), answer
    return answer


Y22 = entry("y22", date(2022, 1, 1), date(2023, 1, 1), "2")
Y23 = entry("y23", date(2023, 1, 1), date(2024, 1, 1), "3")
CARRIED = {"carry_forward": "2 years", "clause": "x#2"}


def test_the_one_entry_that_governs_the_whole_period_is_found():
    assert found(factor(Y22, Y23), "2022-12") == (["y22"], "covers")
    assert found(factor(Y22, Y23), "2023") == (["y23"], "covers")


def test_no_entry_is_a_finding_that_names_the_nearest_first():
    finding = missed(factor(Y22, Y23, entry("y10", date(2010, 1, 1), date(2011, 1, 1))), "2024-05")
    assert finding.code == "factor-not-found"
    assert str(finding.fields["nearest"]).startswith("y23 (2023-01-01..2024-01-01; published 2024-01-01); y22")


def test_an_entry_of_the_right_key_is_nearer_than_one_of_the_right_year():
    keyed = factor(
        entry("east", date(2024, 1, 1), None, region="east"), entry("north", TOLD, date(2024, 2, 1), region="north"),
        keys=["region"],
    )  # fmt: skip
    assert str(missed(keyed, "2024-06", region="north").fields["nearest"]).startswith("north")


def test_a_factor_without_entries_is_a_finding_with_nothing_near():
    assert missed(factor(), "2024").fields["nearest"] == "-"


def test_two_entries_at_once_are_a_finding_that_names_both():
    finding = missed(factor(Y22, entry("other", date(2022, 1, 1), date(2023, 1, 1))), "2022-06")
    assert finding.code == "factor-ambiguous"
    assert "y22" in str(finding.fields["entries"]) and "other" in str(finding.fields["entries"])


def test_an_entry_that_names_the_older_one_replaces_it_from_its_publication_on():
    newer = entry("y22-revised", date(2022, 1, 1), date(2023, 1, 1), replaces="y22", published=date(2025, 3, 1))
    assert found(factor(Y22, newer), "2022-06", date(2025, 3, 1)) == (["y22-revised"], "covers")
    assert found(factor(Y22, newer), "2022-06", date(2025, 2, 28)) == (["y22"], "covers")


def test_a_value_is_known_on_the_day_of_its_publication_and_not_the_day_before():
    assert found(factor(Y22), "2022", TOLD) == (["y22"], "covers")
    assert missed(factor(Y22), "2022", date(2023, 12, 31)).code == "factor-not-found"


def test_what_is_not_published_yet_is_named_as_the_nearest():
    assert "published 2024-01-01" in str(missed(factor(Y22), "2022", date(2023, 1, 1)).fields["nearest"])


def test_an_old_value_stands_in_only_where_a_clause_allows_it():
    assert missed(factor(Y22), "2023-01").code == "factor-not-found"
    answer = chosen(factor(Y22, when_missing=CARRIED), "2023-01")
    assert (answer.reason, answer.clause, answer.value) == ("carried_forward", "x#2", Decimal("2"))


def test_an_old_value_stands_in_up_to_its_limit_and_no_longer():
    carried = factor(Y22, when_missing=CARRIED)
    assert found(carried, "2024-12") == (["y22"], "carried_forward")
    assert missed(carried, "2025-01").code == "factor-not-found"
    assert missed(carried, "2024-12..2025-01").code == "factor-not-found"


def test_the_latest_of_the_old_values_stands_in():
    assert found(factor(Y23, Y22, when_missing=CARRIED), "2024-05") == (["y23"], "carried_forward")


def test_nothing_is_carried_back():
    assert missed(factor(Y22, when_missing=CARRIED), "2021-12").code == "factor-not-found"


def test_two_last_values_do_not_stand_in_by_the_luck_of_their_order():
    half = entry("half", date(2022, 7, 1), date(2023, 1, 1), "9")
    finding = missed(factor(Y22, half, when_missing=CARRIED), "2023-05")
    assert finding.code == "factor-ambiguous"
    assert "half" in str(finding.fields["entries"]) and "y22" in str(finding.fields["entries"])


def test_a_limit_counted_from_a_leap_day_ends_on_the_last_of_february():
    leap = entry("leap", date(2023, 3, 1), date(2024, 2, 29))
    assert found(factor(leap, when_missing=CARRIED), "2026-02-01..2026-02-28")[1] == "carried_forward"
    assert missed(factor(leap, when_missing=CARRIED), "2026-02").code == "factor-not-found"


OLD = entry("old", date(2020, 1, 1), date(2022, 2, 11), "0.788", published=date(2020, 1, 1))
NEW = entry("new", date(2022, 2, 11), None, "0.42", published=date(2022, 2, 11))


def test_a_period_in_which_the_factor_changes_is_refused_by_rule():
    finding = missed(factor(OLD, NEW), "2022-02")
    assert finding.code == "factor-straddled"
    assert "old" in str(finding.fields["entries"]) and "new" in str(finding.fields["entries"])


def test_a_period_that_ends_where_the_factor_changes_does_not_straddle():
    assert found(factor(OLD, NEW), "2022-02-01..2022-02-11") == (["old"], "covers")
    assert found(factor(OLD, NEW), "2022-02-11..2022-03-01") == (["new"], "covers")


def test_the_value_at_the_start_or_at_the_end_of_a_period_counts_by_rule():
    assert found(factor(OLD, NEW, straddle="period_start"), "2022-02") == (["old"], "period_start")
    assert found(factor(OLD, NEW, straddle="period_end"), "2022-02") == (["new"], "period_end")


def test_values_weighted_by_days_count_each_for_its_own_days():
    answer = chosen(factor(OLD, NEW, straddle="by_days"), "2022-02")
    assert [(used.entry.id, used.days) for used in answer.used] == [("old", 10), ("new", 18)]
    assert answer.value == (Decimal("0.788") * 10 + Decimal("0.42") * 18) / 28
    assert answer.number == (0.788 * 10 + 0.42 * 18) / (10 + 18)


def test_a_leap_day_counts_as_a_day():
    change = factor(
        entry("a", date(2024, 1, 1), date(2024, 2, 29), "1"),
        entry("b", date(2024, 2, 29), None, "2"),
        straddle="by_days",
    )
    assert [used.days for used in chosen(change, "2024-02").used] == [28, 1]


def test_a_change_not_yet_published_does_not_divide_a_period():
    finding = missed(factor(OLD, NEW, straddle="by_days"), "2022-02", date(2022, 2, 10))
    assert finding.code == "factor-straddled"


@pytest.mark.parametrize("rule", ["refuse", "period_start", "period_end", "by_days"])
def test_no_rule_mends_days_without_an_entry(rule):
    later = entry("later", date(2022, 3, 15), None)
    assert missed(factor(OLD, later, straddle=rule), "2022-02..2022-03").code == "factor-straddled"
    assert missed(factor(OLD, straddle=rule, when_missing=CARRIED), "2022-02").code == "factor-straddled"


@pytest.mark.parametrize("rule", ["refuse", "period_start", "period_end", "by_days"])
def test_days_with_two_entries_are_not_made_good_by_days_with_none(rule):
    first = entry("first", date(2024, 4, 1), date(2024, 4, 11))
    second = entry("second", date(2024, 4, 6), date(2024, 4, 26))  # 10 + 20 days: as many as April has
    assert missed(factor(first, second, straddle=rule), "2024-04").code == "factor-ambiguous"


def test_a_gap_between_entries_is_filled_by_nothing_unless_a_clause_allows_it():
    y20 = entry("y20", date(2020, 1, 1), date(2021, 1, 1))
    assert missed(factor(y20, Y22), "2021-06").code == "factor-not-found"
    assert found(factor(y20, Y22, when_missing=CARRIED), "2021-06") == (["y20"], "carried_forward")


def test_a_factor_is_refused_to_a_scheme_that_it_does_not_name():
    with pytest.raises(Refusal, match="factor-not-for-scheme"):
        choose(factor(Y22), {}, Period.year(2022), scheme="ets", known_on=TOLD)


def test_a_factor_of_zero_is_a_value():
    assert chosen(factor(entry("none", TOLD, None, "0")), "2024").number == 0.0


@pytest.mark.parametrize(
    ("entries", "why"),
    [
        ([Y22, Y22], "stand twice"),
        ([Y22 | {"replaces": "nobody"}], "do not exist"),
        ([Y22 | {"period": [date(2022, 1, 1)]}], "needs period"),
        ([Y22 | {"status": "certain"}], "status"),
        ([Y22 | {"vlaue": "1"}], "vlaue"),
        ([{**Y22, "value": "about two"}], "value"),
    ],
)
def test_an_entry_that_is_not_whole_is_refused(entries, why):
    with pytest.raises(ValidationError, match=why):
        factor(*entries)


def test_an_entry_without_its_key_is_refused():
    with pytest.raises(ValidationError, match="lacks region"):
        factor(Y22, keys=["region"])


@pytest.mark.parametrize("rule", ["2", "two years", "-1 years"])
def test_a_limit_that_is_no_number_of_years_is_refused(rule):
    with pytest.raises(ValidationError, match="2 years"):
        factor(Y22, when_missing={"carry_forward": rule, "clause": "x#2"})


# ---- the shipped definitions


def shanghai(period, known_on=date(2026, 1, 1)):
    table = packs().get(Factor, "shanghai_monitoring_electricity")
    return choose(table, {}, Period.parse(period), scheme="shanghai_ets", known_on=known_on)


def test_the_factor_of_the_shanghai_market_changed_on_the_eleventh_of_february_2022():
    assert shanghai("2022-01").value == Decimal("0.788")
    assert shanghai("2022-03").value == Decimal("0.42")
    assert shanghai("2022-02").code == "factor-straddled"
    assert shanghai("2022-02-01..2022-02-11").value == Decimal("0.788")
    assert shanghai("2022-02-11..2022-03-01").value == Decimal("0.42")


def test_before_its_notice_nobody_knew_the_new_factor_of_the_shanghai_market():
    assert shanghai("2022-03", date(2022, 2, 10)).code == "factor-not-found"


def test_the_grid_factor_of_2023_was_carried_forward_no_further_than_2025():
    table = packs().get(Factor, "grid_electricity_average")

    def asked(period, known_on):
        return choose(
            table, {"grid_region": "shanghai"}, Period.parse(period), scheme="city_inventory", known_on=known_on
        )

    assert asked("2024-12", date(2025, 6, 30)).value == Decimal("0.5849")
    assert asked("2024-12", date(2025, 12, 31)).value == Decimal("0.5737")
    assert asked("2025-12", date(2026, 6, 30)).value == Decimal("0.5737")
    assert asked("2026-01", date(2026, 6, 30)).code == "factor-not-found"


# ---- a set of packs


def with_also(*values):
    more = tuple(Definition("other", f"other/{n}.yaml:1", value) for n, value in enumerate(values))
    return PackSet((*packs().definitions, *more), packs().hashes)


def problems(*values):
    told = [(finding, finding.as_json()["fields"]) for finding in with_also(*values).check()]
    return [(finding.code, fields.get("kind"), finding.place) for finding, fields in told]


def test_the_shipped_definitions_hang_together():
    assert packs().check() == []


def test_a_factor_defined_in_two_files_is_named():
    assert problems(packs().get(Factor, "oxidation_rate")) == [("definition-twice", "factor", "other/0.yaml:1")]


def test_a_carrier_defined_in_two_files_is_named_because_its_units_may_differ():
    diesel = {"id": "diesel", "label": LABEL, "unit": "kg", "kind": "fuel"}
    more = Carriers.model_validate({"id": "more", "label": LABEL, "carriers": [diesel]})
    assert problems(more) == [("definition-twice", "carrier", "other/0.yaml:1")]


def test_two_ways_to_use_a_method_under_one_scheme_are_named():
    use = packs().method_use("unit_energy_and_co2", "city_inventory")
    again = MethodUse.model_validate(use.model_dump() | {"id": "again"})
    assert problems(again) == [("definition-twice", "use of a method", "other/0.yaml:1")]


def test_a_clause_that_no_instrument_has_is_named():
    assert problems(factor(Y22)) == [("clause-missing", None, "other/0.yaml:1")]


def test_a_method_that_names_an_indicator_nobody_defined_is_named():
    method = packs().get(MethodDefinition, "unit_energy_and_co2")
    wrong = method.model_copy(update={"id": "wrong", "results": ("co3",)})
    assert [(code, kind) for code, kind, _ in problems(wrong)] == [("definition-missing", "indicator")]


def test_a_use_of_a_method_that_takes_a_factor_of_another_scheme_is_named():
    use = packs().method_use("unit_energy_and_co2", "city_inventory")
    fields = use.model_dump() | {"id": "again", "scheme": "national_ets"}
    fields["factors"] = {"oxidation_rate": "oxidation_rate"}
    assert problems(MethodUse.model_validate(fields)) == [("factor-not-for-scheme", None, "other/0.yaml:1")]


@pytest.mark.parametrize("adds", ["stock", "ratio"])
def test_a_method_may_not_give_what_cannot_be_summed(adds):
    intensity = packs().get(IndicatorShape, "co2").model_copy(update={"id": "intensity", "adds": adds})
    method = packs().get(MethodDefinition, "unit_energy_and_co2")
    wrong = method.model_copy(update={"id": "wrong", "results": ("intensity",)})
    assert problems(intensity, wrong) == [("definition-invalid", None, "other/1.yaml:1")]


def test_two_comparisons_of_one_indicator_are_named():
    again = packs().get(IndicatorShape, "gas_use_same_period").model_copy(update={"id": "gas_use_last_year"})
    assert problems(again) == [("comparison-twice", None, "other/0.yaml:1")]


def test_a_misspelt_id_is_answered_with_the_nearest():
    with pytest.raises(Refusal) as refusal:
        packs().get(Factor, "oxidation_rates")
    assert str(refusal.value.fields["nearest"]).startswith("oxidation_rate")


def test_a_scheme_that_no_pack_brings_to_a_method_is_refused_with_those_that_are():
    with pytest.raises(Refusal) as refusal:
        packs().method_use("unit_energy_and_co2", "national_ets")
    assert refusal.value.fields["schemes"] == "city_inventory, online_monitoring, shanghai_ets"
