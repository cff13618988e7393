"""The shapes of definition files that the room of meters reads."""

from __future__ import annotations

from collections.abc import Mapping

from tanheng.kernel.faults import Worded
from tanheng.kernel.pack.metering_columns import MeteringColumns
from tanheng.kernel.pack.metering_grids import MeteringGrids
from tanheng.kernel.pack.metering_interface import MeteringInterface
from tanheng.kernel.pack.metering_quality import MeteringQuality
from tanheng.kernel.pack.metering_uses import DataCentreRules, MeteringUses
from tanheng.kernel.pack.shape import Shape
from tanheng.kernel.pack.tariff import Tariff

METERING_SHAPES: Mapping[str, type[Shape]] = {
    "data_centre_rules/1": DataCentreRules,
    "metering_columns/1": MeteringColumns,
    "metering_grids/1": MeteringGrids,
    "metering_interface/1": MeteringInterface,
    "metering_quality/1": MeteringQuality,
    "metering_uses/1": MeteringUses,
    "tariff/1": Tariff,
}

METERING_KINDS: Mapping[type[Shape], Worded] = {
    DataCentreRules: Worded("数据中心规则", "rules for data centres"),
    MeteringColumns: Worded("计量表列名", "headings of metering tables"),
    MeteringGrids: Worded("计量步长", "metering grids"),
    MeteringInterface: Worded("计量数据接口", "interface for readings"),
    MeteringQuality: Worded("计量质量门槛", "limits of reading quality"),
    MeteringUses: Worded("计量应用设置", "settings of the uses of readings"),
    Tariff: Worded("分时电价", "tariff"),
}


def clauses_of(value: Shape) -> list[str]:
    """The clauses that a definition of this room cites."""
    match value:
        case MeteringInterface() | MeteringGrids():
            return [value.clause]
        case MeteringQuality():
            return [*(limit.clause for limit in value.limits.values()), value.weights_clause]
        case MeteringUses():
            return [setting.clause for setting in value.settings.values()]
        case DataCentreRules():
            return [*(kind.clause for kind in value.kinds.values()), value.closing.clause]
        case Tariff():
            return [season.clause for season in value.seasons]
    return []
