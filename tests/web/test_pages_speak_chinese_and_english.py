"""Chinese first, English complete."""

import polib
import pytest
from django.utils import translation

from tanheng.web.ui.words import spoken
from tests.web.message_ids import CATALOGUE, messages


def test_every_text_is_in_the_catalogue_and_translated():
    catalogue = polib.pofile(str(CATALOGUE))
    known = {(entry.msgctxt or "", entry.msgid, entry.msgid_plural) for entry in catalogue}
    assert messages() - known == set(), "not in the catalogue"
    assert known - messages() == set(), "no page says this any more"
    assert [entry.msgid for entry in catalogue if not entry.translated()] == []


def test_the_compiled_catalogue_is_that_of_the_source():
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    source = polib.pofile(str(CATALOGUE))
    assert {str(entry) for entry in compiled} == {str(entry) for entry in polib.mofile(_compiled(source))}, (
        "compile it again: msgfmt, or polib's save_as_mofile"
    )


def _compiled(source: polib.POFile) -> bytes:
    return source.to_binary()


def test_placeholders_survive_translation():
    for entry in polib.pofile(str(CATALOGUE)):
        texts = [entry.msgstr, *entry.msgstr_plural.values()]
        for name in ("%(count)s", "%(count)d", "%(date)s", "%(position)s", "%(at)s", "%(by)s", "%(day)s", "%(cell)s"):
            if name in entry.msgid:
                assert any(name in text for text in texts), entry.msgid


def test_a_page_is_chinese_whatever_the_browser_prefers(client, result):
    html = client.get(f"/results/{result.id}/area/t-city/", headers={"accept-language": "en"}).content.decode()
    assert '<html lang="zh-Hans">' in html
    assert "下辖区域" in html


def test_the_reader_switches_to_english_and_stays_there(client, result):
    page = f"/results/{result.id}/area/t-north/"
    response = client.post("/i18n/setlang/", {"language": "en", "next": page}, follow=True)
    html = response.content.decode()
    assert response.redirect_chain[-1][0] == page
    assert '<html lang="en">' in html
    for words in ("Areas inside", "Units", "北区 (en)", "CO2 emissions", "as known on 2025-06-30"):
        assert words in html
    assert "下辖" not in html


def test_a_refusal_speaks_the_language_of_the_page(client, result):
    client.cookies["django_language"] = "en"
    assert "is not the address of a figure" in client.get(f"/results/{result.id}/figure/co2/").content.decode()


def test_the_period_a_figure_is_compared_with_is_not_called_a_month():
    with translation.override("zh-hans"):
        assert (spoken("before"), spoken("now")) == ("对比期", "本期")


@pytest.mark.parametrize(
    ("step", "words"), [("amount_now", "本期数"), ("amount_in_table", "表内上年同期数"), ("part_2", "第 2 部分")]
)
def test_the_steps_of_a_coverage_adjustment_have_chinese_names(step, words):
    with translation.override("zh-hans"):
        assert spoken(step) == words
