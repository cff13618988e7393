"""A split goes through its rounds: each is kept, none is skipped, and what was issued counts as targets."""

from datetime import date
from decimal import Decimal

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.kernel.obligation.decomposition import Move, Request, Value, round_of, values_issued
from tanheng.kernel.pack.decomposition_plan import DecompositionPlan
from tanheng.records.rounds import Issue, issue_split, plans_in_rounds, record_round, rounds_of
from tanheng.records.selecting import log_position
from tanheng.records.standing_obligations import instruments_as_of, kept_reading, obligations_as_of
from tanheng.records.verification import verify_chain, verify_kept

ASKED = Request("东镇", "东镇", "降为3%", "partly", "大项目投产", "book.xlsx!Sheet!3")
VALUES = (Value("东镇", Decimal("5.00"), "%"), Value("西镇", Decimal("2.00"), "%"))
PLAN = DecompositionPlan.model_validate(
    {
        "id": "towns", "label": {"zh": "各镇目标", "en": "Targets of towns"}, "clause": "c#1", "status": "verified",
        "method": "equal_rate", "parent": "area/somewhere", "indicator": "industrial_energy_per_output", "demand": "3",
        "base": "2025", "by": "2026", "figures": {"amount": {"unit": "tce[calorific_value]"}, "basis": {"unit": "CNY"}},
        "subjects": [{"id": "东镇"}, {"id": "西镇"}],
    }
)  # fmt: skip


@pytest.fixture
def home(settings, tmp_path):
    settings.TANHENG_HOME = str(tmp_path)
    return tmp_path


@pytest.fixture
def go(clerk, home):
    """Makes a move with the split of the towns."""
    return lambda stage, **other: record_round("towns", Move(stage, **other), clerk)


@pytest.fixture
def countersigned(go):
    go("draft", values=VALUES, result="abc")
    go("opinions", requests=(ASKED,))
    go("feedback", requests=(ASKED,))
    go("adjusted", values=(Value("东镇", Decimal("4"), "%"),))
    go("countersigned", signed_by=("区统计局",))


def document(**other):
    about = {"instrument": "plan-2026", "title": "关于下达目标的通知", "issued": date(2026, 6, 26), "file": "plan.txt"}
    return Issue(**{**about, "content": "东镇 4%，西镇 2%。".encode(), "number": "某发改〔2026〕1号", **other})


def stages():
    return [kept.round.stage for kept in rounds_of("towns")]


def test_every_round_is_kept_with_its_values_and_what_was_asked(countersigned):
    rounds = [kept.round for kept in rounds_of("towns")]
    assert [(one.number, one.stage) for one in rounds] == [
        (1, "draft"), (2, "opinions"), (3, "feedback"), (4, "adjusted"), (5, "countersigned"),
    ]  # fmt: skip
    assert rounds[0].values == VALUES
    assert {item.subject: item.value for item in rounds[4].values} == {"东镇": Decimal(4), "西镇": Decimal("2.00")}
    assert rounds[1].requests == (ASKED,)
    assert {one.result for one in rounds} == {"abc"}
    assert all(one.provisional for one in rounds)
    assert [round_of(one.as_json()) for one in rounds] == rounds
    assert verify_chain() == []


def test_an_adjusted_split_may_go_round_once_more(go):
    go("draft", values=VALUES)
    for _ in range(2):
        go("opinions")
        go("feedback")
        go("adjusted")
    assert len(stages()) == 7


@pytest.mark.parametrize("stage", ["opinions", "feedback", "adjusted", "countersigned", "issued"])
def test_nothing_comes_before_the_draft(go, stage):
    with pytest.raises(Refusal, match="round-out-of-order"):
        go(stage)
    assert log_position() == 0


def test_a_second_draft_is_refused(go):
    go("draft", values=VALUES)
    with pytest.raises(Refusal, match="round-out-of-order"):
        go("draft", values=VALUES)


