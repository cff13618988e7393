"""How well policy documents are read: precision and recall of each field beside the bounds (make bench-policy).

The companion folder holds five documents and, for two of them, targets and task rows made by hand. A gold row and a
proposal are the same target when they stand on the same line with the same value, or, without a value, with the same
indicator.
"""

from __future__ import annotations

import csv
import os
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from tanheng.policy import Reading, TargetProposal, TaskProposal
from tanheng.policy.indicator_catalogue import IndicatorCatalogue
from tanheng.policy.reading import lexicon_of_packs, read_document, source_of

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("TANHENG_SHARED", ROOT.parent / "shared"))
OPERATORS = {
    "DOWN": "down", "DOWN_GE": "down_at_least", "DOWN_APPROX": "about", "APPROX": "about", "UP": "up", "UP_ABS": "up",
    "UP_TO": "up_to", "LE": "at_most", "LT": "at_most", "GE": "at_least", "GT": "at_least", "REACH": "reach",
    "RANGE": "range", "CHANGE_EQ": "change", "MEET_ASSIGNED": "assigned", "COVER_ALL": "cover_all", "START": "start",
    "COMPLETE": "complete", "BEFORE": "before", "NO_INCREASE": "no_increase", "NO_DECREASE": "no_decrease",
    "ZERO": "at_most", "NEAR_ZERO": "at_most", "FORBID": "forbid", "MULTIPLY": "multiply", "THRESHOLD_GE": "threshold",
    "THRESHOLD_LE": "threshold", "FORMULA": "formula", "BETTER_THAN": "qualitative", "CONTROL": "qualitative",
    "DOWN_Q": "qualitative", "UP_Q": "qualitative",
}  # fmt: skip
BOUNDS = {"precision": 0.95, "recall": 0.95, "lead": 0.95, "operator": 0.9}
ALIKE = 0.5
GOLD_COLUMNS = {
    "indicator": "indicator_zh", "lead": "lead_depts", "supporting": "coop_depts", "period": "target_period",
    "base": "base_period", "subject": "scope",
}  # fmt: skip
Gold = Mapping[str, str]
Pair = tuple[Gold, TargetProposal]


@dataclass
class Score:
    """What was counted for one document."""

    name: str
    numeric_gold: int = 0
    numeric_found: int = 0
    numeric_right: int = 0
    pairs: list[Pair] = field(default_factory=list)
    missing: list[Gold] = field(default_factory=list)
    invented: list[TargetProposal] = field(default_factory=list)
    task_rows: int = 0
    task_rows_right: int = 0
    tasks_wrong: list[str] = field(default_factory=list)


def number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def signs(text: str) -> str:
    return re.sub(r"[\s（）()“”‘’、，,。]", "", text)


def alike(first: str, second: str) -> bool:
    """Whether two names share most of their pairs of signs, or one holds the other."""
    a, b = signs(first), signs(second)
    if not a or not b or a in b or b in a:
        return bool(a and b)
    pairs_a, pairs_b = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (a, b))
    return 2 * len(pairs_a & pairs_b) / max(1, len(pairs_a) + len(pairs_b)) >= ALIKE


