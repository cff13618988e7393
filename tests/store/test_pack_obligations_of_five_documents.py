"""What five documents demand, as the pack of their city carries it, compared with rows made by hand."""

import csv
import re
from decimal import Decimal
from functools import cache

import pytest

from tanheng.kernel.obligation import document_of, obligation_of, target_of, task_of
from tanheng.kernel.pack.obligation_shapes import TargetTable, TaskTable
from tanheng.kernel.pack.policy_shapes import PolicyIndicators
from tanheng.policy.reading import read_document, source_of
from tanheng.store.home import SHIPPED_PACKS
from tanheng.store.packs import load_packs

DOCUMENTS = {  # instrument: (file, targets, tasks)
    "hu-fagai-huanzi-2024-39": ("000_27afb2abd3f2fab6.txt", 96, 133),
    "shanghai-peaking-plan": ("001_61cd5c0a56d7d2f8.txt", 109, 52),
    "shanghai-2020-plan": ("002_1aada5a6d56682eb.txt", 52, 29),
    "jin-fagai-2024-55": ("003_0cdea0e2187ec2f1.txt", 49, 55),
    "jingan-synergy-plan": ("004_1ecba7e519dc9c50.txt", 11, 20),
}
BY_HAND = {"hu-fagai-huanzi-2024-39": "0", "jin-fagai-2024-55": "3"}
BY_READING = sorted(set(DOCUMENTS) - set(BY_HAND))
LONGEST = 12
OPERATORS = {
    "DOWN": "down", "DOWN_GE": "down_at_least", "UP": "up", "LE": "at_most", "GE": "at_least", "REACH": "reach",
    "CHANGE_EQ": "change", "MEET_ASSIGNED": "assigned", "COVER_ALL": "cover_all", "START": "start",
    "COMPLETE": "complete", "FORBID": "forbid", "THRESHOLD_GE": "threshold", "THRESHOLD_LE": "threshold",
    "FORMULA": "formula", "CONTROL": "qualitative", "DOWN_Q": "qualitative",
}  # fmt: skip
IN_WORDS = {
    "2倍": "翻一番",
    "0.6667": "2/3",
    "7": "七家",
    "10000": "1万辆",
    "200000": "20万个",
    "1": "一种",
    "2座": "合庆",
}


@cache
def packs():
    return load_packs(folders=[SHIPPED_PACKS])


def targets(instrument):
    return packs().get(TargetTable, f"{instrument}.targets").entries


def tasks(instrument):
    return packs().get(TaskTable, f"{instrument}.tasks").entries


def bare(text):
    return "".join(text.split())


def text_of(shared, instrument):
    return bare((shared / "documents" / DOCUMENTS[instrument][0]).read_text("utf-8"))


