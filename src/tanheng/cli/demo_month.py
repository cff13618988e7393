"""The month of the demonstration: opened for the city, computed, and waiting for what the districts say of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tanheng.cli.output import say
from tanheng.cli.site import acting
from tanheng.cli.words import words
from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tanheng.kernel.subject import LOCATED_IN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tanheng.kernel.pack.recipe import DemoYear

_PROCEDURE, _OFFICE = "monthly_cycle", "office"
_REASON = "演示站点只导入了一个区的报送文件，其余各区未报，不影响演示"
_METHODS = ("dispatch", "year_end_by_reports", "year_end_by_season", "year_end_by_model")


def month_under_way(plan: DemoYear) -> None:
    """Opens the month of the city and takes it to where districts comment; one that is there stays as it is.

    The results are those that the dispatch has stored. Where the days off of this year are not known no day can be
    set, and the month is left to whoever opens it on its page.
    """
    from tanheng.records.case_models import CaseMove

    city = _city()
    if city is None or CaseMove.objects.filter(procedure=_PROCEDURE, subject=city[0], about=plan.month).exists():
        return
    try:
        _opened(plan, *city)
    except Refusal as refusal:
        if refusal.code != "calendar-year-missing":
            raise
        return
    say(
        words(f"月度工作已开启：{city[1]} {plan.month}，等各区说明", f"The month {plan.month} waits for the districts.")
    )


def _opened(plan: DemoYear, city: str, label: str) -> None:
    from django.db import transaction

    from tanheng.kernel.procedure import Act
    from tanheng.records.case_acts import HANDLERS
    from tanheng.records.cases import Matter, move_case, open_case

    month, actor, found, office = Period.parse(plan.month), acting(None), _results(plan), _office()
    given = {"result": found[0], "year_end": " ".join(found[1:]), "known_on": plan.known_on.isoformat()}
    given["accepted"] = json.dumps(dict.fromkeys(_blockers(found), _REASON), ensure_ascii=False)
    matter = Matter(f"{label}{month.label()}运行分析", plan.month, city)
    with transaction.atomic():
        case = open_case(_PROCEDURE, matter, Act("open", _OFFICE, office), actor)
        move_case(case.id, Act("check", _OFFICE, office), actor)
        move_case(case.id, Act("compute", _OFFICE, office, given=given, blockers=()), actor, handlers=HANDLERS)
        move_case(case.id, Act("ask", _OFFICE, office, said="请各区说明本月增长原因和压减安排。"), actor)


def _results(plan: DemoYear) -> list[str]:
    """The dispatch of the month and the cases of the year's end, the last of each that were stored for it."""
    from tanheng.records.site_files import results

    found: dict[str, list[tuple[int, str]]] = {method: [] for method in _METHODS}
    for id in results().ids():
        receipt = results().load(id).receipt
        asked = receipt["parameters"]
        fits = asked["known_on"] == plan.known_on.isoformat() and Period.parse(asked["period"]).end == _end(plan)
        if fits and receipt["method"] in found:
            found[receipt["method"]].append((int(asked["log_position"]), id))
    return [max(stored)[1] for stored in found.values() if stored]


def _end(plan: DemoYear) -> object:
    return Period.parse(plan.month).end


def _blockers(found: Sequence[str]) -> list[str]:
    from tanheng.records.site_files import results

    told = (each for id in found for each in results().load(id).findings)
    return sorted({each["code"] for each in told if each["severity"] == "blocker"})


def _office() -> tuple[str, ...]:
    """The party for which the demonstration's office acts: it holds the case, and whoever only comments does not."""
    from tanheng.kernel.pack import DemoLogins
    from tanheng.store import load_packs

    logins = [login for each in load_packs().all(DemoLogins) for login in each.logins if login.role == _OFFICE]
    return tuple(logins[0].parties[:1]) if logins else ()


def _city() -> tuple[str, str] | None:
    """The area that lies in no other, by id and name."""
    from tanheng.records.selecting import directory_as_of

    directory = directory_as_of()
    inside = {relation.child for relation in directory.relations if relation.kind == LOCATED_IN}
    widest = next((area.id for area in directory.areas if area.id not in inside), None)
    return None if widest is None else (widest, directory.label_of(widest))
