"""A target is split on pages: proposed at once, drafted, answered by each for itself, adjusted, issued."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tanheng.kernel.obligation.decomposition import Move, Value
from tanheng.records.mandates import end_mandate, mandates
from tanheng.records.models import Event
from tanheng.records.people import person_named
from tanheng.records.rounds import record_round, rounds_of
from tanheng.records.selecting import log_position
from tanheng.records.split_plans import recorded_plans
from tanheng.records.standing_obligations import obligations_as_of
from tanheng.store.packs_in_use import packs_in_use
from tanheng.web.obligations.split_words import figure_said
from tests.web.a_barometer import logged_in
from tests.web.a_split import CITY, DISTRICT, EAST, GROUP, OTHER, TARGET, WEST, form, found_district

pytestmark = pytest.mark.django_db
NEW = "/targets/splits/new/"


@pytest.fixture(autouse=True)
def district(settings, tmp_path):
    found_district(tmp_path, settings)


@pytest.fixture
def office():
    return logged_in("office", area=CITY)


@pytest.fixture
def lead():
    return logged_in("district", area=DISTRICT)


@pytest.fixture
def east():
    return logged_in("town", area=EAST)


@pytest.fixture
def west():
    return logged_in("town", area=WEST)


def drafted(client, **changed):
    """The address of a split that was drafted."""
    answer = client.post(NEW, form(do="draft", **changed))
    assert answer.status_code == 302, words(answer)
    return answer.headers["Location"]


def moved(client, address, stage, **fields):
    expected = re.search(r'name="expected" value="(\d+)"', client.get(address).content.decode())
    number = expected[1] if expected else "1"
    return client.post(f"{address}move/", {"stage": stage, "expected": number, "token": f"{stage}-{number}", **fields})


def answered(client, address, subject, asked="", **fields):
    told = {"subject": subject, "asked": asked, "reason": "检修", "seen": "0", "token": f"answer-{subject}"}
    told |= {"answer": "asks" if asked else "agrees", **fields}
    return client.post(f"{address}answer/", told)


def seen_of(subject):
    return max(item.position for item in Event.objects.filter(kind="split_opinion", payload__said__subject=subject))


@pytest.fixture
def asked(lead):
    """A split that is out for opinions."""
    address = drafted(lead)
    assert moved(lead, address, "opinions").status_code == 302
    return address


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_proposal_is_shown_at_once_and_nothing_is_recorded(lead):
    before = log_position()
    for headers in ({}, {"HTTP_HX_REQUEST": "true"}):
        answer = lead.post(NEW, form(do="preview"), **headers)
        assert answer.status_code == 200
        assert "3.00 %" in words(answer)
        assert "达到总目标" in words(answer) or "3.00" in words(answer)
    assert (log_position(), recorded_plans()) == (before, {})


def test_the_whole_is_put_together_again_from_amounts_and_not_from_rates(lead):
    told = words(
        lead.post(NEW, form(do="preview", bands="own", steps="-1 -1.5 -2 -5", direction="down"), HTTP_HX_REQUEST="1")
    )
    assert "不达到" in told or "未达到总目标" in told
    assert "2.00 %" in told
    assert "差" in told


def test_bands_are_those_of_jinshan_as_data(lead):
    html = lead.get(f"{NEW}?target={TARGET}").content.decode()
    assert "-1、-1.5、-2、-5 %" in html


def test_what_was_demanded_last_year_and_who_moves_stands_beside_the_proposal(lead):
    told = lead.post(NEW, form(do="preview"), HTTP_HX_REQUEST="1").content.decode()
    assert "way-up" in told  # east: two a year ago
    assert "way-down" in told  # west: four


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"s0-amount-stated": "三十"}, "不是数"),
        ({"bands": "own", "steps": "一档"}, "不是数"),
        ({f"s{number}-standing": "left_out" for number in range(3)}, "没有选择"),
        ({"s0-standing": "exempt"}, "reason"),
        ({"by": "1999"}, "1999"),
        ({"target": "s-plan.t9"}, "s-plan.t9"),
        ({"s0-members": "某厂、" * 2000}, "最多 4000 个"),
        ({"note": "长" * 1001}, "最多 1000 个"),
        ({"rows": "201"}, "最多 200 行"),
    ],
)
def test_a_form_that_makes_no_plan_is_told_and_what_was_typed_stays(lead, changed, said):
    answer = lead.post(NEW, form(do="draft", **changed))
    assert answer.status_code in (404, 422)
    assert said in words(answer)
    if answer.status_code == 422:
        assert 'value="甲区各镇目标"' in answer.content.decode()
    assert recorded_plans() == {}


def test_a_gap_blocks_the_draft_and_is_no_zero(lead):
    answer = lead.post(NEW, form(do="draft", **{"s1-amount-stated": ""}))
    assert answer.status_code == 422
    assert "阻断" in words(answer)
    assert recorded_plans() == {}


def test_a_form_that_was_sent_twice_drafts_once(lead):
    assert drafted(lead) == drafted(lead)
    assert len(recorded_plans()) == 1
    assert len(rounds_of(*recorded_plans())) == 1


def test_the_values_of_a_draft_lead_to_the_explanation_of_the_result_behind_it(office):
    html = office.get(drafted(office)).content.decode()
    (address, *_) = re.findall(r'href="(/results/[0-9a-f]+/figure/split_base[^"]+)"', html)
    assert "东镇" in office.get(address).content.decode()


def test_nobody_is_shown_a_draft_before_it_went_out(lead, east, office):
    address = drafted(lead)
    assert east.get(address).status_code == 404
    assert "甲区各镇目标" not in words(east.get("/targets/splits/"))
    assert office.get(address).status_code == 200


def test_a_town_reads_its_own_proposal_and_not_that_of_another(asked, east):
    told = words(east.get(asked))
    assert "东镇" in told
    assert "西镇" not in told
    assert "某集团" not in told
    assert "请您答复意见" in words(east.get("/targets/splits/"))
    for paper in ("round.xlsx", "opinions.docx", "proposal.pdf"):
        assert east.get(f"{asked}{paper}").status_code == 404


@pytest.mark.parametrize(
    ("role", "where", "status"),
    [
        ("office", {"area": CITY}, 200), ("leader", {"area": CITY}, 200), ("district", {"area": OTHER}, 404),
        ("department", {"area": CITY, "party": GROUP}, 200),
        ("verifier", {"area": DISTRICT}, 404), ("unit", {"party": GROUP}, 200),
    ],
)  # fmt: skip
def test_who_sees_a_split_that_is_out_for_opinions(asked, role, where, status):
    assert logged_in(role, **where).get(asked).status_code == status


def test_a_town_reads_what_is_proposed_to_it_before_it_is_asked_what_it_says(asked, east):
    html = east.get(asked).content.decode()
    assert html.index('id="rounds"') < html.index('id="answer"')


def test_the_leader_reads_and_changes_nothing(asked):
    leader, before = logged_in("leader", area=CITY), log_position()
    assert moved(leader, asked, "feedback").status_code == 403
    assert answered(leader, asked, EAST, "不行").status_code in (403, 422)
    assert leader.get(NEW).status_code == 403
    assert 'id="move-' not in leader.get(asked).content.decode()
    assert log_position() == before


def test_a_town_answers_for_itself_alone(asked, east, west):
    assert answered(east, asked, EAST, "请降为2%").status_code == 302
    assert answered(east, asked, WEST, "西镇也降").status_code == 422
    assert answered(east, asked, "area/none", "x").status_code == 422
    assert "请降为2%" not in words(west.get(asked))
    assert moved(east, asked, "feedback").status_code == 403


def test_an_answer_that_is_sent_twice_counts_once_and_a_second_person_is_told(asked, east):
    assert answered(east, asked, EAST, "请降为2%").status_code == 302
    assert answered(east, asked, EAST, "请降为2%").status_code == 302
    other = answered(logged_in("town", area=EAST), asked, EAST, "请降为1%", token="another")
    assert other.status_code == 409
    assert "请降为2%" in words(other)
    assert "请降为1%" in other.content.decode(), "what was typed stays"
    assert Event.objects.filter(kind="split_opinion").count() == 1


def test_an_answer_that_came_since_the_office_looked_is_not_lost(asked, lead, east):
    late = {f"outcome@{EAST}": "adopted", f"seen@{EAST}": "0"}
    answered(east, asked, EAST, "请降为2%")
    answer = moved(lead, asked, "feedback", **late)
    assert answer.status_code == 409
    assert [kept.round.stage for kept in rounds_of(*recorded_plans())] == ["draft", "opinions"]


def test_two_who_move_one_split_are_told(asked, lead, office):
    assert moved(lead, asked, "feedback").status_code == 302
    again = office.post(f"{asked}move/", {"stage": "feedback", "expected": "2", "token": "other"})
    assert again.status_code == 409
    assert "反馈" in words(again)


def test_a_move_that_is_sent_twice_is_made_once(lead):
    address = drafted(lead)
    told = {"stage": "opinions", "expected": "1", "token": "once"}
    assert [lead.post(f"{address}move/", told).status_code for _ in range(2)] == [302, 302]
    assert len(rounds_of(*recorded_plans())) == 2


def test_answers_are_taken_only_while_opinions_are(lead, east, asked):
    moved(lead, asked, "feedback")
    late = answered(east, asked, EAST, "迟到")
    assert late.status_code == 422
    assert "征求意见期间" in words(late)


def test_whoever_did_not_get_all_is_told_why_or_nothing_is_recorded(asked, lead, east):
    answered(east, asked, EAST, "请降为2%")
    told = {f"outcome@{EAST}": "not", f"seen@{EAST}": str(seen_of(EAST))}
    assert moved(lead, asked, "feedback", **told).status_code == 422
    assert moved(lead, asked, "feedback", token="2", **told, **{f"reason@{EAST}": "总量不足"}).status_code == 302
    assert "总量不足" in words(east.get(asked))


def through(lead, east, address):
    answered(east, address, EAST, "请降为2%")
    taken = {f"outcome@{EAST}": "adopted", f"seen@{EAST}": str(seen_of(EAST)), f"reason@{EAST}": "属实"}
    assert moved(lead, address, "feedback", **taken).status_code == 302


def test_an_adjusted_value_is_computed_before_it_is_recorded(asked, lead, east):
    through(lead, east, asked)
    before = log_position()
    preview = moved(lead, asked, "adjusted", do="preview", **{f"value@{EAST}": "-2"})
    assert "2.00" in words(preview)
    assert log_position() == before
    wrong = moved(lead, asked, "adjusted", do="adjust", **{f"value@{EAST}": "两个"})
    assert wrong.status_code == 422
    unasked = moved(lead, asked, "adjusted", do="adjust", **{f"value@{WEST}": "1"})
    assert unasked.status_code == 422
    assert log_position() == before


def test_a_split_goes_from_draft_to_targets_that_count(asked, lead, east, office):
    through(lead, east, asked)
    assert moved(lead, asked, "adjusted", do="adjust", **{f"value@{EAST}": "-2"}).status_code == 302
    assert moved(lead, asked, "countersigned", signed_by="统计局、经委").status_code == 302
    document = SimpleUploadedFile("通知.pdf", b"%PDF-1.7")
    told = {"title": "关于下达目标的通知", "number": "甲发〔2026〕7号", "issued": timezone.localdate().isoformat()}
    assert moved(lead, asked, "issued", **told).status_code == 422, "without the document"
    assert moved(lead, asked, "issued", document=document, token="2", **told).status_code == 302
    found = {item.obligation.subject: item.obligation for item in obligations_as_of(timezone.localdate())}
    assert (found[EAST].demand.value, found[WEST].demand.value) == (2, 3)
    html = east.get(asked).content.decode()
    target = re.search(r'href="(/targets/split[^"]+)"', html)[1]
    assert east.get(target).status_code == 200
    assert "2.00" in html


def test_the_table_of_a_round_goes_out_and_comes_back(asked, lead, east):
    answered(east, asked, EAST, "请降为2%")
    book = lead.get(f"{asked}round.xlsx").content
    back = lead.post(f"{asked}upload/", {"table": SimpleUploadedFile("分解表.xlsx", book)})
    assert back.status_code == 200
    assert "尚未登记" in words(back)
    other = drafted(lead, token="other-token")
    wrong = lead.post(f"{other}upload/", {"table": SimpleUploadedFile("分解表.xlsx", book)})
    assert wrong.status_code == 422
    forged = lead.post(f"{asked}upload/", {"table": SimpleUploadedFile("分解表.xlsx", b"<html>")})
    assert forged.status_code == 422
    assert east.post(f"{asked}upload/", {"table": SimpleUploadedFile("分解表.xlsx", book)}).status_code == 403


def test_every_paper_of_a_split_is_written(asked, office):
    for name, start in (("round.xlsx", b"PK"), ("opinions.xlsx", b"PK"), ("opinions.docx", b"PK"),
                        ("opinions.pdf", b"%PDF"),
                        ("proposal.docx", b"PK"), ("proposal.pdf", b"%PDF")):  # fmt: skip
        answer = office.get(f"{asked}{name}")
        assert (answer.status_code, answer.content[: len(start)]) == (200, start)
    assert office.get(f"{asked}secret.xlsx").status_code == 404


def test_what_somebody_asks_for_is_text_and_no_markup(asked, east, lead):
    answered(east, asked, EAST, "<script>alert(1)</script>")
    assert "<script>alert(1)" not in lead.get(asked).content.decode()


def test_a_mandate_that_ended_yesterday_neither_sees_nor_answers(asked, east):
    (held,) = [item for item in mandates() if item.area == EAST]
    end_mandate(held.mandate, end=date(2021, 1, 1), actor=person_named("王芳"))
    assert east.get(asked).status_code == 403
    assert answered(east, asked, EAST, "迟了").status_code == 403


def test_a_district_splits_nothing_of_the_city_or_of_another(office):
    other = logged_in("district", area=OTHER)
    assert other.post(NEW, form(do="draft")).status_code in (403, 404)
    assert other.get(f"{NEW}?target={TARGET}").status_code == 404
    assert recorded_plans() == {}


def test_a_case_of_a_split_is_not_moved_beside_its_page(asked, office):
    name = asked.strip("/").rpartition("/")[2]
    answer = office.post(f"/cases/split_consultation/{name}/", {"move": "feedback", "expected": "2", "token": "x"})
    assert answer.status_code == 422
    assert "目标分解" in words(answer)
    assert len(rounds_of(name)) == 2


def test_the_page_of_the_case_draws_no_form_that_would_be_refused_and_leads_to_the_split(asked, office):
    name = asked.strip("/").rpartition("/")[2]
    html = office.get(f"/cases/split_consultation/{name}/").content.decode()
    assert f'href="{asked}"' in html
    assert 'name="move"' not in html
    assert "甲区各镇目标" in html, "a case is told by the name of the split and not by its id"


WAITING = ("/home/", "/inbox/")


def lists_split(client, page, address):
    """Whether the page, beyond the frame, leads to the split."""
    return f'href="{address}"' in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("answer", "written"), [("", ""), ("", "请降为2%"), ("asks", " "), ("agrees", "请降为2%"), ("of course", "")]
)
def test_an_answer_is_chosen_and_an_empty_form_is_told_what_to_do(asked, east, answer, written):
    before = log_position()
    refused = answered(east, asked, EAST, written, answer=answer)
    assert (refused.status_code, log_position()) == (422, before)
    assert "选“有意见”并写明意见" in words(refused)
    assert written.strip() in refused.content.decode()
    assert answered(east, asked, EAST, answer="agrees").status_code == 302
    assert log_position() == before + 1


@pytest.mark.parametrize("page", WAITING)
def test_whoever_is_asked_finds_it_where_the_day_begins_until_it_has_answered(asked, east, west, page):
    assert (lists_split(east, page, asked), lists_split(west, page, asked)) == (True, True)
    answered(east, asked, EAST, "请降为2%")
    assert (lists_split(east, page, asked), lists_split(west, page, asked)) == (False, True)


@pytest.mark.parametrize("page", WAITING)
def test_a_party_is_asked_like_a_town_and_nobody_who_is_not_asked_finds_anything(lead, page):
    address = drafted(lead)
    group, town = logged_in("unit", party=GROUP), logged_in("town", area=EAST)
    assert not lists_split(town, page, address), "a draft has not gone out"
    moved(lead, address, "opinions")
    assert lists_split(group, page, address)
    others = [("leader", {"area": CITY}), ("district", {"area": OTHER}), ("verifier", {"area": EAST})]
    assert [role for role, where in others if lists_split(logged_in(role, **where), page, address)] == []
    moved(lead, address, "feedback")
    assert not lists_split(group, page, address), "opinions are no longer taken"


def test_whoever_conducts_a_split_finds_it_in_the_inbox(asked, lead):
    assert lists_split(lead, "/inbox/", asked)


def test_a_new_round_asks_again_whoever_answered_the_last(asked, lead, east):
    through(lead, east, asked)
    moved(lead, asked, "adjusted", do="adjust", **{f"value@{EAST}": "-2"})
    assert not lists_split(east, "/inbox/", asked)
    assert moved(lead, asked, "opinions").status_code == 302
    assert lists_split(east, "/inbox/", asked)


def test_a_split_whose_plan_no_pack_has_any_longer_stops_no_inbox(asked, east):
    clerk = person_named("王芳")
    record_round("of-no-pack", Move("draft", values=(Value(EAST, Decimal(2), "%"),)), clerk)
    record_round("of-no-pack", Move("opinions"), clerk)
    assert lists_split(east, "/inbox/", asked)


def test_the_list_shows_the_others_and_says_what_to_do_about_one_whose_plan_is_gone(asked, east, west, lead, office):
    clerk = person_named("王芳")
    record_round("of-no-pack", Move("draft", values=(Value(EAST, Decimal(2), "%"),)), clerk, title="旧方案")
    assert "旧方案" not in words(east.get("/targets/splits/")), "it has not gone out"
    record_round("of-no-pack", Move("opinions"), clerk)
    for client in (office, east):
        told = words(client.get("/targets/splits/"))
        assert "甲区各镇目标" in told and "旧方案" in told and "联系本站管理员恢复" in told
    assert "旧方案" not in words(west.get("/targets/splits/")), "who was not asked sees nothing of it"
    assert office.get("/targets/splits/of-no-pack/").status_code == 404


def test_people_are_shown_names_and_no_ids(asked, lead):
    for address in ("/targets/splits/", asked, f"{NEW}?target={TARGET}"):
        seen = words(lead.get(address))
        assert "单位产值能耗下降" in seen and TARGET not in seen
    told = words(lead.post(NEW, form(do="preview"), HTTP_HX_REQUEST="1"))
    assert "split-preview" not in told and "方案 “甲区各镇目标”" in told
    blocked = words(lead.post(NEW, form(do="preview", **{"s1-amount-stated": ""}), HTTP_HX_REQUEST="1"))
    assert "“能耗”" in blocked and "amount" not in blocked


def test_a_further_figure_of_a_plan_has_a_name(lead):
    plain = {"unit": "1"}
    assert figure_said("firms", {**plain, "label": {"zh": "企业数", "en": "Firms"}}, packs_in_use()) == "企业数"
    assert figure_said("firms", plain, packs_in_use()) == "其他数据“firms”"
    assert "·" in figure_said("x", {**plain, "indicator": "sector_energy", "item": "industry"}, packs_in_use())


def test_a_value_without_a_reason_is_refused_in_words_that_the_page_has(asked, lead, east):
    through(lead, east, asked)
    told = words(moved(lead, asked, "adjusted", do="adjust", **{f"value@{WEST}": "1"}))
    assert "在“说明”中写明理由" in told


def test_the_pages_are_complete_in_english(asked, lead, east):
    for client in (lead, east):
        client.cookies["django_language"] = "en"
    assert "Rounds side by side" in words(lead.get(asked))
    assert "Your answer" in words(east.get(asked))
    assert "各轮" not in words(lead.get(asked))


def test_the_pages_ask_the_database_a_fixed_number_of_times(asked, lead, django_assert_max_num_queries):
    for address, most in (("/targets/splits/", 18), (asked, 30), (f"{NEW}?target={TARGET}", 22)):
        lead.get(address)
        with django_assert_max_num_queries(most):
            assert lead.get(address).status_code == 200
