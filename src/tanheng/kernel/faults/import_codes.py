"""The codes of importing, undoing and handing out: what can be wrong with a call, and what a reader may not see."""

from tanheng.kernel.faults.code import Code

IMPORTS = (
    Code(
        "event-is-no-import",
        "第 {position} 号事件不是一次导入，不能撤销。",
        "Event {position} is no import and cannot be undone.",
        "可以撤销的见“导入记录”（命令行：tanheng log）。",
        "The list of imports names them (by command: tanheng log).",
    ),
    Code(
        "import-undone-already",
        "第 {position} 号导入已由第 {by} 号事件撤销。",
        "Import {position} was undone by event {by} already.",
        "如需恢复，请重新导入原文件。",
        "To bring it back, import its file once more.",
    ),
    Code(
        "undone-was-restated",
        "其后的导入“{file}”（第 {position} 号）有 {rows} 条与被撤销的数据相同，当时未重复登记，现在也不再计入。",
        "The later import “{file}” (event {position}) states {rows} of the undone values; they were not recorded again "
        "then, and count no more now.",
        "请把“{file}”再导入一次。",
        "Import “{file}” once more.",
    ),
    Code(
        "undoing-without-import",
        "第 {position} 号事件撤销的第 {undone} 号事件不是此前的一次导入，或已被撤销。",
        "Event {position} undoes event {undone}, which is no earlier import or was undone before.",
        "请停止写入，与备份比对后再恢复。",
        "Stop writing and compare the log with a backup.",
    ),
    Code(
        "folder-without-workbooks",
        "文件夹“{folder}”里没有工作簿（{endings}）。",
        "The folder “{folder}” holds no workbook ({endings}).",
        "请检查路径。",
        "Check the path.",
    ),
    Code(
        "file-passed-over",
        "“{file}”不是工作簿，没有读取。",
        "“{file}” is no workbook and was not read.",
        "如果里面有数据，请让发送方改发 {endings} 格式的表格；图片和扫描件不能导入。",
        "If it holds data, have it sent as a table ({endings}); pictures and scans cannot be imported.",
    ),
    Code(
        "published-list-unreadable",
        "{place} 读不出文件名和发布日期：“{text}”。",
        "{place} does not give a file and the day it was published: “{text}”.",
        "表头应有 file、published（或 文件、发布日期），日期写成 2025-02-20。",
        "The headings are file and published; a day is written as 2025-02-20.",
    ),
    Code(
        "import-list-kind-unknown",
        "问题清单只能写成 .xlsx，不能写成“{suffix}”。",
        "The list of problems is written as .xlsx, not as “{suffix}”.",
        "请把 --xlsx 的文件名改为 .xlsx。",
        "Give --xlsx a name that ends in .xlsx.",
    ),
    Code(
        "unit-slip-suspected",
        "疑似单位写错：有 {count} 个已登记的数变为原来的约 {factor} 倍，例如 {old} [{old_cell}] → {new} [{place}]。",
        "The unit may be wrong: {count} recorded values changed by a factor of about {factor}, such as {old} "
        "[{old_cell}] → {new} [{place}].",
        "请核对两份表的“单位”一格；本次写错的，改后重报，已导入的在“导入记录”中撤销（命令行：tanheng undo）；"
        "上次写错的，不必处理。",
        "Check the unit of both sheets. If this one is wrong, have it sent anew, and take an import back on its "
        "page (by command: tanheng undo); if the earlier one was, nothing needs to be done.",
    ),
    Code(
        "period-repeated",
        "{period} 的 {count} 个数与已登记的 {other} 的数完全相同，疑似期间写错或重复报送。",
        "All {count} figures of {period} equal those recorded for {other}: the wrong period may be written, or the "
        "same file was sent once more.",
        "请核对表的标题和报告期；写错的，改后重报，已导入的在“导入记录”中撤销（命令行：tanheng undo）。",
        "Check the title and the period of the sheet. If it is wrong, have it sent anew, and take an import back on "
        "its page (by command: tanheng undo).",
    ),
    Code(
        "figures-withheld",
        "结果用到保密的单户统计资料：单户数不给出，另有 {areas} 个区域的数不给出（至少 {minimum} 户、一户占比不超过"
        " {share}%，且不能由其他数推出）。",
        "The result is made of confidential returns: no single unit is shown, and {areas} areas are not (at least "
        "{minimum} units, none above {share} %, and nothing that others give away).",
        "界值见规则“{rule}”；需要内部使用的，请在统计机构内计算。",
        "The limits are those of the rule “{rule}”; for internal use, compute inside the statistics bureau.",
    ),
    Code(
        "figure-withheld",
        "“{address}”由保密的单户统计资料得出，不足 {minimum} 户、一户占比超过 {share}% 或可由其他数推出，不能给出。",
        "“{address}” is made of confidential returns: fewer than {minimum} units, one above {share} %, or others would "
        "give it away; it is not shown.",
        "请查看上一级区域的数。",
        "See the figure of the area above.",
    ),
    Code(
        "source-withheld",
        "工作簿 {digest} 含保密的单户统计资料，不能逐格查看。",
        "The workbook {digest} holds confidential returns and is not shown cell by cell.",
        "请向报送的统计机构查询。",
        "Ask the statistics bureau that sent it.",
    ),
    Code(
        "template-not-this",
        "“{file}”不是模板“{template}”（表内标记：{found}），或表头已被改动。",
        "“{file}” is not the template “{template}” (its mark: {found}), or its headings were changed.",
        "请重新下载模板（“数据 › 填报数据”；命令行：tanheng template），或按来表报送。",
        "Take the template anew (Data › Enter figures; by command: tanheng template), or send it in as any table.",
    ),
    Code(
        "template-version-unknown",
        "“{file}”是模板的第 {version} 版，本站只认识：{known}。",
        "“{file}” is of version {version} of the template; known here: {known}.",
        "请升级定义包，或请填报单位使用本站发出的模板。",
        "Upgrade the packs, or have the template of this site used.",
    ),
    Code(
        "template-for-one-unit",
        "模板“{template}”一份只填一家单位。",
        "The template “{template}” is for one unit each.",
        "请用 --for facility/… 逐家生成。",
        "Make one for each, with --for facility/….",
    ),
    Code(
        "template-subject-unknown",
        "目录中没有“{subject}”，或该时期内没有单位。相近的有：{nearest}。",
        "The directory has no “{subject}”, or no unit lay there then. Nearest: {nearest}.",
        "请核对编号，或先登记单位。",
        "Check the id, or record the units first.",
    ),
)
