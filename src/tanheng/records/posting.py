"""Letters with a file attached, by the mail server of the site: which were taken, and which were not."""

from __future__ import annotations

import os
import smtplib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from tanheng.records.channels import mail_settings

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Letter:
    """A letter to one address: for whom it is, what it says, and a workbook that comes with it."""

    about: str
    address: str
    subject: str
    text: str
    file: str
    content: bytes


@dataclass(frozen=True)
class Post:
    """The mail server of a site, and who sends."""

    server: BaseEmailBackend
    sender: str

    def send(self, letters: Sequence[Letter]) -> Mapping[str, str]:
        """Sends letter by letter, so that it is known of each whether it was taken.

        Gives    what went wrong, by what a letter is about; nothing where every letter was taken.
        """
        failed = {}
        for letter in letters:
            message = EmailMessage(letter.subject, letter.text, self.sender, [letter.address], connection=self.server)
            message.attach(letter.file, letter.content, XLSX)
            try:
                self.server.send_messages([message])
            except (OSError, smtplib.SMTPException) as error:
                failed[letter.about] = type(error).__name__
        return failed


def post_of(environment: Mapping[str, str] = os.environ) -> Post | None:
    """The mail server that a site has set up; None where it has none.

    Refuses  channel-unusable: an address that cannot be used.
    """
    found = mail_settings(environment)
    return None if found is None else Post(*found)
