"""Chinese first, English complete."""

import re

import polib
import pytest
from django.utils import translation

from tanheng.web.ui.words import spoken
from tests.web.message_ids import CATALOGUES, messages


def test_every_text_is_in_a_catalogue_and_translated():
    entries = [entry for path in CATALOGUES for entry in polib.pofile(str(path))]
    known = {(entry.msgctxt or "", entry.msgid, entry.msgid_plural) for entry in entries}
    assert messages() - known == set(), "not in a catalogue"
    assert known - messages() == set(), "no page says this any more"
    assert [entry.msgid for entry in entries if not entry.translated()] == []


def test_no_two_catalogues_translate_one_text_differently():
    found: dict[tuple[str, str], set[str]] = {}
    for path in CATALOGUES:
        for entry in polib.pofile(str(path)):
            found.setdefault((entry.msgctxt or "", entry.msgid), set()).add(entry.msgstr)
    assert {key: texts for key, texts in found.items() if len(texts) > 1} == {}


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parents[3].name)
def test_the_compiled_catalogue_is_that_of_the_source(catalogue):
    compiled = polib.mofile(str(catalogue.with_suffix(".mo")))
    source = polib.pofile(str(catalogue))
    assert {str(entry) for entry in compiled} == {str(entry) for entry in polib.mofile(_compiled(source))}, (
        "compile it again: msgfmt, or polib's save_as_mofile"
    )


def _compiled(source: polib.POFile) -> bytes:
    return source.to_binary()


def test_placeholders_survive_translation():
    for entry in (each for path in CATALOGUES for each in polib.pofile(str(path))):
        texts = [entry.msgstr, *entry.msgstr_plural.values()]
        for name in re.findall(r"%\(\w+\)[sd]", entry.msgid):
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
