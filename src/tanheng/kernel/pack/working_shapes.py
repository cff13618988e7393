"""The shapes of what a site works by: who may do what, how its areas are drawn. Figures are computed without them."""

from __future__ import annotations

from collections.abc import Mapping

from tanheng.kernel.faults import Worded
from tanheng.kernel.pack.area_map import AreaMap
from tanheng.kernel.pack.demo_logins import DemoLogins
from tanheng.kernel.pack.role import Role
from tanheng.kernel.pack.shape import Shape

WORKING_SHAPES: Mapping[str, type[Shape]] = {
    "map/1": AreaMap,
    "demo_logins/1": DemoLogins,
    "role/1": Role,
}

WORKING_KINDS: Mapping[type[Shape], Worded] = {
    AreaMap: Worded("地图", "map"),
    DemoLogins: Worded("演示账号", "logins of a demonstration"),
    Role: Worded("角色", "role"),
}
