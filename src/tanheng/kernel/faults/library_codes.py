"""Codes of the library's pages: documents that are uploaded, and reviews in work."""

from tanheng.kernel.faults.code import Code

LIBRARY = (
    Code(
        "document-too-large",
        "文件“{file}”超过 {most} MB。",
        "The file “{file}” is larger than {most} MB.",
        "请压缩图片或只上传正文后重试。",
        "Shrink its pictures or send the text alone.",
    ),
    Code(
        "document-kind-unknown",
        "“{file}”不是可读取的文件类型。",
        "“{file}” is not of a kind that can be read.",
        "请上传 {kinds} 之一；.doc、.wps 请先另存为 .docx。",
        "Send one of {kinds}; save a .doc or .wps as .docx first.",
    ),
    Code(
        "document-not-sent",
        "没有选择文件。",
        "No file was chosen.",
        "请选择文件后再点“上传”。",
        "Choose a file and upload it.",
    ),
    Code(
        "review-unknown",
        "没有编号为 {id} 的复核，或它已登记、已作废。",
        "There is no open review {id}: it may be registered or discarded.",
        "请回到资料库，从“进行中的复核”里选择。",
        "Go back to the library and choose one of the open reviews.",
    ),
    Code(
        "review-proposal-unknown",
        "这份复核里没有编号为 {key} 的提议。",
        "This review has no proposal {key}.",
        "请回到复核列表，从中选择。",
        "Go back to the list of the review and choose one of it.",
    ),
    Code(
        "review-row-changed",
        "{key} 在您填写期间已被他人修改，您填写的内容尚未保存。",
        "{key} was changed by somebody else while you were writing; what you wrote is not saved yet.",
        "请对照下方“他人所填”，改好后再次保存。",
        "Compare it with what stands there now, and save once more.",
    ),
    Code(
        "review-not-ready",
        "还不能登记：{wrong} 处需要改正，已决定 {decided} 项。",
        "It cannot be registered yet: {wrong} places need mending, {decided} are decided.",
        "请逐项改正标红的提议，并至少决定一项。",
        "Mend the marked proposals, and decide at least one.",
    ),
    Code(
        "review-day-unreadable",
        "“{text}”不是日期。",
        "“{text}” is no day.",
        "请按 2024-03-26 的写法填写印发日期，或留空。",
        "Write the day as 2024-03-26, or leave it empty.",
    ),
)
