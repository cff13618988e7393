"""A plan that was drafted on a page is a record: it is found again, computed, explained, and answered for."""

from datetime import date
from decimal import Decimal

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.kernel.obligation.decomposition import Move, Value
from tanheng.kernel.pack.decomposition_plan import DecompositionPlan
from tanheng.kernel.trace import Address
from tanheng.records.cases import Sending
from tanheng.records.computing import explain_figure
from tanheng.records.rounds import record_round, rounds_of
from tanheng.records.selecting import log_position
from tanheng.records.split_opinions import Opinion, give_opinion, opinions_given, opinions_that_count
from tanheng.records.split_plans import computed_split, plan_of, proposed, record_draft, recorded_plans
from tanheng.records.verification import verify_chain
from tanheng.store.packs import load_packs
from tanheng.store.plan_file import fields_of_plan, plan_of_text, text_of_plan

PACKS = load_packs(["cn_national"])
TODAY = date(2026, 6, 1)
VALUES = (Value("东镇", Decimal("3.00"), "%"), Value("西镇", Decimal("3.00"), "%"))
TEXT = """\
schema: decomposition_plan/1
id: drafted-here
label: {zh: 各镇目标, en: Targets of towns}
clause: decomposition-methods#sharing
status: verified
method: equal_rate
parent: area/somewhere
demand: "3"
base: "2025"
by: "2026"
figures: {amount: {unit: "10^4 tce[calorific_value]"}, basis: {unit: "10^4 CNY"}}
subjects:
  - {id: 东镇, stated: {amount: "30", basis: "1000"}, last: "2"}
  - {id: 西镇, stated: {amount: "10", basis: "1000"}, last: "4"}
"""
PLAN = plan_of_text(TEXT, "drafted-here")


@pytest.fixture(autouse=True)
def home(db, settings, tmp_path):
    settings.TANHENG_HOME = str(tmp_path)


@pytest.fixture
def drafted(clerk):
    stored = computed_split(PLAN, PACKS, TODAY)
    record_draft(PLAN, PACKS, Move("draft", values=VALUES, result=stored.id), clerk, sending=Sending((), "once", None))
    return stored


def test_a_plan_as_text_is_read_as_the_same_plan():
    assert plan_of_text(text_of_plan(fields_of_plan(PLAN)), "again") == PLAN


def test_a_proposal_keeps_nothing_and_the_packs_stay_as_they_are():
    found = proposed(PLAN, PACKS, TODAY)
    assert found.result.figures.rows()
    assert (log_position(), recorded_plans()) == (0, {})
    assert "drafted-here" not in [plan.id for plan in PACKS.all(DecompositionPlan)]


def test_a_draft_records_the_plan_and_names_it_in_its_receipt(drafted):
    assert recorded_plans() == {PLAN.id: PLAN}
    assert plan_of(PLAN.id, PACKS) == PLAN
    assert set(drafted.receipt["packs"]) - set(PACKS.hashes) == {f"split.{PLAN.id}"}
    told = explain_figure(drafted, Address.parse("split_recombined@area/somewhere@2026"))
    assert told["address"] == "split_recombined@area/somewhere@2026"
    assert verify_chain() == []


def test_a_draft_that_is_sent_twice_is_recorded_once(drafted, clerk):
    before = log_position()
    again = record_draft(PLAN, PACKS, Move("draft", values=VALUES), clerk, sending=Sending((), "once", None))
    assert (again.round.number, log_position()) == (1, before)


def test_a_second_draft_of_one_plan_leaves_no_plan_behind(drafted, clerk):
    before = log_position()
    with pytest.raises(Refusal, match="round-out-of-order"):
        record_draft(PLAN, PACKS, Move("draft", values=VALUES), clerk)
    assert log_position() == before


def test_a_plan_that_nobody_drafted_is_missing():
    with pytest.raises(Refusal, match="definition-missing"):
        plan_of("nobody-drafted-this", PACKS)


def test_the_last_answer_of_a_subject_counts_and_all_are_kept(drafted, clerk):
    with pytest.raises(Refusal, match="split-not-asked"):
        give_opinion(PLAN.id, Opinion("东镇", "p", "早了"), clerk, role="town")
    record_round(PLAN.id, Move("opinions"), clerk)
    first = give_opinion(PLAN.id, Opinion("东镇", "p", "请降"), clerk, role="town", token="a")
    assert give_opinion(PLAN.id, Opinion("东镇", "p", "请降"), clerk, role="town", token="a") == first
    with pytest.raises(Refusal, match="split-answered-meanwhile"):
        give_opinion(PLAN.id, Opinion("东镇", "p", "再降"), clerk, role="town", token="b")
    give_opinion(PLAN.id, Opinion("东镇", "p", "再降"), clerk, role="town", token="c", seen=first.position)
    assert [item.opinion.asked for item in opinions_given(PLAN.id)] == ["请降", "再降"]
    assert opinions_that_count(PLAN.id, rounds_of(PLAN.id))["东镇"].opinion.asked == "再降"


@pytest.mark.parametrize(
    ("opinion", "role", "code"),
    [
        (Opinion("北镇", "p", "x"), "town", "split-subject-not-in-plan"),
        (Opinion("东镇", "p", "x" * 1001), "town", "split-opinion-too-long"),
        (Opinion("东镇", "p", "x"), "leader", "split-not-asked"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(drafted, clerk, opinion, role, code):
    record_round(PLAN.id, Move("opinions"), clerk)
    with pytest.raises(Refusal, match=code):
        give_opinion(PLAN.id, opinion, clerk, role=role)


def test_two_who_move_a_split_from_one_sight_are_told(drafted, clerk):
    record_round(PLAN.id, Move("opinions"), clerk, sending=Sending((), "x", 1))
    with pytest.raises(Refusal, match="case-moved-meanwhile"):
        record_round(PLAN.id, Move("opinions"), clerk, sending=Sending((), "y", 1))
