"""Definition files: what is wrong comes with file and line, all of it at once; what is right has one hash."""

import json

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import Factor
from tanheng.store import archive, directory_of, load_archive, load_packs, read_packs

FACTOR = """schema: factor/1
id: ncv
label: {zh: 热值, en: NCV}
unit: GJ/t
keys: [carrier]
schemes: [city]
when_missing: refuse
straddle: refuse
entries_csv: ncv.csv
"""
CSV = """id,carrier,period_start,period_end,value,published,clause,status
a,diesel,2021-01-01,,42.652,2024-12-31,guide#1,secondary
b,coal,2021-01-01,2022-01-01,20.908,2024-12-31,guide#1,secondary
"""
GUIDE = """schema: instrument/1
id: guide
label: {zh: 指南, en: Guide}
clauses:
  - {address: '1', label: {zh: 表, en: T}}
"""
INDICATOR = """schema: indicator/1
id: x
label: {zh: 一, en: One}
unit: parsec
adds: flow
decimals: 1.5
"""
UNQUOTED = """entries:
  - {id: a, carrier: x, period: [2021-01-01, null], value: 0.58, published: 2024-01-01,
     clause: guide#1, status: verified}"""


def manifest(id, requires="[]"):
    return f"schema: pack/1\nid: {id}\nlabel: {{zh: 包, en: Pack}}\nversion: 0.1.0\nrequires: {requires}\n"


@pytest.fixture
def folder(tmp_path):
    return make(tmp_path, "base", {"factors/ncv.yaml": FACTOR, "factors/ncv.csv": CSV, "guide.yaml": GUIDE})


def make(root, id, files, requires="[]"):
    for name, text in {"pack.yaml": manifest(id, requires), **files}.items():
        path = root / id / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return root


def problems(folder, *ids):
    return [(finding.code, finding.place) for finding in read_packs(ids or None, [folder])[1]]


def test_entries_in_a_csv_are_entries_with_exact_values_and_open_ends(folder):
    factor = load_packs(["base"], [folder]).get(Factor, "ncv")
    assert [str(entry.value) for entry in factor.entries] == ["42.652", "20.908"]
    assert [entry.end is None for entry in factor.entries] == [True, False]


def test_problems_of_all_files_come_at_once_each_with_its_line(folder):
    make(
        folder,
        "base",
        {
            "factors/ncv.csv": CSV.replace("20.908", "zwanzig").replace("a,diesel,2021-01-01", "a,diesel,yesterday"),
            "broken.yaml": "schema: factor/1\nid: [\n",
            "misspelt.yaml": GUIDE.replace("clauses", "clauzes").replace("id: guide", "id: other"),
            "short.yaml": INDICATOR,
            "what.yaml": "schema: wish/1\nid: x\n",
            "list.yaml": "- 1\n",
            "old.yml": "schema: pack/1\n",
        },
    )
    assert set(problems(folder)) == {
        ("definition-invalid", "base/factors/ncv.csv:2"),
        ("definition-invalid", "base/factors/ncv.csv:3"),
        ("pack-text-unreadable", "base/broken.yaml:3"),
        ("pack-field-unknown", "base/misspelt.yaml:4"),
        ("unit-unknown", "base/short.yaml:4"),
        ("pack-number-inexact", "base/short.yaml:6"),
        ("definition-invalid", "base/short.yaml:6"),
        ("pack-schema-unknown", "base/what.yaml:1"),
        ("pack-text-unreadable", "base/list.yaml:1"),
        ("pack-file-ignored", "base/old.yml"),
    }


def test_a_misspelt_field_comes_with_the_right_spelling(folder):
    make(folder, "base", {"x.yaml": GUIDE.replace("clauses", "clauzes").replace("id: guide", "id: other")})
    (finding,) = read_packs(None, [folder])[1]
    assert "clauses" in finding.message("en")


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (GUIDE.replace("id: guide", "id: g\nid: h"), "pack-key-twice", 3),
        (GUIDE.replace("{zh: 指南, en: Guide}", "&l {zh: 指南, en: Guide}\nnote: *l"), "pack-alias-used", 3),
        (GUIDE.replace("id: guide\n", ""), "pack-field-missing", 1),
        (FACTOR.replace("entries_csv: ncv.csv", "entries_csv: gone.csv"), "pack-file-missing", 9),
        (FACTOR.replace("entries_csv: ncv.csv", "entries:"), "definition-invalid", 9),
        (GUIDE + "issued: 2024-13-45\n", "pack-text-unreadable", 1),
        ("a: " + "[" * 2000, "pack-text-unreadable", 1),
        ("schema: !!python/object:os.system {}\n", "pack-text-unreadable", 1),
        ("schema: instrument/1\nid: \x07\n", "pack-text-unreadable", 1),
    ],
)
def test_what_yaml_alone_would_let_pass_or_choke_on_is_named(tmp_path, text, code, line):
    make(tmp_path, "one", {"x.yaml": text})
    assert problems(tmp_path)[0] == (code, f"one/x.yaml:{line}")


