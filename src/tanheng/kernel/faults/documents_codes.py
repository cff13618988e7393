"""Codes of the papers: the month from opening to the signed bulletin, drafts, signatures, open points."""

from __future__ import annotations

from tanheng.kernel.faults.code import Code

DOCUMENTS = (
    Code(
        "month-unknown",
        "没有{area}{period}的月度工作。",
        "The month {period} of {area} has not been opened.",
        "请在“月度”页面选择已开启的月份，或由市、区双碳办开启。",
        "Choose an opened month on the page of months; the office of the city or of the district opens one.",
    ),
    Code(
        "month-not-begun",
        "{period} 还没有结束（今天是 {day}），不能开启。",
        "{period} has not ended yet (today is {day}) and cannot be opened.",
        "请等该月结束后再开启。",
        "Open it when the month is over.",
    ),
    Code(
        "month-result-unfit",
        "结果 {result} 不是{period}的月度调度，不能用于本月。",
        "The result {result} is no dispatch of {period} and cannot be used for this month.",
        "请在本月页面上计算。",
        "Compute the month on its own page.",
    ),
    Code(
        "month-without-result",
        "本月还没有计算结果。",
        "Nothing has been computed for this month yet.",
        "请先在本月页面上计算。",
        "Compute it on the page of the month first.",
    ),
    Code(
        "month-without-draft",
        "还没有可以送签的草稿。",
        "There is no draft to be sent for signing.",
        "请先生成草稿，或上传修改后的草稿。",
        "Make a draft first, or upload one that was edited.",
    ),
    Code(
        "month-comment-elsewhere",
        "不能代表“{area}”说明本月情况。",
        "You cannot comment on this month for “{area}”.",
        "请选择本单位所在的区域；来函由市双碳办代为登记。",
        "Choose your own area; what comes by mail is entered by the office.",
    ),
    Code(
        "month-point-incomplete",
        "后续事项还缺：{what:zh}。",
        "The open point still needs: {what:en}.",
        "请写明类别、责任单位和期限。",
        "Give its kind, who answers for it, and the day it is due.",
    ),
    Code(
        "month-point-unknown",
        "没有未办结的后续事项“{point}”。",
        "There is no open point “{point}”.",
        "请刷新页面，查看还没有办结的事项。",
        "Load the page again and see which points are still open.",
    ),
    Code(
        "paper-signed-later",
        "签发日期 {signed_on} 晚于今天（{day}）。",
        "The day of signing, {signed_on}, lies after today ({day}).",
        "请核对签发文件上的日期。",
        "Check the day on the signed paper.",
    ),
    Code(
        "paper-number-taken",
        "文号“{number}”已经登记在“{title}”上。",
        "The document number “{number}” stands on “{title}” already.",
        "请核对文号；一个文号只能登记一次。",
        "Check the number: a number is given once.",
    ),
    Code(
        "paper-unknown",
        "没有这份文件。",
        "There is no such paper.",
        "请从“文件”页面打开。",
        "Open it from the page of papers.",
    ),
)