def test_a_value_changes_for_a_reason_or_not_at_all(go):
    go("draft", values=VALUES)
    go("opinions", requests=(ASKED,))
    go("feedback")
    with pytest.raises(Refusal, match="round-value-unreasoned"):
        go("adjusted", values=(Value("西镇", Decimal(1), "%"),))
    with pytest.raises(Refusal, match="round-subject-unknown"):
        go("adjusted", values=(Value("北镇", Decimal(1), "%"),))
    with pytest.raises(Refusal, match="round-value-not-finite"):
        go("adjusted", values=(Value("东镇", Decimal("NaN"), "%"),))
    assert stages() == ["draft", "opinions", "feedback"]


def test_opinions_change_no_value_by_themselves(go):
    go("draft", values=VALUES)
    with pytest.raises(Refusal, match="round-changes-values"):
        go("opinions", values=(Value("东镇", Decimal(1), "%"),), note="急")


def test_an_opinion_that_was_not_taken_has_its_reason(go):
    go("draft", values=VALUES)
    with pytest.raises(Refusal, match="round-request-unreasoned"):
        go("opinions", requests=(Request("东镇", "东镇", "取消", "not", "  "),))


def test_nobody_countersigns_while_an_opinion_is_open(go):
    go("draft", values=VALUES)
    go("opinions", requests=(Request("东镇", "东镇", "降为3%", "open", ""),))
    go("feedback")
    go("adjusted")
    with pytest.raises(Refusal, match="round-request-open"):
        go("countersigned", signed_by=("区统计局",))
    go("opinions")
    go("feedback", requests=(ASKED,))
    go("adjusted")
    with pytest.raises(Refusal, match="round-unsigned"):
        go("countersigned")
    go("countersigned", signed_by=("区统计局",))


def test_what_is_issued_counts_as_targets_from_the_day_of_the_document(countersigned, clerk):
    kept, recorded = issue_split(PLAN, document(), clerk)
    assert (kept.round.stage, kept.round.provisional, recorded.new) == ("issued", False, 2)
    assert {item.subject: item.value for item in values_issued([kept.round])} == {
        "东镇": Decimal(4), "西镇": Decimal("2.00"),
    }  # fmt: skip
    found = obligations_as_of(date(2026, 7, 1))
    assert [(item.obligation.subject, item.obligation.demand.value) for item in found] == [
        ("东镇", Decimal(4)), ("西镇", Decimal("2.00")),
    ]  # fmt: skip
    assert {item.obligation.indicator for item in found} == {"industrial_energy_per_output"}
    (instrument,) = instruments_as_of()
    text = kept_reading(instrument)["text"]
    assert [text[slice(*item.row.span)] for item in found] == ["东镇 4%", "西镇 2.00%"]
    assert verify_chain() + verify_kept() == []
    assert plans_in_rounds()["towns"].round.stage == "issued"


def test_a_document_that_cannot_be_recorded_issues_nothing(countersigned, clerk):
    issue_split(PLAN.model_copy(update={"id": "towns"}), document(), clerk)
    other = PLAN.model_copy(update={"id": "others"})
    record_round("others", Move("draft", values=VALUES), clerk)
    for stage, more in (
        ("opinions", {}),
        ("feedback", {}),
        ("adjusted", {}),
        ("countersigned", {"signed_by": ("甲",)}),
    ):
        record_round("others", Move(stage, **more), clerk)
    before = log_position()
    with pytest.raises(Refusal, match="instrument-is-another"):
        issue_split(other, document(content=b"another"), clerk)
    assert log_position() == before
    assert plans_in_rounds()["others"].round.stage == "countersigned"


def test_two_splits_of_one_document_stand_beside_each_other(countersigned, clerk):
    issue_split(PLAN, document(), clerk)
    other = PLAN.model_copy(update={"id": "others"})
    record_round("others", Move("draft", values=VALUES), clerk)
    for stage, more in (
        ("opinions", {}),
        ("feedback", {}),
        ("adjusted", {}),
        ("countersigned", {"signed_by": ("甲",)}),
    ):
        record_round("others", Move(stage, **more), clerk)
    issue_split(other, document(), clerk)
    assert len({item.obligation.id for item in obligations_as_of(date(2026, 7, 1))}) == 4


def test_what_nobody_countersigned_is_not_issued(go, clerk):
    go("draft", values=VALUES)
    with pytest.raises(Refusal, match="round-out-of-order"):
        issue_split(PLAN, document(), clerk)
    assert obligations_as_of(date(2026, 7, 1)) == []