def test_an_unquoted_decimal_is_refused_because_its_digits_are_lost(tmp_path):
    make(tmp_path, "one", {"g.yaml": GUIDE, "f.yaml": FACTOR.replace("entries_csv: ncv.csv", UNQUOTED)})
    assert problems(tmp_path) == [("pack-number-inexact", "one/f.yaml:10")]


def test_a_csv_row_with_a_cell_too_many_is_named(folder):
    make(folder, "base", {"factors/ncv.csv": CSV + "c,coal,2022-01-01,,1,000,2024-12-31,guide#1,secondary\n"})
    assert problems(folder) == [("pack-text-unreadable", "base/factors/ncv.csv:4")]


def test_a_clause_that_nobody_registered_is_named(folder):
    make(folder, "base", {"factors/ncv.csv": CSV.replace("guide#1", "guide#9")})
    assert problems(folder) == [("clause-missing", "base/factors/ncv.yaml:2")]


def test_a_file_that_is_not_utf8_is_named(folder):
    (folder / "base" / "gbk.yaml").write_bytes("schema: instrument/1\n# 指南".encode("gbk"))
    assert problems(folder) == [("pack-text-unreadable", "base/gbk.yaml:1")]


def test_required_packs_are_read_along_and_a_missing_one_is_named(folder):
    make(folder, "top", {}, requires="[base]")
    assert sorted(load_packs(["top"], [folder]).hashes) == ["base", "top"]
    make(folder, "top", {}, requires="[base, bases]")
    assert problems(folder, "top") == [("definition-missing", "top/pack.yaml:2")]


def test_packs_that_require_each_other_are_read_once(tmp_path):
    make(tmp_path, "one", {}, requires="[two]")
    make(tmp_path, "two", {}, requires="[one]")
    assert sorted(load_packs(["one"], [tmp_path]).hashes) == ["one", "two"]


@pytest.mark.parametrize("id", ["bas", "../base", ""])
def test_a_pack_that_is_asked_for_and_not_there_is_refused(folder, id):
    with pytest.raises(Refusal, match="definition-missing"):
        load_packs([id], [folder])


def test_a_pack_that_calls_itself_otherwise_is_named(tmp_path):
    make(tmp_path, "one", {})
    (tmp_path / "one").rename(tmp_path / "uno")
    assert problems(tmp_path) == [("pack-id-differs", "uno/pack.yaml:2")]


def test_invalid_packs_are_refused_with_every_problem_in_both_languages(folder):
    make(folder, "base", {"a.yaml": "- 1\n", "b.yaml": "- 2\n"})
    with pytest.raises(Refusal) as caught:
        load_packs(None, [folder])
    for lang in ("zh", "en"):
        assert "base/a.yaml:1" in caught.value.message(lang)
        assert "base/b.yaml:1" in caught.value.message(lang)
    assert "无法读取" in caught.value.message("zh")
    assert "cannot be read" in caught.value.message("en")


def test_the_hash_of_a_pack_knows_content_and_not_line_ends(folder, tmp_path):
    before = load_packs(None, [folder]).hashes
    path = folder / "base" / "factors" / "ncv.csv"
    path.write_bytes(b"\xef\xbb\xbf" + CSV.replace("\n", "\r\n").encode())
    (folder / "base" / "README.md").write_text("notes are not definitions")
    assert load_packs(None, [folder]).hashes == before
    path.write_text(CSV.replace("42.652", "42.653"))
    assert load_packs(None, [folder]).hashes != before