class Judge:
    """Compares the fields of a gold row and a proposal."""

    def __init__(self) -> None:
        self.lexicon = lexicon_of_packs()
        self.catalogue = IndicatorCatalogue(self.lexicon)

    def indicator(self, gold: Gold, found: TargetProposal) -> bool:
        known = self.catalogue.match(gold["indicator_zh"])
        return alike(gold["indicator_zh"], found.indicator) or (known is not None and known.id == found.indicator_id)

    def unit(self, gold: Gold, found: TargetProposal) -> bool:
        wanted, printed = gold["unit"].split("/年")[0], found.unit or ""
        units = self.lexicon.unit_by_print
        return wanted == printed or (wanted in units and printed in units and units[wanted].norm == units[printed].norm)

    def operator(self, gold: Gold, found: TargetProposal) -> bool:
        return OPERATORS[gold["operator"]] == found.operator

    @staticmethod
    def value_of(gold: Gold) -> Decimal | None:
        return number(gold["value"])

    def same(self, gold: Gold, found: TargetProposal) -> bool:
        """The same value, or the same operator where there is none."""
        value = self.value_of(gold)
        return self.operator(gold, found) if value is None else value == found.value

    def value(self, gold: Gold, found: TargetProposal) -> bool:
        return number(gold["value"]) == found.value and number(gold["value_hi"]) == found.value_high

    def lead(self, gold: Gold, found: TargetProposal) -> bool:
        wanted = gold["lead_depts"] or gold["lead_inferred"]
        return not wanted or set(wanted.split("|")) == set(found.lead_parties)

    def supporting(self, gold: Gold, found: TargetProposal) -> bool:
        return set(filter(None, gold["coop_depts"].split("|"))) == set(found.supporting_parties)

    def period(self, gold: Gold, found: TargetProposal) -> bool:
        return gold["target_period"][-4:] in (found.target_period or "")

    def base(self, gold: Gold, found: TargetProposal) -> bool:
        year = re.search(r"\d{4}", gold["base_period"])
        return year is None or year[0] == found.base_period

    def tier(self, gold: Gold, found: TargetProposal) -> bool:
        return not gold["tier"] or gold["tier"] == found.tier

    def subject(self, gold: Gold, found: TargetProposal) -> bool:
        named = re.search(r"[\u4e00-\u9fff]{2,}", gold["scope"])
        return named is None or found.subject in gold["scope"] or gold["scope"] in found.subject


def pairs(judge: Judge, gold: list[Gold], found: list[TargetProposal], line: Callable[[int], int]) -> Score:
    score = Score("")
    left = list(found)

    def near(row: Gold, target: TargetProposal) -> bool:
        lines = range(line(target.span[0]), line(max(target.span[0], target.span[1] - 1)) + 1)
        return int(row["seed_line"]) in lines

    for strict in (True, False):
        for row in list(gold):
            same = [
                target for target in left
                if near(row, target)
                and judge.same(row, target)
                and (judge.indicator(row, target) if strict else True)
            ]  # fmt: skip
            if same:
                best = max(same, key=lambda target: (judge.operator(row, target), judge.unit(row, target)))
                score.pairs.append((row, best))
                left.remove(best)
                gold.remove(row)
    score.missing, score.invented = gold, left
    return score


def scored(judge: Judge, file: Path, gold: list[Gold], tasks: list[Gold]) -> tuple[Score, Reading, float]:
    start = time.perf_counter()
    reading = read_document(file)
    took = time.perf_counter() - start
    text = source_of(file).text

    def line(offset: int) -> int:
        return text.count("\n", 0, offset) + 1

    score = pairs(judge, list(gold), list(reading.targets), line)
    score.name = file.name[:3]
    score.numeric_gold = sum(row["target_kind"] == "numeric" for row in gold)
    score.numeric_found = sum(target.kind == "numeric" for target in reading.targets)
    score.numeric_right = sum(
        all(check(row, target) for check in (judge.value, judge.unit, judge.operator, judge.indicator))
        for row, target in score.pairs
        if row["target_kind"] == "numeric"
    )
    _score_tasks(score, tasks, reading.tasks)
    return score, reading, took


def _score_tasks(score: Score, gold: Iterable[Gold], found: Iterable[TaskProposal]) -> None:
    by_number = defaultdict(list)
    for task in found:
        by_number[task.number].append(task)
    for row in gold:
        if row["kind"] == "body_clause":
            continue
        score.task_rows += 1
        same = [
            task for task in by_number[row["number"]] if signs(task.text)[:6] == signs(row["text_raw"])[:6]
        ] or by_number[row["number"]]
        wanted = (
            row["lead_list"].split("|"),
            [name for name in row["coop_list"].split("|") if name],
            row["coop_etc"] == "1",
            row["category"],
        )
        got = [(list(task.lead_parties), list(task.supporting_parties), task.open_list, task.category) for task in same]
        if wanted in got:
            score.task_rows_right += 1
        else:
            score.tasks_wrong.append(f"{row['number']}: wanted {wanted}, found {got[:1]}")


