"""The codes of importing, undoing and handing out: what can be wrong with a call, and what a reader may not see."""

from tanheng.kernel.faults.code import Code

IMPORTS = (
    Code(
        "event-is-no-import",
        "第 {position} 号事件不是一次导入，不能撤销。",
        "Event {position} is no import and cannot be undone.",
        "用 tanheng log 查看可以撤销的导入。",
        "tanheng log lists the imports.",
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
)
