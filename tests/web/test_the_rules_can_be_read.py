"""Factors, methods, score cards, lights and documents have pages that everybody may read."""

import csv
import io
import re
from decimal import Decimal

import pytest

from tanheng.kernel.pack import (
    BarometerRule,
    Factor,
    InstrumentShape,
    MethodDefinition,
    Scorecard,
    Status,
)
from tanheng.store import packs_in_use as keeping
from tanheng.store.packs import load_packs
from tanheng.web.rules.clauses import instrument_lines
from tanheng.web.rules.overview import unverified_values

PAGES = {Factor: "factors", MethodDefinition: "methods", Scorecard: "scorecards", BarometerRule: "lights"}


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.__name__)
def test_every_definition_of_a_kind_has_a_page_in_both_languages(anyone, kind):
    for definition in load_packs().all(kind):
        for lang in ("zh-hans", "en"):
            anyone.cookies["django_language"] = lang
            response = anyone.get(f"/rules/{PAGES[kind]}/{definition.id}/")
            assert response.status_code == 200
            assert definition.label[lang].replace("'", "&#x27;") in response.content.decode()


def _start(entry):
    return entry.start


def test_every_document_has_a_page_and_every_clause_a_place_on_it(anyone):
    for instrument in load_packs().all(InstrumentShape):
        html = anyone.get(f"/rules/documents/{instrument.id}/").content.decode()
        for clause in instrument.clauses:
            assert f'id="{clause.address}"' in html


def test_a_factor_shows_each_value_with_its_clause_and_what_uses_it(anyone):
    html = anyone.get("/rules/factors/grid_electricity_average/").content.decode()
    factor = load_packs().get(Factor, "grid_electricity_average")
    for entry in factor.entries:
        assert f'id="{entry.id}"' in html
    latest = max((entry for entry in factor.entries if entry.keys == {"grid_region": "national"}), key=_start)
    marked = [row for row in html.split("<tr")[1:] if "最新" in row and "全国" in row]
    assert len(marked) == 1
    assert f'id="{latest.id}"' in marked[0]
    assert "unit_energy_and_co2" in html[html.index("使用者") :]


def test_the_file_of_a_factor_holds_its_values_exactly(anyone):
    response = anyone.get("/rules/factors/coal_equivalent_factor.csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    entries = load_packs().get(Factor, "coal_equivalent_factor").entries
    assert [Decimal(row["value"]) for row in rows] == [entry.value for entry in entries]
    assert [row["carrier"] for row in rows] == [entry.keys["carrier"] for entry in entries]


def test_a_remark_of_a_definition_is_said_in_the_language_of_the_page(anyone):
    assert "未找到 SH/MRV 的燃料缺省表" in anyone.get("/rules/methods/unit_energy_and_co2/").content.decode()
    english = anyone.get("/rules/methods/unit_energy_and_co2/?lang=en").content.decode()
    assert "The default fuel tables of SH/MRV were not found" in english


def test_the_unverified_values_are_those_of_the_packs_and_each_leads_to_its_place(anyone):
    packs = load_packs()
    expected = sum(entry.status == Status.UNVERIFIED for factor in packs.all(Factor) for entry in factor.entries)
    expected += sum(item.status == Status.UNVERIFIED for card in packs.all(Scorecard) for item in card.items)
    expected += sum(level.status == Status.UNVERIFIED for rule in packs.all(BarometerRule) for level in rule.levels)
    assert len(unverified_values()) == expected > 0
    html = anyone.get("/rules/unverified/").content.decode()
    for href in set(re.findall(r'href="(/rules/[^"#]+)', html)):
        assert anyone.get(href).status_code == 200


def test_a_document_counts_what_rests_on_it():
    counted = {line.instrument.id: line.mentions for line in instrument_lines()}
    assert counted["gbt-2589-2020"] > 0


def test_a_definition_that_is_not_there_is_answered_with_the_nearest_ones(anyone):
    response = anyone.get("/rules/factors/grid_electricity_averag/")
    assert response.status_code == 404
    assert "grid_electricity_average" in response.content.decode()


def test_packs_are_read_again_when_a_file_of_them_changes(tmp_path, monkeypatch):
    first = keeping.packs_in_use()
    assert keeping.packs_in_use() is first
    pack = tmp_path / "a_pack"
    pack.mkdir()
    head = "schema: pack/1\nid: a_pack\nlabel: {zh: 某包, en: A pack}\nversion: 0.1.0\nrequires: []\nfictional: false\n"
    (pack / "pack.yaml").write_text(head, "utf-8")
    monkeypatch.setenv("TANHENG_PACKS", str(tmp_path))
    second = keeping.packs_in_use()
    assert second is not first
    assert "a_pack" in second.hashes
