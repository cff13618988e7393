"""The codes of the records: what can be wrong with the log, with what is recorded, and with publishing."""

from tanheng.kernel.faults.code import Code

RECORDS = (
    Code(
        "record-is-append-only",
        "表 {table} 只能追加，不能修改或删除。",
        "The table {table} is append-only: nothing in it is changed or deleted.",
        "请追加一条更正记录。",
        "Append a record that corrects the earlier one.",
    ),
    Code(
        "chain-gap",
        "日志缺号：应为第 {expected} 号事件，实际是第 {actual} 号。",
        "The log has a gap: event {expected} should follow, and there is {actual}.",
        "日志已被改动：请停止写入，与备份比对后再恢复。",
        "The log has been tampered with: stop writing and compare it with a backup.",
    ),
    Code(
        "chain-broken",
        "第 {position} 号事件的内容与哈希链不符。",
        "Event {position} does not agree with the hash chain.",
        "日志已被改动：请停止写入，与备份比对后再恢复。",
        "The log has been tampered with: stop writing and compare it with a backup.",
    ),
    Code(
        "rows-changed",
        "第 {position} 号事件写入的 {table} 记录被改动、删除或增加：第 {rows} 行。",
        "Rows of {table} that event {position} appended were changed, removed or added to: row {rows}.",
        "请停止写入，与备份比对该事件的各行后再恢复。",
        "Stop writing and compare the rows of that event with a backup.",
    ),
    Code(
        "observation-twice",
        "同一批中对 {key} 有两条数据：{first} 和 {second}。",
        "One batch states {key} twice: {first} and {second}.",
        "请只保留一条；修订应另行导入。",
        "Keep one of them; a revision is imported by itself.",
    ),
    Code(
        "batch-states-twice",
        "同一批数据中有 {count} 项重复，全部未写入：{pairs}。",
        "The batch states {count} things twice and nothing was recorded: {pairs}.",
        "请每项只保留一条；修订应另行导入。",
        "Keep one of each; a revision is imported by itself.",
    ),
    Code(
        "directory-relations-overlap",
        "同类关系在时间上重叠，全部未写入：{pairs}。",
        "Relations of one kind overlap in time and nothing was recorded: {pairs}.",
        "请先给原关系写上结束日期。",
        "End the earlier relation on the day the later one begins.",
    ),
    Code(
        "relation-ends-before-it-begins",
        "关系的结束日期早于开始日期：{relations}。",
        "A relation ends before it begins: {relations}.",
        "请改正日期；登记有误的关系，可将结束日期写成开始日期以撤回。",
        "Mend the dates; to withdraw a mistaken relation, end it on the day it begins.",
    ),
    Code(
        "subject-unknown",
        "关系提到目录中没有的对象：{subjects}。",
        "Relations name subjects that the directory does not have: {subjects}.",
        "请先登记这些单位、区域或设施，或改正编号。",
        "Record these parties, areas or facilities first, or mend the ids.",
    ),
    Code(
        "log-position-unknown",
        "日志目前只到第 {last} 号，没有第 {position} 号。",
        "The log ends at position {last}; there is no position {position}.",
        "请给出不大于 {last} 的日志位置。",
        "Give a position up to {last}.",
    ),
    Code(
        "publication-blocked",
        "结果 {result} 有阻断性问题，不能发布：{codes}。",
        "The result {result} has blocking findings and cannot be published: {codes}.",
        "请先解决这些问题；确需发布的，逐项写明接受的代码和理由。",
        "Solve them first; to publish all the same, accept each code with a reason.",
    ),
    Code(
        "acceptance-without-reason",
        "接受“{code}”没有写明理由。",
        "“{code}” is accepted without a reason.",
        "请写明理由；理由会随发布一并存档。",
        "Give a reason; it is kept with the publication.",
    ),
    Code(
        "publication-not-found",
        "没有发布物“{reference}”。已有：{known}。",
        "There is no publication “{reference}”. There are: {known}.",
        "请使用列出的编号之一。",
        "Use one of these.",
    ),
)