def test_an_archive_gives_back_the_packs_with_their_hashes(folder):
    packs = load_packs(None, [folder])
    again = load_archive(archive(packs, [folder]))
    assert again.hashes == packs.hashes
    assert again.definitions == packs.definitions


def test_kept_packs_stay_readable_when_shapes_that_no_run_looks_at_have_changed(folder):
    kept = archive(load_packs(None, [folder]), [folder])
    content = json.loads(kept)
    content["packs"]["base"]["layouts/of_then.yaml"] = "schema: layout/2\nid: x\nfield_of_then: 1\n"
    older = load_archive(json.dumps(content).encode())
    assert older.all(Factor) == load_archive(kept).all(Factor) != ()
    content["packs"]["base"]["factors/of_then.yaml"] = "schema: factor/1\nid: x\nfield_of_then: 1\n"
    with pytest.raises(Refusal, match="packs-invalid"):
        load_archive(json.dumps(content).encode())


def test_a_pack_changed_after_it_was_read_cannot_be_archived(folder):
    packs = load_packs(None, [folder])
    make(folder, "base", {"factors/ncv.csv": CSV.replace("42.652", "42.653")})
    with pytest.raises(Refusal, match="pack-changed"):
        archive(packs, [folder])


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b'{"schema":"other"}', b'{"schema":"packs-archive/1","packs":[]}']
)
def test_what_is_no_archive_is_refused(content):
    with pytest.raises(Refusal, match="archive-unreadable"):
        load_archive(content)


def test_two_carriers_cannot_share_a_name(tmp_path):
    carriers = "schema: carriers/1\nid: c\nlabel: {zh: 品, en: C}\ncarriers:\n" + "".join(
        f"  - {{id: {id}, label: {{zh: {id}, en: {id}}}, unit: t, kind: fuel, aliases: [煤]}}\n" for id in ("x", "y")
    )
    make(tmp_path, "one", {"c.yaml": carriers})
    assert problems(tmp_path) == [("alias-twice", "one/c.yaml:2")]


DIRECTORY = """schema: directory/1
id: d
label: {zh: 录, en: D}
areas:
  - {id: area/c, label: {zh: 市, en: C}, level: city}
  - {id: area/t, label: {zh: 镇, en: T}}
  - {id: area/c, label: {zh: 市, en: C}, level: city}
facilities:
  - {id: facility/f, label: {zh: 厂, en: F}, codes: {credit: F1}}
relations:
  - {kind: located_in, child: facility/f, parent: area/t, start: 2020-01-01}
  - {kind: located_in, child: facility/f, parent: area/c, start: 2021-01-01}
  - {kind: located_in, child: area/t, parent: area/nowhere, start: 2020-01-01}
"""


def test_a_directory_that_does_not_hang_together_is_named(tmp_path):
    make(tmp_path, "one", {"d.yaml": DIRECTORY})
    assert sorted(code for code, _ in problems(tmp_path)) == [
        "area-level-missing", "definition-twice", "relations-overlap", "subject-missing",
    ]  # fmt: skip


WHOLE = """schema: directory/1
id: d
label: {zh: 录, en: D}
areas:
  - {id: area/c, label: {zh: 市, en: C}, level: city}
  - {id: area/t, label: {zh: 镇, en: T}, level: town}
facilities:
  - {id: facility/f, label: {zh: 厂, en: F}, codes: {credit: F1}}
relations:
  - {kind: located_in, child: facility/f, parent: area/t, start: 2020-01-01, end: 2021-01-01}
  - {kind: located_in, child: facility/f, parent: area/c, start: 2021-01-01}
"""


def test_the_directory_of_a_pack_is_the_kernels_directory(tmp_path):
    make(tmp_path, "one", {"d.yaml": WHOLE})
    directory = directory_of(load_packs(["one"], [tmp_path]))
    assert directory.label_of("facility/f", "en") == "F"
    assert directory.level_of("area/t") == "town"
    assert [relation.parent for relation in directory.relations] == ["area/t", "area/c"]


def test_the_shipped_packs_are_valid_and_the_named_folder_comes_first(folder, monkeypatch):
    make(folder, "cn_national", {})
    monkeypatch.setenv("TANHENG_PACKS", str(folder))
    assert [item.value.label.en for item in load_packs(["cn_national"]).definitions] == ["Pack"]
    monkeypatch.delenv("TANHENG_PACKS")
    assert len(load_packs().definitions) > 10
