"""Codes of annual assessments: what keeps an item open, a score partial and a grade ungiven."""

from tanheng.kernel.faults.code import Code

SCORECARDS = (
    Code(
        "scorecard-not-chosen",
        "没有选定考核评分表（给出的是“{scorecard}”）。可用：{known}。",
        "No scorecard is chosen (given: “{scorecard}”). Known: {known}.",
        "请用 --scorecard 选一张；本地办法另有评分表的，先写入定义包。",
        "Choose one with --scorecard; write a local scorecard into a pack first.",
    ),
    Code(
        "no-assessed-subject",
        "评分表“{scorecard}”考核 {level} 一级，{known_on} 的名录和目标中没有这一级的对象。",
        "The scorecard “{scorecard}” assesses {level}; directory and targets as of {known_on} have none.",
        "请核对评分表的层级，或先导入名录、登记目标。",
        "Check the level of the scorecard, or import the directory and adopt the targets first.",
    ),
    Code(
        "target-not-set",
        "{subject:zh} {period}：“{item:zh}”没有可比的目标或完成值，该项未计分。",
        "{subject:en} {period}: “{item:en}” has no target or no figure to set beside it; the item is open.",
        "请登记该指标的目标（“文件 › 文件目标登记”；命令行：tanheng targets adopt），或报送完成值后重算。",
        "Adopt the target (Papers › Adopting targets; by command: tanheng targets adopt), or send the figure in and "
        "score again.",
    ),
    Code(
        "score-not-entered",
        "{subject:zh} {period}：“{item:zh}”须由人评定（{by}），尚未录入。",
        "{subject:en} {period}: “{item:en}” is scored by a person ({by}) and is not entered yet.",
        "评分录入表由网站管理员生成（命令行：tanheng assess sheet）；填好后在“数据”页报送。",
        "Ask whoever runs this site for the sheet (by command: tanheng assess sheet), and send it in under Data.",
    ),
    Code(
        "evidence-missing",
        "{subject:zh} {period}：“{item:zh}”在“{stage}”阶段的得分没有佐证编号（{cell}），不计分。",
        "{subject:en} {period}: the points of “{item:en}” at stage “{stage}” have no evidence ({cell}): not counted.",
        "请补填佐证编号后重新导入。",
        "Add the numbers of the evidence and import the sheet again.",
    ),
    Code(
        "score-unreadable",
        "{subject:zh} {period}：“{item:zh}”在“{stage}”阶段的得分或等级无法识别（{cell}）。",
        "{subject:en} {period}: points or grade of “{item:en}” at stage “{stage}” cannot be read ({cell}).",
        "得分请写数字，等级请按评分表所列填写。",
        "Write points as a number, and a grade as the scorecard lists it.",
    ),
    Code(
        "score-beyond-item",
        "{subject:zh} {period}：“{item:zh}”录入 {points} 分，该项应在 0 至 {most} 分之间（{cell}）。",
        "{subject:en} {period}: “{item:en}” was given {points} points; it has 0 to {most} ({cell}).",
        "请核对后重新录入。",
        "Check and enter it again.",
    ),
    Code(
        "item-exempt",
        "{subject:zh} {period}：“{item:zh}”免予考核，按 {points} 分计。理由：{reason}",
        "{subject:en} {period}: “{item:en}” is exempt and counts {points} points. Reason: {reason}",
        "计分方式由设置 exempt_items 决定。",
        "The setting exempt_items decides how it counts.",
    ),
    Code(
        "rank-incomplete",
        "{of} 个对象中只有 {ranked} 个得分完整，名次只在它们之间排列。",
        "Only {ranked} of {of} subjects have a whole score; ranks are among these.",
        "补齐其余对象的评分项后重算。",
        "Complete the items of the others and run again.",
    ),
    Code(
        "score-of-last-year-missing",
        "{subject:zh}没有 {period} 年按同一评分表的完整得分，不作同比。",
        "{subject:en} has no whole score by the same card for {period}; nothing is compared.",
        "需要同比的，请补齐上年的目标、完成值和评定。",
        "Complete targets, figures and entries of that year to compare.",
    ),
    Code(
        "score-contradicted",
        "{subject:zh} {period}：“{item:zh}”在“{stage}”阶段录入了不同的得分：{cells}。该项未计分。",
        "{subject:en} {period}: different points were entered for “{item:en}” at stage “{stage}”: {cells}. It is open.",
        "请确认以哪一份为准，在“导入记录”中撤销另一份（命令行：tanheng undo）。",
        "Decide which one counts, and take the other back on the page of its import (by command: tanheng undo).",
    ),
    Code(
        "exemption-without-reason",
        "{subject:zh} {period}：“{item:zh}”注明免予考核，没有写理由（{cell}），未计分。",
        "{subject:en} {period}: “{item:en}” is said to be exempt and no reason is given ({cell}); the item is open.",
        "请在“理由”一列写明依据后重新导入。",
        "Write the reason into its column and import the sheet again.",
    ),
    Code(
        "score-of-measured-item",
        "{subject:zh} {period}：“{item:zh}”按完成值计分，录入的得分不采用（{cell}）。",
        "{subject:en} {period}: “{item:en}” is scored by its figure; the points entered ({cell}) are not taken.",
        "完成值有误的，请更正数据；免予考核的，填“免予考核”和理由。",
        "Correct the figure where it is wrong; where the item does not apply, fill in 免予考核 and the reason.",
    ),
    Code(
        "score-row-unknown",
        "评分录入表有一行不属于任何考核项：{column} 为“{text}”（{cell}），不计入。",
        "A row of a score sheet belongs nowhere: its {column} is “{text}” ({cell}). It is not counted.",
        "请核对评分表、对象、评分项编号和阶段（自评、复核、申辩、终评），改好后重新导入。",
        "Check the ids of scorecard, subject and item and the stage (self, review, reply, final); import it again.",
    ),
    Code(
        "score-of-another-card",
        "{subject:zh} {period} 年按另一张评分表考核（{cards}），得分不作同比。",
        "{subject:en} was assessed by another card in {period} ({cards}); the scores are not compared.",
        "两年评分表不同，得分不可比；可比较各指标的完成率。",
        "Scores by different cards do not compare; compare the completion of the measures instead.",
    ),
    Code(
        "score-scope-differs",
        "{subject:zh}与 {period} 年免予考核的项目不同（{items}），得分不作同比。",
        "{subject:en} is exempt from other items than in {period} ({items}); the scores are not compared.",
        "免考范围一致时才作同比。",
        "Scores compare only where the same items are exempt.",
    ),
    Code(
        "area-changed",
        "{subject:zh}的辖区在 {day} 有变动，与 {period} 年的得分不作同比。",
        "The area of {subject:en} changed on {day}; its score is not compared with that of {period}.",
        "请核对两年的目标和完成值是否同一辖区；目标按旧辖区下达的，请更正或免予考核。",
        "See whether target and figure of both years are about one area; correct a target set for the old one.",
    ),
    Code(
        "unit-intensity-missing",
        "{subject:zh} {period}：缺全年的产值或能耗报送，单位产值能耗不计算。",
        "{subject:en} {period}: output or energy of the whole year is not reported; no energy per output.",
        "请催报缺少的月份；不以部分月份代替全年。",
        "Ask for the missing months; part of a year does not stand for the whole.",
    ),
    Code(
        "score-not-reviewed",
        "计到“{stage}”阶段，仍有 {count} 项只有自评得分，没有经过复核。",
        "At stage “{stage}” {count} items still rest on self-scores that nobody has reviewed.",
        "复核表由网站管理员生成（命令行：tanheng assess sheet --stage review），填好后报送；只看自评的，计分截至自评。",
        "Ask whoever runs this site for the review's sheet (tanheng assess sheet --stage review) and send it in; or "
        "count self-scores only.",
    ),
    Code(
        "result-incomplete",
        "{subject:zh} {period}：“{item:zh}”的完成值缺报部分资料，不完整的数不计分。",
        "{subject:en} {period}: the figure behind “{item:en}” misses statements; an incomplete figure is not scored.",
        "请补报缺少的月份或品种后重算；缺少什么，点开该数即可看到（命令行：tanheng explain）。",
        "Report the missing months or carriers and run again; its explanation names what is missing (by command: "
        "tanheng explain).",
    ),
)
