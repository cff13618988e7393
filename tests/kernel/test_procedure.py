"""A case moves only as its procedure says: by whom, in turn, with everything that is needed, and by when."""

from dataclasses import replace
from datetime import date

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import Procedure, WorkingCalendar
from tanheng.kernel.procedure import Act, allowed, next_event
from tanheng.store.home import SHIPPED_PACKS
from tanheng.store.packs import read_packs

PACKS, _ = read_packs(folders=[SHIPPED_PACKS])
CALENDAR = PACKS.get(WorkingCalendar, "working_days").calendar
NOTE, MONTH, PUBLISHING = (PACKS.get(Procedure, id) for id in ("supervision_note", "monthly_cycle", "publishing"))
DAY = date(2026, 2, 11)
OFFICE, BUREAU = ("party/office",), ("party/bureau",)
OPENING = Act("open", "office", OFFICE, "请说明", addressee="party/bureau", due=date(2026, 3, 6))
LABEL = {"zh": "某", "en": "some"}


def go(procedure, standing, act, day=DAY):
    return next_event(procedure, standing, act, day, CALENDAR).standing


@pytest.fixture
def opened():
    return go(NOTE, None, OPENING)


@pytest.fixture
def answered(opened):
    return go(NOTE, opened, Act("feedback", "department", BUREAU, "资料已补"))


def names(moves):
    return [move.id for move in moves]


def test_a_note_is_the_turn_of_whom_it_is_for_and_keeps_its_day(opened, answered):
    assert (opened.state, opened.holder, opened.due) == ("opened", "party/bureau", date(2026, 3, 6))
    assert (answered.state, answered.holder, answered.due) == ("feedback", "party/office", date(2026, 3, 6))


def test_only_whoevers_turn_it_is_may_answer(opened):
    assert names(allowed(NOTE, opened, "department", BUREAU)) == ["feedback", "hand_over"]
    assert names(allowed(NOTE, opened, "department", ("party/other",))) == []
    with pytest.raises(Refusal) as refused:
        go(NOTE, opened, Act("feedback", "department", ("party/other",), "我来答"))
    assert refused.value.code == "case-out-of-turn" and "party/bureau" in refused.value.message()


def test_the_office_may_enter_an_answer_that_came_by_mail(opened):
    assert go(NOTE, opened, Act("feedback", "office", OFFICE, "来函已收")).state == "feedback"


def test_a_role_without_the_move_is_refused(answered):
    with pytest.raises(Refusal, match="case-role-unfit"):
        go(NOTE, answered, Act("close", "department", BUREAU, "办结", 1))


def test_everything_that_is_missing_is_told_at_once():
    with pytest.raises(Refusal) as refused:
        go(NOTE, None, Act("open", "office", OFFICE, "  "))
    assert refused.value.code == "case-needs"
    assert "说明、承办单位、办结期限" in refused.value.message("zh")
    assert "a text, for whom it is, the day it is due" in refused.value.message("en")


def test_a_return_goes_back_to_whoever_answered(answered):
    returned = go(NOTE, answered, Act("return", "office", OFFICE, "没有说明原因"))
    assert (returned.state, returned.holder) == ("returned", "party/bureau")
    with pytest.raises(Refusal, match="case-move-unfit"):
        go(NOTE, returned, Act("close", "office", OFFICE, "办结", 1))


def test_a_case_that_was_handed_over_is_the_turn_of_the_other(opened):
    handed = go(NOTE, opened, Act("hand_over", "department", BUREAU, "非本局职责", addressee="party/other"))
    assert (handed.state, handed.holder, handed.number) == ("opened", "party/other", 2)
    assert allowed(NOTE, handed, "department", BUREAU) == []
    assert go(NOTE, handed, Act("feedback", "department", ("party/other",), "答复")).holder == "party/office"


def test_only_whoever_opened_a_case_takes_it_back(opened):
    with pytest.raises(Refusal, match="case-out-of-turn"):
        go(NOTE, opened, Act("withdraw", "district", ("party/district",), "误发"))
    with pytest.raises(Refusal, match="case-out-of-turn"):
        go(NOTE, opened, Act("withdraw", "office", ("party/second-office",), "误发"))
    taken = go(NOTE, opened, Act("withdraw", "office", OFFICE, "误发"))
    assert (taken.state, taken.holder, taken.due) == ("withdrawn", "", None)


