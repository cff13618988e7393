"""A case is kept move by move; who comes second is told, who clicks twice is not counted twice."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from tanheng.kernel.faults import Refusal
from tanheng.kernel.obligation.decomposition import Move
from tanheng.kernel.procedure import Act
from tanheng.records.case_models import CaseMove
from tanheng.records.cases import Matter, Sending, case_of, cases_of, last_moves, move_case, open_case
from tanheng.records.chain import append
from tanheng.records.evidence import LARGEST, Attachment, keep_evidence, safe_name
from tanheng.records.models import Event
from tanheng.records.rounds import record_round
from tanheng.records.supervision import move_note, note_of, notes, open_note
from tanheng.records.verification import verify_chain, verify_kept

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
MATTER = Matter("三月用电为何上升", "plan-2026.k1", "area/north")
OPENING = Act("open", "office", ("party/office",), "请说明", addressee="party/bureau", due=date(2026, 3, 20))
ANSWER = Act("feedback", "department", ("party/bureau",), "新厂投产")


@pytest.fixture
def home(settings, tmp_path):
    settings.TANHENG_HOME = str(tmp_path)
    return tmp_path


@pytest.fixture
def case(clerk, home):
    return open_case("supervision_note", MATTER, OPENING, clerk, day=DAY)


def go(case, act, clerk, **sent):
    return move_case(case.id, act, clerk, sending=Sending(**sent), day=DAY)


def test_every_move_is_kept_with_who_said_what_for_whom_and_by_when(case, clerk):
    moved = go(case, ANSWER, clerk)
    assert [(move.number, move.move, move.said, move.holder) for move in moved.moves] == [
        (1, "open", "请说明", "party/bureau"),
        (2, "feedback", "新厂投产", "party/office"),
    ]
    assert {(move.case, move.title, move.about, move.subject, move.due) for move in moved.moves} == {
        ("supervision_note/1", *vars(MATTER).values(), date(2026, 3, 20))
    }
    assert (moved.overdue(date(2026, 3, 20)), moved.overdue(date(2026, 3, 21))) == (False, True)
    assert Event.objects.filter(kind="case").count() == 2 and verify_chain() == []


def test_a_move_that_the_procedure_refuses_leaves_no_trace(case, clerk):
    with pytest.raises(Refusal, match="case-move-unfit"):
        go(case, Act("close", "office", ("party/office",), "办结", 1), clerk)
    assert case_of(case.id).last.number == 1 and Event.objects.count() == 1


def test_whoever_acts_on_what_has_changed_meanwhile_is_told_by_whom_and_nothing_is_lost(case, clerk):
    go(case, ANSWER, clerk, expected=1)
    with pytest.raises(Refusal) as refused:
        go(case, Act("hand_over", "department", ("party/bureau",), "转", addressee="party/x"), clerk, expected=1)
    assert refused.value.code == "case-moved-meanwhile"
    assert "王芳" in refused.value.message("zh") and "反馈" in refused.value.message("zh")
    assert [move.move for move in case_of(case.id).moves] == ["open", "feedback"]


def test_a_form_that_is_sent_twice_counts_once(clerk, home):
    sent = Sending(token="f1")
    first = open_case("supervision_note", MATTER, OPENING, clerk, sending=sent, day=DAY)
    again = open_case("supervision_note", MATTER, OPENING, clerk, sending=sent, day=DAY)
    assert first.id == again.id
    for _ in range(2):
        moved = go(first, ANSWER, clerk, token="f2", expected=1)
    assert moved.last.number == 2 and Event.objects.count() == 2


def test_the_database_itself_keeps_two_moves_of_one_number_apart(case, clerk):
    twin = CaseMove(**{name: getattr(case.last, name) for name in (*case.last.statement(),)})
    with pytest.raises(IntegrityError), transaction.atomic():
        append("case", {"case": case.id}, clerk, [twin])
    assert case_of(case.id).last.number == 1


def test_cases_are_numbered_by_procedure_and_listed_by_their_last_move(case, clerk):
    second = open_case("supervision_note", MATTER, OPENING, clerk, day=DAY)
    month = open_case("monthly_cycle", Matter("2026年2月", "2026-02"), Act("open", "office"), clerk, day=DAY)
    assert (second.id, month.id) == ("supervision_note/2", "monthly_cycle/1")
    go(case, ANSWER, clerk)
    go(second, Act("withdraw", "office", ("party/office",), "误发"), clerk)
    assert [(row.case, row.state) for row in last_moves(pending=True)] == [
        ("monthly_cycle/1", "collecting"),
        ("supervision_note/1", "feedback"),
    ]
    assert [row.case for row in last_moves(pending=False)] == ["supervision_note/2"]
    assert [row.case for row in last_moves(procedure="monthly_cycle")] == ["monthly_cycle/1"]
    assert [item.id for item in cases_of("supervision_note")] == ["supervision_note/1", "supervision_note/2"]


def test_a_changed_row_is_found(case):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE records_casemove SET said = 'anders'")
    assert [(finding.code, finding.place) for finding in verify_chain()] == [
        ("rows-changed", "casemove:position=1;row=1")
    ]


def test_what_a_move_does_is_done_with_it_or_the_move_is_not_made(clerk, home):
    act = Act("propose", "office", ("party/office",), "请发布")
    case = open_case("publishing", Matter("二月能耗", "result/abc"), act, clerk, day=DAY)
    publish = Act("publish", "office", ("party/office",), blockers=())
    with pytest.raises(Refusal, match="case-handler-missing"):
        move_case(case.id, publish, clerk, day=DAY)

    def fails(before, act, actor):
        raise Refusal("case-unknown", case="abc")

    with pytest.raises(Refusal, match="case-unknown"):
        move_case(case.id, publish, clerk, handlers={"publish_result": fails}, day=DAY)
    assert case_of(case.id).last.state == "proposed"
    done = {"publish_result": lambda before, act, actor: {"publication": before.last.about}}
    assert move_case(case.id, publish, clerk, handlers=done, day=DAY).last.given == {"publication": "result/abc"}


def test_a_title_in_more_than_one_line_is_refused(clerk, home):
    for title in ("", " ", "a\nb", "长" * 301):
        with pytest.raises(Refusal, match="case-title-unusable"):
            open_case("supervision_note", Matter(title, "x"), OPENING, clerk, day=DAY)


def earlier(clerk, *moves):
    """Events as they were written before there was a table of moves."""
    about = {"number": 1, "task": "plan-2026.k1", "party": "市统计局", "due": "2026-08-31"}
    for number, (move, text, evidence) in enumerate(moves):
        said = {**(about if not number else {"number": 1}), "move": move, "text": text, "evidence": evidence}
        append("supervision", said, clerk)


def test_notes_of_earlier_versions_are_read_moved_on_and_counted_on(clerk, home):
    earlier(clerk, ("opened", "请说明", ""), ("feedback", "资料已补", ""))
    assert [(note.number, note.state, note.party) for note in notes()] == [(1, "feedback", "市统计局")]
    closed = move_note(1, "closed", "同意办结", clerk, evidence="A-07")
    assert [(step.move, step.text, step.evidence) for step in closed.steps] == [
        ("opened", "请说明", ""),
        ("feedback", "资料已补", ""),
        ("closed", "同意办结", "A-07"),
    ]
    assert closed.due == date(2026, 8, 31) and not closed.overdue(date(2027, 1, 1))
    assert open_note("plan-2026.k2", "市统计局", date(2026, 9, 1), "再次说明", clerk).number == 2
    assert [row.case for row in last_moves()] == ["supervision_note/1", "supervision_note/2"]
    assert notes(position=2)[0].state == "feedback" and len(notes(position=2)) == 1
    assert verify_chain() == []


def test_a_closed_note_of_an_earlier_version_waits_for_nobody(clerk, home):
    earlier(clerk, ("opened", "请说明", ""), ("feedback", "已补", ""), ("closed", "办结", "A-07"))
    assert last_moves(pending=True) == [] and note_of(1).state == "closed"


def test_rounds_of_earlier_versions_are_read_as_moves(clerk, home):
    said = {"plan": "towns", "values": [], "requests": [], "signed_by": [], "instrument": "", "result": "", "note": ""}
    append("decomposition_round", {**said, "number": 1, "stage": "draft"}, clerk)
    append("decomposition_round", {**said, "number": 2, "stage": "opinions"}, clerk)
    with pytest.raises(Refusal, match="round-out-of-order"):
        record_round("towns", Move("countersigned", signed_by=("甲",)), clerk)
    record_round("towns", Move("feedback"), clerk)
    assert [move.state for move in case_of("split_consultation/towns").moves] == ["draft", "opinions", "feedback"]


def test_evidence_is_kept_by_its_hash_and_missed_when_it_is_gone(case, clerk, home):
    piece = keep_evidence("说明.pdf", b"%PDF-1.7 ...")
    moved = go(case, ANSWER, clerk, evidence=(piece,))
    assert moved.last.evidence == [{"name": "说明.pdf", "digest": piece.digest, "size": 12, "kind": "pdf"}]
    assert verify_chain() + verify_kept() == []
    (home / "blobs" / piece.digest[:2] / piece.digest[2:]).unlink()
    assert [(finding.code, finding.place) for finding in verify_kept()] == [
        ("blob-not-found", "supervision_note/1:2:说明.pdf")
    ]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("页.html", b"<script>alert(1)</script>", "evidence-kind-unknown"),
        ("setup.exe", b"MZ...", "evidence-kind-unknown"),
        ("无后缀", b"%PDF-", "evidence-kind-unknown"),
        ("图.svg", b"<svg onload=x>", "evidence-kind-unknown"),
        ("说明.pdf", b"MZ\x90\x00", "evidence-forged"),
        ("图.png", b"\xff\xd8\xff\xe0", "evidence-forged"),
        ("表.xlsx", b"<html>", "evidence-forged"),
        ("文.txt", b"\x00\x01\x02", "evidence-forged"),
        ("文.txt", b"\xff\xff\xff", "evidence-forged"),
        ("空.pdf", b"", "evidence-empty"),
        ("大.pdf", b"%PDF-" + b"0" * LARGEST, "evidence-too-large"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_not_taken(home, name, content, code):
    with pytest.raises(Refusal, match=code):
        keep_evidence(name, content)
    assert not (home / "blobs").exists()


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\用户\\说明.pdf", "说明.pdf"),
        ("..", "-"),
        ("", "-"),
        (".bashrc", "bashrc"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("账单\u202efdp.exe", "账单fdp.exe"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
    ],
)
def test_a_name_leads_nowhere_and_hides_nothing(name, safe):
    assert safe_name(name) == safe


def test_a_piece_that_is_only_named_has_no_content():
    assert vars(Attachment("A-07")) == {"name": "A-07", "digest": "", "size": 0, "kind": ""}
