"""Another person acts under a mandate for some days, and the log says who and for whom."""

from datetime import date

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.records.delegating import delegate, delegated_from, delegations_of, end_delegation
from tanheng.records.mandates import grant_mandate, mandates_of
from tanheng.records.models import Event
from tanheng.records.people import person_named
from tanheng.records.verification import verify_chain

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 3, 2), date(2026, 3, 9)


@pytest.fixture
def own(clerk):
    return grant_mandate(person=clerk, role="office", actor=clerk, start=date(2026, 1, 1), end=date(2027, 1, 1))


@pytest.fixture
def colleague(db):
    return person_named("李雷")


def test_a_colleague_acts_from_the_first_day_up_to_the_last(own, clerk, colleague):
    lent = delegate(own.mandate, to=colleague, start=FIRST, end=LAST, actor=clerk)
    held = {day: [item.mandate for item in mandates_of(colleague.id, day)] for day in (FIRST, date(2026, 3, 8), LAST)}
    assert list(held.values()) == [[lent.mandate], [lent.mandate], []]
    assert (lent.role, delegated_from(lent.mandate), delegated_from(own.mandate)) == ("office", own.mandate, "")
    assert [item.mandate for item in delegations_of(own.mandate)] == [lent.mandate]
    assert verify_chain() == []


def test_the_same_delegation_sent_twice_is_one(own, clerk, colleague):
    for _ in range(2):
        delegate(own.mandate, to=colleague, start=FIRST, end=LAST, actor=clerk)
    assert Event.objects.filter(payload__move="delegated").count() == 1


def test_nobody_delegates_what_is_another_persons_or_was_lent_or_beyond_its_days(own, clerk, colleague):
    with pytest.raises(Refusal, match="delegation-not-yours"):
        delegate(own.mandate, to=clerk, start=FIRST, end=LAST, actor=colleague)
    with pytest.raises(Refusal, match="delegation-to-oneself"):
        delegate(own.mandate, to=clerk, start=FIRST, end=LAST, actor=clerk)
    lent = delegate(own.mandate, to=colleague, start=FIRST, end=LAST, actor=clerk)
    with pytest.raises(Refusal, match="delegation-of-delegation"):
        delegate(lent.mandate, to=clerk, start=FIRST, end=LAST, actor=colleague)
    for start, end in ((LAST, FIRST), (FIRST, FIRST), (FIRST, date(2027, 1, 2)), (date(2025, 12, 1), LAST)):
        with pytest.raises(Refusal, match="delegation-outside"):
            delegate(own.mandate, to=colleague, start=start, end=end, actor=clerk)


def test_what_was_lent_is_taken_back_and_from_that_day_nobody_acts_under_it(own, clerk, colleague):
    lent = delegate(own.mandate, to=colleague, start=FIRST, end=LAST, actor=clerk)
    day = date(2026, 3, 5)
    for _ in range(2):
        assert end_delegation(own.mandate, lent.mandate, day=day, actor=clerk).end == day
    assert Event.objects.filter(payload__move="ended").count() == 1
    assert [bool(mandates_of(colleague.id, one)) for one in (FIRST, date(2026, 3, 4), day)] == [True, True, False]
    assert delegations_of(own.mandate)[0].end == day and verify_chain() == []


def test_what_was_lent_for_later_and_taken_back_before_it_began_never_holds(own, clerk, colleague):
    lent = delegate(own.mandate, to=colleague, start=FIRST, end=LAST, actor=clerk)
    assert end_delegation(own.mandate, lent.mandate, day=date(2026, 2, 1), actor=clerk).end == FIRST
    assert mandates_of(colleague.id, FIRST) == []


def test_what_was_taken_back_can_be_lent_again(own, clerk, colleague):
    lent = delegate(own.mandate, to=colleague, start=FIRST, end=LAST, actor=clerk)
    end_delegation(own.mandate, lent.mandate, day=FIRST, actor=clerk)
    assert delegate(own.mandate, to=colleague, start=FIRST, end=LAST, actor=clerk).end == LAST
    assert [item.end for item in delegations_of(own.mandate)] == [LAST]
    assert len(mandates_of(colleague.id, FIRST)) == 1


def test_nobody_takes_back_what_another_person_lent_nor_what_was_never_lent(own, clerk, colleague):
    lent = delegate(own.mandate, to=colleague, start=FIRST, end=LAST, actor=clerk)
    with pytest.raises(Refusal, match="delegation-not-yours"):
        end_delegation(own.mandate, lent.mandate, day=FIRST, actor=colleague)
    with pytest.raises(Refusal, match="mandate-unknown"):
        end_delegation(own.mandate, own.mandate, day=FIRST, actor=clerk)
    assert mandates_of(colleague.id, FIRST)
