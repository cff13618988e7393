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
    Code(
        "simulate-faults-unknown",
        "不认识的故障“{given}”；有：{known}。",
        "“{given}” is no fault that can be simulated; known: {known}.",
        "请写 none、all、总个数，或名称（可带个数），如 gap,spike:10。",
        "Write none, all, a number, or names with numbers such as gap,spike:10.",
    ),
    Code(
        "simulate-too-small",
        "{meters} 个计量点 {days} 天放不下故障“{kind}”。",
        "{meters} meters over {days} days have no room for the fault “{kind}”.",
        "请增加计量点或天数，或减少故障。",
        "Simulate more meters or days, or fewer faults.",
    ),
    Code(
        "simulate-truth-unknown",
        "真值文件“{file}”的格式不认识；有：{known}。",
        "The truth cannot be written as “{file}”; known: {known}.",
        "请改用其中一种扩展名。",
        "Use one of these endings.",
    ),
)
