"""Every problem has its words in both languages, and none is reported without what its words need."""

from string import Formatter

import pytest

from tanheng.kernel.faults import CODES, Finding, Refusal, Severity, blockers
from tanheng.kernel.faults.codes import LISTED


def blanks(template):
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@pytest.mark.parametrize("code", CODES.values(), ids=CODES.keys())
def test_a_code_asks_for_the_same_fields_in_chinese_and_in_english(code):
    assert all((code.zh, code.en, code.do_zh, code.do_en))
    assert blanks(code.zh) == blanks(code.en)
    assert blanks(code.do_zh) == blanks(code.do_en)


def test_a_finding_that_lacks_a_field_of_its_message_is_refused():
    with pytest.raises(KeyError):
        Finding("gap", "facility/mill:diesel", {"subject": "facility/mill", "carrier": "diesel"})


def test_a_finding_of_a_code_that_nobody_listed_is_refused():
    with pytest.raises(KeyError):
        Finding("no-such-code", "here")


def test_a_refusal_that_lacks_a_field_of_its_message_is_refused():
    with pytest.raises(KeyError):
        Refusal("unit-mismatch", what="diesel")


def test_a_finding_leaves_with_its_words_in_both_languages():
    finding = Finding("gap", "here", {"subject": "A", "carrier": "diesel", "periods": "2024-03"}, Severity.WARNING)
    told = finding.as_json()
    assert told["severity"] == "warning"
    assert "2024-03" in told["message"]["zh"] and "2024-03" in told["message"]["en"]
    assert set(told["next_step"]) == {"zh", "en"}


def test_a_refusal_speaks_chinese_unless_english_is_asked_for():
    refusal = Refusal("unit-unknown", unit="担")
    assert refusal.message() == "不认识的计量单位“担”。"
    assert refusal.message("en") == "Unknown unit “担”."
    assert refusal.as_json()["next_step"]["zh"] == refusal.next_step()


def test_only_blockers_keep_a_result_from_being_published():
    fields = {"subject": "A", "carrier": "diesel", "periods": "2024-03"}
    found = [Finding("gap", severity, fields, severity) for severity in Severity]
    assert [finding.place for finding in blockers(found)] == ["blocker"]


def test_no_code_is_given_two_meanings_by_two_rooms():
    ids = [code.id for code in LISTED]
    assert sorted(id for id in set(ids) if ids.count(id) > 1) == []
