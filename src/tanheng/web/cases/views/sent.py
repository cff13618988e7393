"""What the forms of cases bring, read in one place."""

from __future__ import annotations

from datetime import date
from secrets import token_hex

from django.http import HttpRequest

from tanheng.kernel.period import read_date
from tanheng.web.cases.services import Sent
from tanheng.web.ui.numbers import whole_number
from tanheng.web.ui.uploads import read_all

GIVEN = ("document_number", "signer", "signed_on", "result")


def sent_by(request: HttpRequest) -> Sent:
    """The fields of a form.

    Refuses  date-unreadable; evidence-too-large: before a byte of the file is read.
    """
    field = request.POST.get
    return Sent(
        said=field("said", ""),
        addressee=field("addressee", ""),
        due=_day(field("due", "")),
        given={name: field(name, "") for name in GIVEN if field(name, "")},
        files=_files(request),
        token=field("token", ""),
        expected=whole_number(field("expected", "")),
    )


def fresh_token() -> str:
    """What tells a form from one that is sent twice."""
    return token_hex(16)


def _day(text: str) -> date | None:
    return read_date(text.strip()) if text.strip() else None


def _files(request: HttpRequest) -> list[tuple[str, bytes]]:
    return read_all(request.FILES.getlist("evidence"))
