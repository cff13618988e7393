"""Tokens of the API: made, shown once, recognised by their digest, ended."""

from __future__ import annotations

import hashlib
import secrets
from uuid import UUID

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from tanheng.kernel.faults import Refusal
from tanheng.records.chain import append
from tanheng.records.mandate_models import Mandate
from tanheng.records.mandates import mandate_of, roles
from tanheng.records.models import Person
from tanheng.web.directory.models import ApiToken
from tanheng.web.directory.scope import Scope

_PREFIX = "tanheng_"
_KIND = "api_token"
_LONGEST_NAME = 100


def make_token(*, name: str, scope: Scope) -> str:
    """A token for the mandate that is acted under; the text is given once and kept nowhere.

    Refuses  no-mandate; token-without-name.
    """
    name = name.strip()
    if scope.is_public or scope.person is None:
        raise Refusal("no-mandate")
    if not name or len(name) > _LONGEST_NAME:
        raise Refusal("token-without-name", limit=_LONGEST_NAME)
    text = _PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        token = ApiToken.objects.create(mandate=scope.mandate, person=scope.person, name=name, digest=_digest(text))
        _log("made", token)
    return text


def end_token(*, token: str, scope: Scope) -> None:
    """Ends one of the reader's own tokens, from its next request on.

    Refuses  token-unknown.
    """
    found = _own(token, scope)
    if found is None or found.ended is not None:
        raise Refusal("token-unknown")
    with transaction.atomic():
        found.ended = timezone.now()
        found.save()
        _log("ended", found)


def tokens_of(person: UUID | None) -> list[ApiToken]:
    """The tokens of a person that nobody has ended."""
    return list(ApiToken.objects.filter(person=person, ended=None)) if person else []


def mandate_of_token(text: str) -> Mandate:
    """The mandate that a token acts under today.

    Refuses  token-unknown: no such token, or it was ended, or its mandate does not hold, or its account was closed.
    """
    token = ApiToken.objects.filter(digest=_digest(text), ended=None).first()
    mandate = mandate_of(token.mandate) if token else None
    if mandate is None or mandate.role not in roles() or not mandate.acts_on(timezone.localdate()):
        raise Refusal("token-unknown")
    if token is None or _is_closed(token.person):
        raise Refusal("token-unknown")
    return mandate


def _is_closed(person: UUID) -> bool:
    """Whether the account of a person was closed: what logs in no more acts no more by what it made before."""
    logins = Person.objects.filter(pk=person).exclude(login="").values("login")
    return get_user_model().objects.filter(username__in=logins, is_active=False).exists()


def _own(token: str, scope: Scope) -> ApiToken | None:
    try:
        return ApiToken.objects.filter(pk=token, person=scope.person).first()
    except ValidationError:  # no number of a token at all
        return None


def _log(move: str, token: ApiToken) -> None:
    payload = {"move": move, "token": str(token.id), "mandate": token.mandate}
    append(_KIND, payload, Person.objects.get(pk=token.person))


def _digest(text: str) -> str:
    """A token is long and random: one pass of a hash keeps it as safe as many would."""
    return hashlib.sha256(text.encode()).hexdigest()
