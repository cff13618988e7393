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
    Code(
        "virtual-meter-unknown",
        "虚拟计量点“{meter}”的算式引用了未登记的“{other}”。",
        "The formula of the virtual meter “{meter}” names “{other}”, which is not registered.",
        "请改正算式，各计量点之间用空格隔开，如 +总表 -租户。",
        "Correct the formula; meters stand apart by blanks, such as +gate -tenant.",
    ),
    Code(
        "virtual-meter-loop",
        "虚拟计量点“{meter}”经“{other}”引用了自己。",
        "The virtual meter “{meter}” comes back to itself through “{other}”.",
        "请改正算式。",
        "Correct the formula.",
    ),
    Code(
        "virtual-meter-carriers",
        "虚拟计量点“{meter}”与“{other}”的品种不同（{carrier}）。",
        "The virtual meter “{meter}” adds “{other}”, which is of another carrier ({carrier}).",
        "只有同一品种的计量点可以加减。",
        "Only meters of one carrier can be added and subtracted.",
    ),
)