def report(judge: Judge, score: Score, took: float, verbose: bool) -> None:
    precision = score.numeric_right / max(1, score.numeric_found)
    recall = score.numeric_right / max(1, score.numeric_gold)
    print(
        f"\n== {score.name}: numeric targets {score.numeric_right} right of {score.numeric_found} proposed, "
        f"{score.numeric_gold} in the gold; {took:.2f} s"
    )
    _line("precision", precision, BOUNDS["precision"])
    _line("recall", recall, BOUNDS["recall"])
    for name in ("indicator", "operator", "value", "unit", "lead", "supporting", "period", "base", "tier", "subject"):
        check = getattr(judge, name)
        good = sum(check(row, target) for row, target in score.pairs)
        _line(name, good / max(1, len(score.pairs)), BOUNDS.get(name), f"{good}/{len(score.pairs)}")
        if verbose:
            for row, target in score.pairs:
                if not check(row, target):
                    print(
                        f"      {row['target_id']} line {row['seed_line']} {name}: "
                        f"{_side(row, name)} / {_shown(target, name)}"
                    )
    print(
        f"   all targets: {len(score.pairs)} of {len(score.pairs) + len(score.missing)} found, "
        f"{len(score.invented)} without a gold row"
    )
    print(f"   task rows: {score.task_rows_right} of {score.task_rows} exact (bound: all)")
    if verbose:
        for row in score.missing:
            print(
                f"      missing {row['target_id']} line {row['seed_line']} {row['operator']} {row['value']}: "
                f"{row['quote'][:50]}"
            )
        for target in score.invented:
            print(f"      invented [{target.kind}] {target.operator} {target.value}: {target.quote[:60]}")
        for line in score.tasks_wrong:
            print(f"      task {line}")


def _side(row: Gold, name: str) -> str:
    columns = {
        "indicator": "indicator_zh",
        "lead": "lead_depts",
        "supporting": "coop_depts",
        "period": "target_period",
        "base": "base_period",
        "subject": "scope",
    }
    return row[columns.get(name, name)]


def _shown(target: TargetProposal, name: str) -> object:
    columns = {
        "lead": "lead_parties",
        "supporting": "supporting_parties",
        "period": "target_period",
        "base": "base_period",
    }
    return getattr(target, columns.get(name, name))


def _line(name: str, value: float, bound: float | None, counted: str = "") -> None:
    against = "" if bound is None else f"  bound {bound:.2f} {'met' if value >= bound else 'NOT MET'}"
    print(f"   {name:<11}{value:6.3f} {counted:>9}{against}")


def main() -> int:
    verbose = "-v" in sys.argv
    if not SHARED.is_dir():
        print(f"no companion folder at {SHARED}: set TANHENG_SHARED to a copy of it")
        return 1
    targets, tasks = _rows("targets.csv"), _rows("tasks.csv")
    judge = Judge()
    for file in sorted((SHARED / "documents").iterdir()):
        gold = [row for row in targets if row["seed_file"] == file.name]
        if gold:
            score, _, took = scored(judge, file, gold, [row for row in tasks if row["seed_file"] == file.name])
            report(judge, score, took, verbose)
        else:
            start = time.perf_counter()
            reading = read_document(file)
            took = time.perf_counter() - start
            kinds = sum(target.kind == "numeric" for target in reading.targets)
            print(
                f"\n== {file.name[:3]}: no gold here; {len(reading.targets)} targets ({kinds} numeric), "
                f"{len(reading.tasks)} tasks; {took:.2f} s"
            )
    return 0


def _rows(name: str) -> list[Gold]:
    with (SHARED / "gold" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    raise SystemExit(main())
