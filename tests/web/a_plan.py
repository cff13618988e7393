"""A site with tasks: a plan of five tasks for two departments, and nothing reported yet."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tanheng.kernel.demand import Task
from tanheng.kernel.pack.shape import Label
from tanheng.kernel.subject import Area, Directory, Party
from tanheng.records.adopting import AdoptedDocument, adopt
from tanheng.records.people import person_named
from tanheng.records.recording import record_directory

BUREAU, OFFICE, CITY = "party/p-bureau", "party/p-office", "area/p-city"
NAMES = {BUREAU: "经信局", OFFICE: "双碳办"}
SCRIPT = "<script>alert(1)</script>&任务"


def plan(folder: Path, settings, today: date) -> None:
    """Records the departments and the tasks, all of this year: the day a page is read on is no setting."""
    settings.TANHENG_HOME = str(folder / "home")
    clerk = person_named("王芳")
    parties = tuple(Party(id, {"zh": name, "en": f"{name} (en)"}) for id, name in NAMES.items())
    record_directory(Directory(parties, (Area(CITY, {"zh": "市", "en": "City"}, "city"),), (), ()), clerk)
    year = today.year
    tasks = [
        _task("k1", "节能诊断", "经信局", f"{year - 1}-12", support="双碳办"),
        _task("k2", SCRIPT, "经信局", f"{year}-12"),
        _task("k3", "光伏建设", "双碳办", f"{year}-12"),
        _task("k4", "低碳社区", "双碳办", "", schedule="全年推进"),
        _task("k5", "碳汇调查", "双碳办", "", schedule="适时"),
    ]
    adopt(AdoptedDocument("p-plan", "年度安排", "p-plan.csv", issued=date(year, 1, 2)), tasks, clerk)


def _task(id: str, label: str, lead: str, due: str, schedule: str = "", support: str = "") -> Task:
    supporting = (support,) if support else ()
    return Task(
        f"p-plan.{id}", Label(zh=label, en=f"{label} (en)"), "p-plan#1", number=id[1:], category="工业",
        schedule=schedule, due=due, lead_parties=(lead,), supporting_parties=supporting,
    )  # fmt: skip
