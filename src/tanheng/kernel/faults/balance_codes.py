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
        "平衡表中“{fuel}”的“{process}”有 {count} 个数：{sources}。",
        "The balance states “{process}” of “{fuel}” {count} times: {sources}.",
        "一行一种能源只能有一个数：请核对来源，撤销错误的导入。",
        "A row has one figure for a fuel: compare the sources and undo the wrong import.",
    ),
    Code(
        "balance-not-closed",
        "“{fuel}”不平衡：差 {residual:,.3f} 吨标准煤，容差 {tolerance:g} 吨标准煤。",
        "“{fuel}” does not balance: {residual:,.3f} tce are left over, {tolerance:g} tce are tolerated.",
        "请核对该品种的可供量、加工转换、损失、终端消费和平衡差额；容差由设置 closure_tolerance 决定。",
        "Check supply, transformation, losses, final consumption and statistical difference of this fuel; the setting "
        "closure_tolerance says what is tolerated.",
    ),
    Code(
        "balance-subtotal-differs",
        "“{fuel}”的合计行“{process}”为 {stated:,.3f} 吨标准煤，与各分项之和相差 {difference:,.3f}。",
        "The sum “{process}” of “{fuel}” is {stated:,.3f} tce, {difference:,.3f} off the rows that make it up.",
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
        "“{fuel}”不计入排放：{reason:zh}（活动数据 {activity:,.3f} 吨标准煤）。",
        "“{fuel}” is not counted: {reason:en} (activity data {activity:,.3f} tce).",
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
)
