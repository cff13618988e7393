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
    Code(
        "meter-gap-spread",
        "{meter}：{start} 至 {end} 无读数，按示数差 {size} {step} 均摊到缺口内。",
        "{meter}: no readings from {start} to {end}; the difference of the register, {size} {step}, is "
        "spread over the gap.",
        "总量准确，分时为均摊；如有补传请导入。",
        "The total is exact, its course is even; import the readings if they can still be had.",
    ),
    Code(
        "meter-readings-set-aside",
        "{meter}：{start} 至 {end} 之间 {count} 个读数（{low} 至 {high}）偏离又返回，未采用；"
        "电量按前后示数差 {size} {step} 计。",
        "{meter}: between {start} and {end} {count} readings ({low} to {high}) left the track and came "
        "back; set aside, {size} {step} by the register beside.",
        "请核对采集装置；读数保留，可查。",
        "See to the collector; the readings are kept.",
    ),
    Code(
        "meter-turned-over",
        "{meter}：示数于 {start} 至 {end} 翻转，用量 {size} {step}。",
        "{meter}: the register turned over between {start} and {end}; {size} {step} used.",
        "无需处理。",
        "Nothing to do.",
    ),
    Code(
        "meter-swapped",
        "{meter}：{start} 至 {end} 换表，用量 {size} {step} 按台账起止示数计。",
        "{meter}: swapped between {start} and {end}; {size} {step} by the first and last values on record.",
        "无需处理。",
        "Nothing to do.",
    ),
    Code(
        "meter-swap-unsure",
        "{meter}：{start} 至 {end} 换表，台账缺起止示数，只计得 {size} {step}。",
        "{meter}: swapped between {start} and {end} without first or last value on record; only {size} "
        "{step} could be counted.",
        "请在台账补记拆表和装表示数。",
        "Record the last value of the old device and the first of the new one.",
    ),
    Code(
        "meter-multiplier-corrected",
        "{meter}：{start} 至 {end} 倍率更正，用量 {size} {step}。",
        "{meter}: the multiplier was corrected between {start} and {end}; {size} {step} used.",
        "请核对更正日期。",
        "Check the day of the correction.",
    ),
    Code(
        "meter-reset",
        "{meter}：示数于 {start} 至 {end} 归零（变化 {size} {step}），自零起计，归零前的用量可能缺失。",
        "{meter}: the register was reset between {start} and {end} (change {size} {step}); counted from "
        "zero, what was used before may be lost.",
        "请核对现场记录；如为换表请补记台账。",
        "Check on site; if the meter was swapped, record it.",
    ),
    Code(
        "meter-unit-slip",
        "{meter}：{start} 至 {end} 按小单位上报（如瓦时当千瓦时），已还原，{size} {step}。",
        "{meter}: sent in a smaller unit from {start} to {end} (such as Wh for kWh); restored, {size} {step}.",
        "请改正上报程序的单位。",
        "Correct the unit in the sending program.",
    ),
    Code(
        "meter-above-most",
        "{meter}：{start} 至 {end} 用量 {size} {step}，超过表计最大值，计入并标为存疑。",
        "{meter}: {size} {step} from {start} to {end} is more than the meter can bring; counted as suspect.",
        "请核对读数和台账中的最大值。",
        "Check the readings and the most on record.",
    ),
    Code(
        "meter-caught-up",
        "{meter}：示数停滞后于 {end} 补增，{size} {step} 均摊到 {start} 至 {end}。",
        "{meter}: stood still and caught up at {end}; {size} {step} spread from {start} on.",
        "请检修表计或采集装置。",
        "See to the meter or its collector.",
    ),
    Code(
        "meter-fell",
        "{meter}：{start} 至 {end} 示数下降 {size} {step}，台账无换表、无翻转，该段电量缺失。",
        "{meter}: the register fell by {size} {step} between {start} and {end}, no swap or turn on "
        "record; the energy of that time is missing.",
        "请核对现场；如为换表，补记台账后自动重算。",
        "Check on site; a swap put on record is computed again by itself.",
    ),
    Code(
        "meter-jumped",
        "{meter}：{start} 至 {end} 示数跳增 {size} {step}，表计不可能达到，不计为电量，该段缺失。",
        "{meter}: the register jumped by {size} {step} between {start} and {end}, more than any meter "
        "of its kind; not energy, that time is missing.",
        "请核对读数；如用量属实，请改正台账中的最大值。",
        "Check the readings; if they are true, correct the most on record.",
    ),
    Code(
        "meter-amounts-missing",
        "{meter}：{start} 至 {end} 缺 {count} 个间隔量，无从推算。",
        "{meter}: {count} amounts are missing from {start} to {end} and cannot be had from others.",
        "请补传；必要时用具名方法填补。",
        "Send them again; or fill the gap by a named method.",
    ),
    Code(
        "meter-amount-negative",
        "{meter}：{start} 至 {end} 有 {count} 个间隔量为负，未采用。",
        "{meter}: {count} amounts from {start} to {end} are negative; set aside.",
        "请核对接线和上报程序。",
        "Check the wiring and the sending program.",
    ),
    Code(
        "meter-amount-jumped",
        "{meter}：{start} 至 {end} 有 {count} 个间隔量超过最大值，未采用。",
        "{meter}: {count} amounts from {start} to {end} are more than the meter can bring; set aside.",
        "请核对读数。",
        "Check the readings.",
    ),
    Code(
        "meter-incomplete",
        "{meter}：完整率 {share}，低于 {least}（应到 {due} 个间隔）。",
        "{meter}: complete to {share}, below {least} (of {due} intervals due).",
        "请检修采集并补传。",
        "Mend the collection and send what is missing.",
    ),
    Code(
        "meter-silent",
        "{meter}：自 {since} 起无读数，已 {hours} 小时；应于 {repair_by} 前修复。",
        "{meter}: silent since {since}, {hours} hours; to be repaired by {repair_by}.",
        "逾期请报告并人工补录。",
        "After that day report it and enter readings by hand.",
    ),
    Code(
        "meter-stood-still",
        "{meter}：连续 {days} 天用量不变（卡滞或停用），此前此后没有这样的日子；如为故障应于 {repair_by} 前修复。",
        "{meter}: stood still for {days} days and on no other day (stuck, or out of use); if a fault, "
        "to be repaired by {repair_by}.",
        "请核对现场是否停用。",
        "Check whether it was out of use.",
    ),
    Code(
        "meter-calibration-ended",
        "{meter}：检定有效期至 {until}，已过期。",
        "{meter}: its calibration ended on {until}.",
        "请送检并更新台账。",
        "Have it calibrated and record it.",
    ),
    Code(
        "meter-calibration-unknown",
        "{meter}：台账没有检定有效期。",
        "{meter}: the register does not say until when it is calibrated.",
        "请补记。",
        "Record it.",
    ),
    Code(
        "sub-meters-differ",
        "{meter}：{count} 个下级计量合计 {total} {step}，上级 {against} {step}，相差 {difference} "
        "{step}（{share}，门槛 {most}）。",
        "{meter}: its {count} sub-meters add up to {total} {step} against {against} {step}; "
        "{difference} {step} apart ({share}, at most {most}).",
        "请核对计量网络图、倍率和缺表。",
        "Check the tree of meters, multipliers and meters that are missing in it.",
    ),
    Code(
        "days-differ-from-month",
        "{meter}：日数据合计 {total} {step}，月数据 {against} {step}，相差 {share}，超过 {most}。",
        "{meter}: the days add up to {total} {step}, the month says {against} {step}: {share} apart, more than {most}.",
        "请核对日、月数据的口径与补传。",
        "Check what days and month cover, and what was sent later.",
    ),
    Code(
        "metered-differs-from-reported",
        "{meter}：计量 {total} {step}，填报 {against} {step}，相差 {share}，超过 {most}。",
        "{meter}: metered {total} {step}, reported {against} {step}: {share} apart, more than {most}.",
        "请与单位核对关口表和填报口径。",
        "Check the main meters and the coverage of the report with the unit.",
    ),
    Code(
        "no-readings",
        "“{folder}”里没有读数。",
        "There are no readings in “{folder}”.",
        "请先导入：tanheng meters import DIR。",
        "Import some first: tanheng meters import DIR.",
    ),
    Code(
        "reported-unreadable",
        "{place}：填报表读不懂：{problem}。",
        "{place}: the list of reported amounts cannot be read: {problem}.",
        "列为 facility, carrier, amount, value_unit；数量须为步长的整数倍。",
        "Its columns are facility, carrier, amount, value_unit; amounts are whole on the metering grid.",
    ),
)