def test_nothing_follows_on_an_end(answered):
    closed = go(NOTE, answered, Act("close", "office", OFFICE, "办结", 1))
    assert allowed(NOTE, closed, "office", OFFICE) == []
    with pytest.raises(Refusal) as refused:
        go(NOTE, closed, Act("feedback", "office", OFFICE, "再答"))
    assert "可以办理的有：无" in refused.value.message("zh")


def test_figures_with_a_blocker_or_unlooked_at_are_not_published():
    bare = Act("publish_at_once", "office", OFFICE)
    with pytest.raises(Refusal, match="case-needs"):
        go(PUBLISHING, None, bare)
    with pytest.raises(Refusal, match="case-figures-blocked"):
        go(PUBLISHING, None, replace(bare, blockers=("gap",)))
    assert go(PUBLISHING, None, replace(bare, blockers=())).state == "published"


def test_a_month_is_to_be_left_within_working_days_over_the_spring_festival():
    month = go(MONTH, None, Act("open", "office", OFFICE))
    assert month.due == date(2026, 3, 3)  # 12, 13, 14, 24, 25, 26, 27, 28 February, 2, 3 March


def test_a_district_comments_while_it_is_asked_and_the_month_stays_where_it_is():
    month = go(MONTH, None, Act("open", "office", OFFICE))
    for move in ("check", "compute", "ask"):
        month = go(MONTH, month, Act(move, "office", OFFICE, blockers=()))
    said = go(MONTH, month, Act("comment", "district", ("area/north",), "大项目停产检修"))
    assert (said.state, said.holder, said.due) == (month.state, month.holder, month.due)
    assert said.number == month.number + 1


def test_a_deadline_in_a_year_without_a_notice_counts_the_weekdays_there_unless_a_day_is_given():
    late = date(2026, 12, 28)
    counted = go(MONTH, None, Act("open", "office", OFFICE), day=late).due
    assert counted == date(2027, 1, 11)  # 29, 30, 31 December, then the weekdays from Friday 1 January on
    assert go(MONTH, None, Act("open", "office", OFFICE, due=date(2027, 1, 12)), day=late).due == date(2027, 1, 12)


def test_an_unknown_move_is_refused_by_its_own_name(opened):
    with pytest.raises(Refusal) as refused:
        go(NOTE, opened, Act("burn", "office", OFFICE))
    assert "“burn”" in refused.value.message("zh")


def state(id, **other):
    return {"id": id, "label": LABEL, **other}


def move(id, **other):
    return {"id": id, "label": LABEL, "roles": ["office"], **other}


@pytest.mark.parametrize(
    ("states", "moves", "problem"),
    [
        ([state("a"), state("b", final=True)], [move("o", to="a")], "no move leaves the state a"),
        ([state("a", final=True), state("b", final=True)], [move("o", to="a")], "no way leads to: b"),
        ([state("a", final=True)], [move("o", to="a"), move("m", sources=["a"], to="a")], "final state a"),
        ([state("a", final=True)], [move("o", to="a", roles=[])], "roles"),
        ([state("a", final=True)], [move("o", to="c")], "no such state: c"),
        ([state("a", final=True)], [move("o", to="a"), move("o", to="a")], "listed twice: o"),
        (
            [state("a"), state("b"), state("c", final=True)],
            [move("o", to="a"), move("p", to="c"), move("m", sources=["a"], to="b"), move("n", sources=["b"], to="a")],
            "no way leads to an end from: a, b",
        ),
        ([state("a")], [move("o", to="a"), move("m", kind="remark", sources=["a"], needs=["text"])], "no move leaves"),
        ([state("a", final=True)], [move("o", to="a"), move("m", kind="return", sources=["a"], to="a")], "needs text"),
        ([state("a", final=True)], [move("o", kind="return", to="a", needs=["text"])], "no state to begin from"),
        ([state("a", final=True)], [move("o")], "needs `to`"),
    ],
)
def test_a_procedure_that_leads_nowhere_is_caught(states, moves, problem):
    definition = {"id": "x", "label": LABEL, "clause": "c#1", "calendar": "x", "states": states, "moves": moves}
    with pytest.raises(ValueError, match=problem):
        Procedure.model_validate(definition)
