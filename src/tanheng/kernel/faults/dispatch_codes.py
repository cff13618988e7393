"""Codes of the monthly dispatch, the forecasts of the year's end and the drivers."""

from tanheng.kernel.faults.code import Code

DISPATCH = (
    Code(
        "dispatch-estimate",
        "{subject:zh}{period} 的各数只覆盖规上工业、全社会用电、燃气和报送单位，不等于全区能源消费总量：作推算看待。",
        "The figures of {subject:en} in {period} cover above-scale industry, electricity, gas and reporting units; "
        "they are not its total energy: an estimate.",
        "总量以统计核算数和市反馈为准；对外使用时请注明口径。",
        "For the total take the statistics or the city's feedback; name the coverage wherever the figures are used.",
    ),
    Code(
        "dispatch-summed",
        "{subject:zh}没有报送“{indicator:zh}”{period} 的合计，按下级区域相加（推算）。",
        "{subject:en} states no “{indicator:en}” for {period}: the areas within it are added up (an estimate).",
        "下级合计与本级公布数之间可能有差额；收到本级的表后请导入并重算。",
        "The sum may differ from what the area publishes; import its own table when it comes and run again.",
    ),
    Code(
        "dispatch-summed-in-part",
        "{subject:zh}没有报送“{indicator:zh}”{period} 的合计，下级区域也没有报齐，相加不能代表本区域；"
        "未报的：{absent:zh}。",
        "{subject:en} states no “{indicator:en}” for {period}, and not all areas within it do: their sum does "
        "not speak for it; without a statement: {absent:en}.",
        "请导入本区域的表，或催报并导入所缺各区域的表，再重算。",
        "Import the table of the area itself, or those that are missing, and run again.",
    ),
    Code(
        "dispatch-base-not-positive",
        "{subject:zh}“{indicator:zh}”的比较基数为 {value}，不是正数：不计算增速。",
        "The base of “{indicator:en}” of {subject:en} is {value}, which is not positive: no growth is computed.",
        "请核对上年同期的数；供出大于消费的单位，增速没有意义。",
        "Check the figure of a year earlier; a unit that supplies more than it uses has no growth.",
    ),
    Code(
        "dispatch-units-silent",
        "{subject:zh}有 {count} 户应报未报 {period}，两年的数都未计入增速：{units:zh}。",
        "{count} units of {subject:en} owe {period} and have not reported; neither of their years is in the growth: "
        "{units:en}.",
        "请催报；收到后导入并重算。确已停产的，请在节能月报中写明或在名录中注销。",
        "Remind them; import what comes and run again. Those that have closed say so in their monthly report or leave "
        "the directory.",
    ),
    Code(
        "dispatch-units-incomplete",
        "{subject:zh}有 {count} 户在 {period} 中间缺月，两年的数都未计入增速：{units:zh}。",
        "{count} units of {subject:en} miss a month within {period}; neither year is in the growth: {units:en}.",
        "请补报缺的月份后重算。",
        "Report the missing months and run again.",
    ),
    Code(
        "dispatch-few-compared",
        "{subject:zh}{period} 报送能耗的增速只由 {of} 户中的 {count} 户得出，占已报能耗的 {share}%，不足 {least}%，"
        "不能代表本区域。",
        "The growth of what units of {subject:en} report in {period} rests on {count} of {of} units with {share} % of "
        "the energy reported, less than {least} %: it does not speak for the area.",
        "请补报缺的月份或催报后重算（各户见其余问题）；认可的下限见设置 compared_share_least。",
        "Import the missing months or remind the silent units and run again (the other findings name them); the least "
        "share is the setting compared_share_least.",
    ),
    Code(
        "dispatch-units-uncompared",
        "{subject:zh}有 {count} 户没有上年同期数，又不是期内新投产，未计入增速：{units:zh}。",
        "{count} units of {subject:en} have no figure of a year earlier and did not open since; they are not in the "
        "growth: {units:en}.",
        "新入库的单位请补报上年同期（入库补报）。",
        "Units new on the list report the same months of last year.",
    ),
    Code(
        "dispatch-units-moved",
        "{subject:zh}有 {count} 户在比较期内变更属地；两年都按本期末的属地计：{units:zh}。",
        "{count} units of {subject:en} changed place within the years compared; both years count where they lie at the "
        "end of the period: {units:en}.",
        "与按当时区划公布的上年数比较时，请注意这一调整。",
        "Mind this when comparing with figures that were published for the areas as they were then.",
    ),
    Code(
        "forecast-below-actual",
        "{subject:zh}的全年预计 {forecast} 吨标准煤，低于已用的 {actual} 吨标准煤，不予采用，按季节比例推算。",
        "{subject:en} expects {forecast} tce for the year and has used {actual} already; its season is used.",
        "请核对该单位节能月报的“全年预计”。",
        "Check the forecast in its monthly report.",
    ),
    Code(
        "forecast-not-comparable",
        "{subject:zh}向外供能，其全年预计只报了消费量，口径不同，按季节比例推算。",
        "{subject:en} supplies energy and forecasts consumption alone, another coverage; its season is used.",
        "需要时请该单位同时预计供出量。",
        "Where it matters, ask the unit for a forecast of what it supplies.",
    ),
    Code(
        "forecast-without-history",
        "{subject:zh}缺少推算全年所需的历史（{need:zh}），不出数。",
        "The history that a forecast of {subject:en} needs is not there ({need:en}): no number.",
        "请导入往年各月的单位月报后重算。",
        "Import the monthly reports of earlier years and run again.",
    ),
    Code(
        "forecast-of-few",
        "{subject:zh}{period} 的全年推算和距目标只由 {of} 户中的 {count} 户得出，占已报能耗的 {share}%，不足 {least}%，"
        "不能代表本区域。",
        "The year foretold for {subject:en} in {period}, and what remains to its targets, rest on {count} of {of} "
        "units with {share} % of the energy reported, less than {least} %: they do not speak for the area.",
        "请补报这些单位上年和本年缺的月份后重算；认可的下限见设置 foretold_share_least。",
        "Import the months of this year and last that the others miss and run again; the least share is the setting "
        "foretold_share_least.",
    ),
    Code(
        "forecast-not-installed",
        "方法“{method}”需要统计模型库，本机没有安装。",
        "The method “{method}” needs a library of statistical models that is not installed here.",
        "请安装 forecast 附加包：pip install 'tanheng[forecast]'。",
        "Install the extra: pip install 'tanheng[forecast]'.",
    ),
    Code(
        "year-end-needs-gdp",
        "{subject:zh}的强度目标换算成能耗，需要 {period} 地区生产总值可比增速；尚未公布，也没有设定预期值。",
        "To express the intensity target of {subject:en} as energy, the growth of GDP in {period} is needed; it is not "
        "out, and no expected value is set.",
        "可用 --set gdp_growth=5.0 设定全年预期增速（注明来源）。",
        "Set the expected growth of the year with --set gdp_growth=5.0, and say where it comes from.",
    ),
    Code(
        "drivers-without-added",
        "{subject:zh}的“{sector:zh}”缺少 {period} 的可比价增加值，其能耗变化整体列入其他，不分解。",
        "{subject:en} has no value added at comparable prices for “{sector:en}” in {period}: the change of its energy "
        "is listed with the others and not decomposed.",
        "居民生活没有增加值，属正常；其他部门请补报增加值后重算。",
        "Households have none, which is normal; for any other sector state its value added and run again.",
    ),
    Code(
        "drivers-prices-differ",
        "{subject:zh}的“{sector:zh}” {period} 与上年、或与其他行业的增加值不是同一价格年，不能比较或相加，"
        "其能耗变化整体列入其他，不分解。",
        "The value added of “{sector:en}” in {subject:en}, {period}, is not at one year's prices, or not at those of "
        "the other sectors: the change of its energy is listed with the others and not decomposed.",
        "请按同一价格年补报两年的增加值后重算。",
        "State it for both years at the same prices and run again.",
    ),
    Code(
        "drivers-negative",
        "{subject:zh}的“{sector:zh}” {period} 或上年的能耗或增加值为负数，其能耗变化整体列入其他，不分解。",
        "Energy or value added of “{sector:en}” in {subject:en} is negative in {period} or the year before: the "
        "change of its energy is listed with the others and not decomposed.",
        "请核对来表；确为负数的，此项不能按产出、结构、强度分解。",
        "Check the table; where it is negative indeed, it has no activity, structure and intensity.",
    ),
    Code(
        "drivers-sector-one-sided",
        "{subject:zh}的“{sector:zh}”只有一年的能耗（缺 {period}），整个地区不作分解。",
        "The energy of “{sector:en}” in {subject:en} is not known for {period}: the area is not decomposed.",
        "请补报缺的一年；确实没有的，申报零。",
        "State the missing year; state zero where there was none.",
    ),
)
