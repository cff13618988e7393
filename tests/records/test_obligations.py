"""What documents demand is recorded once, revised by further records, and follows the documents that replace it."""

from datetime import date

import pytest
from django.db import connection

from tanheng.kernel.faults import Refusal
from tanheng.records.models import Event
from tanheng.records.obligation_models import Instrument, Obligation, Succession
from tanheng.records.obligations import record_review
from tanheng.records.selecting import log_position
from tanheng.records.standing_obligations import (
    instruments_as_of,
    kept_reading,
    obligations_as_of,
    open_obligation,
    revisions_of,
)
from tanheng.records.succeeding import succeed_instrument
from tanheng.records.verification import verify_chain, verify_kept
from tests.records.demands import TEXT, decided, plan, target, task

BEFORE, AFTER = date(2026, 6, 1), date(2027, 6, 1)


@pytest.fixture
def home(settings, tmp_path):
    settings.TANHENG_HOME = str(tmp_path)
    return tmp_path


@pytest.fixture
def recorded(clerk, home):
    return record_review(plan(), [decided(target()), decided(task())], clerk)


def codes(findings):
    return [finding.code for finding in findings]


def test_what_a_review_accepted_is_kept_beside_its_document(recorded):
    assert (recorded.new, recorded.changed, recorded.unchanged, recorded.position) == (2, 0, 0, 1)
    found = obligations_as_of(BEFORE)
    assert {item.obligation for item in found} == {target(), task()}
    assert kept_reading(found[0].instrument)["text"] == TEXT
    assert verify_chain() + verify_kept() == []


def test_the_same_review_once_more_adds_nothing(recorded, clerk):
    again = record_review(plan(), [decided(target()), decided(task())], clerk)
    assert (again.new, again.changed, again.unchanged, again.position) == (0, 0, 2, None)
    assert log_position() == 1


def test_a_dry_run_counts_and_writes_nothing(clerk, home):
    foreseen = record_review(plan(), [decided(target())], clerk, dry_run=True)
    assert (foreseen.new, foreseen.position, log_position()) == (1, None, 0)
    assert list(home.iterdir()) == []


def test_a_correction_keeps_what_was_proposed_and_what_was_recorded_before(recorded, clerk):
    corrected = decided(target("3.5"), proposed={"value": "3"}, reason="核对原件")
    assert record_review(plan(), [corrected], clerk).changed == 1
    assert open_obligation("t1", BEFORE).obligation == target("3.5")
    assert open_obligation("t1", BEFORE, position=1).obligation == target("3")
    rows = revisions_of("plan-2026.t1")
    assert [(row.decision, row.proposed) for row in rows] == [("accepted", {}), ("corrected", {"value": "3"})]


def test_what_is_rejected_later_counts_no_more_and_counted_before(recorded, clerk):
    record_review(plan(), [decided(target(), rejected=True, reason="重复")], clerk)
    assert [item.obligation for item in obligations_as_of(BEFORE)] == [task()]
    assert len(obligations_as_of(BEFORE, position=1)) == 2
    with pytest.raises(Refusal, match="obligation-unknown"):
        open_obligation("t1", BEFORE)


def test_obligations_follow_the_document_that_replaces_theirs_from_its_day_on(recorded, clerk):
    record_review(plan("plan-2027", "新安排。"), [], clerk)
    succeed_instrument("plan-2026", "plan-2027", date(2027, 3, 1), clerk, reason="新年度")
    assert [item.counts for item in obligations_as_of(BEFORE)] == [True, True]
    assert [item.counts for item in obligations_as_of(AFTER)] == [False, False]
    assert [item.counts for item in obligations_as_of(AFTER, position=2)] == [True, True]  # nobody knew it then
    assert verify_chain() == []


def test_an_amendment_ends_what_it_names_and_leaves_the_rest(recorded, clerk):
    record_review(plan("notice-9", "调整通知。"), [], clerk)
    succeed_instrument("plan-2026", "notice-9", BEFORE, clerk, kind="amends", ended=["plan-2026.t1"])
    assert {item.obligation.id: item.counts for item in obligations_as_of(AFTER)} == {
        "plan-2026.t1": False,
        "plan-2026.k1": True,
    }


def test_a_succession_said_twice_stands_once_and_a_better_day_revises_it(recorded, clerk):
    record_review(plan("plan-2027", "新安排。"), [], clerk)
    for day in (date(2027, 3, 1), date(2027, 3, 1), date(2027, 9, 1)):
        succeed_instrument("plan-2026", "plan-2027", day, clerk)
    assert Succession.objects.count() == 2
    assert all(item.counts for item in obligations_as_of(AFTER))


@pytest.mark.parametrize(
    ("earlier", "later", "options", "code"),
    [
        ("plan-2026", "plan-1999", {}, "instrument-unknown"),
        ("plan-2026", "plan-2026", {}, "instrument-succeeds-itself"),
        ("plan-2027", "plan-2026", {}, "instrument-succeeds-itself"),
        ("plan-2026", "plan-2027", {"kind": "amends"}, "amendment-ends-nothing"),
        ("plan-2026", "plan-2027", {"kind": "amends", "ended": ["plan-2026.t9"]}, "obligation-unknown"),
    ],
)
def test_a_succession_that_cannot_be_is_refused_and_leaves_nothing(recorded, clerk, earlier, later, options, code):
    record_review(plan("plan-2027", "新安排。"), [], clerk)
    succeed_instrument("plan-2026", "plan-2027", date(2027, 3, 1), clerk)
    with pytest.raises(Refusal, match=code):
        succeed_instrument(earlier, later, date(2027, 3, 1), clerk, **options)
    assert log_position() == 3


@pytest.mark.parametrize(
    ("decisions", "code"),
    [
        ([decided(target()), decided(target("4"))], "batch-states-twice"),
        ([decided(target(instrument="plan-1999"))], "obligation-of-another-instrument"),
    ],
)
def test_a_review_at_odds_with_itself_is_refused_whole(clerk, home, decisions, code):
    with pytest.raises(Refusal, match=code):
        record_review(plan(), [decided(task()), *decisions], clerk)
    assert (Event.objects.count(), Obligation.objects.count()) == (0, 0)


def test_an_id_belongs_to_one_document(recorded, clerk):
    with pytest.raises(Refusal, match="instrument-is-another"):
        record_review(plan(text="别的文字。"), [decided(target())], clerk)
    assert [item.title for item in instruments_as_of()] == ["某市年度安排"]


def test_a_changed_obligation_and_a_lost_document_are_noticed(recorded, home):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE records_obligation SET reason = 'x' WHERE obligation = 'plan-2026.t1'")
    assert codes(verify_chain()) == ["rows-changed"]
    source = Instrument.objects.get().source
    (home / "blobs" / source[:2] / source[2:]).unlink()
    assert codes(verify_kept()) == ["blob-not-found"]


def test_an_obligation_is_never_overwritten(recorded):
    with pytest.raises(Refusal, match="record-is-append-only"):
        Obligation.objects.update(reason="x")
