"""The codes of what meters mean and how good their readings are."""

from tanheng.kernel.faults.code import Code

METERING_QUALITY = (
    Code(
        "meter-unit-unknown",
        "计量点“{meter}”的单位“{unit}”没有整数步长；有：{known}。",
        "The unit “{unit}” of the meter “{meter}” is in no metering grid; known: {known}.",
        "请改正单位，或在 metering_grids 定义文件中登记。",
        "Correct the unit, or add it to the metering_grids definition.",
    ),
    Code(
        "meter-multiplier-unreadable",
        "计量点“{meter}”的倍率“{multiplier}”不是正数。",
        "The multiplier “{multiplier}” of the meter “{meter}” is not a positive number.",
        "请改正台账中的倍率。",
        "Correct the multiplier in the register of meters.",
    ),
)
