"""A leader's note on a task is answered and closed; no move is skipped and nothing that was said is lost."""

from datetime import date

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.records.supervision import move_note, note_of, notes, open_note
from tanheng.records.verification import verify_chain

pytestmark = pytest.mark.django_db
DUE = date(2026, 8, 31)


@pytest.fixture
def note(clerk):
    return open_note("plan-2026.k1", "市统计局", DUE, "请说明为何滞后", clerk)


def test_a_note_is_opened_answered_and_closed_and_keeps_every_move(note, clerk):
    move_note(note.number, "feedback", "资料已补", clerk)
    closed = move_note(note.number, "closed", "同意办结", clerk, evidence="A-07")
    assert [step.move for step in closed.steps] == ["opened", "feedback", "closed"]
    assert [step.text for step in closed.steps] == ["请说明为何滞后", "资料已补", "同意办结"]
    assert verify_chain() == []


def test_an_answer_that_is_returned_needs_another(note, clerk):
    move_note(note.number, "feedback", "正在办", clerk)
    move_note(note.number, "returned", "没有说明原因", clerk)
    with pytest.raises(Refusal, match="supervision-move-unfit"):
        move_note(note.number, "closed", "办结", clerk, evidence="A-08")
    assert note_of(note.number).state == "returned"


def test_a_note_is_not_closed_before_an_answer_nor_without_evidence(note, clerk):
    with pytest.raises(Refusal, match="supervision-move-unfit"):
        move_note(note.number, "closed", "办结", clerk, evidence="A-08")
    move_note(note.number, "feedback", "资料已补", clerk)
    with pytest.raises(Refusal, match="supervision-without-reason"):
        move_note(note.number, "closed", "办结", clerk)


def test_notes_are_numbered_in_order_and_overdue_until_they_are_closed(note, clerk):
    second = open_note("plan-2026.k1", "市统计局", DUE, "再次说明", clerk)
    assert [item.number for item in notes()] == [1, 2]
    assert (second.overdue(DUE), second.overdue(date(2026, 9, 1))) == (False, True)


def test_a_note_that_does_not_exist_is_refused(clerk, db):
    with pytest.raises(Refusal, match="supervision-unknown"):
        move_note(9, "feedback", "答复", clerk)