def gold(shared, name):
    with (shared / "gold" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def listed(cell):
    return tuple(part for part in cell.split("|") if part)


@pytest.mark.parametrize("instrument", DOCUMENTS)
def test_every_target_and_task_of_a_document_is_there_and_can_be_exchanged(instrument):
    found = [*map(target_of, targets(instrument)), *map(task_of, tasks(instrument))]
    assert (len(targets(instrument)), len(tasks(instrument))) == DOCUMENTS[instrument][1:]
    assert [obligation_of(document_of(item)) for item in found] == found
    assert {item.instrument for item in found} == {instrument}


@pytest.mark.parametrize("instrument", DOCUMENTS)
def test_obligations_are_told_in_our_words_and_not_in_the_sentences_of_their_document(shared, instrument):
    text = text_of(shared, instrument)
    for item in (*targets(instrument), *tasks(instrument)):
        named = [item.label.zh, item.note, *([item.condition, item.demanded] if item in targets(instrument) else [])]
        named.append(item.category if item in tasks(instrument) else "")
        for words in map(bare, named):
            ends = range(len(words) - LONGEST + 1)
            assert [words[at : at + LONGEST] for at in ends if words[at : at + LONGEST] in text] == [], item.id


@pytest.mark.parametrize("instrument", DOCUMENTS)
def test_who_answers_for_something_is_named_by_the_document(shared, instrument):
    text = text_of(shared, instrument)
    mended = {"上海城投集团", "市文化旅游局", "各镇", "街道", "园区", *printed_otherwise(shared, instrument)}
    parties = {name for item in (*targets(instrument), *tasks(instrument)) for name in _parties(item)}
    assert sorted(name for name in parties if bare(name) not in text and name not in mended) == []


def printed_otherwise(shared, instrument):
    """Names that the hand-made rows give too: the text breaks them or prints them wrong."""
    rows = gold(shared, "tasks") + gold(shared, "targets") if instrument in BY_HAND else []
    columns = ("lead_list", "coop_list", "lead_depts", "coop_depts", "lead_inferred")
    return {name for row in rows for column in columns if column in row for name in listed(row[column])}


def _parties(item):
    return (*item.lead_parties, *item.supporting_parties)


@pytest.mark.parametrize("instrument", DOCUMENTS)
def test_an_indicator_is_one_of_the_catalogue_or_is_said_in_words(instrument):
    known = {entry.id for item in packs().all(PolicyIndicators) for entry in item.entries}
    for item in targets(instrument):
        assert item.indicator in known if item.indicator else item.demanded, item.id


@pytest.mark.parametrize("instrument", BY_HAND)
def test_targets_agree_with_the_rows_made_by_hand_one_by_one(shared, instrument):
    rows = [row for row in gold(shared, "targets") if row["doc_idx"] == BY_HAND[instrument]]
    for row, item in zip(rows, targets(instrument), strict=True):
        value = row["value"] if re.fullmatch(r"-?[0-9.]+", row["value"]) else ""
        assert item.demand.operator == OPERATORS[row["operator"]], item.id
        assert item.demand.value == (Decimal(value) if value else None), item.id
        assert item.demand.unit == (row["unit"] if value else ""), item.id
        if value and row["value_norm"]:
            assert item.demand.value_norm == Decimal(row["value_norm"]), item.id
        assert (item.tier or "", item.kind) == (row["tier"], row["target_kind"]), item.id
        assert item.demand.by.split("..")[0] == re.findall(r"\d{4}", row["target_period"])[0], item.id
        assert item.lead_parties == listed(row["lead_depts"] or row["lead_inferred"]), item.id
        assert item.supporting_parties == listed(row["coop_depts"]), item.id
        assert item.lead_inferred == bool(row["lead_inferred"] and not row["lead_depts"]), item.id
        assert bool(item.same_as) == bool(row["same_as"]), item.id


@pytest.mark.parametrize("instrument", BY_HAND)
def test_tasks_agree_with_the_rows_made_by_hand_one_by_one(shared, instrument):
    file = DOCUMENTS[instrument][0]
    rows = [row for row in gold(shared, "tasks") if row["seed_file"] == file]
    for row, item in zip(rows, tasks(instrument), strict=True):
        assert (item.number, item.lead_parties) == (row["number"], listed(row["lead_list"])), item.id
        assert item.supporting_parties == listed(row["coop_list"]), item.id
        assert item.open_list == (row["coop_etc"] == "1"), item.id
        printed = row["schedule"] if row["kind"] == "task_row" else ""
        assert item.schedule == printed, item.id


@pytest.mark.parametrize("instrument", BY_READING)
def test_every_figure_stands_in_the_clause_that_is_named_for_it(shared, instrument):
    path = shared / "documents" / DOCUMENTS[instrument][0]
    text = source_of(path).text
    clauses = {clause.address: bare(text[slice(*clause.span)]) for clause in read_document(path).clauses}
    for item in targets(instrument):
        if item.demand.value in (None, 0, 100) and item.demand.operator != "reach":
            continue
        for value in filter(None, (item.demand.value, item.demand.value_high)):
            plain = f"{value.normalize():f}"
            forms = {plain, *(words for said, words in IN_WORDS.items() if said in (plain, plain + item.demand.unit))}
            assert any(form in clauses[item.place] for form in forms), item.id


@pytest.mark.parametrize("instrument", ["shanghai-peaking-plan", "jingan-synergy-plan"])
def test_the_parties_of_a_task_are_those_that_its_own_clause_ends_with(shared, instrument):
    path = shared / "documents" / DOCUMENTS[instrument][0]
    text = source_of(path).text
    clauses = {clause.address: bare(text[slice(*clause.span)]) for clause in read_document(path).clauses}
    for item in tasks(instrument):
        closing = clauses[item.place].rpartition("（责任单位：")[2] or clauses[item.place]
        closing = closing[-260:].replace("(", "（").replace("设设", "设")  # a page ends inside a name and repeats it
        missing = [name for name in item.lead_parties if bare(name) not in closing]
        assert (missing, bool(item.lead_parties)) == ([], True), item.id
        assert item.open_list == ("等按职责分工" in closing), item.id


def test_amounts_are_normalised_as_units_say():
    forests = [item.demand for id in DOCUMENTS for item in targets(id) if item.demand.unit == "万亩"]
    assert len(forests) == 6
    for demand in forests:
        assert abs(demand.value_norm - demand.value * 10000 / 15) < Decimal("0.05")
    factors = {"万千瓦": 10, "万吨标准煤": 10000, "万平方米": 10000, "亿千瓦时": 10**8, "公顷": 1, "平方公里": 100}
    for demand in (item.demand for id in DOCUMENTS for item in targets(id)):
        if demand.unit in factors:
            assert demand.value_norm == demand.value * factors[demand.unit]
