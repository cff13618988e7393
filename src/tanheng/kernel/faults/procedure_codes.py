"""Codes of procedures: working days, moves of a case, evidence."""

from __future__ import annotations

from tanheng.kernel.faults.code import Code

PROCEDURES = (
    Code(
        "calendar-year-missing",
        "日历“{calendar}”没有 {year} 年的放假和调休安排（已有：{known}），不能推算工作日。",
        "The calendar “{calendar}” has no days off for {year} (it has: {known}), so working days cannot be counted.",
        "请按国务院办公厅当年的放假通知，在定义包 calendars 中补充 {year} 年的条目；或直接给出日期。",
        "Add an entry for {year} to the calendar of the pack, from that year's holiday notice; or give a date.",
    ),
    Code(
        "case-move-unfit",
        "事项现处于“{state:zh}”，不能“{move:zh}”；可以办理的有：{next:zh}。",
        "The case stands at “{state:en}” and “{move:en}” does not follow; what may follow: {next:en}.",
        "请刷新页面查看当前状态，再选择可以办理的步骤。",
        "Load the page again, see where it stands, and choose one of the moves that may follow.",
    ),
    Code(
        "case-role-unfit",
        "“{move:zh}”不能以“{role}”的身份办理，可以办理的角色：{roles}。",
        "“{move:en}” is not open to the role {role}; it is open to: {roles}.",
        "请换用有权限的身份，或请有权限的同事办理。",
        "Act under a mandate of that role, or ask a colleague who has one.",
    ),
    Code(
        "case-out-of-turn",
        "“{move:zh}”现在不由本单位办理，应由 {holder} 办理。",
        "“{move:en}” is not yours to make now: it is the turn of {holder}.",
        "请与承办单位联系；确需由本单位办理的，请对方先移交。",
        "Speak with whoever holds the case; it can be handed over to you.",
    ),
    Code(
        "case-needs",
        "“{move:zh}”还缺：{what:zh}。",
        "“{move:en}” still needs: {what:en}.",
        "请补齐后再提交。",
        "Add it and send the form again.",
    ),
    Code(
        "case-figures-blocked",
        "所涉数据有阻断问题（{codes}），不能“{move:zh}”。",
        "The figures have blocking findings ({codes}), so “{move:en}” cannot be done.",
        "请先处理这些问题并重新计算；确认无碍的，发布时逐项写明理由。",
        "Mend them and compute again; what does no harm is accepted with a reason when publishing.",
    ),
    Code(
        "case-due-past",
        "办结期限 {due} 早于办理日 {day}。",
        "The due day {due} lies before the day of the act, {day}.",
        "请选择今天或以后的日期。",
        "Choose today or a later day.",
    ),
)
