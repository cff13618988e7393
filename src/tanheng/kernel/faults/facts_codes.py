"""The codes of taking figures in on a page: whom a file may speak about, what is agreed to, and who was faster."""

from tanheng.kernel.faults.code import Code

FACTS = (
    Code(
        "subject-out-of-reach",
        "“{text}”不在您的填报范围内，或尚未列入名录。",
        "“{text}” is not among those you report for, or not in the directory.",
        "请核对代码和名称；不归您填报的行请删去，新单位请先由双碳办登记入名录。",
        "Check code and name; take out rows that are not yours, and have a new unit registered by the office first.",
    ),
    Code(
        "register-out-of-reach",
        "这一行（{register}）关系全市，不在您的填报范围内。",
        "This row ({register}) is about the whole site, which is beyond what you report for.",
        "请将该表交由市双碳办导入。",
        "Hand the table to the city's office, which imports it.",
    ),
    Code(
        "import-blocked",
        "“{file}”有阻断性问题，一同报送的文件都没有登记。",
        "“{file}” has blocking problems; none of the files sent together was recorded.",
        "请按逐格列出的问题改正后重新上传。",
        "Mend what is listed cell by cell, and send the files again.",
    ),
    Code(
        "import-differs-by-now",
        "试运行之后数据已有变化：现在登记“{file}”的结果会与您看到的不同。没有登记。",
        "The records have changed since the dry run: recording “{file}” would now do something else than you saw. "
        "Nothing was recorded.",
        "请重新核查，看过新的试运行结果后再登记；您的文件仍保留在此。",
        "Check it once more and look at the new dry run; your files are still here.",
    ),
    Code(
        "import-unknown",
        "没有这一次导入，或不在您的范围内：{name}。",
        "There is no such import, or it is out of your reach: {name}.",
        "请从导入列表进入。",
        "Start from the list of imports.",
    ),
    Code(
        "import-not-checked",
        "这一批文件还没有核查完，不能登记。",
        "These files have not been checked yet and cannot be recorded.",
        "请等核查结束。",
        "Wait until the check has ended.",
    ),
    Code(
        "workbooks-too-many",
        "一次最多上传 {most} 个文件，这里有 {count} 个。",
        "At most {most} files can be sent at a time; these are {count}.",
        "请分批上传。",
        "Send them in several batches.",
    ),
    Code(
        "workbook-sent-twice",
        "“{first}”与“{second}”内容完全相同。",
        "“{first}” and “{second}” have the same content.",
        "请只保留一份。",
        "Keep one of them.",
    ),
    Code(
        "entry-empty",
        "没有改动任何数据。",
        "Nothing was changed.",
        "请填写或改正至少一格再提交。",
        "Fill in or correct at least one field.",
    ),
    Code(
        "entry-cell-emptied",
        "{month} 已登记 {value}，不能清空。",
        "{value} is recorded for {month}; it cannot be emptied.",
        "确为零请填 0；登记有误请填正确的数，或撤销那次导入。",
        "Write 0 where it is none; correct a wrong figure, or take its import back.",
    ),
    Code(
        "entry-changed-meanwhile",
        "您填报期间，他人已改动其中的数据。您填的内容都在，没有丢失，也尚未登记。",
        "While you were at it somebody else changed some of these figures. All that you typed is still here, and "
        "nothing was recorded.",
        "请对照“他人填报”的数值，改好后再提交。",
        "Compare with what the other one entered, and send the form again.",
    ),
    Code(
        "layout-cannot-be",
        "这样说明的版式不完整：{problem}。",
        "A layout described like this does not hang together: {problem}.",
        "数值列要选指标；编号用小写字母、数字和下划线；有数值列时要选口径和用途。",
        "A column of figures needs an indicator; the id is lower-case letters, digits and underscores; with figures "
        "choose coverage and use.",
    ),
    Code(
        "figure-not-stated",
        "没有登记过这个数据，或不在您的范围内：{key}。",
        "Nothing was ever recorded of this figure, or it is out of your reach: {key}.",
        "请从来源单元格或导入的页面进入。",
        "Start from the page of a source cell or of an import.",
    ),
)
