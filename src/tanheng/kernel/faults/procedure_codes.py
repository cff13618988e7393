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
)
