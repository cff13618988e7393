"""Codes of targets: what cannot be measured, and why there is no progress to state."""

from tanheng.kernel.faults.code import Code

TARGETS = (
    Code(
        "target-base-missing",
        "目标“{target:zh}”（{id}）没有基期，无法计算进度，没有灯也没有得分。",
        "The target “{target:en}” ({id}) names no base year: it has no progress, no light and no score.",
        "请在该目标的 baseline 中写明从哪一年起算，再重新登记。",
        "Name the year it is measured from in its baseline, and record it again.",
    ),
    Code(
        "target-area-changed",
        "{subject:zh}的辖区在 {day} 有变动（撤并或划入划出），{period} 的数与基期不是同一辖区，进度和灯可能因此失真。",
        "The area of {subject:en} changed on {day}: the figures of {period} and of the base are not about one area, "
        "and progress and lights may show that instead of effort.",
        "请按现辖区重报两年的数、更正目标；已按同一辖区调整的，写明理由后接受本项。",
        "Have both years stated for the area as it is now and the target corrected; where they are, accept this "
        "and say so.",
    ),
    Code(
        "target-stated-twice",
        "{subject:zh}的“{measure:zh}”在 {span} 有 {count} 个不同的目标：{targets}；都不采用。",
        "{subject:en} has {count} different targets of “{measure:en}” for {span}: {targets}; none of them counts.",
        "请用 tanheng policy supersede 写明哪一份文件为准，或更正其中之一。",
        "Say by tanheng policy supersede which document counts, or correct one of them.",
    ),
    Code(
        "target-not-a-number",
        "目标“{target:zh}”（{id}）不是可以逐年比较的数（{operator}），不算进度。",
        "The target “{target:en}” ({id}) is no number that years can be compared with ({operator}): no progress.",
        "数量由上级下达的，下达后登记；其他的按任务跟踪。",
        "Record the number once it is assigned; follow other demands as tasks.",
    ),
    Code(
        "target-unit-unfit",
        "目标“{target:zh}”（{id}）的单位“{unit}”不能换成{expected:zh}。",
        "The unit “{unit}” of the target “{target:en}” ({id}) does not convert to {expected:en}.",
        "请更正目标的 unit_norm，或在该指标口径的 demand_units 中写明。",
        "Correct unit_norm of the target, or say how it is read in demand_units of the measure.",
    ),
    Code(
        "target-subject-unknown",
        "{count} 个目标的对象不在名录中，或名称不止一个对象有：{subjects}；这些目标没有核对。",
        "The subjects of {count} targets are not in the directory, or share their name: {subjects}; not compared.",
        "请在目标中写对象的编号（如 area/…），或在名录中补登。",
        "Write the id of the subject (area/…) in the target, or add it to the directory.",
    ),
    Code(
        "target-due-unreadable",
        "目标“{target:zh}”（{id}）没有可以逐年比较的期限（“{by}”）。",
        "The target “{target:en}” ({id}) has no due year that results can be compared with (“{by}”).",
        "请把期限写成年份，例如 2030。",
        "Write the due period as a year, such as 2030.",
    ),
    Code(
        "target-path-unusable",
        "目标“{target:zh}”（{id}）的进度表不能按“{form}”计算：{problem:zh}。",
        "The schedule of the target “{target:en}” ({id}) cannot follow the form “{form}”: {problem:en}.",
        "请改用 linear，或用 table 逐年列出。",
        "Use linear, or list the years in a table.",
    ),
    Code(
        "target-without-result",
        "{subject:zh}的“{measure:zh}”在 {period} 还没有结果，目标没有可比的数。",
        "There is no result of “{measure:en}” for {subject:en} in {period}: nothing to compare with its target.",
        "请导入该期数据后重算；没有结果不等于完成。",
        "Import the data of the period and run again; no result is not a target met.",
    ),
    Code(
        "target-year-missing",
        "{subject:zh}的“{measure:zh}”缺 {years} 年的结果，累计不能连乘。",
        "Results of “{measure:en}” for {subject:en} are missing for {years}: the years cannot be chained.",
        "请补齐这些年份；缺的年份不能当作零。",
        "Import those years; a missing year does not count as zero.",
    ),
    Code(
        "target-progress-undefined",
        "目标“{target:zh}”（{id}）要求 {cut}%，{problem:zh}。",
        "The target “{target:en}” ({id}) asks for {cut} %: {problem:en}.",
        "请看累计数与目标本身；进度不用百分比表示。",
        "Look at the cumulative figure and the target themselves; a percentage says nothing here.",
    ),
    Code(
        "path-years-wrong",
        "目标期 {years} 年，已完成 {done} 年：年数不合。",
        "The target runs {years} years and {done} are done: that does not fit.",
        "目标期至少一年，至多一百年；--done 按年列出，不多于目标期年数。",
        "A target runs one to a hundred years; --done lists one cut a year, no more than there are.",
    ),
    Code(
        "path-form-unfit",
        "进度表形式“{form}”不适用于 {years} 年降低 {cut}% 的目标。",
        "A schedule of the form “{form}” does not fit a cut of {cut} % in {years} years.",
        "降低 100% 及以上请用 linear；table 须逐年列出累计数，末年等于总降低率，不与其他形式并用。",
        "Use linear for a cut of 100 % or more; a table states the cumulative cut of every year, "
        "the whole by the last, and goes with no other form.",
    ),
    Code(
        "path-nothing-left",
        "第 {year} 年已降低 {value}%，不再有余量，其后各年的降低率没有意义。",
        "Year {year} fell by {value} %: nothing was left, and a rate of a later year means nothing.",
        "请核对 --done；降到零以后请用总量目标，不用降低率。",
        "Check --done; after zero use a target of an amount instead of a rate.",
    ),
    Code(
        "numbers-unreadable",
        "“{text}”不是以逗号分隔的数。",
        "“{text}” is no list of numbers with commas between them.",
        "请写成 2.9,3.1；上升写负数。",
        "Write 2.9,3.1; a rise is below zero.",
    ),
    Code(
        "targets-missing",
        "{period} 没有可以核对的目标（截至 {known_on} 已登记的）。",
        "No target recorded by {known_on} runs in {period}.",
        "先用 tanheng policy accept 登记文件中的目标，或用 tanheng targets adopt 采纳一份目标表。",
        "Record targets of a document by tanheng policy accept, or adopt a table by tanheng targets adopt.",
    ),
    Code(
        "apart-in-one-year",
        "{subject:zh}的单列能耗（{lines:zh}）只在 {period} 或上年之一有数，未另算扣除后的降低率。",
        "Energy of {subject:en} that stands apart ({lines:en}) is stated for {period} or the year before only: "
        "no decline without it.",
        "请两年都报；确实没有的一年报零。",
        "State it for both years, zero where there is none.",
    ),
    Code(
        "target-row-invalid",
        "目标表的这一行读不出目标：{problem}。",
        "This row of the table is no target: {problem}.",
        "请按 target/1 的字段改正，列名如 demand.operator、baseline.period。",
        "Correct it by the fields of target/1; headings are such as demand.operator, baseline.period.",
    ),
    Code(
        "target-row-twice",
        "编号 {id} 在目标表中出现两次。",
        "The id {id} stands twice in the table.",
        "请逐行编号，或删去重复的一行。",
        "Give each row an id of its own, or delete the repeated one.",
    ),
)
