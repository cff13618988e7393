"""Obligations: their exchange form, their review in a workbook, and what becomes of them."""

from tanheng.kernel.faults.code import Code

OBLIGATIONS = (
    Code(
        "obligation-unreadable",
        "目标或任务 {id} 不合格式：{problem}。",
        "The target or task {id} does not fit its form: {problem}.",
        "请按 target/1 或 task/1 的字段改正。",
        "Correct it by the fields of target/1 or task/1.",
    ),
    # records
    Code(
        "instrument-is-another",
        "编号 {id} 已用于另一份文件《{title}》（{file}）。",
        "The id {id} already belongs to another document, {title} ({file}).",
        "请另取一个编号；新旧文件的替代关系用 tanheng policy supersede 登记。",
        "Choose another id; that one replaces the other is recorded by tanheng policy supersede.",
    ),
    Code(
        "instrument-unknown",
        "没有登记过编号为 {id} 的文件；已有：{known}。",
        "No document of the id {id} is recorded; known: {known}.",
        "请先用 tanheng policy accept 登记，或改用已有编号。",
        "Record it by tanheng policy accept, or use a known id.",
    ),
    Code(
        "instrument-succeeds-itself",
        "{earlier} 不能由 {later} 替代：后者已直接或间接由前者替代。",
        "{earlier} cannot be replaced by {later}, which it replaces itself, directly or by way of others.",
        "请核对两份文件的先后。",
        "Check which of the two came first.",
    ),
    Code(
        "amendment-ends-nothing",
        "{later} 修改 {earlier}，但没有指明哪些目标或任务不再有效。",
        "{later} amends {earlier} without saying which targets or tasks it ends.",
        "请用 --ends 逐项指明；整份替代请去掉 --amends。",
        "Name each by --ends; leave out --amends where the whole document is replaced.",
    ),
    Code(
        "obligation-unknown",
        "没有登记过目标或任务 {id}，或编号不唯一。",
        "No target or task {id} is recorded, or more than one has that name.",
        "请用 tanheng policy list 查看编号。",
        "See the ids by tanheng policy list.",
    ),
    Code(
        "obligation-of-another-instrument",
        "{obligations} 的条款不在文件 {instrument} 中。",
        "The clauses of {obligations} are not of the document {instrument}.",
        "请按文件分别登记。",
        "Record the obligations of each document by themselves.",
    ),
)
