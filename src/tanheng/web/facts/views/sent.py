"""What the forms of the facts bring, read in one place."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import read_date
from tanheng.web.directory.scope import Scope
from tanheng.web.facts.batch_page import Asked
from tanheng.web.facts.sending import MOST_FILES, Sending
from tanheng.web.ui.uploads import read_all

_LONGEST_TOKEN = 64


def sending_of(request: HttpRequest, scope: Scope) -> Sending:
    """The workbooks of a form.

    Refuses  date-unreadable; workbooks-too-many; evidence-too-large: before a byte of a file is read.
    """
    day = request.POST.get("published", "").strip()
    return Sending(
        files=files_of(request, "workbook"),
        published=read_date(day) if day else scope.day,
        layout=request.POST.get("layout", "")[:200],
        token=request.POST.get("token", "")[:_LONGEST_TOKEN],
        evidence=files_of(request, "evidence"),
    )


def files_of(request: HttpRequest, name: str) -> list[tuple[str, bytes]]:
    """The files of one field by name and content.

    Refuses  workbooks-too-many, evidence-too-large.
    """
    found: list[UploadedFile] = request.FILES.getlist(name)
    if len(found) > MOST_FILES:
        raise Refusal("workbooks-too-many", count=len(found), most=MOST_FILES)
    return read_all(found)


def asked_of(request: HttpRequest) -> Asked:
    """What of a batch is looked at."""
    return Asked(
        file=number_of(request, "file", 1),
        sheet=request.GET.get("sheet", ""),
        first=number_of(request, "row", 0),
        share=request.GET.get("share", ""),
        begin=number_of(request, "begin", 0),
    )


def number_of(request: HttpRequest, name: str, usual: int) -> int:
    """A number of the address; the usual one where it is missing or none."""
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else usual


def day_of(text: str, usual: date) -> date:
    """A day that was typed, or the usual one where none was.

    Refuses  date-unreadable.
    """
    return read_date(text.strip()) if text.strip() else usual
