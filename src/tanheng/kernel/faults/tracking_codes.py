"""Codes of task tracking: what came back from departments, and what did not."""

from tanheng.kernel.faults.code import Code

TRACKING = (
    Code(
        "tasks-none",
        "{year} 年没有可跟踪的任务。",
        "There are no tasks to track for {year}.",
        "请先读取并登记年度安排（tanheng policy read、accept），或用 tanheng tasks adopt 登记定义包中的任务；"
        "多年规划用 --instrument 指定。",
        "Register the plan first (tanheng policy read, accept), or adopt those of a pack (tanheng tasks adopt); name a "
        "plan of several years with --instrument.",
    ),
    Code(
        "duties-none",
        "{year} 年没有“{party}”牵头或配合的任务和目标。",
        "“{party}” has no part in any task or target of {year}.",
        "单位名称须与文件中的写法一致。现有：{known}。",
        "Write the name as the document does. There are: {known}.",
    ),
    Code(
        "return-unreadable",
        "无法读取“{file}”：{problem}",
        "Cannot read “{file}”: {problem}",
        "请打开核对：应是发出的任务进展表，或带“任务”“牵头单位”“进展情况”标题的表；改好后再汇总。",
        "Open it: it should be the sheet that was sent, or have the headings 任务, 牵头单位, 进展情况; merge again.",
    ),
    Code(
        "return-missing",
        "{party} 没有退回任务进展表（{count} 项任务）。",
        "{party} has not returned its sheet ({count} tasks).",
        "已起草催报函；收到后放入同一文件夹重新汇总。",
        "A reminder is drafted; put the sheet into the same folder when it comes and merge again.",
    ),
    Code(
        "return-twice",
        "{party} 退回了 {count} 份：{files}。不同之处逐项列为冲突。",
        "{party} returned {count} sheets: {files}. Where they differ it is listed as a conflict.",
        "请与对方确认以哪一份为准，删去其余后重新汇总。",
        "Ask which one counts, remove the others and merge again.",
    ),
    Code(
        "return-row-unknown",
        "“{file}”有一行不对应任何任务：{task}",
        "“{file}” has a row that belongs to no task: {task}",
        "请核对任务编号或任务名称；新增的任务先登记再填报。",
        "Check its task number or wording; register a new task before it is reported on.",
    ),
    Code(
        "return-row-foreign",
        "{party} 填报了不由其牵头或配合的任务：{task}",
        "{party} reports on a task in which it has no part: {task}",
        "请核对分工；未列入汇总，原文保留在冲突表。",
        "Check who is responsible; it is not merged and stands in the list of conflicts.",
    ),
    Code(
        "return-row-absent",
        "{party} 退回的表中缺少任务：{task}",
        "The sheet of {party} lacks a task: {task}",
        "请对方补报；在此之前该任务按未填报处理，不按零进展处理。",
        "Ask for it; until then nothing is reported, which is not the same as no progress.",
    ),
    Code(
        "return-row-empty",
        "{party} 没有填写进展：{task}",
        "{party} reports nothing on: {task}",
        "请对方补报；空白不等于没有进展。",
        "Ask for it; an empty cell is not “no progress”.",
    ),
    Code(
        "return-wording-changed",
        "{party} 改动了发出的内容（{field}）：“{sent}”变成“{back}”。",
        "{party} changed what was sent ({field}): “{sent}” became “{back}”.",
        "汇总仍用原文；确需调整的，按程序修改任务。",
        "The merge keeps what was sent; if it must change, change the task by its procedure.",
    ),
    Code(
        "return-conflict",
        "“{task}”各单位所报不一致（{field}）：{values}",
        "Departments disagree on “{task}” ({field}): {values}",
        "汇总取牵头单位所报；请与各方核实。",
        "The merge takes what the lead party says; clear it up with all of them.",
    ),
    Code(
        "supervision-unknown",
        "没有编号为 {number} 的督办单。",
        "There is no supervision note {number}.",
        "用 tanheng tasks notes 查看全部督办单。",
        "See all of them with tanheng tasks notes.",
    ),
    Code(
        "supervision-move-unfit",
        "督办单 {number} 现为“{state}”，不能“{move}”。",
        "Supervision note {number} is {state}; {move} is not possible.",
        "顺序为：立单、反馈、办结；退回的须重新反馈。",
        "The order is: opened, feedback, closed; a returned one needs new feedback.",
    ),
    Code(
        "supervision-without-reason",
        "督办单 {number}：“{move}”需要说明{what:zh}。",
        "Supervision note {number}: {move} needs {what:en}.",
        "请用 --text 写明；办结另需 --evidence 佐证编号。",
        "Say it with --text; closing also needs --evidence.",
    ),
)
