"""The ways by which reminders leave the application: e-mail, and the robots of WeCom and DingTalk.

Read from the environment; what is not set is not used:
    TANHENG_SMTP_URL        smtp://user:password@host:587 (smtps:// for a connection that is encrypted from the start)
    TANHENG_MAIL_FROM       the sender
    TANHENG_WEBHOOK_URL     the address that WeCom or DingTalk gave for the robot
    TANHENG_WEBHOOK_SECRET  the secret of a DingTalk robot that checks signatures
    TANHENG_SITE_URL        the address of this site, for the links
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import smtplib
import time
from collections.abc import Mapping, Sequence
from datetime import date
from urllib.error import URLError
from urllib.parse import quote_plus, unquote, urlsplit
from urllib.request import Request, urlopen
from uuid import UUID

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from django.utils import timezone

from tanheng.kernel.faults import Finding, Refusal, Severity
from tanheng.records.mandates import mandates
from tanheng.records.models import Person
from tanheng.records.reminding import Channel, Reminder, page_of
from tanheng.records.selecting import directory_as_of

MAIL, ROBOT = "e-mail", "webhook"
_SECONDS = 10
_MOST_LINES = 20
_WHY: Mapping[str, str] = {
    "due": "即将到期",
    "overdue": "已逾期",
    "not_updated": "长期未更新",
    "not_reported": "尚未填报",
    "data_due": "数据待报",
    "data_late": "数据迟报",
    "sheet_missing": "任务进展表未退回",
}


def channels_of(environment: Mapping[str, str] = os.environ) -> list[Channel]:
    """The channels that a site has set up.

    Refuses  channel-unusable: an address that cannot be used; it is not repeated, as it may hold a password.
    """
    site = site_address(environment)
    found = []
    if mail := mail_settings(environment):
        found.append(mail_channel(*mail, site))
    if environment.get("TANHENG_WEBHOOK_URL"):
        secret = environment.get("TANHENG_WEBHOOK_SECRET", "")
        found.append(robot_channel(environment["TANHENG_WEBHOOK_URL"], secret, site))
    return found


def site_address(environment: Mapping[str, str]) -> str:
    """The address of this site for links; empty where it is not set."""
    return environment["TANHENG_SITE_URL"].rstrip("/") if "TANHENG_SITE_URL" in environment else ""


def mail_settings(environment: Mapping[str, str]) -> tuple[BaseEmailBackend, str] | None:
    """The mail server of a site and the address it sends from; None where no server is set up.

    Refuses  channel-unusable.
    """
    if not environment.get("TANHENG_SMTP_URL"):
        return None
    sender = environment.get("TANHENG_MAIL_FROM", "")
    if "@" not in sender:
        raise Refusal("channel-unusable", name="TANHENG_MAIL_FROM")
    return _mail_server(environment["TANHENG_SMTP_URL"]), sender


def mail_channel(server: BaseEmailBackend, sender: str, site: str) -> Channel:
    """One e-mail to each person who acts for somebody that is reminded, with everything that concerns them."""

    def send(items: Sequence[Reminder]) -> Sequence[Finding]:
        letters = [
            EmailMessage(f"【碳衡】{len(mine)} 项待办提醒", text_of(mine, site), sender, [address], connection=server)
            for address, mine in _by_address(items).items()
        ]
        try:
            server.send_messages(letters)
        except (OSError, smtplib.SMTPException) as error:
            return [_undelivered(MAIL, type(error).__name__, len(letters))]
        return []

    return Channel(MAIL, send)


def robot_channel(address: str, secret: str, site: str) -> Channel:
    """One message to the group of a robot, in the shape that WeCom and DingTalk both take.

    Refuses  channel-unusable: not https, but for this machine itself.
    """
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in ("localhost", "127.0.0.1"):
        raise Refusal("channel-unusable", name="TANHENG_WEBHOOK_URL")

    def send(items: Sequence[Reminder]) -> Sequence[Finding]:
        body = json.dumps({"msgtype": "text", "text": {"content": text_of(items, site)}}, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json; charset=utf-8"}
        request = Request(_signed(address, secret), data=body, headers=headers, method="POST")
        try:
            with urlopen(request, timeout=_SECONDS) as answer:
                said = json.loads(answer.read(10_000))
        except (URLError, OSError, ValueError) as error:
            return [_undelivered(ROBOT, type(error).__name__, len(items))]
        code = said["errcode"] if isinstance(said, dict) and "errcode" in said else "?"
        return [] if code == 0 else [_undelivered(ROBOT, f"errcode {code}", len(items))]

    return Channel(ROBOT, send)


def write_of(person: UUID, items: Sequence[Reminder], environment: Mapping[str, str] = os.environ) -> str:
    """Sends one person one letter with what concerns them.

    Gives    what went wrong; empty where the mail server took it.
    Refuses  channel-unusable.
    """
    found = mail_settings(environment)
    address = Person.objects.filter(id=person).values_list("email", flat=True).first()
    if found is None or not address:
        return "no mail server" if found is None else "no address"
    server, sender = found
    subject = f"【碳衡】{len(items)} 项待办提醒"
    letter = EmailMessage(subject, text_of(items, site_address(environment)), sender, [address], connection=server)
    try:
        server.send_messages([letter])
    except (OSError, smtplib.SMTPException) as error:
        return type(error).__name__
    return ""


def tell_robot(items: Sequence[Reminder], environment: Mapping[str, str] = os.environ) -> str:
    """Tells the group of the robot.

    Gives    what went wrong; empty where the robot took it.
    Refuses  channel-unusable.
    """
    robots = [channel for channel in channels_of(environment) if channel.name == ROBOT]
    problems = [str(finding.fields["problem"]) for robot in robots for finding in robot.send(items)]
    return "; ".join(problems) if robots else "no robot"


def people_of(items: Sequence[Reminder]) -> dict[UUID, list[Reminder]]:
    """What concerns whom, by person: one for each address of those who hold a mandate of the seat that is reminded."""
    numbers = {person.email: person.id for person in Person.objects.exclude(email="").order_by("-id")}
    return {numbers[address]: mine for address, mine in _by_address(items).items()}


def text_of(items: Sequence[Reminder], site: str) -> str:
    """Reminders as lines of text: why, what, for whom, by when."""
    labels = directory_as_of()
    lines = [_line(item, labels.label_of(item.to, "zh"), site) for item in items[:_MOST_LINES]]
    if len(items) > _MOST_LINES:
        lines.append(f"……共 {len(items)} 项，其余请登录查看。")
    return "\n".join(["【碳衡】待办提醒", *lines])


def _line(item: Reminder, to: str, site: str) -> str:
    title = " ".join(item.title.split())[:80]
    due = f"，期限 {item.due.isoformat()}{_days_said(item.days)}" if isinstance(item.due, date) else ""
    link = f" {site}{page_of(item)}" if site else ""
    return f"· {_WHY[item.why]}：{title}（{to or '—'}{due}）{link}"


def _days_said(days: int | None) -> str:
    if days is None:
        return ""
    return f"，还剩 {days} 个工作日" if days >= 0 else f"，逾期 {-days} 个工作日"


def _by_address(items: Sequence[Reminder]) -> dict[str, list[Reminder]]:
    """What concerns whom, by e-mail address: everybody who holds a mandate of the seat that is reminded."""
    labels = directory_as_of().labels
    holders: dict[str, set[str]] = {}
    addresses = {person.id: person.email for person in Person.objects.exclude(email="")}
    for mandate in mandates():
        seat = mandate.party or mandate.area
        if seat and mandate.person in addresses and mandate.acts_on(timezone.localdate()):
            names = {seat, *(labels[seat].values() if seat in labels else ())}
            for name in names:
                holders.setdefault(name, set()).add(addresses[mandate.person])
    found: dict[str, list[Reminder]] = {}
    for item in items:
        for address in sorted(holders[item.to]) if item.to in holders else ():
            found.setdefault(address, []).append(item)
    return found


def _mail_server(url: str) -> EmailBackend:
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise Refusal("channel-unusable", name="TANHENG_SMTP_URL")
    encrypted = parts.scheme == "smtps"
    return EmailBackend(
        host=parts.hostname,
        port=parts.port or (465 if encrypted else 587),
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_ssl=encrypted,
        use_tls=not encrypted and bool(parts.username),
        timeout=_SECONDS,
    )


def _signed(address: str, secret: str) -> str:
    """The address with the signature that a DingTalk robot asks for: sign = base64(HMAC-SHA256(time + secret))."""
    if not secret:
        return address
    moment = str(round(time.time() * 1000))
    made = hmac.new(secret.encode(), f"{moment}\n{secret}".encode(), hashlib.sha256).digest()
    return f"{address}&timestamp={moment}&sign={quote_plus(base64.b64encode(made))}"


def _undelivered(channel: str, problem: str, count: int) -> Finding:
    fields = {"channel": channel, "problem": problem, "count": count}
    return Finding("reminder-not-delivered", f"channel:{channel}", fields, Severity.WARNING)
