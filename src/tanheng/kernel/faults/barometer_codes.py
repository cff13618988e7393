"""The barometer: rules, lights, what a light cannot say, and papers made of lights."""

from tanheng.kernel.faults.code import Code

BAROMETER = (
    Code(
        "barometer-direction-unfit",
        "规则 {rule} 不能评定“{direction}”类目标，只能评定：{allowed}。",
        "The rule {rule} cannot grade a target of the kind {direction}, only: {allowed}.",
        "请另选规则（tanheng barometer rules）。",
        "Choose another rule (tanheng barometer rules).",
    ),
    Code(
        "barometer-target-unfit",
        "规则 {rule} 按完成率分级，目标 {target} 不大于零，完成率没有意义。",
        "The rule {rule} grades by completion, and of the target {target}, which is not above zero, there is none.",
        "请改用差距比例规则。",
        "Use a rule that grades by the gap.",
    ),
    Code(
        "barometer-number-unreadable",
        "{name} 不是数：“{text}”。",
        "{name} is no number: “{text}”.",
        "请写成十进制数，如 2.97 或 -0.5。",
        "Write a decimal number, such as 2.97 or -0.5.",
    ),
    Code(
        "degree-days-missing",
        "{subject:zh} {period} 没有两年的度日数，单位面积能耗不作气温修正。",
        "There are no degree days of both years for {subject:en}, {period}: its energy per area is not corrected.",
        "请导入所在区域的采暖和空调度日数（口径：气象站）。",
        "Import heating and cooling degree days of its area (coverage weather_station).",
    ),
    Code(
        "degree-days-none",
        "{subject:zh} {period} 的{kind:zh}度日数为零或负数，没有可用的比值，单位面积能耗不作气温修正。",
        "The {kind:en} degree days of {subject:en}, {period}, are zero or negative and leave no ratio: its energy per "
        "area is not corrected.",
        "请核对度日数；确实为零的，以未修正的降低率为准。",
        "Check the degree days; where they are zero indeed, the decline as measured stands alone.",
    ),
    Code(
        "barometer-period-not-quarter",
        "晴雨表按季度（1-3、1-6、1-9、1-12月）评定，不能评定 {period}。",
        "The barometer grades quarters to date (to March, June, September, December), not {period}.",
        "请写成 2025Q3（即 2025-01..2025-09）。",
        "Write 2025Q3 (which is 2025-01..2025-09).",
    ),
    Code(
        "barometer-rule-not-chosen",
        "{period} 适用的晴雨表规则有 {count} 条，应恰有一条；没有默认规则。",
        "{count} rules of lights are chosen for {period}, and there must be one: none is a default.",
        "请用 --rule 指明（{known}），或在本地定义包中写明选用哪一条（barometer/1）。",
        "Name one by --rule ({known}), or say in a pack which one is chosen (barometer/1).",
    ),
    Code(
        "barometer-not-stored",
        "{quarter} 还没有算好的晴雨表。",
        "No barometer of {quarter} has been computed yet.",
        "请在本季度晴雨表的文件页评定（命令行：tanheng barometer --period {quarter}），或查看已有的季度：{known}。",
        "Grade it on the page of its paper (by command: tanheng barometer --period {quarter}), or look at a quarter "
        "there is: {known}.",
    ),
    Code(
        "barometer-measure-unknown",
        "这张晴雨表没有指标“{measure}”的灯。",
        "This barometer has no light by the measure “{measure}”.",
        "可看的指标：{known}。",
        "There are lights by: {known}.",
    ),
    Code(
        "barometer-rule-unknown",
        "没有编号为 {rule} 的晴雨表规则。",
        "There is no rule of lights {rule}.",
        "已有：{known}。",
        "There are: {known}.",
    ),
    Code(
        "barometer-without-targets",
        "{period} 没有可评定的目标（知识日期 {known_on}）。",
        "Nothing is demanded for {period} that could be graded (as known on {known_on}).",
        "请先登记目标（“文件 › 文件目标登记”；命令行：tanheng targets adopt），并核对目标的指标、对象和年份。",
        "Adopt targets (Papers › Adopting targets; by command: tanheng targets adopt), and check their indicator, "
        "subject and year.",
    ),
    Code(
        "barometer-rule-of-another-era",
        "规则“{rule:zh}”的来源（{clause}）评定的不是这一时期，此处属自行选用。",
        "The source of the rule “{rule:en}” ({clause}) graded another era: here it is a choice of one's own.",
        "对外引用时写明规则和选用依据。",
        "Quote the rule and why it was chosen.",
    ),
    Code(
        "light-not-graded",
        "{subject:zh}的目标“{target:zh}”（{id}）不能按“{rule:zh}”评定，没有灯。",
        "The target “{target:en}” of {subject:en} ({id}) cannot be graded by “{rule:en}” and has no light.",
        "请另选规则，或单独说明该目标的情况。",
        "Choose another rule, or report on this target by itself.",
    ),
    Code(
        "light-grey",
        "{subject:zh} {period} 的目标“{target:zh}”（{id}）没有数据，为灰色。",
        "There are no data for the target “{target:en}” of {subject:en}, {period} ({id}): grey.",
        "请导入数据；灰色不等于完成。",
        "Import the data; grey does not mean that it is met.",
    ),
    Code(
        "light-field-waits",
        "{subject:zh} {period} 的目标“{target:zh}”（{id}）年内没有可比数，为灰色：该领域不以用电为主，"
        "或没有用电分类表，用电增速不能代表其能耗。",
        "There is nothing to compare the target “{target:en}” of {subject:en}, {period} ({id}) with: grey. The field "
        "does not mostly use electricity, or no table of electricity has come, so its growth says nothing.",
        "年度分领域能源消费量出来后核算；认为用电可以代表的，在 field_electricity 的 fields 设置中写明。",
        "It is accounted from the yearly energy by field; where electricity does stand for it, add it to the setting "
        "fields of field_electricity.",
    ),
    Code(
        "light-flat",
        "{subject:zh} {period} 的目标“{target:zh}”（{id}）的灯由上年单耗推算，按构成必然持平，不反映节能成效。",
        "The light of “{target:en}” of {subject:en}, {period} ({id}), is flat by construction: no saving can show.",
        "引用时说明推算方法；以核算数或市反馈为准。",
        "Say how it was made; go by the account or the city's feedback.",
    ),
    Code(
        "light-partly-flat",
        "{subject:zh} {period} 的目标“{target:zh}”（{id}）的灯中，{share}% 的能耗按上年单耗推算，该部分按构成持平。",
        "Of the light of “{target:en}” of {subject:en}, {period} ({id}), {share} % is flat by construction.",
        "引用时说明；该部分的节能成效待核算数或市反馈。",
        "Say so; a saving in that part shows in the account or the city's feedback only.",
    ),
    Code(
        "light-fell-back",
        "{subject:zh} {period} 的目标“{target:zh}”（{id}）比上季退步：{before} 级变为 {now} 级。",
        "The light of “{target:en}” of {subject:en}, {period} ({id}), fell back from level {before} to {now}.",
        "请核实原因，列入预警函。",
        "Find out why, and name it in the warning.",
    ),
    Code(
        "light-feedback-explained",
        "{subject:zh} {period}：市反馈与推算差 {points} 点，能耗增速占 {of_energy}、GDP 占 {of_gdp}（{which:zh}）。",
        "{subject:en}, {period}: the feedback differs from our estimate by {points} points, {of_energy} of them by the "
        "growth of energy, {of_gdp} by that of GDP ({which:en}).",
        "其余为市反馈自身的口径差；两灯并列展示。",
        "The rest lies in the feedback itself; both lights are shown.",
    ),
    Code(
        "light-feedback-differs",
        "{subject:zh} {period}：市反馈与本级数相差 {points} 个百分点，增速不全，不能分解（{which:zh}）。",
        "{subject:en}, {period}: the feedback differs from our figure by {points} points; growth rates are missing, so "
        "that it cannot be taken apart ({which:en}).",
        "请导入双方的能耗增速和 GDP 增速；两灯并列展示。",
        "Import growth of energy and GDP of both; both lights are shown.",
    ),
    Code(
        "barometer-area-without-lights",
        "{area} 没有灯：名录中没有它，或没有给它下目标。",
        "{area} has no light: the directory does not have it, or nothing is demanded of it.",
        "有灯的有：{known}。",
        "These have lights: {known}.",
    ),
)
