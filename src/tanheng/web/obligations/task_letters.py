"""Letters with the workbook of tasks: queued for whoever was written to, sent by the worker, noted in the log."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from tanheng.records.models import Person
from tanheng.records.posting import Letter, post_of
from tanheng.records.site_files import blobs
from tanheng.records.task_mailing import Mailing, SentSheet, mailing_of, note_mailed
from tanheng.web.cases.models import Outgoing
from tanheng.web.cases.outbox import OutgoingShown, Posted, Way, outgoing_about, send_later
from tanheng.web.directory.scope import Scope

_KIND = "task_letter"


def write_later(mailing: Mailing, parties: Sequence[str], day: date, scope: Scope) -> None:
    """Puts a letter for each of some parties into the queue, where an address of it is known; one a day and party."""
    known = {str(id) for id in Person.objects.exclude(email="").values_list("id", flat=True)}
    for sheet in mailing.sheets:
        if sheet.party in parties and sheet.contact in known:
            send_later(_posted(mailing, sheet, day), scope=scope)


def letters_of(number: int) -> Mapping[str, OutgoingShown]:
    """The last letter about a mailing to each party, as far as the queue remembers."""
    return {item.to: item for item in reversed(outgoing_about(_about(number)))}


def _posted(mailing: Mailing, sheet: SentSheet, day: date) -> Posted:
    named = hashlib.sha256(sheet.party.encode()).hexdigest()[:32]
    return Posted(
        kind=_KIND,
        key=f"{_about(mailing.number)}:{day.isoformat()}:{named}",
        about=_about(mailing.number),
        to=sheet.party,
        asked={"number": mailing.number, "party": sheet.party, "year": mailing.year},
    )


def _about(number: int) -> str:
    return f"task-sheets:{number}"


def _send(asked: Mapping[str, Any]) -> str:
    """Sends the workbook of a party to whoever was written to; what went wrong, in a word."""
    mailing = mailing_of(asked["number"])
    sheet, post = mailing.sheet(asked["party"]), post_of()
    address = Person.objects.filter(id=sheet.contact).values_list("email", flat=True).first()
    if post is None or not address:
        return "no mail server" if post is None else "no address"
    failed = post.send([_letter(mailing, sheet, address)])
    return failed[sheet.party] if sheet.party in failed else ""


def _noted(item: Outgoing) -> None:
    party = item.asked["party"]
    failed = {party: item.problem} if item.problem else {}
    actor = Person.objects.get(id=item.person)
    note_mailed(item.asked["number"], timezone.localdate(), [] if failed else [party], failed, actor)


def _titled(asked: Mapping[str, Any]) -> str:
    return gettext("Task workbook of %(year)s") % {"year": asked["year"]}


def _letter(mailing: Mailing, sheet: SentSheet, address: str) -> Letter:
    text = (
        f"{sheet.party}：\n\n{mailing.year}年双碳重点任务进展表见附件（{len(sheet.tasks)}项任务）。请填写进展、完成率、问题、"
        f"下一步和佐证编号，于{mailing.due.isoformat()}前回复本邮件并附上填好的表。\n表中发出的内容已锁定，请勿改动任务编号。\n"
    )
    subject = f"请于{mailing.due.isoformat()}前退回{mailing.year}年任务进展表"
    return Letter(sheet.party, address, subject, text, sheet.file, blobs().get(sheet.digest))


WAYS: Mapping[str, Way] = {_KIND: Way(_send, _noted, _titled)}
