"""`tanheng users list`: every login with its mandates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tanheng.cli.options import as_json_option, today
from tanheng.cli.output import emit, show_table
from tanheng.cli.site import open_site
from tanheng.cli.verb import verb
from tanheng.cli.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tanheng.records.logins import Login
    from tanheng.records.mandate_models import Mandate


@verb("list", "列出账号和授权。", "List logins and mandates.")
@as_json_option
def list_users(as_document: bool) -> int:
    """Lists logins with all their mandates, ended ones too."""
    open_site()
    from tanheng.records.logins import logins
    from tanheng.records.mandates import mandates

    found = [(login, mandates(login.person.id)) for login in logins()]
    if as_document:
        emit({"logins": [_as_json(login, held) for login, held in found]})
        return 0
    columns = words("账号 姓名 授权 角色 单位 区域 起 止", "Login Name Mandate Role Party Area From Until").split()
    rows = [row for login, held in found for row in _rows(login, held)]
    show_table([(column, False) for column in columns], rows)
    return 0


def _rows(login: Login, held: Sequence[Mandate]) -> list[tuple[str, ...]]:
    name = login.name if login.is_open else words(f"{login.name}（停用）", f"{login.name} (closed)")
    who = (name, str(login.person))
    if not held:
        return [(*who, "", words("无授权", "no mandate"), "", "", "", "")]
    return [(*who, item.mandate, item.role, item.party, item.area, str(item.start), _until(item)) for item in held]


def _until(mandate: Mandate) -> str:
    if mandate.end is None:
        return ""
    return f"{mandate.end}" if mandate.acts_on(today()) else words(f"{mandate.end}（已失效）", f"{mandate.end} (over)")


def _as_json(login: Login, held: Sequence[Mandate]) -> dict[str, Any]:
    return {
        "login": login.name,
        "name": str(login.person),
        "open": login.is_open,
        "mandates": [dict(mandate.statement()) for mandate in held],
    }
