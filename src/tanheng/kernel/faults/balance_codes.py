"""Codes of regional balances and of the intensities that rest on them."""

from tanheng.kernel.faults.code import Code

BALANCES = (
    Code(
        "balance-missing",
        "{period} 没有能源平衡表（方法 {method}，知识日期 {known_on}）。",
        "There is no energy balance for {period} (method {method}, known on {known_on}).",
        "请导入该年的平衡表，或检查报告期。",
        "Import the balance of that year, or check the period.",
    ),
    Code(
        "balance-process-unknown",
        "平衡表中的行“{process}”不在格式 {layout} 中。已知：{known}。",
        "The row “{process}” of the balance is not in the layout {layout}. Known: {known}.",
        "请改正行名，或在平衡表格式中登记它的含义。",
        "Correct the name of the row, or register what it is in the layout of the balance.",
    ),
    Code(
        "balance-cell-twice",
        "平衡表中“{fuel:zh}”的“{process:zh}”有 {count} 个数：{sources}。",
        "The balance states “{process:en}” of “{fuel:en}” {count} times: {sources}.",
        "一行一种能源只能有一个数：请核对来源，撤销错误的导入。",
        "A row has one figure for a fuel: compare the sources and undo the wrong import.",
    ),
    Code(
        "balance-not-closed",
        "“{fuel:zh}”不平衡：差 {residual:,.3f} 吨标准煤，容差 {tolerance:g} 吨标准煤。",
        "“{fuel:en}” does not balance: {residual:,.3f} tce are left over, {tolerance:g} tce are tolerated.",
        "请核对该品种的可供量、加工转换、损失、终端消费和平衡差额；容差由设置 closure_tolerance 决定。",
        "Check supply, transformation, losses, final consumption and statistical difference of this fuel; the setting "
        "closure_tolerance says what is tolerated.",
    ),
    Code(
        "balance-subtotal-differs",
        "“{fuel:zh}”的合计行“{process:zh}”为 {stated:,.3f} 吨标准煤，与各分项之和相差 {difference:,.3f}。",
        "The sum “{process:en}” of “{fuel:en}” is {stated:,.3f} tce, {difference:,.3f} off the rows that make it up.",
        "表中可能缺少分项（如油品再投入量）；按合计行计算，请核对原表。",
        "A row may be missing (such as oil fed back into refining); the stated sum counts: check the original table.",
    ),
    Code(
        "balance-whole-differs",
        "各品种之和与“{column}”一列相差 {difference:,.3f} 吨标准煤；总量取该列。",
        "The fuels add up to {difference:,.3f} tce more than the column “{column}”; the total is that column.",
        "两者用的热值不同属常见；差额明显时请核对原表。",
        "They often rest on different calorific values; where the difference is large, check the original table.",
    ),
    Code(
        "fuel-not-counted",
        "“{fuel:zh}”不计入排放：{reason:zh}（活动数据 {activity:,.3f} 吨标准煤）。",
        "“{fuel:en}” is not counted: {reason:en} (activity data {activity:,.3f} tce).",
        "如需改变，请用 --set furnace_carbon 或 --set fuels_left_out。",
        "To change that, use --set furnace_carbon or --set fuels_left_out.",
    ),
    Code(
        "carbon-counted-twice",
        "设置项 {name} 为 both：焦炭与高炉、转炉煤气含同一份碳，不能都计。",
        "The setting {name} is both: coke and the gases of furnace and converter hold the same carbon.",
        "请选 {name}=coke（在焦炭计入）或 {name}=gases（在煤气燃烧处计入）。",
        "Choose {name}=coke (counted in the coke) or {name}=gases (counted where the gas is burnt).",
    ),
    Code(
        "setting-not-allowed",
        "设置项“{name}”不能取“{value}”，可取：{allowed}。",
        "The setting “{name}” cannot be “{value}”. It may be: {allowed}.",
        "请改正 --set 后的值。",
        "Correct the value after --set.",
    ),
    Code(
        "intensity-without-data",
        "{period} 没有能源、碳排放、地区生产总值或其变动率（方法 {method}，知识日期 {known_on}）。",
        "Nothing is stated of energy, CO2, GDP or their change for {period} (method {method}, known on {known_on}).",
        "请导入统计公报或反馈表，或检查报告期。",
        "Import the bulletin or the feedback, or check the period.",
    ),
    Code(
        "gdp-missing",
        "{subject:zh} {period} 还没有地区生产总值或其增速，强度不作推算。",
        "There is no GDP of {subject:en} for {period} yet, nor its growth: no intensity is made up.",
        "地区生产总值按季公布且较晚，发布后再算。",
        "GDP comes by the quarter and late: compute again when it is out.",
    ),
    Code(
        "price-year-differs",
        "{subject:zh} {period} 的地区生产总值价格年不合：{unit}。",
        "The GDP of {subject:en} for {period} is at prices that do not fit: {unit}.",
        "两年须为同一价格年，且有该价格年的强度指标；请换成同一可比价的数。",
        "Both years need one price year, and an intensity declared at it: import GDP at one year's prices.",
    ),
    Code(
        "series-broken",
        "{subject:zh} 的“{indicator}”{period} 与上年之间有普查修订，没有同口径的两年，不比较（知识日期 {vintage}）。",
        "A census lies between {period} and the year before in “{indicator}” of {subject:en}; no vintage has both on "
        "one footing, so they are not compared (known on {vintage}).",
        "请导入普查前公布的上年数，或普查后追溯修订的数（知识日期 {vintage}）。",
        "Import what was published before the census, or the year before as it was restated (known on {vintage}).",
    ),
    Code(
        "earlier-vintage-used",
        "{subject:zh} 的“{indicator}”{period} 的增速按 {vintage} 公布的数计算：此后普查只修订了其中一年。",
        "The growth of “{indicator}” of {subject:en} in {period} is that known on {vintage}: a census has restated one "
        "of the two years since.",
        "跨普查只接增速，不接水平；无需处理。",
        "Across a census growth is chained and levels are not: nothing need be done.",
    ),
    Code(
        "growth-identity-broken",
        "{subject:zh} {period} 的增速恒等式不成立：差 {difference:.3f} 个百分点（容差 {tolerance:g}）。",
        "The growth identity of {subject:en} in {period} is off by {difference:.3f} points ({tolerance:g} tolerated).",
        "请核对三个增速的口径和修订：能源、强度、地区生产总值。",
        "Check the coverage and revision of the three rates: energy, intensity and GDP.",
    ),
    Code(
        "published-rate-differs",
        "{subject:zh} {period} 重算的降低率比公布的高 {difference:.3f} 个百分点（容差 {tolerance:g}）。",
        "The recomputed decline of {subject:en} in {period} is {difference:.3f} points above the published one "
        "({tolerance:g} tolerated).",
        "两者分别修订属常见；差额大时请核对总量与地区生产总值。",
        "They are revised apart; where the difference is large, check total and GDP.",
    ),
    Code(
        "rate-missing",
        "{subject:zh} 缺少 {years} 的降低率，不作累计。",
        "There is no decline of {subject:en} for {years}: nothing is accumulated.",
        "补齐这些年份后再算；缺年不按零计。",
        "Compute again when these years are there; a missing year is not counted as zero.",
    ),
)
