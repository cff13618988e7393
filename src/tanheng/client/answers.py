"""What a site answers, whichever way it is reached."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from tanheng.kernel.faults import Refusal

_OK = range(200, 300)


@dataclass(frozen=True)
class Answer:
    """Status, headers in small letters, and body of an answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Line(Protocol):
    """A way to a site: it takes a path below /api with its query, and brings the answer."""

    def get(self, path: str) -> Answer:
        """The answer to opening a path."""


class SiteRefused(Refusal):
    """What the site refused, or what was refused on the way to it, in both languages: a notebook shows the text of an
    exception. The codes of a site may be newer than those that this installation knows.
    """

    def __init__(self, told: Mapping[str, Any]) -> None:
        self.told = told
        self.code, self.fields = str(told["code"]), dict(told["fields"])
        said = (f"{self.message(lang)} {self.next_step(lang)}" for lang in ("zh", "en"))
        Exception.__init__(self, f"{self.code}: " + "\n".join(said))

    def message(self, lang: str = "zh") -> str:
        """What was refused and why."""
        return str(self.told["message"][lang])

    def next_step(self, lang: str = "zh") -> str:
        """What to ask for instead."""
        return str(self.told["next_step"][lang])

    def as_json(self) -> dict[str, object]:
        """The refusal as the site said it."""
        return dict(self.told)


def refused(code: str, **fields: object) -> SiteRefused:
    """What is refused on this side of the site, said as the site says its refusals."""
    return SiteRefused(Refusal(code, **fields).as_json())


def content_of(answer: Answer, site: str) -> Any:
    """What an answer says.

    Refuses  SiteRefused: whatever the site refused; site-answers-otherwise: what answers there is no Tanheng.
    """
    kind = answer.headers["content-type"] if "content-type" in answer.headers else "-"
    if not kind.startswith("application/json"):
        raise refused("site-answers-otherwise", site=site, status=answer.status, kind=kind)
    said = json.loads(answer.body)
    if answer.status not in _OK:
        raise SiteRefused(said)
    return said
