"""Opinions of departments on a draft: the tables that go out, and what came back and became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from tanheng.kernel.faults import Finding, Refusal, Severity
from tanheng.papers.sheets import Sheet, write_sheets
from tanheng.policy.drafting import OPEN_LEFT, TOWNS
from tanheng.policy.plan_words import PlanWords
from tanheng.policy.review_columns import written
from tanheng.store.plain_text import file_part
from tanheng.store.sheets import Sheet as ReadSheet
from tanheng.store.workbook_opening import open_workbook

PARTY, ORIGINAL, OPINION, REASON, OUTCOME, ITEM = "单位", "原文", "意见", "理由", "采纳情况", "编号"
HEADS = (ITEM, PARTY, ORIGINAL, OPINION, REASON, OUTCOME)
_NAME, _ABOUT, _SHEET = "意见采纳情况表", "说明", "意见"
_DIGEST = "草案摘要"
_ENDINGS = (".xlsx", ".xls", ".et")
_HEAD_ROWS = 6


class Outcome(StrEnum):
    """What became of an opinion; open where nobody has decided."""

    ADOPTED = "adopted"
    PARTLY = "partly"
    NOT = "not"
    OPEN = "open"


@dataclass(frozen=True)
class Opinion:
    """One opinion: who, on which item, what, and what became of it with the reason."""

    party: str
    item: str
    original: str
    opinion: str
    reason: str
    outcome: Outcome
    place: str


@dataclass(frozen=True)
class Consultation:
    """What came back: the opinions, who returned a table, who did not, and what is wrong."""

    opinions: tuple[Opinion, ...]
    returned: tuple[str, ...]
    missing: tuple[str, ...]
    findings: tuple[Finding, ...]


def parties_of(draft: Mapping[str, Any], words: PlanWords) -> dict[str, list[tuple[str, str]]]:
    """Every party that a draft names, with the items it has a part in: id and text.

    A group (各镇, 园区) stands for the towns and parks of annex 2; a department under two names is one party.
    """
    towns = [target["subject"] for target in draft["targets"] if target["annex"] == TOWNS]
    found: dict[str, list[tuple[str, str]]] = {}
    names: dict[str, str] = {}
    for id, text, parties in _parts(draft):
        for party in parties:
            members = towns if words.directory.is_group(party) or party in _group_words(words) else [party]
            for member in members or [party]:
                if not member.startswith(OPEN_LEFT):
                    name = names.setdefault(words.directory.canonical(member), member)
                    found.setdefault(name, []).append((id, text))
    return found


def _parts(draft: Mapping[str, Any]) -> Iterator[tuple[str, str, Sequence[str]]]:
    for target in draft["targets"]:
        yield target["id"], f"{target['subject']}：{target['indicator']} {target['demand']}", target["parties"]
    for task in draft["tasks"]:
        yield task["id"], task["text"], (*task["lead_parties"], *task["supporting_parties"])


def _group_words(words: PlanWords) -> frozenset[str]:
    return frozenset(name for names in words.drafting.groups.values() for name in names)


def file_of(party: str) -> str:
    """The name of the table of a party."""
    return f"{_NAME}_{file_part(party)}.xlsx"


def send(folder: Path, draft: Mapping[str, Any], words: PlanWords) -> tuple[Path, ...]:
    """Writes a table for every party of a draft: its items in the first columns, the rest to be filled in.

    Refuses  file-failed.
    """
    outcomes = tuple(names[0] for names in words.drafting.outcomes.values())
    paths = list[Path]()
    for party, items in parties_of(draft, words).items():
        rows = [(id, party, text, "", "", "") for id, text in dict.fromkeys(items)]
        about = [
            ("文稿", draft["title"]),
            (PARTY, party),
            (_DIGEST, draft["digest"]),
            ("怎样填", "在“意见”列写修改意见，“理由”列写理由；没有意见的留空。可在表末加行，编号留空。"),
            ("怎样填", "“采纳情况”由起草单位填：采纳、部分采纳、不采纳；未全部采纳的须写理由。"),
        ]
        table = Sheet(
            _SHEET,
            HEADS,
            rows,
            (8, 16, 60, 40, 30, 14),
            open=(OPINION, REASON, OUTCOME),
            choices=((OUTCOME, outcomes),),
        )
        path = folder / file_of(party)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write_sheets(path, (table, Sheet(_ABOUT, ("项目", "内容"), about, (14, 70))), f"{_NAME} {party}")
        except OSError as error:
            raise Refusal("file-failed", file=path, problem=error.strerror or str(error)) from error
        paths.append(path)
    return tuple(paths)


def collected(folder: Path, draft: Mapping[str, Any], words: PlanWords) -> Consultation:
    """Reads the tables that came back; each opinion is adopted, partly, not, or still open.

    Gives    findings for what cannot be read, for a party without a table, for an outcome without a reason; a table on
             another draft is not used.
    """
    parties, items = parties_of(draft, words), _items(draft)
    opinions, findings, returned = list[Opinion](), list[Finding](), dict[str, str]()
    for path in sorted(path for path in folder.iterdir() if path.suffix.lower() in _ENDINGS):
        try:
            party, found = _table(path, draft, words, items)
        except Refusal as refusal:
            problem = refusal.message("zh")
            findings.append(Finding("consult-return-foreign", path.name, {"problem": problem}, Severity.WARNING))
            continue
        if party in returned:
            fields = {"party": party, "first": returned[party], "second": path.name}
            findings.append(Finding("consult-return-twice", path.name, fields, Severity.WARNING))
            continue
        returned[party] = path.name
        opinions += [item for item in found if isinstance(item, Opinion)]
        findings += [item for item in found if isinstance(item, Finding)]
    missing = [party for party in parties if party not in returned]
    findings += [
        Finding("consult-return-missing", party, {"party": party, "file": file_of(party)}, Severity.WARNING)
        for party in missing
    ]
    return Consultation(tuple(opinions), tuple(returned), tuple(missing), tuple(findings))


def _items(draft: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(item["id"] for name in ("targets", "tasks") for item in draft[name])


def _table(
    path: Path, draft: Mapping[str, Any], words: PlanWords, items: frozenset[str]
) -> tuple[str, list[Opinion | Finding]]:
    """The party of a table and its opinions.

    Refuses  consult-draft-unreadable: no table of opinions, or one on another draft; as `open_workbook`.
    """
    with open_workbook(path) as book:
        if _ABOUT not in book.sheets() or _SHEET not in book.sheets():
            raise Refusal("consult-draft-unreadable", folder=path.name, problem=f"{_SHEET}、{_ABOUT}")
        about = _pairs(book.sheet(_ABOUT))
        if _DIGEST not in about or about[_DIGEST] != draft["digest"]:
            raise Refusal("consult-draft-unreadable", folder=path.name, problem=_DIGEST)
        sheet = book.sheet(_SHEET)
        return about[PARTY], list(_opinions(sheet, about[PARTY], words, items))


def _pairs(sheet: ReadSheet) -> dict[str, str]:
    return {written(sheet.value(row, 1)): written(sheet.value(row, 2)) for row in range(1, len(sheet.values) + 1)}


def _opinions(sheet: ReadSheet, party: str, words: PlanWords, items: frozenset[str]) -> Iterator[Opinion | Finding]:
    top, columns = _columns(sheet)
    for row_number, column in sorted(sheet.bare_formulas):
        if row_number > top and column in columns.values():  # looks like a cell left empty, and is an opinion lost
            yield Finding("formula-without-value", sheet.at(row_number, column), {}, Severity.WARNING)
    for number in range(top + 1, len(sheet.values) + 1):
        row = {name: written(sheet.value(number, column)) for name, column in columns.items()}
        if not row[OPINION] or row[OPINION] in words.drafting.nothing:
            continue
        place = f"{sheet.file}!{sheet.name}!{number}"
        if row[ITEM] and row[ITEM] not in items:
            yield Finding("consult-row-unknown", place, {"id": row[ITEM]}, Severity.WARNING)
        outcome, reason = _outcome(row[OUTCOME], row[REASON], words)
        yield Opinion(party, row[ITEM], row[ORIGINAL], row[OPINION], reason, outcome or Outcome.OPEN, place)
        yield from _problems(party, row, outcome, reason, place)


def _problems(
    party: str, row: Mapping[str, str], outcome: Outcome | None, reason: str, place: str
) -> Iterator[Finding]:
    said = {"party": party, "opinion": row[OPINION][:30]}
    if outcome is None:
        yield Finding("consult-outcome-unreadable", place, {"text": row[OUTCOME]}, Severity.WARNING)
    elif outcome is Outcome.OPEN:
        yield Finding("consult-undecided", place, said, Severity.WARNING)
    elif outcome is not Outcome.ADOPTED and not reason:
        yield Finding("consult-reason-missing", place, said, Severity.WARNING)


def _columns(sheet: ReadSheet) -> tuple[int, Mapping[str, int]]:
    """The row of the headings; a sender may have put a title above it.

    Refuses  consult-draft-unreadable: a column is missing.
    """
    for number in range(1, min(_HEAD_ROWS, len(sheet.values)) + 1):
        texts = {written(sheet.value(number, column)): column for column in range(1, len(sheet.values[number - 1]) + 1)}
        if all(name in texts for name in HEADS):
            return number, {name: texts[name] for name in HEADS}
    raise Refusal("consult-draft-unreadable", folder=sheet.file, problem="、".join(HEADS))


def _outcome(text: str, reason: str, words: PlanWords) -> tuple[Outcome | None, str]:
    """What an entry says: its beginning is the outcome, what follows a stop adds to the reason; None where unknown."""
    if not text:
        return Outcome.OPEN, reason
    head, _, rest = text.replace(",", "，").replace("；", "，").replace("：", "，").partition("，")
    for name, said in words.drafting.outcomes.items():
        if head.strip() in said:
            return Outcome(name), "；".join(part for part in (reason, rest.strip()) if part)
    return None, reason


def summary_rows(opinions: Sequence[Opinion], words: PlanWords) -> list[tuple[str, ...]]:
    """The rows of the table of all opinions."""
    names = {name: said[0] for name, said in words.drafting.outcomes.items()}
    return [
        (
            item.item, item.party, item.original, item.opinion, item.reason,
            next((said for name, said in names.items() if name == item.outcome.value), "待定"),
        )
        for item in opinions
    ]  # fmt: skip
