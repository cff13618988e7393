"""Another person acts under a mandate for some days, and the log says who and for whom."""

from datetime import date

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.records.delegating import delegate, delegated_from, delegations_of
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
