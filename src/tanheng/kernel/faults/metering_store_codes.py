"""The codes of the readings store and its doors: batches, files of readings, the register of meters."""

from tanheng.kernel.faults.code import Code

METERING_STORE = (
    Code(
        "batch-uneven",
        "批次“{key}”各列长度不一：{lengths}。",
        "The columns of batch “{key}” have unequal lengths: {lengths}.",
        "每条读数都要有计量点、时刻、数值和标记，请逐列核对后重送。",
        "Every reading needs meter, time, value and flag: check the columns and send it again.",
    ),
    Code(
        "batch-impossible",
        "批次“{key}”中有不可能的计量点编号或时刻。",
        "Batch “{key}” has a meter number or a time that cannot be.",
        "编号从 1 起，时刻为 1970 年以来的秒数，请核对后重送。",
        "Numbers begin at 1 and times are seconds since 1970: check them and send it again.",
    ),
    Code(
        "journal-batch-lost",
        "日志 {file} 中第 {number} 批（{key}）的读数不在，清单却未把它计入文件。",
        "The readings of batch {number} ({key}) are gone from {file}, and no file of readings is said to hold them.",
        "清单与日志不是同一时刻的：请恢复同一次备份中的 manifest.json、journal.db 和读数文件。",
        "The list and the journal are of different times: restore manifest.json, journal.db and files of one backup.",
    ),
    Code(
        "batch-key-reused",
        "批次号“{key}”（设备 {device}）已用于内容不同的一批读数。",
        "The batch key “{key}” (device {device}) already stands for other readings.",
        "重送须内容不变；新的读数请用新的批次号。原有读数未受影响。",
        "A batch sent again must be the same; give new readings a new key. What was stored is untouched.",
    ),
    Code(
        "readings-manifest-damaged",
        "读数清单 {file} 无法读取：{problem}",
        "The list of readings {file} cannot be read: {problem}",
        "清单总是整份替换，不会只写一半：请从备份恢复该文件，不要手工改写。",
        "It is always replaced as a whole and never half-written: restore it from a backup, do not edit it.",
    ),
    Code(
        "readings-being-written",
        "另一个程序正在整理 {folder} 中的读数。",
        "Another program is writing the files of readings in {folder}.",
        "请稍后再试；接收读数不受影响。",
        "Try again later; readings are still received.",
    ),
    Code(
        "readings-offset-fixed",
        "读数已按与世界时相差 {offset} 秒的当地时间归日，不能再改。",
        "The readings are sorted into days of a civil time {offset} seconds from UTC, which cannot change any more.",
        "请在新的空目录中另设时差，再导入读数。",
        "Set another offset in a new and empty folder, and import the readings there.",
    ),
)
