"""Obligations as values: their exchange form, and which of them count once documents replace one another."""

from datetime import date
from decimal import Decimal
from typing import get_args

import pytest
from pydantic import ValidationError

from tanheng.kernel.faults import Refusal
from tanheng.kernel.obligation import (
    Demand,
    Succession,
    Target,
    Task,
    document_of,
    obligation_of,
    standing_on,
)
from tanheng.kernel.pack.obligation_shapes import OperatorName, TargetShape, TaskTable
from tanheng.kernel.pack.shape import Label
from tanheng.policy.proposals import Operator

LABEL = Label(zh="能耗强度", en="Energy intensity")
TARGET = Target(
    id="plan.t1",
    label=LABEL,
    clause="plan-2026#3.2",
    demand=Demand("down", Decimal("13.50"), unit="%", by="2030"),
    tier="floor",
    lead_parties=("市发展改革委", "市统计局"),
)
TASK = Task(
    id="plan.k1", label=LABEL, clause="plan-2026#task-1", number="1", lead_parties=("市交通委",), open_list=True
)


@pytest.mark.parametrize("obligation", [TARGET, TASK])
def test_an_obligation_comes_back_from_its_exchange_form_as_it_was(obligation):
    assert obligation_of(document_of(obligation)) == obligation


def test_a_demand_of_nought_is_written_and_not_left_out():
    held = Target(id="plan.t2", label=LABEL, clause="plan#1", demand=Demand("no_increase", Decimal(0)))
    assert document_of(held)["demand"] == {"operator": "no_increase", "value": "0"}
    assert obligation_of(document_of(held)) == held


def test_digits_are_kept_as_they_were_written():
    assert document_of(TARGET)["demand"]["value"] == "13.50"


@pytest.mark.parametrize(
    "demand",
    [{"operator": "down"}, {"operator": "range", "value": "1"}, {"operator": "reach", "value": "1", "value_high": "2"}],
)
def test_a_demand_has_the_values_that_its_operator_needs_and_no_others(demand):
    with pytest.raises(ValidationError):
        TargetShape.model_validate({"id": "a", "label": {"zh": "甲", "en": "A"}, "clause": "p#1", "demand": demand})


@pytest.mark.parametrize("change", [{"schema": "factor/1"}, {"lead_party": ["甲"]}, {"tier": "hard"}])
def test_what_is_no_obligation_is_refused_with_its_name(change):
    with pytest.raises(Refusal) as refused:
        obligation_of({**document_of(TARGET), **change})
    assert refused.value.code == "obligation-unreadable"
    assert refused.value.fields["id"] == "plan.t1"


def test_a_row_of_a_table_is_the_same_task_as_a_file_of_its_own():
    row = {
        "id": "plan.k1", "label.zh": "能耗强度", "label.en": "Energy intensity", "clause": "plan-2026#task-1",
        "number": "1", "lead_parties": "市交通委", "open_list": "true",
    }  # fmt: skip
    head = {"id": "plan.tasks", "label": {"zh": "任务", "en": "Tasks"}, "instrument": "plan-2026"}
    table = TaskTable.model_validate({**head, "entries": [row]})
    assert obligation_of({"schema": "task/1", **row}) == TASK
    assert table.entries[0].lead_parties == TASK.lead_parties


def test_every_operator_that_is_proposed_can_be_exchanged():
    assert set(get_args(OperatorName)) == {operator.value for operator in Operator}


def test_what_a_later_document_replaces_counts_until_that_day():
    replaced = Succession("supersedes", "plan-2026", "plan-2027", date(2027, 3, 1))
    before, after = (standing_on([TARGET, TASK], [replaced], day) for day in (date(2027, 2, 28), date(2027, 3, 1)))
    assert [item.counts for item in before] == [True, True]
    assert [item.ended_by for item in after] == [replaced, replaced]


def test_an_amendment_ends_only_what_it_names():
    amended = Succession("amends", "plan-2026", "notice-9", date(2026, 9, 1), ended=("plan.t1",))
    standing = standing_on([TARGET, TASK], [amended], date(2026, 10, 1))
    assert [item.counts for item in standing] == [False, True]


def test_the_same_id_in_another_document_is_not_ended():
    elsewhere = Succession("amends", "other-plan", "notice-9", date(2026, 9, 1), ended=("plan.t1",))
    assert standing_on([TARGET], [elsewhere], date(2026, 10, 1))[0].counts
