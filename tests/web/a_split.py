"""A site on which a target is split: a district with two towns and a group, and the target that it has to split."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from django.utils import timezone

from tanheng.kernel.demand import Baseline, Demand, Target
from tanheng.kernel.pack.shape import Label
from tanheng.kernel.subject import LOCATED_IN, Area, Directory, Party, Relation
from tanheng.records.obligations import Decision, ReviewedInstrument, record_review
from tanheng.records.people import person_named
from tanheng.records.recording import record_directory

CITY, DISTRICT, OTHER = "area/s-city", "area/s-district", "area/s-other"
EAST, WEST, GROUP = "area/s-east", "area/s-west", "party/s-group"
TARGET = "s-plan.t1"
NAMES = {CITY: "市", DISTRICT: "甲区", OTHER: "乙区", EAST: "东镇", WEST: "西镇", GROUP: "某集团"}


def found_district(folder: Path, settings=None) -> None:
    """Records the places and a target that is due this year: the day a page is read on is no setting."""
    if settings is not None:
        settings.TANHENG_HOME = str(folder / "home")
    clerk, day = person_named("王芳"), date(2020, 1, 1)
    levels = {CITY: "city", DISTRICT: "district", OTHER: "district", EAST: "town", WEST: "town"}
    areas = tuple(Area(id, {"zh": NAMES[id], "en": f"{NAMES[id]} (en)"}, level) for id, level in levels.items())
    inside = ((DISTRICT, CITY), (OTHER, CITY), (EAST, DISTRICT), (WEST, DISTRICT))
    relations = tuple(Relation(LOCATED_IN, child, parent, day) for child, parent in inside)
    group = Party(GROUP, {"zh": NAMES[GROUP], "en": "Group"})
    record_directory(Directory((group,), areas, (), relations), clerk)
    reading = json.dumps({"text": "甲区下降3%"}, ensure_ascii=False).encode()
    plan = ReviewedInstrument("s-plan", "年度安排", "plan.txt", "安排".encode(), reading, issued=day)
    record_review(plan, [Decision(_target(), (0, 6), "grammar")], clerk)


def _target() -> Target:
    year = timezone.localdate().year
    demand = Demand("down", 3, unit="%", value_norm=3, unit_norm="%", by=str(year))
    return Target(
        TARGET, Label(zh="甲区单位产值能耗下降", en="Energy per output down"), "s-plan#1", demand, subject=DISTRICT,
        indicator="industrial_energy_per_output", tier="floor", baseline=Baseline(str(year - 1)),
    )  # fmt: skip


def form(**changed: str) -> dict[str, str]:
    """The form of a new split as a browser sends it: east uses three times what west does, and the group its share."""
    year = timezone.localdate().year
    rows = ((EAST, "东镇", "split", "30", "1000", "2"), (WEST, "西镇", "split", "10", "1000", "4"),
            (GROUP, "某集团", "split", "6", "500", ""))  # fmt: skip
    fields = {
        "label": "甲区各镇目标", "target": TARGET, "parent": DISTRICT, "indicator": "industrial_energy_per_output",
        "base": str(year - 1), "by": str(year), "method": "equal_rate", "kind": "intensity", "calibrated": "on",
        "bands": "none", "direction": "up", "origin": "", "places": "2", "rows": str(len(rows)),
        "token": "t0k3n-of-one",
        "unit-amount": "tce[calorific_value]", "unit-basis": "10^4 CNY", "steps": "",
    }  # fmt: skip
    for number, (id, label, standing, amount, basis, last) in enumerate(rows):
        told = {"id": id, "label": label, "standing": standing, "last": last,
                "amount-stated": amount, "basis-stated": basis}  # fmt: skip
        fields |= {f"s{number}-{name}": text for name, text in told.items()}
    return fields | changed
