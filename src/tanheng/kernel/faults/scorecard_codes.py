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
        "请登记该指标的目标（tanheng targets adopt），或导入完成值后重算。",
        "Adopt the target (tanheng targets adopt), or import the figure and run again.",
    ),
    Code(
        "score-not-entered",
        "{subject:zh} {period}：“{item:zh}”须由人评定（{by}），尚未录入。",
        "{subject:en} {period}: “{item:en}” is scored by a person ({by}) and is not entered yet.",
        "请用 tanheng assess sheet 生成评分表，填写后用 tanheng import 导入。",
        "Write the sheet with tanheng assess sheet, fill it in, and import it with tanheng import.",
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
        "{subject:zh}没有 {period} 年按同一评分表的得分，不作同比。",
        "{subject:en} has no score by the same card for {period}; nothing is compared.",
        "需要同比的，请补齐上年的目标、完成值和评定。",
        "Complete targets, figures and entries of that year to compare.",
    ),
)
